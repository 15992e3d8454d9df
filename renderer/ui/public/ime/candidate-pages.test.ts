import fc from "fast-check";
import { expect, it } from "vitest";
import { candidatePages } from "./candidate-pages.ts";

const of = (...texts: readonly string[]) => texts.map((text) => ({ text }));
const texts = (pages: readonly (readonly { readonly text: string }[])[]): readonly string[] =>
  pages.map((page) => page.map(({ text }) => text).join(" "));

it("fills a wide bar with six and turns pages for the rest", () => {
  expect(texts(candidatePages(of("起", "其", "卡", "掐", "前", "签", "钱"), { width: 1000, em: 30 }))).toEqual([
    "起 其 卡 掐 前 签",
    "钱",
  ]);
});

it("has fewer on a page where the keyboard stands beside the list", () => {
  const candidates = of("起", "其", "卡", "掐", "前", "签", "钱");
  expect(texts(candidatePages(candidates, { width: 480, em: 29 }))).toEqual(["起 其 卡 掐", "前 签 钱"]);
});

it("needs no room for turning when everything stands in one row", () => {
  expect(texts(candidatePages(of("备案", "保安"), { width: 220, em: 30 }))).toEqual(["备案 保安"]);
});

it("loses none, keeps their order, and lets each page be as wide as the bar at most", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 30 }),
      fc.integer({ min: 100, max: 1200 }),
      fc.integer({ min: 18, max: 60 }),
      (words, width, em) => {
        const pages = candidatePages(of(...words), { width, em });
        expect(pages.flat().map(({ text }) => text)).toEqual(words);
        for (const page of pages) {
          const buttons = page.map(({ text }) => Math.max(64, (text.length + 0.6) * em + 4));
          const all = pages.length > 1 ? [...buttons, 64, 64] : buttons;
          const wide = all.reduce((sum, each) => sum + each + 12, -12);
          expect(page.length === 1 || wide <= width).toBe(true);
        }
      },
    ),
  );
});
