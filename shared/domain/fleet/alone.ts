import type { TerminalRole } from "../identity/roles.ts";

/** A kiosk asks after a minute whether anybody is there, and goes back to its beginning; somebody at a board may be setting its languages. */
const ALONE_SECONDS: Readonly<Record<TerminalRole, number>> = {
  kiosk: 2 * 60,
  review: 2 * 60,
  display: 2 * 60,
  window: Infinity,
  desk: Infinity,
  setup: Infinity,
};

/** How a terminal's windows were touched. */
export interface Touches {
  /** One that is open now was. */
  readonly isTouched: boolean;
  /** Since any of them was, or the program was started. */
  readonly idleSeconds: number;
}

/** Whether nobody has been at a screen for so long. A board that nobody has touched since it was opened is only looked at. */
export const isLeftFor = (seconds: number, role: TerminalRole, { isTouched, idleSeconds }: Touches): boolean =>
  (role === "display" && !isTouched) || idleSeconds >= seconds;

/** Whether nobody is at a screen for anybody, so that it may become another one. */
export const isAlone = (role: TerminalRole, touches: Touches): boolean => isLeftFor(ALONE_SECONDS[role], role, touches);
