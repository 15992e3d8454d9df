import { addDays, dayOf, DAY_MS } from "../../basics/time.ts";
import type { HallPlan } from "../hall/plan.ts";

/** When an order is due and when its yellow light comes on. Milliseconds since 1970 UTC. */
export interface RectificationLimit {
  readonly dueAt: number;
  readonly yellowAt: number;
}

/** The last instant of the hall's day. */
const endOfDay = (day: string, utcOffsetMinutes: number): number =>
  Date.parse(`${day}T00:00:00Z`) + DAY_MS - 1 - utcOffsetMinutes * 60_000;

/**
 * The limit of an order that begins at an instant: the day after is day 1, and it ends with the last day (domain.md,
 * Review: 7 calendar days, Beijing; the hall's plan may set other days, or working days).
 * @param addWorkingDays the n-th working day after a day; undefined for a year that the calendar does not know: the
 *   limit then counts calendar days, which is never later than the working days would be
 */
export const rectificationLimit = (
  plan: HallPlan,
  from: number,
  addWorkingDays: ((day: string, count: number) => string | undefined) | undefined,
): RectificationLimit => {
  const { days, unit, yellowPercent } = plan.settings.rectification;
  const first = dayOf(from, plan.utcOffsetMinutes);
  const working = unit === "working" ? addWorkingDays?.(first, days) : undefined;
  const dueAt = endOfDay(working ?? addDays(first, days), plan.utcOffsetMinutes);
  return { dueAt, yellowAt: Math.round(from + ((dueAt - from) * yellowPercent) / 100) };
};
