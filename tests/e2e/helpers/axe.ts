import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ALL = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** What alone changes with a theme. */
export const COLOURS = { type: "rule", values: ["color-contrast"] };

/** A button half-way between two colours has a contrast that nobody ever reads: what moves comes to its end first. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ effect, playState }) => playState !== "running" || effect?.getComputedTiming().endTime === Infinity),
  );

/** Finds nothing that shuts people out, by the rules of WCAG 2.2 A and AA, on the screen as it stands now. */
export const expectAccessible = async (page: Page, name: string, runOnly: object = ALL): Promise<void> => {
  // Half a megabyte: given once to a page that is looked at several times.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  await settled(page);
  const found = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: { run: (where: Document, options: unknown) => Promise<AxeResults> } };
    // What is in order is not told of: describing it takes longer than finding it.
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    const told = ({ html, any }: AxeResults["violations"][number]["nodes"][number]): string =>
      `${html.slice(0, 120)} ${any.map(({ message }) => message).join(" ")}`;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(told).join(" | ")}`);
  }, runOnly);
  expect(found, `axe on ${name}`).toEqual([]);
};
