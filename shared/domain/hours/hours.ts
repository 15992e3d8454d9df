import { z } from "zod";
import { addDays, clockOf, dayOf, instantAt, weekdayOf, type Day } from "../../basics/time.ts";
import type { HallPlan } from "../hall/plan.ts";
import { calendarOf } from "../case/intake-rules.ts";
import { isWeekend, type WorkCalendar } from "../deadline/calendar.ts";

const clockSchema = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time of day is written like 09:30");
const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day is written like 2026-11-23");

const spansSchema = z
  .array(z.object({ from: clockSchema, to: clockSchema }))
  .max(6)
  .superRefine((spans, context) => {
    spans.forEach(({ from, to }, index) => {
      if (to <= from) context.addIssue({ code: "custom", message: `closes at ${to}, not after it opens at ${from}` });
      const before = spans[index - 1];
      if (before && from < before.to)
        context.addIssue({
          code: "custom",
          message: `${from}-${to} begins before ${before.from}-${before.to} is over`,
        });
    });
  });

/** When numbers are given and people served: spans of each weekday, and the days that are unlike their weekday. */
export const hoursSchema = z.object({
  week: z.object({
    mon: spansSchema,
    tue: spansSchema,
    wed: spansSchema,
    thu: spansSchema,
    fri: spansSchema,
    sat: spansSchema,
    sun: spansSchema,
  }),
  /** Closed on the state's holidays, open as on a Monday on make-up working days. */
  followHolidays: z.boolean().default(true),
  /** Single days unlike the week: closed, shorter, or an extended service (延时服务). They go before everything else. */
  days: z
    .array(z.object({ day: daySchema, spans: spansSchema, note: z.string().max(40).default("") }))
    .max(400)
    .default([]),
  /** No number is given in the last so many minutes before the day's end. */
  lastTicketMinutes: z.int().min(0).max(240).default(0),
});

export type Hours = Readonly<z.infer<typeof hoursSchema>>;
export type Span = Hours["week"]["mon"][number];

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const DAYS_LOOKED_AHEAD = 30;

/** The hours of a business with all that it takes to read them. */
export interface Opening {
  readonly hours: Hours;
  readonly calendar: WorkCalendar;
  readonly utcOffsetMinutes: number;
}

/** When a business is open: by its own hours, else the hall's; null: always. */
export const openingOf = (plan: HallPlan, businessId: string): Opening | null => {
  const hours = plan.businesses.find(({ id }) => id === businessId)?.hours ?? plan.hours;
  return hours === null ? null : { hours, calendar: calendarOf(plan), utcOffsetMinutes: plan.utcOffsetMinutes };
};

/** A weekend that joins a weekday off is part of that holiday: a hall with weekend service is closed as well. */
const isHoliday = (calendar: WorkCalendar, day: Day): boolean => {
  if (calendar.isWorkday(day) !== false) return false;
  if (!isWeekend(day)) return true;
  for (const step of [-1, 1])
    for (let other = addDays(day, step); calendar.isWorkday(other) === false; other = addDays(other, step))
      if (!isWeekend(other)) return true;
  return false;
};

/** The spans in which a day is open, in order; none: closed that day. */
export const spansOf = ({ hours, calendar }: Opening, day: Day): readonly Span[] => {
  const special = hours.days.find((each) => each.day === day);
  if (special) return special.spans;
  if (hours.followHolidays) {
    if (isHoliday(calendar, day)) return [];
    if (isWeekend(day) && calendar.isWorkday(day) === true) return hours.week.mon;
  }
  return hours.week[weekdays[weekdayOf(day)] ?? "mon"];
};

/** Whether people are served at an instant. Instants are milliseconds since 1970 UTC. */
export type OpenState =
  | { readonly open: true; readonly closesAt: number; readonly lastTicketAt: number }
  | {
      readonly open: false;
      readonly why: "notOpenYet" | "break" | "closedForToday" | "closedToday";
      /** The next opening; null when there is none within a month. */
      readonly opensAt: number | null;
    };

const nextOpening = (opening: Opening, after: Day): number | null => {
  for (let ahead = 1; ahead <= DAYS_LOOKED_AHEAD; ahead += 1) {
    const day = addDays(after, ahead);
    const [first] = spansOf(opening, day);
    if (first) return instantAt(day, first.from, opening.utcOffsetMinutes);
  }
  return null;
};

/** What the hours say of an instant. */
export const openStateAt = (opening: Opening, now: number): OpenState => {
  const { hours, utcOffsetMinutes } = opening;
  const day = dayOf(now, utcOffsetMinutes);
  const spans = spansOf(opening, day).map(({ from, to }) => ({
    from: instantAt(day, from, utcOffsetMinutes),
    to: instantAt(day, to, utcOffsetMinutes),
  }));
  const last = spans.at(-1);
  if (!last) return { open: false, why: "closedToday", opensAt: nextOpening(opening, day) };
  for (const [index, span] of spans.entries()) {
    if (now < span.from) return { open: false, why: index === 0 ? "notOpenYet" : "break", opensAt: span.from };
    if (now < span.to)
      return { open: true, closesAt: last.to, lastTicketAt: last.to - hours.lastTicketMinutes * 60_000 };
  }
  return { open: false, why: "closedForToday", opensAt: nextOpening(opening, day) };
};

/** An instant as people read it: the time alone when it is today, else with the day. */
export const whenText = (instant: number | null, now: number, utcOffsetMinutes: number): string => {
  if (instant === null) return "";
  const day = dayOf(instant, utcOffsetMinutes);
  const clock = clockOf(instant, utcOffsetMinutes);
  return day === dayOf(now, utcOffsetMinutes) ? clock : `${day} ${clock}`;
};

/**
 * The instant at which so much serving time has gone by, counted from `from` and only while it is open.
 * @returns null when the day closes before
 */
export const afterServingTime = (opening: Opening | null, from: number, ms: number): number | null => {
  if (opening === null) return from + ms;
  const { utcOffsetMinutes } = opening;
  const day = dayOf(from, utcOffsetMinutes);
  let left = ms;
  for (const span of spansOf(opening, day)) {
    const begins = Math.max(from, instantAt(day, span.from, utcOffsetMinutes));
    const ends = instantAt(day, span.to, utcOffsetMinutes);
    if (ends <= begins) continue;
    if (begins + left <= ends) return begins + left;
    left -= ends - begins;
  }
  return null;
};
