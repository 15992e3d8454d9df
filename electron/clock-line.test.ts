import { expect, test } from "vitest";
import { clockLine } from "./clock-line.ts";

const DAY = 24 * 3_600_000;

test("a clock within the whole seconds of the node's answer agrees", () => {
  for (const offset of [0, 4_900, -5_000]) expect(clockLine(offset)).toEqual({ id: "clock", state: "ok", detail: "" });
});

test("a clock that is off says to which side and by how much, as a person says it", () => {
  expect(clockLine(12_400)).toMatchObject({ state: "warn", why: "fast", detail: "12 s" });
  expect(clockLine(-192_000)).toMatchObject({ state: "warn", why: "slow", detail: "3 min 12 s" });
  expect(clockLine(DAY + 30_000)).toMatchObject({ state: "fault", why: "fast", detail: "24 h 0 min" });
  expect(clockLine(-DAY)).toMatchObject({ state: "fault", why: "slow" });
});

test("a node that does not answer leaves the clock unknown, which is no fault of the clock", () => {
  expect(clockLine(null)).toMatchObject({ state: "warn", why: "notCompared" });
});
