import { err, ok, type Result } from "../../basics/result.ts";
import { calendarYearSchema, type CalendarYear } from "./calendar.ts";

/** What is wrong with a line of a calendar file, from 1. */
export interface CalendarProblem {
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads the holiday notice of one or more years from lines `date,type,name`: type is `holiday` or `makeup_workday`. A first
 * line of headers is passed over. All or nothing.
 */
export const readCalendarFile = (text: string): Result<readonly CalendarYear[], readonly CalendarProblem[]> => {
  const years = new Map<number, { year: number; holidays: string[]; makeUpWorkdays: string[]; line: number }>();
  const problems: CalendarProblem[] = [];
  const seen = new Map<string, number>();
  text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .forEach((content, index) => {
      const line = index + 1;
      if (content.trim() === "" || (index === 0 && !/^\d/.test(content))) return;
      const [day = "", type = ""] = content.split(",").map((cell) => cell.trim());
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day))
        return void problems.push({ line, reason: `"${day}" is not a day YYYY-MM-DD` });
      if (type !== "holiday" && type !== "makeup_workday")
        return void problems.push({ line, reason: `"${type}" is not holiday or makeup_workday` });
      const first = seen.get(day);
      if (first !== undefined)
        return void problems.push({ line, reason: `${day} is on line ${String(first)} already` });
      seen.set(day, line);
      const number = Number(day.slice(0, 4));
      const year = years.get(number) ?? { year: number, holidays: [], makeUpWorkdays: [], line };
      years.set(number, year);
      (type === "holiday" ? year.holidays : year.makeUpWorkdays).push(day);
    });
  const list: CalendarYear[] = [];
  for (const { line, ...year } of years.values()) {
    const parsed = calendarYearSchema.safeParse(year);
    if (parsed.success) list.push(parsed.data);
    else
      for (const { message } of parsed.error.issues)
        problems.push({ line, reason: `${String(year.year)}: ${message}` });
  }
  if (list.length === 0 && problems.length === 0) problems.push({ line: 1, reason: "there are no days in this file" });
  return problems.length > 0 ? err(problems) : ok(list.sort((left, right) => left.year - right.year));
};
