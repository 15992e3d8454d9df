import { decide } from "../../shared/domain/hall/decide.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { leaseKey, StateBuilder } from "../../shared/domain/hall/evolve.ts";
import { emptyHallState, type HallState } from "../../shared/domain/hall/state.ts";
import { visible, type Viewer } from "../../shared/domain/hall/visible.ts";
import type { Ticket } from "../../shared/domain/queue/ticket.ts";
import { freeSuffix, suffixOf } from "../../shared/domain/queue/ticket-number.ts";
import type { Actor, TerminalRole } from "../../shared/domain/identity/roles.ts";
import { foldSafely } from "./fold-safely.ts";
import type { PendingEntry } from "./outbox.ts";

/** Up to so many pending acts are applied anew at once; more of them in slices. */
const AT_ONCE = 24;
const SLICE_MS = 8;
/** Reading the clock costs more than most acts. */
const CLOCK_EVERY = 16;
const MANY_WAIT_MS = 150;
/** Between two such runs: while others are busy, nearly right is enough. */
const AGAIN_MS = 500;
/** Answers come in order, so events without one belong to the oldest acts. */
const MATCHED_WITHOUT_ANSWER = 2_000;

/** A run over thousands of pending acts. */
interface Slices {
  readonly walked: Set<PendingEntry>;
  /** Confirmed since the run began, and not predicted by what it has walked. */
  readonly since: DomainEvent[];
  again: boolean;
}

const isRecord = ({ outbound }: PendingEntry): boolean => outbound.command.mode === "record";

export interface FoldSetting {
  readonly role: TerminalRole;
  readonly deviceId: string;
  /** Hall time. */
  readonly now: () => number;
  readonly monotonicNow: () => number;
  /** Runs work later, letting the screen draw in between; returns the way to call it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly publish: (shown: HallState) => void;
  readonly failed: (where: string, error: unknown) => void;
}

/** Equal values whatever the order of their keys: a node's JSON need not keep ours. */
const equal = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => equal(one[key], other[key]));
};

const identityOf = ({ type, at, data }: DomainEvent): string => {
  const { ticketId, reviewId, counterId, intakeId } = data as Partial<Record<string, string | null>>;
  return `${type}|${String(at)}|${intakeId ?? ticketId ?? reviewId ?? counterId ?? ""}`;
};

/** Events to be taken out one by one as their equals are met. */
class EventBag {
  private readonly byIdentity = new Map<string, DomainEvent[]>();
  size = 0;

  constructor(events: Iterable<DomainEvent> = []) {
    for (const event of events) this.put(event);
  }

  put(event: DomainEvent): void {
    const key = identityOf(event);
    const list = this.byIdentity.get(key);
    if (list) list.push(event);
    else this.byIdentity.set(key, [event]);
    this.size += 1;
  }

  has(event: DomainEvent): boolean {
    return this.byIdentity.get(identityOf(event))?.some((each) => equal(each.data, event.data)) ?? false;
  }

  take(event: DomainEvent): boolean {
    const list = this.byIdentity.get(identityOf(event));
    const index = list?.findIndex((each) => equal(each.data, event.data)) ?? -1;
    if (!list || index < 0) return false;
    list.splice(index, 1);
    this.size -= 1;
    return true;
  }
}

/**
 * After a node came back from a backup somebody else may get a number that this terminal has printed: what it only expects gives way, as the node
 * will decide, so that no screen shows the number twice (I3).
 */
const tellApart = (state: HallState, events: readonly DomainEvent[]): HallState => {
  const given = new Map<string, string>();
  const used = new Set(state.leasedSerialsUsed);
  for (const event of events) {
    if (event.type !== "TicketTaken") continue;
    const { day, businessId, serial, number, ticketId } = event.data;
    given.set(`${day} ${number}`, ticketId);
    used.add(leaseKey(day, businessId, serial) + suffixOf(number));
  }
  if (given.size === 0) return state;
  const isTwice = ({ id, day, number }: Ticket): boolean => (given.get(`${day} ${number}`) ?? id) !== id;
  const twice = [...state.tickets.values()].filter(isTwice);
  if (twice.length === 0) return state;
  const tickets = new Map(state.tickets);
  for (const ticket of twice) {
    const key = leaseKey(ticket.day, ticket.businessId, ticket.serial);
    const suffix = freeSuffix((each) => used.has(key + each));
    used.add(key + suffix);
    const bare = ticket.number.slice(0, ticket.number.length - suffixOf(ticket.number).length);
    tickets.set(ticket.id, { ...ticket, number: bare + suffix });
  }
  return { ...state, tickets, leasedSerialsUsed: used };
};

