import type { HallState } from "../hall/state.ts";
import { afterServingTime, openingOf } from "../hours/hours.ts";
import { mayServe } from "./call-policy.ts";
import { remainingOf, serviceTimeOf, type ServiceTime } from "./service-time.ts";
import type { Expected, Ticket } from "./ticket.ts";

const MINUTE = 60_000;

/** What somebody who waits, or would take a number now, may expect. */
export interface WaitEstimate {
  readonly peopleAhead: number;
  readonly openCounters: number;
  /** Minutes from now; null when no open counter serves the business, or the turn would come after closing time. */
  readonly minutes: { readonly from: number; readonly to: number } | null;
  /** The turn would come after the business closes. */
  readonly afterClosing: boolean;
}

interface Waiter {
  readonly id: string | null;
  readonly businessId: string;
  readonly onlyCounterId: string | null;
  readonly pinned: boolean;
  readonly lineKey: number;
  readonly takenAt: number;
}

/** Half the width of the range in deviations: holds about three of four people (`npm run simulate` shows it). */
const NARROW = 0.95;
const WIDE = 1.25;
/** A hall's pace differs from what was measured by about this share, however many services are ahead. */
const PACE_DOUBT = 0.16;
/** Newcomers with a head start are counted over this long. */
const RATE_WINDOW = 60 * MINUTE;
/** From the end of one service to the next call. */
const TURNOVER = 20_000;

const isAhead = (other: Ticket, target: Waiter): boolean => {
  if (other.id === target.id) return false;
  if (other.pinned !== target.pinned) return other.pinned;
  if (other.lineKey !== target.lineKey) return other.lineKey < target.lineKey;
  return other.takenAt <= target.takenAt;
};

interface Desk {
  readonly id: string;
  readonly businesses: readonly string[];
  freeAt: number;
}

interface Turn {
  /** Serving time until the turn, from now. */
  readonly wait: number;
  readonly deviation: number;
  readonly peopleAhead: number;
}

/** Whether a counter is open that may call the target. */
const isServed = (state: HallState, { onlyCounterId, businessId }: Waiter): boolean => {
  for (const { id, state: stands, businesses } of state.counters.values()) {
    if (stands !== "open") continue;
    if (onlyCounterId === null ? businesses.includes(businessId) : id === onlyCounterId) return true;
  }
  return false;
};

/**
 * Plays the call policy forward until the target's turn: each counter that gets free takes the first of the line that it
 * may serve. Only those ahead can delay the target, so the rest of the line is not played.
 */
const playForward = (state: HallState, target: Waiter, now: number): Turn | null => {
  if (!isServed(state, target)) return null;
  const times = new Map<string, ServiceTime>();
  const timeOf = (businessId: string): ServiceTime => {
    let time = times.get(businessId);
    if (!time) times.set(businessId, (time = serviceTimeOf(state, businessId, now)));
    return time;
  };
  const desks: Desk[] = [];
  for (const { id, state: stands, businesses, ticketId } of state.counters.values()) {
    if (stands !== "open") continue;
    const ticket = ticketId === null ? undefined : state.tickets.get(ticketId);
    const elapsed = ticket?.calledAt == null ? 0 : now - ticket.calledAt - ticket.parkedMs;
    desks.push({ id, businesses, freeAt: ticket ? remainingOf(timeOf(ticket.businessId), elapsed) : 0 });
  }
  const serves = (desk: Desk): boolean =>
    target.onlyCounterId === null ? desk.businesses.includes(target.businessId) : desk.id === target.onlyCounterId;
  const serving = desks.filter(serves);

  const line: Ticket[] = [];
  let peopleAhead = 0;
  let favoured = 0;
  let credit = 0;
  for (const ticket of state.tickets.values()) {
    if (ticket.takenAt > now - RATE_WINDOW && ticket.lineKey < ticket.takenAt && ticket.id !== target.id) {
      if (ticket.businessId === target.businessId) favoured += 1;
      credit = Math.max(credit, ticket.takenAt - ticket.lineKey);
    }
    if (ticket.state !== "waiting" || !isAhead(ticket, target)) continue;
    line.push(ticket);
    if (ticket.businessId === target.businessId) peopleAhead += 1;
  }
  line.sort((left, right) => Number(right.pinned) - Number(left.pinned) || left.lineKey - right.lineKey);

  let served = 0;
  let variance = 0;
  let wait: number | null = null;
  const active = [...desks];
  while (wait === null) {
    let desk = active[0];
    if (!desk) return null;
    for (const each of active) if (each.freeAt < desk.freeAt) desk = each;
    const { id, businesses } = desk;
    const index = line.findIndex((ticket) => mayServe(ticket, id, businesses));
    const next = line[index];
    if (next) {
      line.splice(index, 1);
      const time = timeOf(next.businessId);
      desk.freeAt += time.mean + TURNOVER;
      if (serves(desk)) {
        served += 1;
        variance += time.deviation ** 2;
      }
    } else if (serves(desk)) {
      wait = desk.freeAt;
    } else {
      active.splice(active.indexOf(desk), 1);
    }
  }
  const counters = serving.length;
  const own = timeOf(target.businessId);
  // Those with a head start who are still to come and will be called before the target.
  const overtakeFor = Math.max(0, Math.min(wait, target.lineKey + credit - now));
  const overtaking = (favoured * overtakeFor) / RATE_WINDOW;
  wait += (overtaking * own.mean) / counters;
  const first = own.deviation / (counters + 1);
  const deviation =
    Math.sqrt(variance / counters ** 2 + (served + overtaking > 0 || wait > 0 ? first ** 2 : 0)) + PACE_DOUBT * wait;
  return { wait, deviation, peopleAhead };
};

