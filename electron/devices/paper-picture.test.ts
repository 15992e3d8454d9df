import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printPaper } from "../../tests/helpers/paper-bitmap.ts";
import { readPaper } from "../../tests/helpers/paper-view.ts";
import { layOutPicture, PAPER_DOTS, pictureOf, type PaperPicture } from "./paper-picture.ts";

const dotAt = ({ rows }: PaperPicture, x: number, y: number): number =>
  ((rows[y * 72 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;

/** A page of `height` rows with these black dots; its last row is the mark. */
const pageOf = (black: readonly (readonly [x: number, y: number])[], height: number): Uint8Array => {
  const pixels = new Uint8Array(4 * PAPER_DOTS * height).fill(255);
  const set = (x: number, y: number): void =>
    void pixels.fill(0, 4 * (y * PAPER_DOTS + x), 4 * (y * PAPER_DOTS + x) + 3);
  for (const [x, y] of black) set(x, y);
  for (let x = 0; x < PAPER_DOTS; x += 1) set(x, height - 1);
  return pixels;
};

describe("a paper as a picture", () => {
  it("reads dark as black, and takes no page that is not whole", () => {
    const pixels = pageOf([[3, 0]], 9);
    pixels.set([200, 200, 200], 4 * 5);
    const picture = pictureOf(pixels)!;
    expect(picture.height).toBe(8);
    expect([2, 3, 4, 5].map((x) => dotAt(picture, x, 0))).toEqual([0, 1, 0, 0]);
    expect(pictureOf(Uint8Array.from([...pixels, ...new Uint8Array(4 * PAPER_DOTS).fill(255)]))).toEqual(picture);
    expect(pictureOf(pixels.subarray(0, -4 * PAPER_DOTS))).toBeNull();
  });

  it("comes out of the printer dot by dot as it went in", () => {
    const dot = fc.tuple(fc.nat(PAPER_DOTS - 1), fc.nat(70));
    fc.assert(
      fc.property(fc.array(dot, { maxLength: 400 }), fc.option(fc.webUrl(), { nil: undefined }), (black, code) => {
        const picture = pictureOf(pageOf(black, 72))!;
        const bytes = layOutPicture(picture, code);
        const { dots } = printPaper(bytes);
        for (let at = 0; at < PAPER_DOTS * picture.height; at += 1)
          if (dots[at] !== dotAt(picture, at % PAPER_DOTS, Math.floor(at / PAPER_DOTS)))
            expect.fail(`dot ${String(at)}`);
        expect(readPaper(bytes).some((part) => "qr" in part && part.qr === code)).toBe(code !== undefined);
        expect(readPaper(bytes).filter((part) => "cut" in part)).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });

  it("holds nothing that a printer would carry out in the middle of it", () => {
    // DLE EOT 1, DLE ENQ 1 and DLE DC4 8, as rows of dots.
    const black = [0x10, 0x04, 0x10, 0x05, 0x10, 0x14, 0x10, 0x10].flatMap((byte, at) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => [at * 8 + bit, 0] as const),
    );
    const { rows } = pictureOf(pageOf(black, 9))!;
    expect([...rows.subarray(0, 8)]).toEqual([0x18, 0x04, 0x18, 0x05, 0x18, 0x14, 0x10, 0x10]);
  });

  it("goes in parts that every printer takes, without a gap between them", () => {
    const line = Array.from({ length: 1_600 }, (_, y) => [7, y] as const);
    const bytes = layOutPicture(pictureOf(pageOf(line, 1_601))!, undefined);
    const heights = readPaper(bytes).flatMap((part) => ("picture" in part ? [part.picture.height] : []));
    expect(heights).toEqual([512, 512, 512, 64]);
    const { dots } = printPaper(bytes);
    for (let y = 0; y < 1_600; y += 1) expect(dots[y * PAPER_DOTS + 7]).toBe(1);
  });
});