/** What own acts have printed is not free to be printed again, also while what became of these acts has not been worked out, or cannot be (I3). */
const withPrinted = (state: HallState, pending: readonly PendingEntry[]): HallState => {
  const printed: string[] = [];
  for (const { predicted, outbound } of pending) {
    const { command } = outbound;
    if (predicted?.length || command.type !== "TakeTicket" || command.data.lease === undefined) continue;
    const { day, serial } = command.data.lease;
    printed.push(leaseKey(day, command.data.businessId, serial));
  }
  if (printed.length === 0) return state;
  return { ...state, leasedSerialsUsed: new Set([...state.leasedSerialsUsed, ...printed]) };
};

/**
 * The state shown: confirmed events, then the acts of this terminal that wait for their answer. Claims are left out until
 * they are answered. With few acts waiting everything is worked out anew after each batch. With thousands (days without a
 * node) that would hold up the screen, so there what was predicted and came true is left standing, what others did is
 * folded on top, and the exact state follows in slices.
 */
export class HallFold {
  confirmed: HallState = emptyHallState;
  shown: HallState = emptyHallState;
  counterId: string | null = null;
  department: string | null = null;
  private pending: PendingEntry[] = [];
  private slices: Slices | null = null;
  private callOff: (() => void) | null = null;

  constructor(private readonly setting: FoldSetting) {}

  /** Starts from a state, e.g. a snapshot; `pending` in their order. */
  load(confirmed: HallState, pending: readonly PendingEntry[]): void {
    this.confirmed = confirmed;
    this.pending = pending.filter(isRecord);
    for (const entry of this.pending) {
      entry.confirmed = false;
      entry.predicted = null;
    }
    this.stopSlices();
    if (this.pending.length <= AT_ONCE) return this.applyAll();
    this.show(confirmed);
    this.planSlices(0);
  }

  /** New acts of this terminal. */
  add(entries: readonly PendingEntry[]): void {
    const records = entries.filter(isRecord);
    if (records.length === 0) return;
    for (const entry of records) this.pending.push(entry);
    // Many at once are usually answered before they could be worked out.
    if (records.length > AT_ONCE) {
      this.show(this.shown);
      return this.planSlices(MANY_WAIT_MS);
    }
    const builder = new StateBuilder(this.shown);
    const now = this.setting.now();
    for (const entry of records) this.predict(builder, entry, now);
    this.show(builder.state);
  }

  /**
   * Takes over what the node has put in order.
   * @param settled pending acts that have their answer
   */
  confirm(events: readonly DomainEvent[], settled: ReadonlySet<PendingEntry>): void {
    if (events.length === 0 && settled.size === 0) return;
    this.confirmed = this.foldOn(this.confirmed, events);
    if (this.pending.length - settled.size <= AT_ONCE) {
      this.stopSlices();
      if (this.pending.length > settled.size) this.match(events, settled);
      this.pending = this.pending.filter((entry) => !settled.has(entry));
      return this.applyAll();
    }
    const match = this.match(events, settled);
    if (settled.size > 0) this.pending = this.pending.filter((entry) => !settled.has(entry));
    if (this.slices === null && this.pending.every(({ predicted, confirmed }) => predicted === null || confirmed)) {
      this.show(this.confirmed);
      // Answers are coming: the rest is likely to be answered as well before it could be worked out.
      this.stopSlices();
      return this.planSlices(MANY_WAIT_MS);
    }
    this.slices?.since.push(...match.unwalked);
    if (match.foreign.length > 0) this.show(this.foldOthers(this.shown, match.foreign));
    if (match.foreign.length > 0 || match.surprising) this.planSlices(AGAIN_MS);
  }

