import { z } from "zod";
import { addDays, DAY_MS, type Day } from "../../basics/time.ts";
import type { TimeLimit } from "../catalogue/catalogue.ts";
import type { WorkCalendar } from "./calendar.ts";
import { daysUsed, dueDay, type Pause } from "./deadline.ts";

/** When the yellow light (黄灯) comes on: so many days of the limit before its end, or when so much of it is used. */
export const yellowRuleSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("days"), days: z.int().min(0).max(30) }),
  z.object({ by: z.literal("percent"), percent: z.int().min(1).max(99) }),
]);
export type YellowRule = Readonly<z.infer<typeof yellowRuleSchema>>;

/**
 * Supervision light (红黄灯). "paused": a special procedure stops the clock. "unknown": the calendar of a year is missing.
 * "none": no limit.
 */
export type Light = "none" | "green" | "yellow" | "red" | "paused" | "unknown";

/** The light of a limit that runs from `start`, as of `today`. */
export const lightOf = (
  start: Day,
  limit: TimeLimit | null,
  today: Day,
  rule: YellowRule,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): Light => {
  if (limit === null) return "none";
  const due = dueDay(start, limit, calendar, pauses);
  if (!due.ok) return "unknown";
  if (due.value === null) return "paused";
  if (today > due.value) return "red";
  const used = daysUsed(start, today, limit.unit, calendar, pauses);
  if (!used.ok) return "unknown";
  const isNear =
    rule.by === "days" ? limit.days - used.value <= rule.days : used.value * 100 >= limit.days * rule.percent;
  return isNear ? "yellow" : "green";
};

/** First day on which the light of a limit is not green any more; its last day, `due`, at the latest. */
export const firstYellowDay = (
  start: Day,
  limit: TimeLimit | null,
  due: Day,
  rule: YellowRule,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): Day => {
  // Once yellow it stays so: halved until the first such day is left.
  let [from, to] = [0, Math.max(0, Math.round((Date.parse(due) - Date.parse(start)) / DAY_MS))];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (lightOf(start, limit, addDays(start, middle), rule, calendar, pauses) === "yellow") to = middle;
    else from = middle + 1;
  }
  return addDays(start, from);
};
