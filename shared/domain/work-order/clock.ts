import { addDays, dayOf, type Day } from "../../basics/time.ts";
import { calendarOf } from "../case/intake-rules.ts";
import { endOfDay, startOfDay } from "../deadline/clock.ts";
import { daysUsed, dueDay, type Pause } from "../deadline/deadline.ts";
import type { HallPlan } from "../hall/plan.ts";
import { workOrderRulesOf } from "./rules.ts";
import type { ClockKind, OrderClock } from "./work-order.ts";

/**
 * The last working day of a limit. In a year that the hall's calendar does not know, calendar days are counted: never
 * later than it would be. Null: paused.
 */
const lastDay = (plan: HallPlan, start: Day, days: number, pauses: readonly Pause[]): Day | null => {
  const calendar = calendarOf(plan);
  const due = dueDay(start, { days, unit: "working" }, calendar, pauses);
  if (due.ok) return due.value;
  const strict = dueDay(start, { days, unit: "calendar" }, calendar, pauses);
  return strict.ok ? strict.value : addDays(start, days);
};

/**
 * A limit that runs from `start`: the day after is day 1, it ends with its last day, and its yellow light comes on with
 * the first day that is near the end by the plan's rule, on day 1 at the earliest.
 */
export const makeClock = (
  plan: HallPlan,
  wanted: { readonly kind: ClockKind; readonly no: number; readonly start: Day; readonly days: number },
  pauses: readonly Pause[] = [],
): OrderClock => {
  const { yellow } = workOrderRulesOf(plan);
  const { start, days } = wanted;
  const usedBeforeYellow = yellow.by === "days" ? days - yellow.days : Math.ceil((days * yellow.percent) / 100);
  const last = lastDay(plan, start, days, pauses);
  const yellowFrom = lastDay(plan, start, Math.max(1, usedBeforeYellow), pauses);
  const offset = plan.utcOffsetMinutes;
  const due =
    last === null || yellowFrom === null
      ? null
      : { dueAt: endOfDay(last, offset), yellowAt: startOfDay(yellowFrom, offset) };
  return { ...wanted, due, told: [] };
};

/** The day on which a limit ends; null: paused. */
export const dueDayOf = (plan: HallPlan, { due }: Pick<OrderClock, "due">): Day | null =>
  due === null ? null : dayOf(due.dueAt, plan.utcOffsetMinutes);

/** How many days a limit from `start` must have to end on `until`; null: the calendar of a year is not known. */
export const daysUntil = (plan: HallPlan, start: Day, until: Day, pauses: readonly Pause[]): number | null => {
  const used = daysUsed(start, until, "working", calendarOf(plan), pauses);
  return used.ok ? used.value : null;
};
