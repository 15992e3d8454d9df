import { addDays, dayOf, instantAt, type Day } from "../basics/time.ts";
import { decide } from "../domain/hall/decide.ts";
import type { CommandData, CommandType, Command } from "../domain/hall/commands.ts";
import { StateBuilder } from "../domain/hall/evolve.ts";
import type { HallPlan } from "../domain/hall/plan.ts";
import { emptyHallState, type HallState } from "../domain/hall/state.ts";
import { hoursSchema, openingOf, spansOf, type Span } from "../domain/hours/hours.ts";
import type { Actor } from "../domain/identity/roles.ts";
import { creditOf, mayServe } from "../domain/queue/call-policy.ts";
import type { Ticket, TicketClass } from "../domain/queue/ticket.ts";
import { arrivalsOf, type Arrival } from "./arrivals.ts";
import { SeededRandom } from "./random.ts";

const MINUTE = 60_000;
const SECOND = 1_000;

const office = [
  { from: "09:00", to: "12:00" },
  { from: "13:30", to: "17:00" },
];
/** Of a plan that says nothing of hours: a hall that never closes cannot be played. */
const OFFICE_HOURS = hoursSchema.parse({
  week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] },
  lastTicketMinutes: 15,
});

export interface SimulationOptions {
  readonly plan: HallPlan;
  readonly days: number;
  readonly seed: number;
  readonly firstDay: Day;
  /** Work that comes, as a share of what the counters can do. */
  readonly load: number;
}

/** What one person of a simulated day met. Milliseconds. */
export interface Visit {
  readonly day: Day;
  readonly businessId: string;
  readonly class: TicketClass;
  /** From taking the number, or from the slot when that was later, to the first call. */
  readonly wait: number;
  /** What was foretold at taking, what "average × people ÷ counters" would have said, and what came. */
  readonly foretold: {
    readonly mid: number;
    readonly inside: boolean;
    readonly simple: number;
    readonly real: number;
  } | null;
}

export interface SimulationResult {
  readonly visits: readonly Visit[];
  readonly missed: number;
  readonly unserved: number;
  /** Share of the time that counters were open, not paused, and had nobody. */
  readonly idleShare: number;
  /** Times that a free counter stood beside somebody whom it may serve: the policy keeps it at 0. */
  readonly idleBesideWaiting: number;
  /** Somebody was called before another who had come earlier: how often, and by how much at most. */
  readonly overtakes: { readonly count: number; readonly largest: number; readonly bound: number };
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** A heap of what is due next, first come first for equal instants. */
class Agenda {
  private readonly heap: (Due & { readonly order: number })[] = [];
  private order = 0;

  add(at: number, run: () => void): void {
    this.order += 1;
    this.heap.push({ at, run, order: this.order });
    for (let child = this.heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.before(child, parent)) break;
      this.swap(child, parent);
      child = parent;
    }
  }

  take(): Due | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined || this.heap.length === 0) return first;
    this.heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const smaller = left + 1 < this.heap.length && this.before(left + 1, left) ? left + 1 : left;
      if (smaller >= this.heap.length || !this.before(smaller, parent)) return first;
      this.swap(smaller, parent);
      parent = smaller;
    }
  }

  private before(one: number, other: number): boolean {
    const [left, right] = [this.heap[one], this.heap[other]];
    if (!left || !right) return false;
    return left.at < right.at || (left.at === right.at && left.order < right.order);
  }

  private swap(one: number, other: number): void {
    const [left, right] = [this.heap[one], this.heap[other]];
    if (left && right) [this.heap[one], this.heap[other]] = [right, left];
  }
}

const KIOSK: Actor = { role: "kiosk", deviceId: "kiosk", clerkId: null, counterId: null };
const NODE: Actor = { role: "node", deviceId: null, clerkId: null, counterId: null };
const clerkOf = (counterId: string): Actor => ({
  role: "window",
  deviceId: `window-${counterId}`,
  clerkId: `clerk-${counterId}`,
  counterId: null,
});

/**
 * Plays days of a hall on the very code that decides in the hall: numbers, calls, no-shows, returns, parked services and
 * visits of several services. Only people and clerks are made up, from the seed.
 */
