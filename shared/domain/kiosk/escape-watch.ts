/**
 * When a public screen stops listening for a while because somebody tries key after key to get out of it (S56). Ten different
 * presses in ten seconds are no accident; ten seconds of rest are no punishment for a child or a cleaner.
 */
export const ESCAPE_TRIES = 10;
export const ESCAPE_WITHIN_MS = 10_000;
export const ESCAPE_PAUSE_MS = 10_000;

/** What is remembered of one screen. Instants are of one clock that only goes forward, in milliseconds. */
export interface EscapeWatch {
  readonly tries: readonly number[];
  readonly pausedUntil: number;
}

export const nobodyTried: EscapeWatch = { tries: [], pausedUntil: Number.NEGATIVE_INFINITY };

export const isPaused = ({ pausedUntil }: EscapeWatch, now: number): boolean => now < pausedUntil;

/**
 * One more refused try. What is tried during a pause is not counted: a hand left on the keyboard does not make it longer.
 * @returns the same pause as before, or a pause that begins now
 */
export const afterTry = (watch: EscapeWatch, now: number): EscapeWatch => {
  if (isPaused(watch, now)) return watch;
  const tries = [...watch.tries.filter((at) => now - at < ESCAPE_WITHIN_MS), now];
  return tries.length < ESCAPE_TRIES
    ? { tries, pausedUntil: watch.pausedUntil }
    : { tries: [], pausedUntil: now + ESCAPE_PAUSE_MS };
};
