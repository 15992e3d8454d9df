import { assertNever } from "../../basics/assert-never.ts";
import { addDays, DAY_MS } from "../../basics/time.ts";
import { applyCase, dropEndedCases, isCaseEvent } from "../case/evolve.ts";
import type { Appointment } from "../appointment/appointment.ts";
import { suffixOf } from "../queue/ticket-number.ts";
import { boundSeconds, serviceTimeKey, withService, withWait } from "../queue/measures.ts";
import type { CounterState, Ticket } from "../queue/ticket.ts";
import { isLedgerEvent } from "../ledger/events.ts";
import { ENDED_ENTRY_KEPT_MS, evolveEntry, ledgerYearKey, type LedgerEvent } from "../ledger/evolve.ts";
import { isRectificationEvent } from "../rectification/events.ts";
import { evolveRectification } from "../rectification/evolve.ts";
import { isBad, type Review } from "../review/review.ts";
import { isSuspect } from "../review/signals.ts";
import { applyWorkOrder, dropSettledOrders } from "../work-order/evolve.ts";
import { isWorkOrderEvent } from "../work-order/events.ts";
import type { DomainEvent, EventData } from "./events.ts";
import { completePlan } from "./plan.ts";
import type { HallState } from "./state.ts";

const CALLS_KEPT = 60;
const LEASE_DAYS_KEPT = 7;
/** Closed orders stay in sight for a month, doubtful reviews that nobody decides about for two; then the read tables have them. */
const CLOSED_ORDER_KEPT_MS = 31 * DAY_MS;
const SUSPECT_KEPT_MS = 62 * DAY_MS;
const NO_SHOW_DAYS_KEPT = 90;
const DEFAULT_OFFSET_MINUTES = 480;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Copies each map at most once per batch, so that folding many events does not copy the day's tickets every time. */
class Draft {
  readonly next: Mutable<HallState>;
  private readonly copied = new Set<keyof HallState>();

  constructor(state: HallState) {
    this.next = { ...state };
  }

  map<
    K extends
      | "serials"
      | "taken"
      | "tickets"
      | "counters"
      | "reviews"
      | "help"
      | "rectifications"
      | "suspects"
      | "intakes"
      | "cases"
      | "appointments"
      | "noShows"
      | "notices"
      | "serviceTimes"
      | "ledgerEntries"
      | "ledgerSerials"
      | "workOrders"
      | "orderReceipts"
      | "orderReports",
  >(key: K): HallState[K] extends ReadonlyMap<string, infer V> ? Map<string, V> : never {
    if (!this.copied.has(key)) {
      (this.next[key] as unknown) = new Map(this.next[key] as ReadonlyMap<string, unknown>);
      this.copied.add(key);
    }
    return this.next[key] as never;
  }

  set(key: "leasedSerialsUsed" | "withdrawnCalls"): Set<string> {
    if (!this.copied.has(key)) {
      this.next[key] = new Set(this.next[key]);
      this.copied.add(key);
    }
    return this.next[key] as Set<string>;
  }

  ticket(id: string, change: Partial<Ticket>): void {
    const ticket = this.next.tickets.get(id);
    if (ticket) this.map("tickets").set(id, { ...ticket, ...change });
  }

  counter(id: string, change: Partial<CounterState>): void {
    const counter = this.next.counters.get(id);
    if (counter) this.map("counters").set(id, { ...counter, ...change });
  }

  /** Frees the counter that holds the ticket, whichever it is. */
  freeCounterOf(ticketId: string): void {
    const counterId = this.next.tickets.get(ticketId)?.counterId;
    if (counterId == null) return;
    if (this.next.counters.get(counterId)?.ticketId === ticketId) this.counter(counterId, { ticketId: null });
  }

  get offset(): number {
    return this.next.plan?.utcOffsetMinutes ?? DEFAULT_OFFSET_MINUTES;
  }

