import { err, ok, type Result } from "../../basics/result.ts";
import { addDays, type Day } from "../../basics/time.ts";
import type { TimeLimit } from "../catalogue/catalogue.ts";
import { yearOf, type WorkCalendar } from "./calendar.ts";

/** The calendar of this year is not known: import it, a due day is never guessed. */
export interface UnknownYear {
  readonly code: "year_unknown";
  readonly year: number;
}

/**
 * Time that does not count (行政许可法 第四十五条: hearing, tender, auction, inspection, testing, quarantine, appraisal,
 * expert review). The day on which it starts still counts, the day on which it ends does not. `end` null: still running.
 */
export interface Pause {
  readonly start: Day;
  readonly end: Day | null;
}

const isPaused = (day: Day, pauses: readonly Pause[]): boolean =>
  pauses.some((pause) => pause.start < day && (pause.end === null || day <= pause.end));

/** Whether a day is one of those that a limit counts. */
const countsFor = (
  unit: TimeLimit["unit"],
  day: Day,
  pauses: readonly Pause[],
  calendar: WorkCalendar,
): Result<boolean, UnknownYear> => {
  if (isPaused(day, pauses)) return ok(false);
  if (unit === "calendar") return ok(true);
  const works = calendar.isWorkday(day);
  return works === null ? err({ code: "year_unknown", year: yearOf(day) }) : ok(works);
};

/**
 * The last day of a limit. The day after `start` is day 1 (民法典 第二百零一条); a limit of 0 ends on `start` itself.
 * A limit in calendar days is not moved when it ends on a day off: the strict reading is never too late.
 * @param start the day of acceptance, or whatever the limit runs from
 * @param pauses times that do not count; with a running one the due day is not settled: null
 */
export const dueDay = (
  start: Day,
  limit: TimeLimit,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): Result<Day | null, UnknownYear> => {
  const running = pauses.find((pause) => pause.end === null);
  let day = start;
  for (let left = limit.days; left > 0;) {
    day = addDays(day, 1);
    if (running !== undefined && running.start < day) return ok(null);
    const counts = countsFor(limit.unit, day, pauses, calendar);
    if (!counts.ok) return counts;
    if (counts.value) left -= 1;
  }
  return ok(day);
};

/** How many days of a limit have been used up from the day after `start` to `end`, both counted. 0 when `end` is earlier. */
export const daysUsed = (
  start: Day,
  end: Day,
  unit: TimeLimit["unit"],
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): Result<number, UnknownYear> => {
  let used = 0;
  for (let day = addDays(start, 1); day <= end; day = addDays(day, 1)) {
    const counts = countsFor(unit, day, pauses, calendar);
    if (!counts.ok) return counts;
    if (counts.value) used += 1;
  }
  return ok(used);
};
