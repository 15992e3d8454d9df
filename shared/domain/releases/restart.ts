import { isLeftFor, type Touches } from "../fleet/alone.ts";
import type { TerminalRole } from "../identity/roles.ts";

/** Before the first and after the last hall of the country works, minutes after midnight of the terminal's place. */
const NIGHT_FROM = 20 * 60;
const NIGHT_TO = 7 * 60;

/** So long nobody has touched it. Somebody may be setting a board's languages, and a clerk may be away and come back to what was half typed. */
const IDLE_SECONDS: Readonly<Record<TerminalRole, number>> = {
  kiosk: 10 * 60,
  review: 10 * 60,
  display: 2 * 60,
  window: 60 * 60,
  desk: 60 * 60,
  setup: 60 * 60,
};

/**
 * Whether a terminal may start afresh now to run the version that is ready: only at night, when nobody is at it. By day it takes the
 * version when somebody starts it anyway.
 * @param minutes after midnight of the terminal's place
 */
export const mayRestart = (role: TerminalRole, minutes: number, touches: Touches): boolean =>
  (minutes >= NIGHT_FROM || minutes < NIGHT_TO) && isLeftFor(IDLE_SECONDS[role], role, touches);