/**
 * The wait of somebody who takes a number now, as told at taking and measured at the first call.
 * @returns null when no open counter serves the business or the turn would come after closing
 */
export const foretell = (
  state: HallState,
  wish: { readonly businessId: string; readonly takenAt: number; readonly lineKey: number },
): Expected | null => {
  const now = wish.takenAt;
  const turn = playForward(state, { ...wish, id: null, onlyCounterId: null, pinned: false }, now);
  return turn === null ? null : expectedOf(state, wish.businessId, now, turn);
};

const expectedOf = (state: HallState, businessId: string, now: number, turn: Turn): Expected | null => {
  const { plan } = state;
  if (plan === null) return null;
  const opening = openingOf(plan, businessId);
  const at = (wait: number): number | null => {
    const instant = afterServingTime(opening, now, Math.max(0, wait));
    return instant === null ? null : Math.round(instant - now);
  };
  const mid = at(turn.wait);
  if (mid === null) return null;
  const from = at(turn.wait - NARROW * turn.deviation) ?? mid;
  return { from, mid, to: at(turn.wait + WIDE * turn.deviation) ?? mid };
};

const shown = ({ from, to }: Expected): { from: number; to: number } => {
  const step = (ms: number, round: (value: number) => number): number => {
    const minutes = ms / MINUTE;
    // Fine where minutes matter, coarse where nobody can know them.
    const unit = minutes < 10 ? 1 : 5;
    return round(minutes / unit) * unit;
  };
  const low = step(from, Math.floor);
  return { from: low, to: Math.max(low + 1, step(to, Math.ceil)) };
};

/**
 * What a person may expect: people ahead, and a range of minutes by playing the call policy forward with the running
 * services, the measured service times, the open counters and the hours.
 * @param ask `ticketId`: a waiting ticket; without it, somebody who takes an ordinary number now
 */
export const estimateWait = (
  state: HallState,
  businessId: string,
  ask: { readonly now: number; readonly ticketId?: string | undefined },
): WaitEstimate => {
  const { now } = ask;
  const ticket = ask.ticketId === undefined ? undefined : state.tickets.get(ask.ticketId);
  const target =
    ticket?.state === "waiting"
      ? ticket
      : { id: null, businessId, onlyCounterId: null, pinned: false, lineKey: now, takenAt: now };
  let openCounters = 0;
  for (const counter of state.counters.values())
    if (counter.state === "open" && counter.businesses.includes(target.businessId)) openCounters += 1;
  const turn = playForward(state, target, now);
  if (turn === null) {
    let peopleAhead = 0;
    for (const other of state.tickets.values())
      if (other.state === "waiting" && other.businessId === target.businessId && isAhead(other, target))
        peopleAhead += 1;
    return { peopleAhead, openCounters, minutes: null, afterClosing: false };
  }
  const expected = expectedOf(state, target.businessId, now, turn);
  const { peopleAhead } = turn;
  return { peopleAhead, openCounters, minutes: expected && shown(expected), afterClosing: expected === null };
};
