import { readFileSync } from "node:fs";
import { indentOf, isLine, qrRows, readPaper, widthOf, type PaperLine, type PaperPart } from "./paper-view.ts";
import type { Bitmap } from "./png.ts";

/*
 * What comes out of an 80 mm printer, dot by dot: text in the simulator's own letters, codes, pictures as they came in, and the cut.
 */

const DOTS = 576;
const CELL = 12;
/** Height of a letter, and of a line with the space that printers leave by themselves (ESC 2). */
const LETTER = 24;
const LINE = 30;
const QR_CELL = 6;
const CUT = 6;

/** One row of dots a glyph, from the font's file (made by tests/golden/make-printer-font.mjs). */
const font = new Map(
  readFileSync(new URL("../golden/printer-font.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [char = "", hex = ""] = line.split(" ");
      const dots = Array.from(hex).flatMap((digit) =>
        [8, 4, 2, 1].map((bit) => (Number.parseInt(digit, 16) & bit) > 0),
      );
      return [char, dots] as const;
    }),
);

class Paper {
  private readonly rows: Uint8Array[] = [];

  feed(height: number): number {
    const from = this.rows.length;
    for (let n = 0; n < height; n += 1) this.rows.push(new Uint8Array(DOTS));
    return from;
  }

  /** A square of black dots. */
  dot(x: number, y: number, size: number): void {
    for (let row = y; row < y + size; row += 1) this.rows[row]?.fill(1, x, x + size);
  }

  bitmap(): Bitmap {
    const dots = new Uint8Array(DOTS * this.rows.length);
    this.rows.forEach((row, y) => dots.set(row, y * DOTS));
    return { width: DOTS, height: this.rows.length, dots };
  }
}

const glyphOf = (char: string): readonly boolean[] => {
  const glyph = font.get(char);
  if (glyph === undefined && char !== " ")
    throw new Error(`the simulator has no letter ${char}: see tests/golden/make-printer-font.mjs`);
  return glyph ?? [];
};

const printLine = (paper: Paper, line: PaperLine): void => {
  const top = paper.feed(LINE - LETTER + LETTER * line.scale);
  let left = indentOf(line) * CELL;
  for (const char of line.text) {
    const width = CELL * widthOf(char);
    glyphOf(char).forEach((isBlack, at) => {
      if (!isBlack) return;
      const [x, y] = [left + (at % width) * line.scale, top + Math.floor(at / width) * line.scale];
      paper.dot(x, y, line.scale);
      if (line.isBold) paper.dot(x + 1, y, line.scale);
    });
    left += width * line.scale;
  }
};

const printPart = (paper: Paper, part: PaperPart): void => {
  if (isLine(part)) printLine(paper, part);
  else if ("qr" in part) {
    const rows = qrRows(part.qr);
    const left = Math.floor((DOTS - rows.length * QR_CELL) / 2);
    const top = paper.feed(rows.length * QR_CELL);
    rows.forEach((row, y) =>
      row.forEach((isBlack, x) => {
        if (isBlack) paper.dot(left + x * QR_CELL, top + y * QR_CELL, QR_CELL);
      }),
    );
  } else if ("picture" in part) {
    const { width, height, dots } = part.picture;
    const top = paper.feed(height);
    dots.forEach((dot, at) => {
      if (dot === 1) paper.dot(at % width, top + Math.floor(at / width), 1);
    });
  } else for (let x = 0, top = paper.feed(CUT); x < DOTS; x += 2 * CUT) paper.dot(x, top, CUT);
};

/** The printed papers, one below the other. @throws at bytes that such a printer does not know, and at letters it has none of */
export const printPaper = (bytes: Uint8Array): Bitmap => {
  const paper = new Paper();
  for (const part of readPaper(bytes)) printPart(paper, part);
  return paper.bitmap();
};
