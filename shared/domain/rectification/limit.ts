import { addDays, dayOf } from "../../basics/time.ts";
import { calendarOf } from "../case/intake-rules.ts";
import { endOfDay, type ClockLimit } from "../deadline/clock.ts";
import { dueDay } from "../deadline/deadline.ts";
import type { HallPlan } from "../hall/plan.ts";

/**
 * The limit of an order that begins at an instant: the day after is day 1, and it ends with the last day (domain.md,
 * Review: 7 calendar days, Beijing; the hall's plan may set other days, or working days). In a year that the hall's
 * calendar does not know, working days are counted as calendar days: never later than they would be.
 */
export const rectificationLimit = (plan: HallPlan, from: number): ClockLimit => {
  const { days, unit, yellowPercent } = plan.settings.rectification;
  const first = dayOf(from, plan.utcOffsetMinutes);
  const due = dueDay(first, { days, unit }, calendarOf(plan));
  const dueAt = endOfDay((due.ok ? due.value : null) ?? addDays(first, days), plan.utcOffsetMinutes);
  return { dueAt, yellowAt: Math.round(from + ((dueAt - from) * yellowPercent) / 100) };
};
