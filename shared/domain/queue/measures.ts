import { dayOf } from "../../basics/time.ts";
import type { Ticket } from "./ticket.ts";

/** How well the waits foretold on one day came true. Sums are in milliseconds. */
export interface WaitDay {
  readonly day: string;
  /** People who were called and had been told what to expect. */
  readonly n: number;
  readonly absolute: number;
  /** Positive: people waited longer than foretold. */
  readonly signed: number;
  /** Of the n, those who were called within the range that they were told. */
  readonly inside: number;
}

const SERVICES_KEPT = 30;
const DAYS_KEPT = 31;
const LONGEST_SERVICE_S = 4 * 3_600;
/** Nobody is called for longer: a "missed" after this is the day's end, not a no-show. */
const LONGEST_CALL_MS = 20 * 60_000;

/** Key of a business's measured services that began in an hour of the hall's day, in `HallState.serviceTimes`. */
export const serviceTimeKey = (businessId: string, at: number, utcOffsetMinutes: number): string =>
  `${businessId}/${new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(11, 13)}`;

/**
 * Seconds for which a person bound a counter, from the call on, without the time put aside; null when it tells nothing of
 * how long services take.
 */
export const boundSeconds = (ticket: Ticket, until: number): number | null => {
  if (ticket.calledAt === null) return null;
  const ms = until - ticket.calledAt - ticket.parkedMs;
  if (ticket.state === "called" && ms > LONGEST_CALL_MS) return null;
  const seconds = Math.round(ms / 1000);
  return seconds > 0 && seconds <= LONGEST_SERVICE_S ? seconds : null;
};

/** The newest services of a key with one more. */
export const withService = (times: readonly number[] | undefined, seconds: number): readonly number[] =>
  [...(times ?? []), seconds].slice(-SERVICES_KEPT);

/** The days' errors after one more person was called for the first time. */
export const withWait = (
  days: readonly WaitDay[],
  ticket: Ticket,
  calledAt: number,
  utcOffsetMinutes: number,
): readonly WaitDay[] => {
  if (ticket.expected === null) return days;
  const day = dayOf(calledAt, utcOffsetMinutes);
  const { from, mid, to } = ticket.expected;
  const waited = calledAt - ticket.takenAt;
  const last = days.at(-1);
  const before = last?.day === day ? last : { day, n: 0, absolute: 0, signed: 0, inside: 0 };
  const after = {
    day,
    n: before.n + 1,
    absolute: before.absolute + Math.abs(waited - mid),
    signed: before.signed + (waited - mid),
    inside: before.inside + (from <= waited && waited <= to ? 1 : 0),
  };
  return [...(last?.day === day ? days.slice(0, -1) : days), after].slice(-DAYS_KEPT);
};
