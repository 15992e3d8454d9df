import { readDay } from "./day-text.ts";

export interface DayBounds {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

export const fitsDay = (day: string, { min, max }: DayBounds): boolean =>
  (min === undefined || day >= min) && (max === undefined || day <= max);

/** Whether one more digit makes another day of it: 2026-11-2 may be on the way to 2026-11-22. */
const canGoOn = (text: string): boolean =>
  Array.from("0123456789").some((digit) => readDay(text.trim() + digit) !== null);

/**
 * The day that a typed text stands for, YYYY-MM-DD; empty while it stands for none.
 * @param isDone nothing more is typed: the field was left, or Enter pressed
 */
export const dayTyped = (text: string, bounds: DayBounds, isDone: boolean): string => {
  const day = readDay(text);
  if (day === null || !fitsDay(day, bounds)) return "";
  return isDone || !canGoOn(text) ? day : "";
};