class Simulation {
  private readonly random: SeededRandom;
  private readonly builder = new StateBuilder(emptyHallState);
  private agenda = new Agenda();
  private now = 0;
  private ids = 0;
  private readonly pace: ReadonlyMap<string, number>;
  private readonly clerkPace: ReadonlyMap<string, number>;
  private readonly ready = new Set<string>();
  private readonly simple = new Map<string, number>();
  private readonly finished = new Map<string, { n: number; sum: number }>();
  private readonly visits: Visit[] = [];
  private missed = 0;
  private unserved = 0;
  private idle = 0;
  private open = 0;
  private idleBesideWaiting = 0;
  private overtakeCount = 0;
  private largest = 0;
  private onBreak = false;

  constructor(private readonly options: SimulationOptions) {
    this.random = new SeededRandom(options.seed);
    const { plan } = options;
    // A hall is not what its plan says of it: each business and each clerk has a pace of its own.
    this.pace = new Map(
      plan.businesses.map(({ id, typicalServiceMinutes }) => [
        id,
        typicalServiceMinutes * this.random.logNormal(1, 0.22),
      ]),
    );
    this.clerkPace = new Map(plan.counters.map(({ id }) => [id, this.random.logNormal(1, 0.12)]));
  }

  private get state(): HallState {
    return this.builder.state;
  }

  run(): SimulationResult {
    let day = this.options.firstDay;
    this.now = instantAt(day, "07:00", this.options.plan.utcOffsetMinutes);
    this.give(NODE, "SetHallPlan", { plan: this.options.plan });
    for (let played = 0; played < this.options.days; day = addDays(day, 1)) {
      const spans = this.spansOn(day);
      if (spans.length === 0) continue;
      this.playDay(day, spans);
      played += 1;
    }
    const credits = (["green", "appointment", "priority", "pickup"] as const).map((each) =>
      creditOf(this.options.plan, each),
    );
    return {
      visits: this.visits,
      missed: this.missed,
      unserved: this.unserved,
      idleShare: this.open === 0 ? 0 : this.idle / this.open,
      idleBesideWaiting: this.idleBesideWaiting,
      overtakes: { count: this.overtakeCount, largest: this.largest, bound: Math.max(...credits) },
    };
  }

  private spansOn(day: Day): readonly Span[] {
    const { plan } = this.options;
    const opening = openingOf({ ...plan, businesses: [] }, "");
    return opening === null ? [] : spansOf(opening, day);
  }

  private give<T extends CommandType>(actor: Actor, type: T, data: CommandData<T>): boolean {
    this.ids += 1;
    const command = { id: `c${String(this.ids)}`, type, mode: "claim", at: this.now, data } as unknown as Command;
    const decision = decide(this.state, command, { now: this.now, actor });
    if (decision.ok) this.builder.apply(decision.value);
    return decision.ok;
  }

  private playDay(day: Day, spans: readonly Span[]): void {
    const { plan, load } = this.options;
    const offset = plan.utcOffsetMinutes;
    const at = (clock: string): number => instantAt(day, clock, offset);
    this.agenda = new Agenda();
    this.ready.clear();
    this.finished.clear();
    this.now = at("07:00");
    this.give(NODE, "OpenDay", { day });
    const arrivals = arrivalsOf(plan, day, spans, this.random, { load, pace: this.pace });
    arrivals.forEach((arrival, index) => this.bookAndCome(arrival, day, index));
    const first = spans[0];
    const last = spans.at(-1);
    if (!first || !last) return;
    for (const { id } of plan.counters)
      this.agenda.add(
        at(first.from) + Math.round(this.random.exponential(3 * MINUTE)) * Number(this.random.chance(0.3)),
        () => {
          this.give(clerkOf(id), "OpenCounter", { counterId: id });
          this.free(id, 0);
        },
      );
    spans.slice(1).forEach((span, index) => {
      this.agenda.add(at(spans[index]?.to ?? span.from), () => {
        this.onBreak = true;
      });
      this.agenda.add(at(span.from), () => {
        this.onBreak = false;
        for (const id of this.ready) this.callNext(id);
      });
    });
    for (const { id } of plan.counters)
      for (let hour = at(first.from) + 60 * MINUTE; hour < at(last.to); hour += 60 * MINUTE)
        if (this.random.chance(0.25)) this.agenda.add(hour + this.random.between(0, 50) * MINUTE, () => this.pause(id));
    for (let due = this.agenda.take(); due; due = this.agenda.take()) {
      this.account(due.at, at(first.from), at(last.to));
      this.now = due.at;
      due.run();
      this.checkIdle();
    }
    for (const ticket of this.state.tickets.values()) if (ticket.state === "waiting") this.unserved += 1;
  }

