import { create } from "qrcode";
import type { Bitmap } from "./png.ts";

/*
 * What an 80 mm printer makes of the bytes it gets: read as the printer reads them, command by command. As text here, dot by
 * dot in paper-bitmap.ts.
 */

const COLUMNS = 48;

export interface PaperLine {
  readonly text: string;
  /** How many times as wide and as high. */
  readonly scale: number;
  readonly align: "left" | "centre";
  readonly isBold: boolean;
}

export type PaperPart = PaperLine | { readonly qr: string } | { readonly picture: Bitmap } | { readonly cut: true };

export const isLine = (part: PaperPart): part is PaperLine => "text" in part;

/** Reads the bytes of whole papers. @throws at anything that such a printer does not know */
export const readPaper = (bytes: Uint8Array): readonly PaperPart[] => {
  const parts: PaperPart[] = [];
  const decoder = new TextDecoder("gb18030", { fatal: true });
  let scale = 1;
  let align: PaperLine["align"] = "left";
  let isBold = false;
  let isChinese = false;
  let hasLineSpacing = true;
  let text: number[] = [];
  let qr = "";
  const endLine = (): void => {
    if (!hasLineSpacing && text.length === 0) return;
    if (!isChinese && text.some((byte) => byte > 0x7f)) throw new Error("Chinese outside of the Chinese mode");
    parts.push({ text: decoder.decode(Uint8Array.from(text)), scale, align, isBold });
    text = [];
  };
  let at = 0;
  const next = (): number => bytes[at++] ?? 0;
  while (at < bytes.length) {
    const byte = next();
    if (byte === 0x0a) endLine();
    else if (byte === 0x1b) {
      const name = next();
      if (name === 0x40) [scale, align, isBold, hasLineSpacing] = [1, "left", false, true];
      else if (name === 0x33) hasLineSpacing = next() !== 0;
      else if (name === 0x61) align = next() === 1 ? "centre" : "left";
      else if (name === 0x45) isBold = next() === 1;
      else if (name === 0x4d || name === 0x74) next();
      else throw new Error(`ESC ${String(name)}`);
    } else if (byte === 0x1c) {
      const name = next();
      if (name !== 0x26 && name !== 0x2e) throw new Error(`FS ${String(name)}`);
      isChinese = name === 0x26;
    } else if (byte === 0x1d) {
      const name = next();
      if (name === 0x21) scale = (next() & 0x0f) + 1;
      else if (name === 0x56) {
        if (next() >= 65) next();
        parts.push({ cut: true });
      } else if (name === 0x76) {
        if (next() !== 0x30 || next() !== 0) throw new Error("GS v of another kind");
        const [rowBytes, height] = [next() + 256 * next(), next() + 256 * next()];
        const rows = bytes.slice(at, at + rowBytes * height);
        if (rows.length < rowBytes * height) throw new Error("a picture that ends too early");
        at += rows.length;
        const dots = Uint8Array.from(
          { length: 8 * rows.length },
          (_, dot) => ((rows[dot >> 3] ?? 0) >> (7 - (dot & 7))) & 1,
        );
        parts.push({ picture: { width: 8 * rowBytes, height, dots } });
      } else if (name === 0x28 && next() === 0x6b) {
        const length = next() + 256 * next();
        const body = bytes.slice(at, at + length);
        at += length;
        if (body[1] === 0x50) qr = new TextDecoder().decode(body.slice(3));
        if (body[1] === 0x51) parts.push({ qr });
      } else throw new Error(`GS ${String(name)}`);
    } else text.push(byte);
  }
  return parts;
};

export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);

export const indentOf = ({ text, scale, align }: PaperLine): number =>
  align === "left" ? 0 : Math.floor((COLUMNS - widthOf(text) * scale) / 2);

/** One row a printed line; a large character stands with as many cells as it takes, and its height as empty rows. */
const lineAsText = (line: PaperLine): string[] => {
  if (widthOf(line.text) * line.scale > COLUMNS) throw new Error(`wider than the paper: ${line.text}`);
  const spread = Array.from(line.text)
    .map((char) => char + " ".repeat((line.scale - 1) * widthOf(char)))
    .join("");
  const mark = line.scale > 1 ? `  ×${String(line.scale)}` : line.isBold ? "  bold" : "";
  const row = `${" ".repeat(indentOf(line))}${spread}${mark}`.trimEnd();
  return [row, ...Array.from({ length: line.scale - 1 }, () => "")];
};

export const qrRows = (text: string): boolean[][] => {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_unused, column) => modules.get(row, column) === 1),
  );
};

const qrAsText = (text: string): string[] => {
  const rows = qrRows(text);
  const lines: string[] = [];
  for (let row = 0; row < rows.length; row += 2) {
    const cells = (rows[row] ?? []).map((upper, column) => {
      const lower = rows[row + 1]?.[column] === true;
      return upper ? (lower ? "█" : "▀") : lower ? "▄" : " ";
    });
    lines.push(`   ${cells.join("")}`.trimEnd());
  }
  return lines;
};

/** The papers as text, 48 columns wide. */
export const paperAsText = (bytes: Uint8Array): string =>
  readPaper(bytes)
    .flatMap((part) =>
      isLine(part)
        ? lineAsText(part)
        : "qr" in part
          ? [...qrAsText(part.qr), `   ${part.qr}`]
          : "picture" in part
            ? [`[picture ${String(part.picture.width)}×${String(part.picture.height)}]`]
            : ["✂".repeat(COLUMNS)],
    )
    .join("\n");