  /** Finds the predictions that came true, and the events that `shown` and the running slices do not hold yet. */
  private match(
    events: readonly DomainEvent[],
    settled: ReadonlySet<PendingEntry>,
  ): { foreign: readonly DomainEvent[]; unwalked: readonly DomainEvent[]; surprising: boolean } {
    const candidates = settled.size > 0 ? [...settled] : this.pending.slice(0, MATCHED_WITHOUT_ANSWER);
    const predicted = candidates.filter((entry) => !entry.confirmed && (entry.predicted?.length ?? 0) > 0);
    if (predicted.length === 0) return { foreign: events, unwalked: this.slices ? events : [], surprising: false };
    const arrived = new EventBag(events);
    const inShown = new EventBag();
    const walked = new EventBag();
    let surprising = false;
    for (const entry of predicted) {
      if (arrived.size > 0 && entry.predicted?.every((event) => arrived.has(event))) {
        entry.confirmed = true;
        for (const event of entry.predicted) {
          arrived.take(event);
          inShown.put(event);
          if (this.slices?.walked.has(entry)) walked.put(event);
        }
      } else if (settled.has(entry)) surprising = true;
    }
    return {
      foreign: events.filter((event) => !inShown.take(event)),
      unwalked: this.slices ? events.filter((event) => !walked.take(event)) : [],
      surprising,
    };
  }

  private applyAll(): void {
    if (this.pending.length === 0) return this.show(this.confirmed);
    const builder = new StateBuilder(this.confirmed);
    const now = this.setting.now();
    for (const entry of this.pending) this.predict(builder, entry, now);
    this.show(builder.state);
  }

  private predict(builder: StateBuilder, entry: PendingEntry, now: number): void {
    if (entry.confirmed) return;
    const { command, clerkId } = entry.outbound;
    const { role, deviceId } = this.setting;
    const { counterId, department } = this;
    const actor: Actor = { role, deviceId, clerkId, counterId, department };
    const viewer: Viewer = { role, deviceId, counterId, department };
    try {
      const decision = decide(builder.state, command, { now, actor });
      const events = decision.ok ? decision.value : [];
      // As the node will feed them, so that what comes back can be recognised.
      entry.predicted = events.flatMap((event) => visible(event, viewer) ?? []);
      builder.apply(entry.predicted);
    } catch (error) {
      entry.predicted = [];
      this.setting.failed(command.type, error);
    }
  }

  /** Has the exact state worked out in a while; one such run at a time. */
  private planSlices(ms: number): void {
    if (this.slices !== null) {
      this.slices.again = true;
      return;
    }
    this.callOff ??= this.setting.after(ms, () => {
      this.callOff = null;
      this.runSlices();
    });
  }

  private runSlices(): void {
    const slices: Slices = { walked: new Set(), since: [], again: false };
    this.slices = slices;
    const builder = new StateBuilder(this.confirmed);
    const step = (): void => {
      if (this.slices !== slices) return;
      const now = this.setting.now();
      const until = this.setting.monotonicNow() + SLICE_MS;
      let worked = 0;
      // Acts are answered and added while this runs, so each step looks at those that are left.
      for (const entry of this.pending) {
        if (slices.walked.has(entry)) continue;
        slices.walked.add(entry);
        this.predict(builder, entry, now);
        worked += 1;
        if (worked % CLOCK_EVERY === 0 && this.setting.monotonicNow() >= until) return void this.setting.after(0, step);
      }
      this.slices = null;
      this.show(this.foldOthers(builder.state, slices.since));
      if (slices.again) this.planSlices(AGAIN_MS);
    };
    step();
  }

  private stopSlices(): void {
    this.slices = null;
    this.callOff?.();
    this.callOff = null;
  }

  /** Folds what others did on a state with acts that wait. */
  private foldOthers(state: HallState, events: readonly DomainEvent[]): HallState {
    return this.foldOn(tellApart(state, events), events);
  }

  private foldOn(state: HallState, events: readonly DomainEvent[]): HallState {
    return foldSafely(state, events, (error) => this.setting.failed("fold", error));
  }

  private show(worked: HallState): void {
    const state = withPrinted(worked, this.pending);
    if (state === this.shown) return;
    this.shown = state;
    this.setting.publish(state);
  }
}
