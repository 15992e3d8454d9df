import { addDays, dayOf, DAY_MS } from "../../basics/time.ts";
import { calendarOf } from "../case/intake-rules.ts";
import { dueDay } from "../deadline/deadline.ts";
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
 * Review: 7 calendar days, Beijing; the hall's plan may set other days, or working days). In a year that the hall's
 * calendar does not know, working days are counted as calendar days: never later than they would be.
 */
export const rectificationLimit = (plan: HallPlan, from: number): RectificationLimit => {
  const { days, unit, yellowPercent } = plan.settings.rectification;
  const first = dayOf(from, plan.utcOffsetMinutes);
  const due = dueDay(first, { days, unit }, calendarOf(plan));
  const dueAt = endOfDay((due.ok ? due.value : null) ?? addDays(first, days), plan.utcOffsetMinutes);
  return { dueAt, yellowAt: Math.round(from + ((dueAt - from) * yellowPercent) / 100) };
};
