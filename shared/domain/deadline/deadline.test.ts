import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../basics/time.ts";
import { calendarYearSchema, isWeekend, makeCalendar, type CalendarYear } from "./calendar.ts";
import { readCalendarFile } from "./calendar-file.ts";
import { daysUsed, dueDay, type Pause } from "./deadline.ts";
import { lightOf } from "./light.ts";

const calendar = makeCalendar();
const working = (days: number) => ({ days, unit: "working" }) as const;

const published = readFileSync(new URL("../../../data/holidays-cn-2024-2026.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));
const off = new Set(published.filter(([, type]) => type === "holiday").map(([day]) => day));
const worked = new Set(published.filter(([, type]) => type === "makeup_workday").map(([day]) => day));
/** The notices of the State Council for 2024-2026, read without chinese-days. */
const worksByNotice = (day: string): boolean => worked.has(day) || (!isWeekend(day) && !off.has(day));

const yearAsImported = (year: number, as: number): CalendarYear => ({
  year: as,
  holidays: [...off].flatMap((day) => (day?.startsWith(String(year)) ? [day] : [])),
  makeUpWorkdays: [...worked].flatMap((day) => (day?.startsWith(String(year)) ? [day] : [])),
});

describe("working days", () => {
  it("counts the day after acceptance as day 1 and leaves out holidays", () => {
    expect(dueDay("2021-09-01", working(5), calendar)).toEqual({ ok: true, value: "2021-09-08" });
    expect(dueDay("2026-09-23", working(5), calendar)).toEqual({ ok: true, value: "2026-10-08" });
    expect(dueDay("2026-09-23", working(0), calendar)).toEqual({ ok: true, value: "2026-09-23" });
  });

  it("agrees with the published notices on every day of 2024 to 2026", () => {
    for (let day = "2024-01-01"; day <= "2026-12-31"; day = addDays(day, 1))
      expect(calendar.isWorkday(day), day).toBe(worksByNotice(day));
  });

  it("says that a year is not known instead of guessing", () => {
    expect(calendar.isWorkday("2030-03-05")).toBeNull();
    expect(dueDay("2029-12-28", working(5), calendar)).toEqual({
      ok: false,
      error: { code: "year_unknown", year: 2029 },
    });
    expect(dueDay("2026-12-30", working(5), calendar)).toEqual({
      ok: false,
      error: { code: "year_unknown", year: 2027 },
    });
    expect(dueDay("2030-03-01", { days: 5, unit: "calendar" }, calendar)).toEqual({ ok: true, value: "2030-03-06" });
  });

  it("counts in an imported year, and in one that is imported anew", () => {
    const year = calendarYearSchema.parse({
      year: 2027,
      holidays: ["2027-01-01", "2027-01-04"],
      makeUpWorkdays: ["2027-01-09"],
    });
    const withIt = makeCalendar([year]);
    expect(dueDay("2026-12-31", working(5), withIt)).toEqual({ ok: true, value: "2027-01-09" });
    expect(makeCalendar([yearAsImported(2025, 2025)]).isWorkday("2025-10-08")).toBe(false);
    expect(makeCalendar([{ ...yearAsImported(2025, 2025), holidays: ["2025-01-01"] }]).isWorkday("2025-10-08")).toBe(
      true,
    );
  });

  it("refuses an import that contradicts itself", () => {
    const bad = calendarYearSchema.safeParse({
      year: 2027,
      holidays: ["2027-01-01", "2026-12-31"],
      makeUpWorkdays: ["2027-01-01", "2027-01-06"],
    });
    expect(bad.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)).toEqual([
      "holidays.1: 2026-12-31 is not in 2027",
      "makeUpWorkdays.0: 2027-01-01 is a holiday as well",
      "makeUpWorkdays.0: 2027-01-01 is no Saturday or Sunday: it is worked anyway",
      "makeUpWorkdays.1: 2027-01-06 is no Saturday or Sunday: it is worked anyway",
    ]);
  });
});

describe("a file with a holiday notice", () => {
  const file = readFileSync(new URL("../../../data/holidays-cn-2024-2026.csv", import.meta.url), "utf8");

  it("gives the years that the program knows too, day for day", () => {
    const years = readCalendarFile(file);
    if (!years.ok) throw new Error("the example must be right");
    const imported = makeCalendar(years.value);
    for (let day = "2024-01-01"; day <= "2026-12-31"; day = addDays(day, 1))
      expect(imported.isWorkday(day), day).toBe(calendar.isWorkday(day));
  });

  it("is taken whole or not at all, with the line of each fault", () => {
    const bad = readCalendarFile(
      "date,type,name\n2027-1-1,holiday,元旦\n2027-01-04,off,元旦\n2027-01-05,holiday,\n2027-01-05,holiday,\n",
    );
    expect(bad.ok ? [] : bad.error.map(({ line }) => line)).toEqual([2, 3, 5]);
    expect(readCalendarFile("date,type,name\n").ok).toBe(false);
  });
});

const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays("2024-01-01", n));
const pause = fc.tuple(day, fc.integer({ min: 0, max: 40 })).map(([start, length]) => ({
  start,
  end: addDays(start, length),
}));
const limit = fc.record({ days: fc.integer({ min: 0, max: 60 }), unit: fc.constantFrom("working", "calendar") });

