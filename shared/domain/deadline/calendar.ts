import chineseDays from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { z } from "zod";
import type { Day } from "../../basics/time.ts";

const daySchema = z.iso.date("not a day of the calendar, YYYY-MM-DD");

/** One year of the State Council's holiday notice, as a hall imports it before the program knows it. */
export const calendarYearSchema = z
  .object({
    year: z.int().min(2000).max(2100),
    /** Days off that would be working days, and days of the holiday that are weekends anyway. */
    holidays: z.array(daySchema).min(1),
    /** Saturdays and Sundays that are worked (调休). */
    makeUpWorkdays: z.array(daySchema),
  })
  .superRefine((calendar, context) => {
    const prefix = `${String(calendar.year)}-`;
    const holidays = new Set(calendar.holidays);
    for (const key of ["holidays", "makeUpWorkdays"] as const)
      calendar[key].forEach((day, index) => {
        if (!day.startsWith(prefix))
          context.addIssue({
            code: "custom",
            path: [key, index],
            message: `${day} is not in ${String(calendar.year)}`,
          });
      });
    calendar.makeUpWorkdays.forEach((day, index) => {
      if (holidays.has(day))
        context.addIssue({ code: "custom", path: ["makeUpWorkdays", index], message: `${day} is a holiday as well` });
      if (!isWeekend(day))
        context.addIssue({
          code: "custom",
          path: ["makeUpWorkdays", index],
          message: `${day} is no Saturday or Sunday: it is worked anyway`,
        });
    });
  });
export type CalendarYear = Readonly<z.infer<typeof calendarYearSchema>>;

/** Which days are worked. A year that nobody has announced yet is not known, and is never guessed. */
export interface WorkCalendar {
  /** Null: the day's year is not known. */
  isWorkday(day: Day): boolean | null;
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** Saturday or Sunday. */
export const isWeekend = (day: Day): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
};

/** Days that differ from Monday-to-Friday: true a weekend that is worked, false a weekday that is off. */
type Exceptions = ReadonlyMap<Day, boolean>;

const builtIn = new Map<number, Exceptions | null>();

const daysIn = (year: number, days: Readonly<Record<Day, string>>): readonly Day[] =>
  Object.keys(days).filter((day) => yearOf(day) === year);

/**
 * The exceptions of a year in chinese-days, or null when it does not know the year. Only its table is used: its arithmetic
 * counts in the time zone of the machine, takes a year that it does not know for one without holidays, and costs each start
 * the making of all years.
 */
const builtInYear = (year: number): Exceptions | null => {
  const kept = builtIn.get(year);
  if (kept !== undefined) return kept;
  const holidays = daysIn(year, chineseDays.holidays);
  const known = holidays.length === 0 ? null : exceptionsOf(holidays, daysIn(year, chineseDays.workdays));
  builtIn.set(year, known);
  return known;
};

const exceptionsOf = (holidays: readonly Day[], makeUpWorkdays: readonly Day[]): Exceptions => {
  const exceptions = new Map<Day, boolean>();
  for (const day of holidays) if (!isWeekend(day)) exceptions.set(day, false);
  for (const day of makeUpWorkdays) if (isWeekend(day)) exceptions.set(day, true);
  return exceptions;
};

/** @param imported years of the local plan; they go before those that the program knows */
export const makeCalendar = (imported: readonly CalendarYear[] = []): WorkCalendar => {
  const own = new Map(
    imported.map(({ year, holidays, makeUpWorkdays }) => [year, exceptionsOf(holidays, makeUpWorkdays)]),
  );
  return {
    isWorkday: (day) => {
      const exceptions = own.get(yearOf(day)) ?? builtInYear(yearOf(day));
      return exceptions === null ? null : (exceptions.get(day) ?? !isWeekend(day));
    },
  };
};