  /** Notes how long the ticket bound its counter. */
  measureService(ticketId: string, until: number): void {
    const ticket = this.next.tickets.get(ticketId);
    const seconds = ticket && boundSeconds(ticket, until);
    if (ticket?.calledAt == null || seconds == null) return;
    const key = serviceTimeKey(ticket.businessId, ticket.calledAt, this.offset);
    this.map("serviceTimes").set(key, withService(this.next.serviceTimes.get(key), seconds));
  }

  appointment(id: string, change: Partial<Appointment>): void {
    const appointment = this.next.appointments.get(id);
    if (appointment) this.map("appointments").set(id, { ...appointment, ...change });
  }

  countTaken(businessId: string): void {
    this.map("taken").set(businessId, (this.next.taken.get(businessId) ?? 0) + 1);
  }

  addCall(event: DomainEvent, ticketId: string, counterId: string): void {
    const ticket = this.next.tickets.get(ticketId);
    if (!ticket) return;
    const call = {
      seqKey: `${ticketId}#${String(ticket.calls)}`,
      ticketId,
      number: ticket.number,
      counterId,
      at: event.at,
      times: ticket.calls,
    };
    this.next.calls = [...this.next.calls, call].slice(-CALLS_KEPT);
  }
}

const blankReview = (id: string): Review => ({
  id,
  ticketId: null,
  number: null,
  counterId: null,
  clerkId: null,
  invitedAt: null,
  expiresAt: null,
  state: "invited",
  level: null,
  tags: [],
  flags: [],
  textId: null,
  phoneId: null,
  additions: 0,
});

/** Keeps a flagged review in sight until the desk has decided; bad ones have their order. */
const noteSuspect = (draft: Draft, event: Extract<DomainEvent, { type: "ReviewGiven" | "ReviewAdded" }>): void => {
  const { reviewId, level, flags, counterId, service } = event.data;
  if (isBad(level) || !isSuspect(flags)) return;
  const review = draft.next.reviews.get(reviewId);
  draft.map("suspects").set(reviewId, {
    id: reviewId,
    level,
    flags,
    counterId,
    number: review?.number ?? service?.number ?? null,
    clerkId: review?.clerkId ?? service?.clerkId ?? null,
    at: event.at,
  });
};

const forgetSettled = (draft: Draft, now: number): void => {
  for (const order of [...draft.next.rectifications.values()])
    if (order.closedAt !== null && order.closedAt < now - CLOSED_ORDER_KEPT_MS)
      draft.map("rectifications").delete(order.id);
  for (const suspect of [...draft.next.suspects.values()])
    if (suspect.at < now - SUSPECT_KEPT_MS) draft.map("suspects").delete(suspect.id);
  for (const entry of [...draft.next.ledgerEntries.values()])
    if (entry.endedAt !== null && entry.endedAt < now - ENDED_ENTRY_KEPT_MS)
      draft.map("ledgerEntries").delete(entry.id);
};

const applyLedger = (draft: Draft, event: LedgerEvent): void => {
  const { ledgerEntries, ledgerSerials } = draft.next;
  const entry = evolveEntry(ledgerEntries.get(event.data.entryId), event);
  if (entry) draft.map("ledgerEntries").set(entry.id, entry);
  if (event.type !== "LedgerEntryOpened" || event.data.serial === 0) return;
  const year = ledgerYearKey(event.data.ledgerId, event.data.day);
  draft.map("ledgerSerials").set(year, Math.max(event.data.serial, ledgerSerials.get(year) ?? 0));
};

/** What a ticket was before it went on, so that a mis-click there can be taken back. */
const cameFromOf = (ticket: Ticket, counterId: string, endedAt: number): NonNullable<Ticket["cameFrom"]> => {
  const { businessId, itemCode, itemName, servingSince } = ticket;
  return { counterId, endedAt, servingSince, stop: { businessId, itemCode, itemName } };
};

