import { newPaper, withCode } from "./paper-layout.ts";

/** Dots across the print of 80 mm paper. */
export const PAPER_DOTS = 576;
const ROW_BYTES = PAPER_DOTS / 8;
/** Rows of one command: every such printer takes as many, and the library puts the bytes of no more than these on its stack. */
const MOST_ROWS = 512;

const CENTRE = [0x1b, 0x61, 1];
const NO_LINE_SPACING = [0x1b, 0x33, 0];

/** A print in black and white: a bit a dot, 1 is black, 72 bytes a row. */
export interface PaperPicture {
  readonly height: number;
  readonly rows: Uint8Array;
}

/** Printers carry these out at once, wherever they stand: DLE EOT, DLE ENQ and DLE DC4 in the middle of a picture. */
const DLE = 0x10;
const AT_ONCE: readonly (number | undefined)[] = [0x04, 0x05, 0x14];

/** One dot more where a row of dots would be a command that is carried out at once (DC4 empties the printer). */
const withoutCommands = (rows: Uint8Array): Uint8Array =>
  rows.map((byte, at) => (byte === DLE && AT_ONCE.includes(rows[at + 1]) ? DLE | 0x08 : byte));

/**
 * The print in a page's pixels, four bytes each, blue, green and red first.
 * @returns null when there is no row that is all black: the one that says that the page is whole
 */
export const pictureOf = (pixels: Uint8Array): PaperPicture | null => {
  const isBlack = (dot: number): boolean =>
    0.114 * (pixels[4 * dot] ?? 255) + 0.587 * (pixels[4 * dot + 1] ?? 255) + 0.299 * (pixels[4 * dot + 2] ?? 255) <
    128;
  const isMark = (row: number): boolean => {
    for (let dot = row * PAPER_DOTS; dot < (row + 1) * PAPER_DOTS; dot += 1) if (!isBlack(dot)) return false;
    return true;
  };
  const height = pixels.length / (4 * PAPER_DOTS);
  let printed = 0;
  while (printed < height && !isMark(printed)) printed += 1;
  if (printed >= height) return null;
  // The mark itself is not printed; the library wants eight rows at a time.
  const rows = new Uint8Array(Math.ceil(printed / 8) * 8 * ROW_BYTES);
  for (let dot = 0; dot < printed * PAPER_DOTS; dot += 1)
    if (isBlack(dot)) rows[dot >> 3] = (rows[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  return { height: rows.length / ROW_BYTES, rows: withoutCommands(rows) };
};

/** One part of a picture; the library ends it with a line feed, which must not move the paper. */
const layOutPart = (rows: Uint8Array): Uint8Array => {
  const height = rows.length / ROW_BYTES;
  const data = new Uint8ClampedArray(4 * PAPER_DOTS * height).fill(255);
  for (let dot = 0; dot < PAPER_DOTS * height; dot += 1)
    if ((rows[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) data.fill(0, 4 * dot, 4 * dot + 3);
  return newPaper()
    .raw(NO_LINE_SPACING)
    .image({ width: PAPER_DOTS, height, data }, PAPER_DOTS, height, "threshold", 128)
    .encode();
};

/** The bytes that print a picture, with a QR code below it. */
export const layOutPicture = ({ rows }: PaperPicture, code: string | undefined): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < rows.length; at += MOST_ROWS * ROW_BYTES)
    parts.push(layOutPart(rows.subarray(at, at + MOST_ROWS * ROW_BYTES)));
  return Buffer.concat([...parts, withCode(newPaper().raw(CENTRE), code).cut("partial").encode()]);
};