  /** Adds up open and idle counter time until the next thing happens. */
  private account(until: number, opens: number, closes: number): void {
    const from = Math.max(this.now, opens);
    const to = Math.min(until, closes);
    if (this.onBreak || to <= from) return;
    for (const counter of this.state.counters.values()) {
      if (counter.state !== "open") continue;
      this.open += to - from;
      if (counter.ticketId === null) this.idle += to - from;
    }
  }

  private bookAndCome(arrival: Arrival, day: Day, index: number): void {
    const ticketId = `${day}-${String(index)}`;
    const { businessId, slot } = arrival;
    let appointmentId: string | undefined;
    if (slot !== null) {
      const wish = { businessId, day, from: slot, channel: "city", itemCode: null, itemName: null } as const;
      if (!this.give(NODE, "BookAppointment", { ...wish, appointmentId: ticketId, personKey: null, contactId: null }))
        return;
      appointmentId = ticketId;
    }
    if (arrival.at === Infinity) return;
    this.agenda.add(arrival.at, () => {
      const simple = this.simpleEstimate(businessId);
      const taken = this.give(KIOSK, "TakeTicket", {
        ticketId,
        businessId,
        class: arrival.class,
        itemCode: null,
        itemName: null,
        personKey: null,
        ...(arrival.stop === null ? {} : { stops: [{ businessId: arrival.stop, itemCode: null, itemName: null }] }),
        ...(appointmentId === undefined ? {} : { appointmentId }),
      });
      if (!taken) return;
      if (simple !== null) this.simple.set(ticketId, simple);
      this.offer();
    });
  }

  /** The estimate of most systems: mean service of today × people ahead ÷ counters. */
  private simpleEstimate(businessId: string): number | null {
    let people = 0;
    for (const ticket of this.state.tickets.values())
      if (ticket.state === "waiting" && ticket.businessId === businessId) people += 1;
    let counters = 0;
    for (const counter of this.state.counters.values())
      if (counter.state === "open" && counter.businesses.includes(businessId)) counters += 1;
    if (counters === 0) return null;
    const today = this.finished.get(businessId);
    const typical = this.options.plan.businesses.find(({ id }) => id === businessId)?.typicalServiceMinutes ?? 10;
    const mean = today === undefined ? typical * MINUTE : today.sum / today.n;
    return (people * mean) / counters;
  }

  private offer(): void {
    for (const id of [...this.ready]) this.callNext(id);
  }

  private free(counterId: string, afterMs: number): void {
    this.agenda.add(this.now + afterMs, () => {
      if (this.state.counters.get(counterId)?.ticketId != null) return;
      this.ready.add(counterId);
      this.callNext(counterId);
    });
  }

  private pause(counterId: string): void {
    const counter = this.state.counters.get(counterId);
    if (counter?.state !== "open" || counter.ticketId !== null || this.onBreak) return;
    this.ready.delete(counterId);
    this.give(clerkOf(counterId), "PauseCounter", { counterId, reason: "short break" });
    this.agenda.add(this.now + this.random.between(3, 8) * MINUTE, () => {
      this.give(clerkOf(counterId), "ResumeCounter", { counterId });
      this.ready.add(counterId);
      this.callNext(counterId);
    });
  }

  private callNext(counterId: string): void {
    if (this.onBreak || this.state.counters.get(counterId)?.state !== "open") return;
    const waiting = [...this.state.tickets.values()].filter(({ state }) => state === "waiting");
    if (!this.give(clerkOf(counterId), "CallNext", { counterId })) return;
    this.ready.delete(counterId);
    const ticket = this.state.tickets.get(this.state.counters.get(counterId)?.ticketId ?? "");
    if (!ticket) return;
    this.noteOvertakes(ticket, counterId, waiting);
    if (ticket.calls === 1) this.noteVisit(ticket);
    if (this.random.chance(0.05)) {
      this.noShow(ticket.id, counterId);
      return;
    }
    const walk = this.random.between(15, 60) * SECOND;
    this.agenda.add(this.now + walk, () => this.serve(ticket.id, counterId));
  }