/** A ticket as it is when it has just been taken; of a former day it is in no state, and in the log and the read tables all the same. */
export const takenTicket = (data: EventData["TicketTaken"]): Ticket => {
  // Every member by name: taking the rest of an object apart and spreading it costs V8 fifty times as much a ticket.
  const { ticketId, day, businessId, serial, number, takenAt, lineKey, source, itemCode, itemName, personKey } = data;
  const { stops, followHash } = data;
  return {
    id: ticketId,
    day,
    businessId,
    serial,
    number,
    class: data.class,
    takenAt,
    lineKey,
    source,
    itemCode,
    itemName,
    personKey,
    state: "waiting",
    print: "none",
    counterId: null,
    clerkId: null,
    onlyCounterId: null,
    callCommandId: null,
    calls: 0,
    calledAt: null,
    lastCallAt: null,
    servingSince: null,
    endedAt: null,
    pinned: false,
    serviceNo: 0,
    returns: 0,
    // Left out where there is none: a log of before folds to what it folded to.
    ...(stops === undefined ? {} : { stops }),
    ...(followHash === undefined ? {} : { followHash }),
    expected: data.expected ?? null,
    appointmentId: data.appointmentId ?? null,
    parkedAt: null,
    parkedMs: 0,
  };
};

const apply = (draft: Draft, event: DomainEvent): void => {
  const state = draft.next;
  if (isRectificationEvent(event)) {
    if (event.type === "ReviewJudged") {
      if (state.suspects.has(event.data.reviewId)) draft.map("suspects").delete(event.data.reviewId);
      return;
    }
    const order = evolveRectification(state.rectifications.get(event.data.rectificationId), event);
    if (order) draft.map("rectifications").set(order.id, order);
    return;
  }
  switch (event.type) {
    case "HallPlanSet": {
      const plan = completePlan(event.data.plan);
      state.plan = plan;
      const counters = draft.map("counters");
      const planned = new Set(plan.counters.map((counter) => counter.id));
      for (const counter of [...counters.values()]) {
        if (counter.state === "closed" && !planned.has(counter.id)) counters.delete(counter.id);
      }
      for (const { id, businesses } of plan.counters) {
        if ((counters.get(id)?.state ?? "closed") === "closed")
          counters.set(id, { id, state: "closed", clerkId: null, deviceId: null, businesses, ticketId: null });
      }
      return;
    }
    case "DayOpened": {
      const oldest = addDays(event.data.day, -LEASE_DAYS_KEPT);
      state.day = event.data.day;
      for (const key of [...state.serials.keys()]) if (key < oldest) draft.map("serials").delete(key);
      const taken = draft.map("taken");
      taken.clear();
      state.leases = state.leases.filter((lease) => lease.day >= oldest);
      for (const key of [...state.leasedSerialsUsed]) if (key < oldest) draft.set("leasedSerialsUsed").delete(key);
      for (const ticket of [...state.tickets.values()]) {
        if (ticket.day < event.data.day) draft.map("tickets").delete(ticket.id);
        else draft.countTaken(ticket.businessId);
      }
      for (const appointment of [...state.appointments.values()])
        if (appointment.day < event.data.day) draft.map("appointments").delete(appointment.id);
      const oldestNoShow = addDays(event.data.day, -NO_SHOW_DAYS_KEPT);
      for (const [person, days] of [...state.noShows]) {
        const kept = days.filter((day) => day >= oldestNoShow);
        if (kept.length === 0) draft.map("noShows").delete(person);
        else if (kept.length < days.length) draft.map("noShows").set(person, kept);
      }
      draft.map("notices").clear();
      state.calls = [];
      draft.set("withdrawnCalls").clear();
      draft.map("reviews").clear();
      draft.map("help").clear();
      state.anomalies = [];
      forgetSettled(draft, event.at);
      dropEndedCases(draft, event.data.day);
      dropSettledOrders(draft, event.at);
      return;
    }
    case "DayClosed":
      return;
    case "NumbersLeased": {
      state.leases = [...state.leases, event.data];
      return;
    }
    case "CounterOpened": {
      const { counterId, clerkId, deviceId, businesses } = event.data;
      const ticketId = state.counters.get(counterId)?.ticketId ?? null;
      draft.map("counters").set(counterId, { id: counterId, state: "open", clerkId, deviceId, businesses, ticketId });
      return;
    }
    case "CounterPaused":
      draft.counter(event.data.counterId, { state: "paused" });
      return;
    case "CounterResumed":
      draft.counter(event.data.counterId, { state: "open" });
      return;
    case "CounterClosed":
      draft.counter(event.data.counterId, { state: "closed", clerkId: null, deviceId: null, ticketId: null });
      return;
    case "CounterBusinessesSet":
      draft.counter(event.data.counterId, { businesses: event.data.businesses });
      return;
    case "TicketTaken": {
      const { ticketId, day, businessId, serial, number, source } = event.data;
      if (source === "lease") {
        draft.set("leasedSerialsUsed").add(leaseKey(day, businessId, serial) + suffixOf(number));
      } else {
        const series = seriesKey(day, businessId);
        draft.map("serials").set(series, Math.max(serial, state.serials.get(series) ?? 0));
      }
      if (state.day !== null && day < state.day) return;
      if (day === state.day) draft.countTaken(businessId);
      draft.map("tickets").set(ticketId, takenTicket(event.data));
      return;
    }
    case "TicketPrinted":
      draft.ticket(
        event.data.ticketId,
        event.data.reprint === true
          ? { reprints: (state.tickets.get(event.data.ticketId)?.reprints ?? 0) + 1 }
          : { print: event.data.outcome },
      );
      return;
    case "TicketCalled": {
      const { ticketId, counterId, clerkId, callCommandId } = event.data;
      const before = state.tickets.get(ticketId);
      if (before && before.calls === 0 && !before.pinned)
        state.waitDays = withWait(state.waitDays, before, event.at, draft.offset);
      draft.ticket(ticketId, {
        state: "called",
        endedAt: null,
        parkedMs: 0,
        counterId,
        clerkId,
        callCommandId,
        calls: (before?.calls ?? 0) + 1,
        calledAt: event.at,
        lastCallAt: event.at,
      });
      draft.counter(counterId, { ticketId });
      draft.addCall(event, ticketId, counterId);
      return;
    }
    case "TicketRecalled": {
      const { ticketId, counterId } = event.data;
      draft.ticket(ticketId, { calls: (state.tickets.get(ticketId)?.calls ?? 0) + 1, lastCallAt: event.at });
      draft.addCall(event, ticketId, counterId);
      return;
    }
    case "TicketReleased": {
      const { ticketId } = event.data;
      draft.freeCounterOf(ticketId);
      draft.ticket(ticketId, { state: "waiting", counterId: null, clerkId: null, callCommandId: null });
      return;
    }
    case "CallWithdrawn":
      draft.set("withdrawnCalls").add(event.data.callCommandId);
      return;
    case "TicketMissed":
      if (state.tickets.get(event.data.ticketId)?.state === "called")
        draft.measureService(event.data.ticketId, event.at);
      draft.freeCounterOf(event.data.ticketId);
      draft.ticket(event.data.ticketId, { state: "missed", endedAt: event.at });
      return;
    case "TicketReturned": {
      const { ticketId, lineKey } = event.data;
      draft.ticket(ticketId, {
        state: "waiting",
        lineKey,
        pinned: false,
        counterId: null,
        clerkId: null,
        callCommandId: null,
        endedAt: null,
        servingSince: null,
        parkedAt: null,
        returns: (state.tickets.get(ticketId)?.returns ?? 0) + 1,
      });
      return;
    }
    case "TicketCancelled":
      draft.freeCounterOf(event.data.ticketId);
      draft.ticket(event.data.ticketId, { state: "cancelled", endedAt: event.at });
      return;
    case "TicketPinned":
      draft.ticket(event.data.ticketId, { pinned: true });
      return;
    case "TicketTransferred": {
      const { ticketId, businessId, onlyCounterId } = event.data;
      draft.freeCounterOf(ticketId);
      draft.ticket(ticketId, {
        state: "waiting",
        businessId,
        onlyCounterId,
        counterId: null,
        clerkId: null,
        callCommandId: null,
        servingSince: null,
      });
      return;
    }
    case "ServiceBegan": {
      const { ticketId, counterId } = event.data;
      const serviceNo = (state.tickets.get(ticketId)?.serviceNo ?? 0) + 1;
      draft.ticket(ticketId, { state: "serving", counterId, servingSince: event.at, serviceNo });
      return;
    }
    case "ServiceParked":
      draft.freeCounterOf(event.data.ticketId);
      draft.ticket(event.data.ticketId, { state: "parked", parkedAt: event.at });
      return;
    case "ServiceResumed": {
      const { ticketId, counterId } = event.data;
      const parked = state.tickets.get(ticketId);
      const parkedMs = (parked?.parkedMs ?? 0) + (parked?.parkedAt == null ? 0 : event.at - parked.parkedAt);
      draft.ticket(ticketId, { state: "serving", counterId, parkedAt: null, parkedMs });
      draft.counter(counterId, { ticketId });
      return;
    }
    case "ServiceEnded": {
      const { ticketId, next, stops } = event.data;
      const before = state.tickets.get(ticketId);
      draft.measureService(ticketId, event.at);
      draft.freeCounterOf(ticketId);
      draft.ticket(
        ticketId,
        next === undefined
          ? { state: "done", endedAt: event.at }
          : {
              ...next,
              state: "waiting",
              stops: stops ?? [],
              counterId: null,
              clerkId: null,
              onlyCounterId: null,
              callCommandId: null,
              servingSince: null,
              pinned: false,
              ...(before?.counterId == null ? {} : { cameFrom: cameFromOf(before, before.counterId, event.at) }),
            },
      );
      return;
    }
    case "ServiceReopened": {
      const { ticketId, counterId } = event.data;
      const ticket = state.tickets.get(ticketId);
      if (!ticket) return;
      const { businessId, itemCode, itemName, cameFrom, stops = [] } = ticket;
      draft.ticket(ticketId, {
        state: "serving",
        counterId,
        endedAt: null,
        // Another service as far as reviews go: the invitation of the first ending is void.
        serviceNo: ticket.serviceNo + 1,
        ...(ticket.state !== "waiting" || cameFrom === undefined
          ? {}
          : {
              ...cameFrom.stop,
              servingSince: cameFrom.servingSince,
              stops: [{ businessId, itemCode, itemName }, ...stops],
            }),
      });
      draft.counter(counterId, { ticketId });
      return;
    }
    case "AppointmentBooked":
      draft.map("appointments").set(event.data.appointmentId, {
        ...event.data,
        id: event.data.appointmentId,
        state: "booked",
        ticketId: null,
        bookedAt: event.at,
      });
      return;
    case "AppointmentCancelled":
      draft.appointment(event.data.appointmentId, { state: "cancelled" });
      return;
    case "AppointmentCheckedIn":
      draft.appointment(event.data.appointmentId, { state: "arrived", ticketId: event.data.ticketId });
      return;
    case "AppointmentMissed": {
      const appointment = state.appointments.get(event.data.appointmentId);
      draft.appointment(event.data.appointmentId, { state: "missed" });
      if (appointment?.personKey == null) return;
      const before = state.noShows.get(appointment.personKey) ?? [];
      draft.map("noShows").set(appointment.personKey, [...before, appointment.day]);
      return;
    }
    case "NoticePublished":
      draft.map("notices").set(event.data.noticeId, { ...event.data, id: event.data.noticeId, at: event.at });
      return;
    case "NoticeWithdrawn":
      draft.map("notices").delete(event.data.noticeId);
      return;
    case "ReviewInvited": {
      const { reviewId, ...invitation } = event.data;
      // A review that came ahead of its service keeps what it is.
      const review = state.reviews.get(reviewId) ?? blankReview(reviewId);
      draft.map("reviews").set(reviewId, { ...review, ...invitation, invitedAt: event.at });
      return;
    }
    case "ReviewGiven": {
      const { reviewId, counterId, level, tags, flags, textId, phoneId } = event.data;
      const review = state.reviews.get(reviewId) ?? { ...blankReview(reviewId), counterId };
      const given = { level, tags, flags, textId, phoneId, givenAt: event.at };
      draft.map("reviews").set(reviewId, { ...review, ...given, state: "given" });
      noteSuspect(draft, event);
      return;
    }
    case "ReviewAdded": {
      const review = state.reviews.get(event.data.reviewId);
      if (review) draft.map("reviews").set(review.id, { ...review, additions: review.additions + 1 });
      noteSuspect(draft, event);
      return;
    }
    case "ReviewNotGiven": {
      const { reviewId, counterId } = event.data;
      const review = state.reviews.get(reviewId) ?? { ...blankReview(reviewId), counterId };
      draft.map("reviews").set(reviewId, { ...review, state: "notGiven" });
      return;
    }
    case "ReviewClosed": {
      const { reviewId, counterId } = event.data;
      const review = state.reviews.get(reviewId) ?? { ...blankReview(reviewId), counterId };
      draft.map("reviews").set(reviewId, { ...review, state: "closed" });
      return;
    }
    case "ReviewClaimed":
      // Nothing of the hall until the node has looked whose service it is.
      return;
    case "HelpRequested": {
      const { helpId, deviceId, place } = event.data;
      draft.map("help").set(helpId, { id: helpId, deviceId, place, at: event.at, answered: false });
      return;
    }
    case "HelpAnswered": {
      const help = state.help.get(event.data.helpId);
      if (help) draft.map("help").set(help.id, { ...help, answered: true });
      return;
    }
    case "AnomalyRecorded":
      state.anomalies = [...state.anomalies, { ...event.data, at: event.at }];
      return;
    default:
      if (isCaseEvent(event)) applyCase(draft, event);
      else if (isLedgerEvent(event)) applyLedger(draft, event);
      else if (isWorkOrderEvent(event)) applyWorkOrder(draft, event);
      else assertNever(event);
  }
};

