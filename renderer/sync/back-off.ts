const FIRST_MS = 100;
export const CEILING_MS = 15_000;

/**
 * How long to wait before the n-th attempt in a row (0 = the first): 100 ms, then doubling up to 15 s, each with up to
 * half taken off at random, so that a hall's terminals do not come back in the same instant (F38).
 */
export const backOffMs = (attempt: number, random: () => number): number =>
  Math.min(CEILING_MS, FIRST_MS * 2 ** Math.min(attempt, 20)) * (1 - random() / 2);
