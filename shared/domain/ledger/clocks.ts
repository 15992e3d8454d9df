import { addDays, type Day } from "../../basics/time.ts";
import type { WorkCalendar } from "../deadline/calendar.ts";
import { dueDay, type Pause } from "../deadline/deadline.ts";
import { firstYellowDay, type Light } from "../deadline/light.ts";
import type { LedgerClock, LedgerDefinition } from "./definition.ts";
import type { LedgerValues } from "./entry.ts";

/**
 * One run of a clock. Its days are settled when it starts and when a pause ends, and stand in the log: a changed definition or an
 * edited entry does not move them. Only a day that people write down themselves (`dueField`) follows its field.
 */
export interface LedgerClockMark {
  readonly clockId: string;
  readonly startDay: Day;
  readonly pauses: readonly Pause[];
  /** Last day of the limit. Null: paused, or its year is not known. */
  readonly dueDay: Day | null;
  /** First day of the yellow light; null as `dueDay`. */
  readonly yellowDay: Day | null;
  readonly endedDay: Day | null;
}

const isPausedNow = ({ pauses }: LedgerClockMark): boolean => pauses.at(-1)?.end === null;

/** The days of a mark: from the limit, or from the field that holds the day. */
const settled = (
  clock: LedgerClock,
  mark: LedgerClockMark,
  values: LedgerValues,
  calendar: WorkCalendar,
): LedgerClockMark => {
  if (clock.dueField !== undefined) {
    const written = values[clock.dueField];
    const due = typeof written === "string" && written !== "" ? written : null;
    const ahead = clock.yellow.by === "days" ? clock.yellow.days : 0;
    return { ...mark, dueDay: due, yellowDay: due === null ? null : addDays(due, -ahead) };
  }
  if (clock.limit === undefined) return mark;
  const due = dueDay(mark.startDay, clock.limit, calendar, mark.pauses);
  if (!due.ok || due.value === null) return { ...mark, dueDay: null, yellowDay: null };
  return {
    ...mark,
    dueDay: due.value,
    yellowDay: firstYellowDay(mark.startDay, clock.limit, due.value, clock.yellow, calendar, mark.pauses),
  };
};

const endPause = (mark: LedgerClockMark, day: Day): LedgerClockMark => ({
  ...mark,
  pauses: mark.pauses.map((pause) => (pause.end === null ? { ...pause, end: day } : pause)),
});

const afterMove = (
  clock: LedgerClock,
  mark: LedgerClockMark | undefined,
  to: string,
  values: LedgerValues,
  day: Day,
  calendar: WorkCalendar,
): LedgerClockMark | undefined => {
  const runs = mark !== undefined && mark.endedDay === null;
  if (clock.endsIn.includes(to)) {
    if (!runs) return undefined;
    const over = isPausedNow(mark) ? settled(clock, endPause(mark, day), values, calendar) : mark;
    return { ...over, endedDay: day };
  }
  if (!runs) {
    if (!clock.startsIn.includes(to)) return undefined;
    const begun = { clockId: clock.id, startDay: day, pauses: [], dueDay: null, yellowDay: null, endedDay: null };
    return settled(clock, begun, values, calendar);
  }
  if (clock.pausedIn.includes(to))
    return isPausedNow(mark)
      ? undefined
      : { ...mark, pauses: [...mark.pauses, { start: day, end: null }], dueDay: null, yellowDay: null };
  if (isPausedNow(mark)) return settled(clock, endPause(mark, day), values, calendar);
  // A year that was not known when it started may be known by now.
  return mark.dueDay === null ? settled(clock, mark, values, calendar) : undefined;
};

/** Puts a mark in the place of the running one of its clock, or after the others. */
const replaced = (marks: readonly LedgerClockMark[], mark: LedgerClockMark): readonly LedgerClockMark[] => {
  const running = marks.findIndex(({ clockId, endedDay }) => clockId === mark.clockId && endedDay === null);
  return running < 0 ? [...marks, mark] : marks.with(running, mark);
};

/** The clocks of an entry that comes into a state on a day. `to` may be the state that it is in already. */
export const clocksAfter = (
  definition: Pick<LedgerDefinition, "clocks">,
  marks: readonly LedgerClockMark[],
  to: string,
  values: LedgerValues,
  day: Day,
  calendar: WorkCalendar,
): readonly LedgerClockMark[] => {
  let next = marks;
  for (const clock of definition.clocks) {
    const current = next.findLast(({ clockId }) => clockId === clock.id);
    const after = afterMove(clock, current, to, values, day, calendar);
    if (after) next = replaced(next, after);
  }
  return next;
};

/** The clocks after a correction: a day that people write down follows its field, a limit does not move. */
export const clocksAfterAmendment = (
  definition: Pick<LedgerDefinition, "clocks">,
  marks: readonly LedgerClockMark[],
  values: LedgerValues,
  calendar: WorkCalendar,
): readonly LedgerClockMark[] => {
  let next = marks;
  for (const clock of definition.clocks) {
    const current = next.findLast(({ clockId }) => clockId === clock.id);
    if (clock.dueField !== undefined && current !== undefined && current.endedDay === null)
      next = replaced(next, settled(clock, current, values, calendar));
  }
  return next;
};

/** The light of one run of a clock on a day. */
export const markLight = (mark: LedgerClockMark, today: Day): Light => {
  if (mark.endedDay !== null) return "none";
  if (isPausedNow(mark)) return "paused";
  if (mark.dueDay === null || mark.yellowDay === null) return "unknown";
  return today > mark.dueDay ? "red" : today >= mark.yellowDay ? "yellow" : "green";
};

const rank: Readonly<Record<Light, number>> = { red: 0, yellow: 1, unknown: 2, green: 3, paused: 4, none: 5 };

/** The mark that presses most, and its light; undefined: nothing runs. */
export const pressingMark = (
  marks: readonly LedgerClockMark[],
  today: Day,
): { readonly mark: LedgerClockMark; readonly light: Light } | undefined =>
  marks
    .map((mark) => ({ mark, light: markLight(mark, today) }))
    .filter(({ light }) => light !== "none")
    .sort(
      (left, right) =>
        rank[left.light] - rank[right.light] || ((left.mark.dueDay ?? "9") < (right.mark.dueDay ?? "9") ? -1 : 1),
    )[0];

/** Whether a run ended after its last day. */
export const endedLate = ({ endedDay, dueDay: due }: LedgerClockMark): boolean =>
  endedDay !== null && due !== null && endedDay > due;
