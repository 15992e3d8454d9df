import type { TextScale } from "../../ui/public/settings.tsx";
import type { PrintState } from "./use-ticket-print.ts";

/** By the size of the type: at the largest one the number alone fills the screen, and the rest has to be paged to. */
const SHOWN_SECONDS: Readonly<Record<TextScale, number>> = { 100: 20, 150: 40, 200: 60 };
/** Somebody who has to decide something about the paper needs longer. */
const DECIDE_SECONDS: Readonly<Record<TextScale, number>> = { 100: 60, 150: 90, 200: 120 };

/** How long a number stays on the screen when nobody touches it. */
export const shownSeconds = (print: PrintState, scale: TextScale): number => {
  const mustDecide = print !== "printed" && print !== "printing" && print !== "noPrinter";
  return (mustDecide ? DECIDE_SECONDS : SHOWN_SECONDS)[scale];
};
