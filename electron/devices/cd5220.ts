import { encodeGb18030 } from "./gb18030.ts";

/*
 * The CD5220 standard mode of customer displays (Partner CD-5220 manual, table 6-1), which strings of LEDs over counters speak as
 * well; Chinese characters as GB 18030. Displays never answer.
 */
const INITIALISE = [0x1b, 0x40];
/** Clears the screen and ends the string mode, in which `ESC @` would not be understood. */
const CLEAR = [0x0c];
const WRITE_UPPER = [0x1b, 0x51, 0x41];
const END = [0x0d];

/** Said first on each connection. */
export const cd5220Begin = (): Uint8Array => Uint8Array.from([...CLEAR, ...INITIALISE, ...CLEAR]);

/** Shows one line, over what was there. */
export const cd5220Line = (line: string): Uint8Array =>
  // Control characters end a command, so none may come in with a text.
  Uint8Array.from([...WRITE_UPPER, ...encodeGb18030(line.replaceAll(/\p{Cc}/gu, " ")), ...END]);

export const cd5220Clear = (): Uint8Array => Uint8Array.from(CLEAR);
