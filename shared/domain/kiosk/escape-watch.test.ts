import fc from "fast-check";
import { expect, it } from "vitest";
import {
  afterTry,
  ESCAPE_PAUSE_MS,
  ESCAPE_TRIES,
  ESCAPE_WITHIN_MS,
  isPaused,
  nobodyTried,
  type EscapeWatch,
} from "./escape-watch.ts";

/*
 * Trying to get out of a public screen:
 * - ten tries within ten seconds pause it, nine do not, nor do ten over a longer time;
 * - a pause lasts ten seconds whatever is tried during it, and afterwards nine tries are free again;
 * - no pause without ten counted tries within ten seconds just before it.
 */
const after = (times: readonly number[], from: EscapeWatch = nobodyTried): EscapeWatch => times.reduce(afterTry, from);
const every = (ms: number, count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + index * ms);

it("pauses at the tenth try within ten seconds, and not before", () => {
  expect(isPaused(after(every(100, 9)), 800)).toBe(false);
  expect(isPaused(after(every(100, 10)), 900)).toBe(true);
  expect(isPaused(after(every(1_111, 10)), 9_999), "within").toBe(true);
  expect(isPaused(after(every(1_112, 10)), 10_008), "over a longer time").toBe(false);
});

it("goes on after ten seconds, whatever was tried meanwhile, with nothing held against anybody", () => {
  const leant = after(every(10, 1_000, 900), after(every(100, 10)));
  expect(leant.pausedUntil).toBe(900 + ESCAPE_PAUSE_MS);
  expect(isPaused(leant, 10_899)).toBe(true);
  expect(isPaused(leant, 10_900)).toBe(false);
  expect(isPaused(after(every(10, 9, 10_900), leant), 10_990)).toBe(false);
});

it("pauses only after ten counted tries within ten seconds, and each pause has its end", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { maxLength: 80 }), (gaps) => {
      let [watch, now] = [nobodyTried, 0];
      let counted: number[] = [];
      for (const gap of gaps) {
        now += gap;
        const before = watch;
        watch = afterTry(before, now);
        if (isPaused(before, now)) {
          expect(watch).toBe(before);
          continue;
        }
        counted = [...counted.filter((at) => now - at < ESCAPE_WITHIN_MS), now];
        expect(isPaused(watch, now)).toBe(counted.length >= ESCAPE_TRIES);
        if (!isPaused(watch, now)) continue;
        expect(watch.pausedUntil - now).toBe(ESCAPE_PAUSE_MS);
        counted = [];
      }
    }),
  );
});
