import { expect, it } from "vitest";
import { isAlone } from "./alone.ts";

/* Nobody is at a screen that was touched two minutes ago, nor at a board that was never touched; a clerk's is never taken. */
it.each([
  ["kiosk", true, 119, false],
  ["kiosk", true, 120, true],
  ["kiosk", false, 1, false],
  ["display", false, 0, true],
  ["display", true, 119, false],
  ["display", true, 120, true],
  ["window", false, 99_999, false],
] as const)("%s, touched: %s, %s s ago: %s", (role, isTouched, idleSeconds, alone) => {
  expect(isAlone(role, { isTouched, idleSeconds })).toBe(alone);
});
