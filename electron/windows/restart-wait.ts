/** First restart of a screen that ended; the next ones wait longer so that a screen that cannot start does not burn the CPU. */
const FIRST_RESTART_MS = 300;
const NEXT_RESTART_MS = 2_000;
/** A screen that has stood for this long has started well. */
const STABLE_MS = 60_000;

/** Counts the ends of one screen. @returns how long to wait after the end that happens now, in milliseconds */
export const watchEnds = (): (() => number) => {
  let lastEndAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = Date.now();
    const wait = now - lastEndAt < STABLE_MS ? NEXT_RESTART_MS : FIRST_RESTART_MS;
    lastEndAt = now;
    return wait;
  };
};
