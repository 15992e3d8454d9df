import type { TerminalRole } from "../identity/roles.ts";

/** A kiosk asks after a minute whether anybody is there, and goes back to its beginning; a board is touched by nobody. */
const ALONE_SECONDS: Readonly<Record<TerminalRole, number>> = {
  kiosk: 2 * 60,
  review: 2 * 60,
  display: 0,
  window: Infinity,
  desk: Infinity,
  setup: Infinity,
};

/**
 * Whether nobody is at a screen for anybody, so that it may become another one.
 * @param idleSeconds since its windows were touched last
 */
export const isAlone = (role: TerminalRole, idleSeconds: number): boolean => idleSeconds >= ALONE_SECONDS[role];
