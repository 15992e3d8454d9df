import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countPdfPages } from "./file-ref.ts";
import { pdfOfPages } from "./pdf.ts";
import { emptyScan, moveSide, nextScan, turnSides, WHOLE, type ScanAct, type Sides } from "./scan-model.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const share = fc.double({ min: 0, max: 0.44, noNaN: true });
const sides: fc.Arbitrary<Sides> = fc.record({ top: share, right: share, bottom: share, left: share });

describe("a scan of several pages", () => {
  const act: fc.Arbitrary<ScanAct> = fc.oneof(
    fc.record({ do: fc.constant("add" as const), id: fc.uuid() }),
    fc.record({
      do: fc.constantFrom("choose" as const, "turn" as const, "remove" as const),
      id: fc.constantFrom("a", "b", "c"),
    }),
    fc.record({ do: fc.constant("crop" as const), id: fc.constantFrom("a", "b"), crop: sides }),
    fc.record({
      do: fc.constant("move" as const),
      id: fc.constantFrom("a", "b", "c"),
      by: fc.constantFrom(-1 as const, 1 as const),
    }),
    fc.constant({ do: "undo" as const }),
  );
  const three = ["a", "b", "c"].reduce((model, id) => nextScan(model, { do: "add", id }), emptyScan);

  it("keeps each page once whatever is done, with one of them chosen while there is one", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const model = acts.reduce(nextScan, three);
        const ids = model.pages.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        if (ids.length > 0) expect(ids).toContain(model.chosen);
        else expect(model.chosen).toBeNull();
      }),
    );
  });

  it("takes back the last change, and then the one before", () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), (acts) => {
        const changes = acts.filter((each) => each.do !== "undo" && each.do !== "choose");
        const after = changes.reduce(nextScan, three);
        let model = after;
        for (let undo = after.before.length; undo > three.before.length; undo -= 1)
          model = nextScan(model, { do: "undo" });
        expect(model.pages).toEqual(three.pages);
      }),
    );
  });

  it("puts pages in order, turns, and takes the next one when one is removed", () => {
    const moved = nextScan(nextScan(three, { do: "move", id: "c", by: -1 }), { do: "move", id: "c", by: -1 });
    expect(moved.pages.map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect(nextScan(moved, { do: "move", id: "c", by: -1 })).toBe(moved);
    expect(nextScan(moved, { do: "remove", id: "c" }).chosen).toBe("a");
    let turned = three;
    for (let turn = 0; turn < 4; turn += 1) turned = nextScan(turned, { do: "turn", id: "a" });
    expect(turned.pages).toEqual(three.pages);
  });

  it("crops what is seen, however the page lies", () => {
    fc.assert(
      fc.property(sides, fc.nat(3), (crop, turns) => {
        expect(turnSides(turnSides(crop, turns), -turns)).toEqual(crop);
        expect(turnSides(WHOLE, turns)).toEqual(WHOLE);
      }),
    );
    // A page turned clockwise shows at its top what was at its left.
    expect(turnSides({ top: 0, right: 0, bottom: 0, left: 0.2 }, 1)).toEqual({
      top: 0.2,
      right: 0,
      bottom: 0,
      left: 0,
    });
  });

  it("leaves something of the page, wherever the edges are drawn", () => {
    const name = fc.constantFrom("top" as const, "right" as const, "bottom" as const, "left" as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.double({ min: -2, max: 3, noNaN: true }))), (moves) => {
        const crop = moves.reduce((before, [side, to]) => moveSide(before, side, to), WHOLE);
        expect(crop.top + crop.bottom).toBeLessThanOrEqual(0.9 + 1e-9);
        expect(crop.left + crop.right).toBeLessThanOrEqual(0.9 + 1e-9);
        expect(Math.min(...(Object.values(crop) as number[]))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("the PDF of a scan", () => {
  it("has a page for each picture, the pictures unchanged, and a table that finds every object", () => {
    const page = fc.record({
      jpeg: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      width: fc.integer({ min: 1, max: 5_000 }),
      height: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 6 }), (pages) => {
        const bytes = pdfOfPages(pages);
        const text = textOf(bytes);
        expect(text.startsWith("%PDF-1.4\n")).toBe(true);
        expect(text.endsWith("%%EOF\n")).toBe(true);
        expect(text).toContain(`/Count ${String(pages.length)} `);
        const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
        expect(text.slice(start, start + 4)).toBe("xref");
        const entries = [...text.slice(start).matchAll(/(\d{10}) 00000 n /g)].map((match) => Number(match[1]));
        expect(entries.length).toBe(2 + pages.length * 3);
        entries.forEach((offset, at) => {
          const head = `${String(at + 1)} 0 obj\n`;
          expect(text.slice(offset, offset + head.length)).toBe(head);
        });
        for (const { jpeg } of pages) expect(text).toContain(`stream\n${textOf(jpeg)}\nendstream`);
      }),
      { numRuns: 60 },
    );
  });

  it("is equal for equal pages, and says how many there are", () => {
    const pages = [
      { jpeg: bytesOf("one"), width: 100, height: 140 },
      { jpeg: bytesOf("two"), width: 140, height: 100 },
    ];
    expect(pdfOfPages(pages)).toEqual(pdfOfPages(pages));
    expect(countPdfPages(pdfOfPages(pages))).toBe(2);
    expect(textOf(pdfOfPages(pages))).toContain("/MediaBox [0 0 841.89 595.28]");
    expect(() => pdfOfPages([])).toThrow();
  });
});