/** Key of a business's series of a day in `HallState.serials`; sorts by day. */
export const seriesKey = (day: string, businessId: string): string => `${day}/${businessId}`;

/** Key of a leased serial in `HallState.leasedSerialsUsed`; sorts by day. */
export const leaseKey = (day: string, businessId: string, serial: number): string =>
  `${day}/${businessId}/${String(serial)}`;

/**
 * A state that is worked on for many commands before anybody else sees it, as in one transaction of the node: maps are
 * copied once for all of them, where `fold` per command would copy the day's tickets each time. The state that it
 * started from stays as it was; when the work fails, throw the builder away.
 */
export class StateBuilder {
  private readonly draft: Draft;

  constructor(base: HallState) {
    this.draft = new Draft(base);
  }

  /** The state so far. Changes with every `apply`; take it as the new state when the work is done. */
  get state(): HallState {
    return this.draft.next;
  }

  apply(events: readonly DomainEvent[]): void {
    for (const event of events) apply(this.draft, event);
  }
}

/** The state after many events, in their order. Never validates and never fails on a known event. */
export const fold = (state: HallState, events: readonly DomainEvent[]): HallState => {
  if (events.length === 0) return state;
  const builder = new StateBuilder(state);
  builder.apply(events);
  return builder.state;
};

/** The state after one event. */
export const evolve = (state: HallState, event: DomainEvent): HallState => fold(state, [event]);
