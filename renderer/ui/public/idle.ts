/** Seconds without a touch before the screen asks whether anybody is there. */
export const QUIET_SECONDS = 60;
/** Seconds that the question stands before the screen forgets the person. */
export const COUNTDOWN_SECONDS = 15;

export type IdlePhase =
  { readonly kind: "used" } | { readonly kind: "counting"; readonly secondsLeft: number } | { readonly kind: "over" };

/** What to do after `idleMs` without a touch. */
export const idlePhaseAfter = (idleMs: number): IdlePhase => {
  const over = (QUIET_SECONDS + COUNTDOWN_SECONDS) * 1000;
  if (idleMs < QUIET_SECONDS * 1000) return { kind: "used" };
  if (idleMs < over) return { kind: "counting", secondsLeft: Math.ceil((over - idleMs) / 1000) };
  return { kind: "over" };
};
