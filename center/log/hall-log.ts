import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { uuidv7 } from "uuidv7";
import type { CommandResult, PersonalRecord } from "../../shared/contract/api.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { StateBuilder } from "../../shared/domain/hall/evolve.ts";
import { emptyHallState, type HallState } from "../../shared/domain/hall/state.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import type { Ticket } from "../../shared/domain/queue/ticket.ts";
import type { Database } from "../db/database.ts";
import type { Metrics } from "../metrics.ts";
import { schemaFault } from "../db/migrate.ts";
import { commitReplicated } from "../db/replicated.ts";
import { CommandQueue } from "./command-queue.ts";
import { BatchDecider, PoisonError, type BatchDeciderDeps, type Decided } from "./decide-batch.ts";
import { EventRing } from "./event-ring.ts";
import { dayToOpen, openDay } from "./open-day.ts";
import {
  findHead,
  findResults,
  loadState,
  readFedEvents,
  saveSnapshot,
  type FedEvent,
  type HallHead,
} from "./store.ts";
import { NODE_ACTOR, type Origin, type Submission } from "./submission.ts";
import { premiseFailed, ticketWasThere, writeBatch, type Premise } from "./write-batch.ts";

/** Events of one or more commits that follow each other. */
export interface FedBatch {
  readonly from: number;
  readonly to: number;
  readonly events: readonly FedEvent[];
}

/** Who hears of new events. */
export interface LogListener {
  /** In order, without a gap. */
  onBatch(batch: FedBatch): void;
  /** The log is another one, or went back: everything held is void. */
  onReset(): void;
}

export interface HallLogDeps extends BatchDeciderDeps {
  readonly database: Database;
  readonly metrics: Metrics;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** Names this process among the centers on one database. */
  readonly processId: string;
}

const MAX_BATCH = 1_000;
/** Time does not run back in the log for a clock corrected by up to this; more than this is said and taken as it is. */
const CLOCK_BACKSTEP_MS = 2 * 3_600_000;
const SNAPSHOT_EVERY_EVENTS = 20_000;
const NONE_ANSWERED: ReadonlyMap<string, CommandResult> = new Map();
/** After a batch whose premise did not hold, so many take the lock first: other centers write, or an outbox comes again. */
const LOCK_FIRST_BATCHES = 20;

/** SQLSTATE classes that blame the data, not the server: trying again unchanged cannot help. */
const blamesData = (error: unknown): boolean => {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^(22|23)/.test(code);
};

const badCommand = (commandId: string): CommandResult => ({
  commandId,
  status: "refused",
  refusal: { code: "bad_command", params: {} },
});

/**
 * The one writer of a hall in this process. Takes all commands that have queued up, decides, and commits once for all of
 * them, on the condition that no other center wrote in between; else it locks the hall, catches up, and decides anew. Whoever holds the hall's lock sees every event before
 * its own: sequence numbers have no holes and no event appears behind a reader's back.
 */
export class HallLog {
  readonly ring = new EventRing();
  private readonly queue = new CommandQueue();
  private readonly listeners = new Set<LogListener>();
  private readonly decider: BatchDecider;
  private committed = new StateBuilder(emptyHallState);
  /** As `committed`, run ahead by the batch under way; undefined after a failure: copied anew. */
  private ahead: StateBuilder | undefined;
  private currentHead: HallHead = { epoch: "", seq: 0, hash: "", recordedAt: 0 };
  /** Lent by the pool while a batch or a look at the log is under way. */
  private client: pg.PoolClient | undefined;
  private refreshWanted = false;
  /** A commit came to an unknown end: what is read next may be on this server alone, and be lost with it. */
  private isUnsure = false;
  private refreshWaiters: { readonly resolve: () => void; readonly reject: (reason: Error) => void }[] = [];
  private wakeUp: (() => void) | undefined;
  /** Who waits for the answer to a command of the node itself. */
  private readonly asking = new Set<(reason: Error) => void>();
  private stopped = false;
  private running: Promise<void> | undefined;
  /** Commands that go one by one, because one of them cannot be stored. */
  private isolating = 0;
  /** In a row. */
  private failures = 0;
  private snapshotSeq = 0;
  /** The batch under way names a ticket as new that the read table has: its next try overwrites. */
  private ticketWasThere = false;
  /** So many of the next batches take the lock before they are decided. */
  private lockFirst = 0;
  /** Why nothing can be committed just now; null while all is well. */
  fault: string | null = null;

  constructor(
    readonly hallId: string,
    private readonly deps: HallLogDeps,
  ) {
    this.decider = new BatchDecider(hallId, deps);
  }

  /** The committed state. Use at once, never keep: it is changed in place by the next commit. */
  get state(): HallState {
    return this.committed.state;
  }

