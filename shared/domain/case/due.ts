import type { Day } from "../../basics/time.ts";
import type { TimeLimit } from "../catalogue/catalogue.ts";
import type { WorkCalendar } from "../deadline/calendar.ts";
import { dueDay, type Pause } from "../deadline/deadline.ts";
import { firstYellowDay, lightOf, type Light } from "../deadline/light.ts";
import { calendarOf, intakeRulesOf } from "./intake-rules.ts";
import type { Case, DueDays } from "./intake.ts";

type Limits = Pick<Case, "legalLimit" | "promisedLimit">;

/** Both due days of a case that was accepted on `accepted`. */
export const dueDaysOf = (
  limits: Limits,
  accepted: Day,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): DueDays => {
  let unknownYear: number | null = null;
  const due = (limit: TimeLimit | null): Day | null => {
    if (limit === null) return null;
    const day = dueDay(accepted, limit, calendar, pauses);
    if (day.ok) return day.value;
    unknownYear = Math.min(unknownYear ?? day.error.year, day.error.year);
    return null;
  };
  const promised = due(limits.promisedLimit);
  const legal = due(limits.legalLimit);
  return { promised, legal, unknownYear };
};

/**
 * The due days of a case as they are known now: those of its acceptance, worked out anew where a year's holidays were not
 * published then and have been imported since. While a special procedure stops the clock, as it was stopped.
 */
export const dueDaysNow = (one: Case, plan: Parameters<typeof intakeRulesOf>[0]): DueDays | null =>
  one.due === null || one.due.unknownYear === null || one.acceptedDay === null || one.state === "special"
    ? one.due
    : dueDaysOf(one, one.acceptedDay, calendarOf(plan), one.procedures);

/** Due days as they are put into the log, with the day on which the yellow light comes on. */
export const settledDue = (
  one: Limits,
  accepted: Day,
  plan: Parameters<typeof intakeRulesOf>[0],
  pauses: readonly Pause[] = [],
): DueDays => {
  const calendar = calendarOf(plan);
  const due = dueDaysOf(one, accepted, calendar, pauses);
  const limit = one.promisedLimit ?? one.legalLimit;
  const last = one.promisedLimit === null ? due.legal : due.promised;
  const { yellow } = intakeRulesOf(plan);
  return { ...due, yellow: last === null ? null : firstYellowDay(accepted, limit, last, yellow, calendar, pauses) };
};

const settled: ReadonlySet<Case["state"]> = new Set([
  "intake",
  "refused",
  "withdrawn",
  "decided",
  "sent",
  "delivered",
  "handedOut",
]);

/**
 * The supervision light of a case: by its promised limit, else the legal one. Worked out anew each time, so that a calendar
 * imported later lights the cases that were unknown before. "none" for what is decided or was never accepted.
 */
export const caseLight = (one: Case, plan: Parameters<typeof intakeRulesOf>[0], today: Day): Light => {
  if (one.acceptedDay === null || settled.has(one.state)) return "none";
  return lightOf(
    one.acceptedDay,
    one.promisedLimit ?? one.legalLimit,
    today,
    intakeRulesOf(plan).yellow,
    calendarOf(plan),
    one.procedures,
  );
};
