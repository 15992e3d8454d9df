import { expect, it } from "vitest";
import { readDay } from "./day-text.ts";

it("reads a day as people write it", () => {
  for (const text of [
    "2026-11-02",
    "20261102",
    "2026/11/2",
    "2026.11.02",
    "2026年11月2日",
    " 2026 年 11 月 2 日 ",
    "２０２６－１１－０２",
  ])
    expect(readDay(text), text).toBe("2026-11-02");
  expect(readDay("2024-02-29")).toBe("2024-02-29");
});

it("takes nothing for a day that is none", () => {
  for (const text of [
    "",
    "2026",
    "2026-11",
    "2026-02-29",
    "2026-13-01",
    "2026-11-31",
    "11/22/2026",
    "2026-11-22x",
    "0",
  ])
    expect(readDay(text), text).toBeNull();
});
