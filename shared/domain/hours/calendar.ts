import { weekdayOf, type Day } from "../../basics/time.ts";

/** Holidays and make-up working days of a year as the State Council announced them (国务院办公厅放假安排), as MM-DD. */
const announced: Readonly<Record<string, { readonly rest: string; readonly work: string }>> = {
  "2025": {
    rest: "01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08",
    work: "01-26 02-08 04-27 09-28 10-11",
  },
  "2026": {
    rest: "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07",
    work: "01-04 02-14 02-28 05-09 09-20 10-10",
  },
};

/** What the state's calendar makes of a day; `known` is false for a year whose holidays are not announced here. */
export interface CalendarDay {
  readonly kind: "workday" | "weekend" | "holiday" | "makeUp";
  readonly known: boolean;
}

/** A year that is not known counts Monday to Friday as working days and says so. */
export const calendarDayOf = (day: Day): CalendarDay => {
  const year = announced[day.slice(0, 4)];
  const weekend = [0, 6].includes(weekdayOf(day));
  if (year === undefined) return { kind: weekend ? "weekend" : "workday", known: false };
  const date = day.slice(5);
  if (year.rest.includes(date)) return { kind: "holiday", known: true };
  if (year.work.includes(date)) return { kind: "makeUp", known: true };
  return { kind: weekend ? "weekend" : "workday", known: true };
};