  private noShow(ticketId: string, counterId: string): void {
    this.agenda.add(this.now + 45 * SECOND, () =>
      this.give(clerkOf(counterId), "RecallTicket", { ticketId, counterId }),
    );
    this.agenda.add(this.now + 90 * SECOND, () => {
      this.give(clerkOf(counterId), "MissTicket", { ticketId, counterId, reason: "did not come" });
      this.missed += 1;
      this.free(counterId, 5 * SECOND);
      if (this.random.chance(0.5))
        this.agenda.add(this.now + this.random.between(2, 15) * MINUTE, () => {
          if (this.give(clerkOf(counterId), "ReturnTicket", { ticketId })) this.offer();
        });
    });
  }

  private serve(ticketId: string, counterId: string): void {
    this.give(clerkOf(counterId), "BeginService", { ticketId, counterId });
    const ticket = this.state.tickets.get(ticketId);
    if (!ticket) return;
    const hour = Math.floor(((this.now / MINUTE + this.options.plan.utcOffsetMinutes) / 60) % 24);
    const ofHour = hour < 10 ? 0.92 : hour >= 14 && hour < 16 ? 1.12 : 1;
    const kind = ticket.class === "pickup" ? 0.4 : 1;
    const median = (this.pace.get(ticket.businessId) ?? 10) * (this.clerkPace.get(counterId) ?? 1) * ofHour * kind;
    // The plan's figure is a mean in people's mouths; the median of a long-tailed time lies below.
    const ms = Math.min(90, this.random.logNormal(median * 0.85, 0.6)) * MINUTE;
    const began = this.now;
    this.agenda.add(this.now + ms, () => {
      if (this.random.chance(0.02)) {
        this.give(clerkOf(counterId), "ParkService", { ticketId, counterId, reason: "copies" });
        this.free(counterId, 20 * SECOND);
        return;
      }
      this.give(clerkOf(counterId), "EndService", { ticketId, counterId });
      const today = this.finished.get(ticket.businessId) ?? { n: 0, sum: 0 };
      this.finished.set(ticket.businessId, { n: today.n + 1, sum: today.sum + this.now - began });
      this.free(counterId, this.random.between(8, 30) * SECOND);
      if (ticket.stops?.length) this.offer();
    });
  }

  private noteVisit(ticket: Ticket): void {
    if (ticket.class === "withheld") return;
    const real = this.now - ticket.takenAt;
    const due = this.dueOf(ticket);
    const simple = this.simple.get(ticket.id);
    this.visits.push({
      day: dayOf(this.now, this.options.plan.utcOffsetMinutes),
      businessId: ticket.businessId,
      class: ticket.class,
      wait: Math.max(0, this.now - due),
      foretold:
        ticket.expected === null || simple === undefined || ticket.class === "appointment"
          ? null
          : {
              mid: ticket.expected.mid,
              inside: ticket.expected.from <= real && real <= ticket.expected.to,
              simple,
              real,
            },
    });
  }

  /** When the ticket came, as the policy counts it. */
  private dueOf(ticket: Ticket): number {
    return ticket.class === "withheld" ? ticket.takenAt : ticket.lineKey + creditOf(this.options.plan, ticket.class);
  }

  private noteOvertakes(called: Ticket, counterId: string, waiting: readonly Ticket[]): void {
    if (called.returns > 0 || called.pinned) return;
    const businesses = this.state.counters.get(counterId)?.businesses ?? [];
    for (const other of waiting) {
      if (other.id === called.id || other.returns > 0 || !mayServe(other, counterId, businesses)) continue;
      const later = this.dueOf(called) - this.dueOf(other);
      if (later <= 0) continue;
      this.overtakeCount += 1;
      this.largest = Math.max(this.largest, later);
    }
  }

  private checkIdle(): void {
    if (this.onBreak) return;
    for (const id of this.ready) {
      const counter = this.state.counters.get(id);
      if (counter?.state !== "open") continue;
      for (const ticket of this.state.tickets.values())
        if (ticket.state === "waiting" && mayServe(ticket, id, counter.businesses)) {
          this.idleBesideWaiting += 1;
          break;
        }
    }
  }
}

/** Plays the days and tells what people met. The same options give the same result. */
export const simulate = (options: SimulationOptions): SimulationResult =>
  new Simulation({ ...options, plan: { ...options.plan, hours: options.plan.hours ?? OFFICE_HOURS } }).run();
