import { assertNever } from "../../basics/assert-never.ts";
import { ok, type Result } from "../../basics/result.ts";
import type { CommandOf, Command } from "../hall/commands.ts";
import { anomalyOf, happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { DomainEvent } from "../hall/events.ts";
import { leaseKey, seriesKey } from "../hall/evolve.ts";
import type { HallPlan } from "../hall/plan.ts";
import type { Refusal, RefusalCode } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import { kioskSettingsOf } from "../kiosk/kiosk-settings.ts";
import { reviewIdOf } from "../review/review.ts";
import { checkInBlockOf, dueOf } from "../appointment/slots.ts";
import { takeBlockOf } from "../hours/take-block.ts";
import { allowsAct, type TicketAct } from "./allowed.ts";
import { findNext, lineKeyOf, mayServe, waitingFor } from "./call-policy.ts";
import { freeLeaseSerials } from "./lease.ts";
import { formatNumber, freeSuffix, MAX_SERIAL } from "./ticket-number.ts";
import type { CounterState, Lease, Ticket } from "./ticket.ts";
import { foretell } from "./wait-estimate.ts";

type QueueCommand = CommandOf<
  | TicketAct
  | "LeaseNumbers"
  | "OpenCounter"
  | "PauseCounter"
  | "ResumeCounter"
  | "CloseCounter"
  | "TakeTicket"
  | "RecordPrint"
  | "WithdrawCall"
  | "ReopenService"
  | "SetCounterBusinesses"
>;

const planOf = (state: HallState): HallPlan => {
  if (state.plan === null) throw new Error("decide was called before the hall had a plan");
  return state.plan;
};

const lowestLeased = (leases: readonly Lease[], day: string, businessId: string): number => {
  let lowest = MAX_SERIAL + 1;
  for (const lease of leases) {
    if (lease.day === day && lease.businessId === businessId && lease.from < lowest) lowest = lease.from;
  }
  return lowest;
};

const leaseNumbers = (state: HallState, command: CommandOf<"LeaseNumbers">, context: DecideContext): Decision => {
  const plan = planOf(state);
  const { deviceId } = context.actor;
  if (deviceId === null) return refuse("not_permitted", { type: command.type });
  if (state.day === null) return refuse("day_not_open");
  const events: DomainEvent[] = [];
  for (const day of [...new Set(command.data.days)].sort()) {
    if (day < state.day) continue;
    for (const business of plan.businesses) {
      const free = freeLeaseSerials(state, deviceId, day, business.id).length;
      if (free >= Math.ceil(plan.settings.leaseSize / 5)) continue;
      const to = lowestLeased(state.leases, day, business.id) - 1;
      const from = to - plan.settings.leaseSize + 1;
      const reached = state.serials.get(seriesKey(day, business.id)) ?? 0;
      if (from <= reached) {
        if (free === 0) return refuse("numbers_exhausted", { business: business.id });
        continue;
      }
      events.push(happened("NumbersLeased", context.now, { day, businessId: business.id, deviceId, from, to }));
    }
  }
  return ok(events);
};

/** The next serial to give out on-line, or undefined when the business has none left below the leased ones. */
const nextSerial = (state: HallState, businessId: string): number | undefined => {
  if (state.day === null) return undefined;
  const ceiling = lowestLeased(state.leases, state.day, businessId);
  let serial = (state.serials.get(seriesKey(state.day, businessId)) ?? 0) + 1;
  while (state.leasedSerialsUsed.has(leaseKey(state.day, businessId, serial))) serial += 1;
  return serial < ceiling ? serial : undefined;
};

/** Reasons not to give a number; on a record they only become an anomaly, because the person already holds it. */
const takeObjection = (state: HallState, command: CommandOf<"TakeTicket">, at: number): Result<null, Refusal> => {
  const { businessId, personKey, replaces, appointmentId, stops = [], greenCode } = command.data;
  if (appointmentId !== undefined) {
    // A place was reserved: neither caps nor last-number times stand against it, only its own times.
    const appointment = state.appointments.get(appointmentId);
    if (appointment?.businessId !== businessId) return refuse("appointment_unknown");
    const block = checkInBlockOf(planOf(state), appointment, at);
    if (block) return refuse(block.code, block.params);
  }
  for (const business of appointmentId === undefined ? [businessId, ...stops.map((stop) => stop.businessId)] : []) {
    const block = takeBlockOf(state, business, at);
    if (block) return refuse(block.code, block.params);
  }
  if (greenCode !== undefined && !kioskSettingsOf(planOf(state)).greenCodes.includes(greenCode))
    return refuse("green_code_unknown");
  if (personKey !== null) {
    for (const ticket of state.tickets.values()) {
      if (ticket.id === replaces || ticket.personKey !== personKey) continue;
      if (ticket.businessId === businessId && ticket.state === "waiting")
        return refuse("already_waiting", { number: ticket.number });
    }
  }
  return ok(null);
};

const takeTicket = (state: HallState, command: CommandOf<"TakeTicket">, context: DecideContext): Decision => {
  const { lease, replaces } = command.data;
  const wish = command.data;
  if (state.tickets.has(wish.ticketId)) return refuse("ticket_exists");
  const at = instantOf(command, context);
  const objection = takeObjection(state, command, at);
  const plan = planOf(state);
  const appointment = wish.appointmentId === undefined ? undefined : state.appointments.get(wish.appointmentId);
  const ticketClass = appointment === undefined ? wish.class : "appointment";
  const lineKey = lineKeyOf(plan, ticketClass, appointment === undefined ? at : dueOf(plan, appointment, at));
  const checkedIn =
    appointment?.state === "booked"
      ? [happened("AppointmentCheckedIn", at, { appointmentId: appointment.id, ticketId: wish.ticketId })]
      : [];
  const taken = (day: string, serial: number, number: string, source: Ticket["source"]): DomainEvent =>
    happened("TicketTaken", at, {
      // Named one by one: the rest of an object, spread, costs V8 fifty times as much.
      ticketId: wish.ticketId,
      day,
      businessId: wish.businessId,
      serial,
      number,
      class: ticketClass,
      takenAt: at,
      lineKey,
      source,
      itemCode: wish.itemCode,
      itemName: wish.itemName,
      personKey: wish.personKey,
      ...(wish.stops === undefined || wish.stops.length === 0 ? {} : { stops: wish.stops }),
      ...(wish.followHash === undefined ? {} : { followHash: wish.followHash }),
      ...(wish.greenCode === undefined ? {} : { greenCode: wish.greenCode }),
      // Without the node nobody knows the line, so nothing was foretold.
      expected: source === "online" ? foretell(state, { businessId: wish.businessId, takenAt: at, lineKey }) : null,
      appointmentId: wish.appointmentId ?? null,
    });

  if (lease === undefined || command.mode === "claim") {
    if (!objection.ok) return objection;
    if (state.day === null) return refuse("day_not_open");
    const serial = nextSerial(state, wish.businessId);
    if (serial === undefined) return refuse("numbers_exhausted", { business: wish.businessId });
    return ok([taken(state.day, serial, formatNumber(ticketClass, wish.businessId, serial), "online"), ...checkedIn]);
  }

  const events: DomainEvent[] = [];
  const odd = (code: RefusalCode): void => void events.push(anomalyOf(state, command, context, code));
  if (!objection.ok) odd(objection.error.code);
  const replaced = replaces === undefined ? undefined : state.tickets.get(replaces);
  if (replaced?.state === "waiting")
    events.push(happened("TicketCancelled", at, { ticketId: replaced.id, reason: "replaced" }));
  const { day, serial } = lease;
  const number = formatNumber(ticketClass, wish.businessId, serial);
  const leased = state.leases.some(
    (held) =>
      held.day === day &&
      held.businessId === wish.businessId &&
      held.deviceId === context.actor.deviceId &&
      held.from <= serial &&
      serial <= held.to,
  );
  const key = leaseKey(day, wish.businessId, serial);
  const givenOnline = serial <= (state.serials.get(seriesKey(day, wish.businessId)) ?? 0) && !leased;
  if (!leased) odd("lease_unknown");
  if (!state.leasedSerialsUsed.has(key) && !givenOnline) {
    events.push(taken(day, serial, number, "lease"));
  } else {
    // Two people hold the same printed number (a terminal put back from an image): both keep a place, and the second
    // number is told apart.
    odd("number_already_taken");
    const suffix = freeSuffix((each) => state.leasedSerialsUsed.has(key + each));
    events.push(taken(day, serial, number + suffix, "lease"));
  }
  events.push(...checkedIn);
  if (state.day !== null && day < state.day)
    events.push(happened("TicketMissed", at, { ticketId: wish.ticketId, counterId: null, reason: "day_closed" }));
  return ok(events);
};

const findCounter = (state: HallState, counterId: string, context: DecideContext): Result<CounterState, Refusal> => {
  const counter = state.counters.get(counterId);
  if (!counter) return refuse("counter_unknown", { counter: counterId });
  if (counter.state === "closed") return refuse("counter_not_open", { counter: counterId });
  if (context.actor.role === "window" && counter.clerkId !== context.actor.clerkId)
    return refuse("counter_not_yours", { counter: counterId });
  return ok(counter);
};

const notAllowed: Readonly<Record<TicketAct, RefusalCode>> = {
  CallNext: "ticket_not_waiting",
  RecallTicket: "ticket_not_called",
  MissTicket: "ticket_not_called",
  ReturnTicket: "ticket_not_missed",
  CancelTicket: "ticket_not_waiting",
  PinTicket: "ticket_not_waiting",
  TransferTicket: "ticket_not_serving",
  BeginService: "ticket_not_called",
  ParkService: "ticket_not_serving",
  ResumeService: "ticket_not_parked",
  EndService: "ticket_not_serving",
};

const findTicket = (state: HallState, ticketId: string, act: TicketAct): Result<Ticket, Refusal> => {
  const ticket = state.tickets.get(ticketId);
  if (!ticket) return refuse("ticket_unknown");
  if (!allowsAct(ticket.state, act))
    return refuse(notAllowed[act], { number: ticket.number, counter: ticket.counterId ?? "" });
  return ok(ticket);
};

/** The ticket that this counter holds, for acts of the clerk on it. */
const findHeld = (
  state: HallState,
  command: CommandOf<"RecallTicket" | "MissTicket" | "BeginService" | "ParkService" | "EndService" | "TransferTicket">,
  context: DecideContext,
): Result<Ticket, Refusal> => {
  const counter = findCounter(state, command.data.counterId, context);
  if (!counter.ok) return counter;
  const ticket = findTicket(state, command.data.ticketId, command.type);
  if (!ticket.ok) return ticket;
  if (ticket.value.counterId !== counter.value.id)
    return refuse("ticket_at_other_counter", {
      number: ticket.value.number,
      counter: ticket.value.counterId ?? "",
    });
  return ticket;
};

const callNext = (state: HallState, command: CommandOf<"CallNext">, context: DecideContext): Decision => {
  if (state.withdrawnCalls.has(command.id)) return refuse("call_withdrawn");
  const counter = findCounter(state, command.data.counterId, context);
  if (!counter.ok) return counter;
  if (counter.value.state === "paused") return refuse("counter_paused", { counter: counter.value.id });
  if (counter.value.ticketId !== null)
    return refuse("counter_busy", {
      counter: counter.value.id,
      number: state.tickets.get(counter.value.ticketId)?.number ?? "",
    });
  let ticket: Ticket | undefined;
  if (command.mode === "record" && command.data.ticketId !== undefined) {
    ticket = state.tickets.get(command.data.ticketId);
    if (!ticket) return refuse("ticket_unknown");
    if (ticket.state === "called" || ticket.state === "serving")
      return refuse("ticket_already_called", { number: ticket.number, counter: ticket.counterId ?? "" });
    if (!allowsAct(ticket.state, "CallNext")) return refuse("ticket_not_waiting", { number: ticket.number });
    if (!mayServe(ticket, counter.value.id, counter.value.businesses))
      return refuse("business_not_served", { number: ticket.number });
  } else {
    ticket = findNext(state, counter.value.id);
    if (!ticket) return refuse("nobody_waiting", { counter: counter.value.id });
  }
  return ok([
    happened("TicketCalled", instantOf(command, context), {
      ticketId: ticket.id,
      counterId: counter.value.id,
      clerkId: counter.value.clerkId,
      callCommandId: command.id,
    }),
  ]);
};

const withdrawCall = (state: HallState, command: CommandOf<"WithdrawCall">, context: DecideContext): Decision => {
  const { callCommandId } = command.data;
  const at = instantOf(command, context);
  if (state.withdrawnCalls.has(callCommandId)) return ok([]);
  const withdrawn = happened("CallWithdrawn", at, { callCommandId });
  for (const ticket of state.tickets.values()) {
    if (ticket.callCommandId !== callCommandId) continue;
    if (ticket.clerkId !== context.actor.clerkId)
      return refuse("counter_not_yours", { counter: ticket.counterId ?? "" });
    if (ticket.state !== "called") return refuse("nothing_to_withdraw", { number: ticket.number });
    return ok([withdrawn, happened("TicketReleased", at, { ticketId: ticket.id, counterId: ticket.counterId ?? "" })]);
  }
  return ok([withdrawn]);
};

const openCounter = (state: HallState, command: CommandOf<"OpenCounter">, context: DecideContext): Decision => {
  const { counterId } = command.data;
  const planned = planOf(state).counters.find((counter) => counter.id === counterId);
  const counter = state.counters.get(counterId);
  if (!planned || !counter) return refuse("counter_unknown", { counter: counterId });
  const { clerkId, deviceId } = context.actor;
  const { role } = context.actor;
  // Opened by the desk, it waits for whoever sits down.
  const opened = counter.state !== "closed" && counter.clerkId === null;
  if (counter.state !== "closed" && !opened && (role === "desk" || counter.clerkId !== clerkId))
    return refuse("counter_taken", { counter: counterId });
  const known = new Set(planOf(state).businesses.map((business) => business.id));
  const businesses = command.data.businesses ?? (opened ? counter.businesses : planned.businesses);
  const unknown = businesses.find((businessId) => !known.has(businessId));
  if (unknown !== undefined) return refuse("business_unknown", { business: unknown });
  return ok([
    happened("CounterOpened", instantOf(command, context), {
      counterId,
      clerkId: role === "desk" ? null : clerkId,
      deviceId: role === "desk" ? null : deviceId,
      businesses: [...new Set(businesses)],
    }),
  ]);
};

const changeCounter = (
  state: HallState,
  command: CommandOf<"PauseCounter" | "ResumeCounter" | "CloseCounter">,
  context: DecideContext,
): Decision => {
  const counter = findCounter(state, command.data.counterId, context);
  if (!counter.ok) return counter;
  const at = instantOf(command, context);
  const { id, ticketId } = counter.value;
  switch (command.type) {
    case "PauseCounter":
      return ok(
        counter.value.state === "paused"
          ? []
          : [happened("CounterPaused", at, { counterId: id, reason: command.data.reason })],
      );
    case "ResumeCounter":
      return ok(counter.value.state === "open" ? [] : [happened("CounterResumed", at, { counterId: id })]);
    case "CloseCounter":
      if (ticketId !== null)
        return refuse("counter_busy", { counter: id, number: state.tickets.get(ticketId)?.number ?? "" });
      return ok([happened("CounterClosed", at, { counterId: id })]);
    default:
      return assertNever(command);
  }
};

/**
 * Where a missed or parked person comes back in, by the hall's settings: after n others of the business, or at the end.
 * Never before the own old place, so that nobody gains by it.
 */
const returnKey = (state: HallState, ticket: Ticket, at: number): Result<number, Refusal> => {
  const { missedReturn, parkedReturn, missedReturnAfter } = planOf(state).settings;
  const rule = ticket.state === "parked" ? parkedReturn : missedReturn;
  if (rule === "resume") return refuse("parked_resumes", { number: ticket.number });
  if (rule === "void") return refuse("return_not_allowed", { number: ticket.number });
  if (rule === "end") return ok(at);
  const line = waitingFor(state, ticket.businessId).filter(({ pinned }) => !pinned);
  const before = line[missedReturnAfter - 1];
  return ok(before === undefined ? at : Math.max(ticket.lineKey, before.lineKey + 1));
};

const transfer = (state: HallState, command: CommandOf<"TransferTicket">, context: DecideContext): Decision => {
  const ticket = findHeld(state, command, context);
  if (!ticket.ok) return ticket;
  const { toBusinessId, toCounterId, reason } = command.data;
  if (toBusinessId !== null && !planOf(state).businesses.some((business) => business.id === toBusinessId))
    return refuse("business_unknown", { business: toBusinessId });
  if (toCounterId !== null && !state.counters.has(toCounterId))
    return refuse("counter_unknown", { counter: toCounterId });
  return ok([
    happened("TicketTransferred", instantOf(command, context), {
      ticketId: ticket.value.id,
      fromCounterId: command.data.counterId,
      businessId: toBusinessId ?? ticket.value.businessId,
      onlyCounterId: toCounterId,
      reason,
    }),
  ]);
};

const endService = (state: HallState, command: CommandOf<"EndService">, context: DecideContext): Decision => {
  const ticket = findHeld(state, command, context);
  if (!ticket.ok) return ticket;
  const at = instantOf(command, context);
  const { counterId } = command.data;
  const { id, number, clerkId, serviceNo } = ticket.value;
  const [next, ...stops] = ticket.value.stops ?? [];
  const ended = next === undefined ? { ticketId: id, counterId } : { ticketId: id, counterId, next, stops };
  const events = [happened("ServiceEnded", at, ended)];
  for (const review of state.reviews.values()) {
    if (review.state === "invited" && review.counterId === counterId)
      events.push(happened("ReviewNotGiven", at, { reviewId: review.id, counterId, reason: "superseded" }));
  }
  const reviewId = reviewIdOf(id, serviceNo);
  const ahead = state.reviews.get(reviewId);
  // Reviewed already, at another counter's screen: it stands as it is, and nobody is asked a second time.
  if (ahead && ahead.counterId !== counterId) return ok(events);
  events.push(
    happened("ReviewInvited", at, {
      reviewId,
      ticketId: id,
      counterId,
      clerkId,
      number,
      expiresAt: at + planOf(state).settings.reviewSeconds * 1000,
    }),
  );
  return ok(events);
};

const reopenService = (state: HallState, command: CommandOf<"ReopenService">, context: DecideContext): Decision => {
  const { ticketId, counterId } = command.data;
  const counter = findCounter(state, counterId, context);
  if (!counter.ok) return counter;
  if (counter.value.ticketId !== null)
    return refuse("counter_busy", {
      counter: counterId,
      number: state.tickets.get(counter.value.ticketId)?.number ?? "",
    });
  const ticket = state.tickets.get(ticketId);
  if (!ticket) return refuse("ticket_unknown");
  const at = instantOf(command, context);
  const { number } = ticket;
  const wentOn = ticket.state === "waiting" ? ticket.cameFrom : undefined;
  const endedAt = ticket.state === "done" ? ticket.endedAt : (wentOn?.endedAt ?? null);
  if (endedAt === null) return refuse("ticket_not_serving", { number });
  const endedWhere = wentOn?.counterId ?? ticket.counterId;
  if (endedWhere !== counterId) return refuse("ticket_at_other_counter", { number, counter: endedWhere ?? "" });
  const { undoEndSeconds } = planOf(state).settings;
  if (at - endedAt > undoEndSeconds * 1000) return refuse("undo_too_late", { number, seconds: undoEndSeconds });
  const review = state.reviews.get(reviewIdOf(ticketId, ticket.serviceNo));
  // Else a clerk who does not like it would end the service again and have it reviewed anew.
  if (review?.state === "given") return refuse("undo_reviewed", { number });
  const events = [happened("ServiceReopened", at, { ticketId, counterId })];
  if (review?.state === "invited")
    events.push(happened("ReviewNotGiven", at, { reviewId: review.id, counterId, reason: "superseded" }));
  return ok(events);
};

const setBusinesses = (
  state: HallState,
  command: CommandOf<"SetCounterBusinesses">,
  context: DecideContext,
): Decision => {
  const counter = findCounter(state, command.data.counterId, context);
  if (!counter.ok) return counter;
  const known = new Set(planOf(state).businesses.map((business) => business.id));
  const businesses = [...new Set(command.data.businesses)];
  const unknown = businesses.find((businessId) => !known.has(businessId));
  if (unknown !== undefined) return refuse("business_unknown", { business: unknown });
  if (businesses.join() === counter.value.businesses.join()) return ok([]);
  return ok([
    happened("CounterBusinessesSet", instantOf(command, context), { counterId: counter.value.id, businesses }),
  ]);
};

/** Decides everything about the line: numbers, counters, calls, services. */
export const decideQueue = (
  state: HallState,
  command: Extract<Command, QueueCommand>,
  context: DecideContext,
): Decision => {
  const at = instantOf(command, context);
  switch (command.type) {
    case "LeaseNumbers":
      return leaseNumbers(state, command, context);
    case "TakeTicket":
      return takeTicket(state, command, context);
    case "RecordPrint": {
      const ticket = state.tickets.get(command.data.ticketId);
      if (!ticket) return refuse("ticket_unknown");
      const { ticketId, outcome, reprint } = command.data;
      if (reprint === true) return ok([happened("TicketPrinted", at, { ticketId, outcome, reprint })]);
      return ok(ticket.print === outcome ? [] : [happened("TicketPrinted", at, { ticketId, outcome })]);
    }
    case "OpenCounter":
      return openCounter(state, command, context);
    case "PauseCounter":
    case "ResumeCounter":
    case "CloseCounter":
      return changeCounter(state, command, context);
    case "CallNext":
      return callNext(state, command, context);
    case "WithdrawCall":
      return withdrawCall(state, command, context);
    case "RecallTicket": {
      const ticket = findHeld(state, command, context);
      return ticket.ok ? ok([happened("TicketRecalled", at, command.data)]) : ticket;
    }
    case "MissTicket": {
      const ticket = findHeld(state, command, context);
      return ticket.ok ? ok([happened("TicketMissed", at, command.data)]) : ticket;
    }
    case "BeginService": {
      const ticket = findHeld(state, command, context);
      return ticket.ok ? ok([happened("ServiceBegan", at, command.data)]) : ticket;
    }
    case "ParkService": {
      const ticket = findHeld(state, command, context);
      return ticket.ok ? ok([happened("ServiceParked", at, command.data)]) : ticket;
    }
    case "EndService":
      return endService(state, command, context);
    case "ReopenService":
      return reopenService(state, command, context);
    case "SetCounterBusinesses":
      return setBusinesses(state, command, context);
    case "TransferTicket":
      return transfer(state, command, context);
    case "ResumeService": {
      const counter = findCounter(state, command.data.counterId, context);
      if (!counter.ok) return counter;
      if (counter.value.ticketId !== null)
        return refuse("counter_busy", {
          counter: counter.value.id,
          number: state.tickets.get(counter.value.ticketId)?.number ?? "",
        });
      const ticket = findTicket(state, command.data.ticketId, command.type);
      if (!ticket.ok) return ticket;
      const { parkedReturn } = planOf(state).settings;
      if (parkedReturn !== "resume")
        return refuse(parkedReturn === "void" ? "return_not_allowed" : "parked_returns", {
          number: ticket.value.number,
        });
      return ok([happened("ServiceResumed", at, command.data)]);
    }
    case "ReturnTicket": {
      const ticket = findTicket(state, command.data.ticketId, command.type);
      if (!ticket.ok) return ticket;
      const lineKey = returnKey(state, ticket.value, at);
      return lineKey.ok
        ? ok([happened("TicketReturned", at, { ticketId: ticket.value.id, lineKey: lineKey.value })])
        : lineKey;
    }
    case "CancelTicket": {
      const ticket = findTicket(state, command.data.ticketId, command.type);
      return ticket.ok ? ok([happened("TicketCancelled", at, command.data)]) : ticket;
    }
    case "PinTicket": {
      const ticket = findTicket(state, command.data.ticketId, command.type);
      return ticket.ok ? ok([happened("TicketPinned", at, command.data)]) : ticket;
    }
    default:
      return assertNever(command);
  }
};