  get head(): HallHead {
    return this.currentHead;
  }

  get plan(): HallPlan | null {
    return this.state.plan;
  }

  /** Commands that wait. */
  get waiting(): number {
    return this.queue.size;
  }

  /** Loads the hall and starts to work. */
  async start(): Promise<void> {
    await this.reload();
    this.running = this.run();
    this.checkDay();
  }

  /** Finishes the batch under way and stops. Commands still queued stay with their terminals; the node's own come to nothing. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp?.();
    await this.running;
    for (const giveUp of this.asking) giveUp(new Error("stopped"));
    if (this.currentHead.seq - this.snapshotSeq > 500) await this.keepSnapshot();
  }

  listen(listener: LogListener): void {
    this.listeners.add(listener);
  }

  /** Puts a command in the line. The answer goes to its origin, always after COMMIT. */
  submit(submission: Submission): void {
    this.queue.add(submission);
    this.wakeUp?.();
  }

  /** Takes back what an origin has in the line and what is not under way: its terminal sends it again. */
  forget(origin: Origin): void {
    this.queue.drop(origin);
  }

  /** Carries out a command of the node itself and waits for its answer. @throws when the node stops before */
  async execute(
    command: Command,
    actor: Actor = NODE_ACTOR,
    personal: readonly PersonalRecord[] = [],
  ): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      if (this.stopped) {
        reject(new Error("stopped"));
        return;
      }
      this.asking.add(reject);
      this.submit({
        command,
        actor,
        personal,
        notBefore: null,
        origin: {
          deliver: ([result]) => {
            this.asking.delete(reject);
            if (result) resolve(result);
            else reject(new Error("no answer"));
          },
        },
      });
    });
  }

  /** Reads what other centers committed. */
  async refresh(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.refreshWaiters.push({ resolve, reject });
      this.poke();
    });
  }

  /** As `refresh`, without waiting for it. */
  poke(): void {
    this.refreshWanted = true;
    this.wakeUp?.();
  }

  /** Opens the hall's new calendar day; called by a timer, and before each batch. */
  checkDay(): void {
    const day = dayToOpen(this.state, this.now());
    if (day !== null && this.queue.size === 0) this.submit(openDay(day, this.now()));
  }

  /**
   * Gives the log a new name: a terminal holds more of it than the database, so the database was put back from a backup.
   * Every terminal then takes a snapshot and sends again what the log lost.
   */
  async changeEpoch(): Promise<void> {
    const { rowCount } = await this.deps.database.query(
      "UPDATE halls SET epoch = $3 WHERE hall_id = $1 AND epoch = $2",
      [this.hallId, this.currentHead.epoch, uuidv7()],
    );
    this.deps.log.error(
      { event: "hall.epoch_changed", hall: this.hallId, head: this.currentHead.seq },
      "the log is shorter than what terminals hold: it was restored from a backup; a new epoch begins",
    );
    if (rowCount === 1) this.deps.metrics.count("epoch_changes");
    await this.refresh();
  }

  private now(): number {
    const now = this.deps.clock();
    const behind = this.currentHead.recordedAt - now;
    return behind > 0 && behind < CLOCK_BACKSTEP_MS ? this.currentHead.recordedAt : now;
  }

  private async run(): Promise<void> {
    let batch: readonly Submission[] = [];
    while (!this.stopped) {
      if (batch.length === 0 && this.queue.size === 0 && !this.refreshWanted) {
        await new Promise<void>((resolve) => (this.wakeUp = resolve));
        this.wakeUp = undefined;
        continue;
      }
      try {
        if (this.refreshWanted) await this.catchUp();
        if (batch.length === 0) batch = this.queue.take(this.isolating > 0 ? 1 : MAX_BATCH);
        if (batch.length > 0) {
          const started = performance.now();
          await this.commit(batch);
          this.deps.metrics.observeAppend((performance.now() - started) / 1000);
          this.isolating = Math.max(0, this.isolating - batch.length);
          batch = [];
        }
        this.failures = 0;
        this.fault = null;
      } catch (error) {
        this.ahead = undefined;
        batch = await this.afterFailure(error, batch);
      }
      this.handBack(false);
    }
    for (const waiter of this.refreshWaiters.splice(0)) waiter.reject(new Error("stopped"));
  }

  /** What people did is no worse for a newer center that has changed the schema under this one (F34): then it is the schema that is blamed. */
  private async causeOf(error: unknown): Promise<unknown> {
    if (!blamesData(error)) return error;
    try {
      const fault = await schemaFault(this.deps.database);
      return fault === null ? error : new Error(fault, { cause: error });
    } catch (unanswered) {
      return unanswered;
    }
  }

  /** @returns the batch to try next as it is */
  private async afterFailure(failure: unknown, batch: readonly Submission[]): Promise<readonly Submission[]> {
    const { log, metrics } = this.deps;
    const hall = this.hallId;
    // The server rolls back whatever was under way.
    this.handBack(true);
    if (failure instanceof PoisonError) {
      this.decider.poison.add(failure.commandId);
      log.error({ event: "hall.poison", hall, err: failure }, failure.message);
      return batch;
    }
    if (ticketWasThere(failure) && !this.ticketWasThere) {
      // An id used before, by a copied terminal for instance: the read table shows the newer ticket, the log has both.
      this.ticketWasThere = true;
      return batch;
    }
    const error = await this.causeOf(failure);
    if (blamesData(error)) {
      // One of them cannot be stored: find it by going one by one, the others must not wait for it.
      const alone = batch.length === 1 ? batch[0] : undefined;
      const isHopeless = alone !== undefined && this.decider.poison.has(alone.command.id);
      if (alone) this.decider.poison.add(alone.command.id);
      log.error({ event: "hall.batch_refused", hall, err: error }, "database refused a batch");
      this.isolating = Math.max(this.isolating, batch.length);
      // Not even its refusal can be stored: tried for ever, it would stop the hall.
      if (isHopeless) alone.origin.deliver([badCommand(alone.command.id)], this.currentHead.seq);
      else this.queue.putBack(batch);
      return [];
    }
    this.fault = (error as Error).message || "database error";
    metrics.count("commit_failures");
    log.warn({ event: "hall.commit_failed", hall, attempt: this.failures, err: error }, "commit failed, trying again");
    for (const waiter of this.refreshWaiters.splice(0)) waiter.reject(error as Error);
    this.refreshWanted = true;
    this.isUnsure = true;
    const pause = Math.min(25 * 2 ** this.failures, 2_000) * (0.5 + Math.random());
    this.failures += 1;
    await sleep(pause, undefined, { ref: false });
    return batch;
  }

  /** @param isBroken it is ended, not lent again */
  private handBack(isBroken: boolean): void {
    this.client?.release(isBroken);
    this.client = undefined;
  }

  private async writer(): Promise<pg.PoolClient> {
    this.client ??= await this.deps.database.writer();
    return this.client;
  }

  /** Reads head and events that another center committed; without the lock, unless this one does not know what became of its own. */
  private async catchUp(): Promise<void> {
    this.refreshWanted = false;
    const waiters = this.refreshWaiters.splice(0);
    try {
      const client = await this.writer();
      const head = this.isUnsure ? await this.findSureHead(client) : await findHead(client, this.hallId);
      this.isUnsure = false;
      if (head) await this.follow(head);
    } catch (error) {
      this.refreshWaiters.unshift(...waiters);
      throw error;
    }
    for (const waiter of waiters) waiter.resolve();
  }

  /** The head that also the standby has: the lock writes to the server's own log, behind everything up to that head. */
  private async findSureHead(client: pg.PoolClient): Promise<HallHead | undefined> {
    await client.query("BEGIN");
    const head = await findHead(client, this.hallId, true);
    await commitReplicated(client, () => client.query("COMMIT"));
    return head;
  }

  /** Brings state and feed to a committed head. */
  private async follow(head: HallHead): Promise<void> {
    const { currentHead } = this;
    if (head.seq === currentHead.seq && head.hash === currentHead.hash && head.epoch === currentHead.epoch) return;
    if (head.epoch !== currentHead.epoch || head.seq <= currentHead.seq) {
      this.deps.log.warn(
        { event: "hall.reset", hall: this.hallId, head: head.seq },
        "the log is another one: loading it",
      );
      await this.reload();
      for (const listener of this.listeners) listener.onReset();
      return;
    }
    const events = await readFedEvents(await this.writer(), this.hallId, currentHead.seq, head.seq);
    if (events.length !== head.seq - currentHead.seq) throw new Error("the log has a hole");
    const known = events.flatMap(({ event }) => event ?? []);
    // `ahead` first: it copies a map that it shares with `committed` before its own first change, not before ours.
    this.ahead?.apply(known);
    this.committed.apply(known);
    this.publish(events, head);
  }

  private publish(events: readonly FedEvent[], head: HallHead): void {
    const from = this.currentHead.seq;
    this.currentHead = head;
    this.ring.push(events);
    this.deps.metrics.count("events", events.length);
    if (events.length > 0) for (const listener of this.listeners) listener.onBatch({ from, to: head.seq, events });
    if (head.seq - this.snapshotSeq >= SNAPSHOT_EVERY_EVENTS) void this.keepSnapshot();
  }

  private async reload(): Promise<void> {
    const { database, log } = this.deps;
    const head = await findHead(database, this.hallId);
    if (!head) throw new Error(`hall ${this.hallId} is not in the database`);
    this.ring.clear();
    let read = 0;
    this.committed = await loadState(database, this.hallId, head.seq, (events) => {
      read += events.length;
      this.ring.push(events);
    });
    this.snapshotSeq = head.seq - read;
    if (this.ring.length < Math.min(head.seq, EventRing.kept)) {
      this.ring.clear();
      this.ring.push(await readFedEvents(database, this.hallId, head.seq - EventRing.kept, head.seq));
    }
    this.ahead = undefined;
    this.currentHead = head;
    log.info({ event: "hall.loaded", hall: this.hallId, head: head.seq, folded: read }, "hall loaded");
  }

  private async keepSnapshot(): Promise<void> {
    const head = this.currentHead;
    this.snapshotSeq = head.seq;
    try {
      await saveSnapshot(this.deps.database, this.hallId, head, this.state);
    } catch (error) {
      this.deps.log.warn({ event: "hall.snapshot_failed", hall: this.hallId, err: error }, "snapshot not kept");
    }
  }

  private async commit(batch: readonly Submission[]): Promise<void> {
    const client = await this.writer();
    const commandIds = [...new Set(batch.map(({ command }) => command.id))];
    if (this.lockFirst > 0) this.lockFirst -= 1;
    else if (await this.commitAsKnown(client, batch, commandIds)) return;
    // Sent together, run one after the other: the look-up sees everything that was committed before the lock was had.
    const [, head, answered] = await Promise.all([
      client.query("BEGIN"),
      findHead(client, this.hallId, true),
      findResults(client, this.hallId, commandIds),
    ]);
    if (!head) throw new Error(`hall ${this.hallId} is not in the database`);
    await this.follow(head);
    const decided = this.decide(batch, answered);
    // The hall's lock has written to the server's own log: this COMMIT too waits for a synchronous standby, and with it for what is answered again.
    if (decided.rows.length + decided.answerLines.length === 0)
      await commitReplicated(client, () => client.query("COMMIT"));
    else await this.write(client, decided, null);
    this.answer(batch, decided);
  }

  /**
   * Decides upon what this process knows and has the database check that it is so, which saves waiting for the lock before
   * deciding. False: nothing was written, another center wrote or a command was here before.
   */
  private async commitAsKnown(
    client: pg.Client,
    batch: readonly Submission[],
    commandIds: readonly string[],
  ): Promise<boolean> {
    const decided = this.decide(batch, NONE_ANSWERED);
    try {
      await this.write(client, decided, { head: this.currentHead, commandIds });
    } catch (error) {
      if (!premiseFailed(error)) throw error;
      this.ahead = undefined;
      this.lockFirst = LOCK_FIRST_BATCHES;
      return false;
    }
    this.answer(batch, decided);
    return true;
  }

  private decide(batch: readonly Submission[], answered: ReadonlyMap<string, CommandResult>): Decided {
    // The first change of each map copies it: so once after a failure, not once per batch.
    this.ahead ??= new StateBuilder(this.committed.state);
    return this.decider.decide(this.ahead, batch, answered, this.currentHead, this.now());
  }

  private async write(client: pg.Client, decided: Decided, premise: Premise | null): Promise<void> {
    const { rows: events, answerLines: answers, personalRows: personal, anomalies, touched } = decided;
    const tickets = [...touched.tickets.values()];
    const isNew = ({ id }: Ticket): boolean => !this.ticketWasThere && touched.newTickets.has(id);
    const rows = {
      events,
      answers,
      personal,
      anomalies,
      newTickets: tickets.filter(isNew),
      changedTickets: tickets.filter((ticket) => !isNew(ticket)),
      reviews: [...touched.reviews.values()],
      intakes: touched.intakes,
      cases: [...touched.cases.values()],
    };
    await writeBatch(client, this.hallId, rows, decided.head, this.deps.processId, premise);
    this.ticketWasThere = false;
    this.committed.apply(decided.events);
    this.publish(decided.fed, decided.head);
  }

  private answer(batch: readonly Submission[], { results, accepted, refused, duplicates }: Decided): void {
    this.deps.metrics.count("commands", accepted);
    this.deps.metrics.count("refusals", refused);
    this.deps.metrics.count("duplicates", duplicates);
    const byOrigin = new Map<Origin, CommandResult[]>();
    for (const { command, origin } of batch) {
      const result = results.get(command.id);
      if (!result) continue;
      const list = byOrigin.get(origin);
      if (list) list.push(result);
      else byOrigin.set(origin, [result]);
    }
    for (const [origin, list] of byOrigin) origin.deliver(list, this.currentHead.seq);
  }
}