/** Every day from the day after `start`, one by one, crossed off by hand. */
const slowDue = (start: string, { days, unit }: { days: number; unit: string }, pauses: readonly Pause[]): string => {
  const counted: string[] = [];
  let at = start;
  while (counted.length < days) {
    at = addDays(at, 1);
    const stops = pauses.filter(({ start: from, end }) => at > from && at <= (end ?? ""));
    if (stops.length > 0) continue;
    if (unit === "working" && !worksByNotice(at)) continue;
    counted.push(at);
  }
  return counted.at(-1) ?? start;
};

describe("the due day of any limit with any special procedures", () => {
  it("is the one that counting by hand gives", () => {
    fc.assert(
      fc.property(day, limit, fc.array(pause, { maxLength: 3 }), (start, some, pauses) => {
        const slow = slowDue(start, some, pauses);
        fc.pre(slow <= "2026-12-31");
        expect(dueDay(start, some, calendar, pauses)).toEqual({ ok: true, value: slow });
      }),
      { numRuns: 500 },
    );
  });

  it("uses up exactly the limit on its due day, less the day before, and a pause never brings it nearer", () => {
    fc.assert(
      fc.property(day, limit, pause, (start, some, stop) => {
        const due = dueDay(start, some, calendar, [stop]);
        fc.pre(due.ok && due.value !== null && some.days > 0);
        if (!due.ok || due.value === null) return;
        expect(daysUsed(start, due.value, some.unit, calendar, [stop])).toEqual({ ok: true, value: some.days });
        expect(daysUsed(start, addDays(due.value, -1), some.unit, calendar, [stop])).toEqual({
          ok: true,
          value: some.days - 1,
        });
        const without = dueDay(start, some, calendar);
        expect(without.ok && without.value !== null && without.value <= due.value).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is open while a special procedure runs, unless the limit ended before it", () => {
    expect(dueDay("2026-03-02", working(5), calendar, [{ start: "2026-03-04", end: null }])).toEqual({
      ok: true,
      value: null,
    });
    expect(dueDay("2026-03-02", working(5), calendar, [{ start: "2026-03-09", end: null }])).toEqual({
      ok: true,
      value: "2026-03-09",
    });
  });
});

describe("lights", () => {
  const days = { by: "days", days: 1 } as const;
  const percent = { by: "percent", percent: 80 } as const;
  const on = (today: string, rule: typeof days | typeof percent = days, pauses: readonly Pause[] = []): string =>
    lightOf("2026-03-02", working(10), today, rule, calendar, pauses);

  it("turns yellow one working day before the end, and red on the day after it", () => {
    // Due on Monday 2026-03-16.
    expect(["2026-03-12", "2026-03-13", "2026-03-16", "2026-03-17"].map((today) => on(today))).toEqual([
      "green",
      "yellow",
      "yellow",
      "red",
    ]);
  });

  it("or turns yellow when 80 % are used", () => {
    expect(["2026-03-11", "2026-03-12"].map((today) => on(today, percent))).toEqual(["green", "yellow"]);
  });

  it("stands while the clock is stopped, and says what it cannot know", () => {
    expect(on("2026-05-01", days, [{ start: "2026-03-04", end: null }])).toBe("paused");
    expect(on("2026-03-17", days, [{ start: "2026-03-04", end: "2026-03-11" }])).toBe("green");
    expect(lightOf("2030-03-02", working(10), "2030-03-05", days, calendar)).toBe("unknown");
    expect(lightOf("2030-03-02", null, "2030-03-05", days, calendar)).toBe("none");
  });
});
