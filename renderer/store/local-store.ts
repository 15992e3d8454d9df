import type { CommandResult, OutboundCommand } from "../../shared/contract/api.ts";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { emptyHallState, toSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { asRecord } from "./as-record.ts";
import type { BatchRow, HallDatabase, OutboxRow, SnapshotRow } from "./db.ts";
import type { Environment } from "./environment.ts";
import { HallFold } from "./hall-fold.ts";
import { liveValue, sameMembers, type Source } from "./live.ts";
import type { Loaded } from "./load.ts";
import { OutboxJournal, rowKey, storedRowKey } from "./outbox-journal.ts";
import { NoticeBoard } from "./notice-board.ts";
import { writeMark } from "./open-database.ts";
import { holdRow, keptRow, packRow, unpackRow, type HeldRow, type PendingEntry } from "./outbox.ts";
import type { Sealer } from "./seal.ts";
import type { LocalNoticeCode, Notice, Standing } from "./terminal.ts";
import { Writer, type Hurry, type PrepareJob, type WriteJob } from "./writer.ts";
import { reasonOf } from "./reason-of.ts";

/** A snapshot is written after this many events. */
const SNAPSHOT_EVERY = 2_000;
/** ... once it has been quiet for this long, or at any rate after `SNAPSHOT_EVERY * 10`. */
const QUIET_MS = 700;
/** Acknowledged acts are kept this long for a node that comes back from a backup (F27). */
const SENT_KEPT_MS = 7 * 86_400_000;
const RETRY_SAVE_MS = 5_000;
const HOUR_MS = 3_600_000;
/** Commands in one outbox row when many are kept at once. */
const COMMANDS_PER_ROW = 500;

/** A stretch of the node's feed, understood. */
export interface ConfirmedBatch {
  readonly from: number;
  readonly to: number;
  readonly events: readonly DomainEvent[];
  readonly unknown: number;
  /** The message as it came. */
  readonly text: string;
}

export interface Settled {
  readonly entry: PendingEntry;
  readonly result: CommandResult;
}

export interface StoreSetting {
  readonly info: TerminalInfo;
  readonly deviceId: string;
  readonly role: TerminalRole;
  readonly environment: Environment;
  readonly sealer: Sealer;
  readonly now: () => number;
  /** Asks for `readNewRows`: something stands before what this window has just written that it has not seen. */
  readonly overtook: () => void;
}

/**
 * What a terminal holds, in memory and on disk: the confirmed state, its own acts that wait, and what people must still
 * see. Every window of the terminal has one; only the window that leads writes what the node says.
 */
export class LocalStore {
  readonly hall: Source<HallState> = liveValue<HallState>(emptyHallState);
  readonly fault: Source<string | null> = liveValue<string | null>(null);
  readonly department: Source<string | null> = liveValue<string | null>(null);
  readonly standing: Source<Standing>;
  /** Number of unacknowledged acts. */
  readonly waiting: Source<number> = liveValue(0);
  readonly notices = new NoticeBoard();
  readonly writer: Writer;
  readonly fold: HallFold;
  /** Last event applied. */
  seq = 0;
  epoch: string | null = null;
  /** Events in the state that this version did not understand. */
  unknown = 0;
  /** The state was folded by a version that understood less: ask for everything. */
  outdated = false;
  /** Only one window of a terminal writes what the node says. */
  leads = true;
  private readonly journal: OutboxJournal;
  private rows: HeldRow[] = [];
  /** Answered rows that rest as they were sent: refused, or claims that have come to something. */
  private readonly unrested = new Set<HeldRow>();
  private readonly byId = new Map<string, PendingEntry>();
  /** Acts kept by this window so far. */
  kept = 0;
  /** Each row up to here is held or known to be gone. Windows write in turn: `acked` may pass no row of another one unseen. */
  private readUpTo = 0;
  /** The last row that this window itself has written. */
  private writtenUpTo = 0;
  private acked = 0;
  /** Acknowledged rows up to here wait again and have not been read yet. */
  private requeueUpTo = 0;
  /** The role whose sight the state held is; null: not noted yet. */
  private foldedFor: string | null = null;
  private sinceSnapshot = 0;
  private snapshotPlanned = false;
  private lastBatchAt = 0;
  private saveFailed = false;
  private closed = false;
  private stopHousekeeping: () => void = () => undefined;
  private markPlanned = false;
  private tryPlanned = false;

  constructor(
    readonly db: HallDatabase,
    private readonly setting: StoreSetting,
    private generation: number,
    journaled: readonly string[],
  ) {
    const { environment, role, deviceId } = setting;
    this.journal = new OutboxJournal(environment, journaled);
    this.writer = new Writer(db, (error) => this.afterWrite(error), setting.environment);
    this.fold = new HallFold({
      role,
      deviceId,
      now: setting.now,
      monotonicNow: environment.monotonicNow,
      after: environment.after,
      publish: (shown) => this.hall.set(shown),
      failed: (where, error) => environment.log("store.fault", { name: where, message: reasonOf(error) }),
    });
    this.fold.counterId = setting.info.counterId;
    this.standing = liveValue<Standing>({ name: setting.info.terminalName, isLocked: false }, sameMembers);
  }

  /**
   * Takes over what the database held.
   * @param kept what this window had kept when the reading began
   * @returns false, and nothing is changed, when it has kept something since: that would fall out of memory
   */
  async load(loaded: Loaded, kept = this.kept): Promise<boolean> {
    const rows = await this.unpack(loaded.outbox);
    if (kept !== this.kept || this.hasUnwritten) return false;
    // Nothing is awaited from here on: what is kept next comes behind all of this.
    this.seq = loaded.seq;
    this.unknown = loaded.unknown;
    this.outdated = loaded.outdated;
    this.sinceSnapshot = loaded.eventsSinceSnapshot;
    const epoch = loaded.meta.get("epoch");
    this.epoch = typeof epoch === "string" ? epoch : null;
    const counterId = loaded.meta.get("counterId");
    if (typeof counterId === "string") this.fold.counterId = counterId;
    const department = loaded.meta.get("department");
    if (typeof department === "string") this.workFor(department);
    const standing = loaded.meta.get("standing");
    if (standing !== undefined) this.standing.set(standing as Standing);
    const role = loaded.meta.get("role");
    this.foldedFor = typeof role === "string" ? role : null;
    // What was folded for another screen is not what this one may see.
    if (this.foldedFor !== null && this.foldedFor !== this.setting.role) this.outdated = true;
    const acked = loaded.meta.get("acked");
    this.acked = typeof acked === "number" ? acked : 0;
    this.readUpTo = Math.max(this.acked, loaded.outbox.at(-1)?.order ?? 0);
    this.rows = [];
    this.unrested.clear();
    this.byId.clear();
    this.hold(rows);
    this.journal.follow(loaded.outbox);
    this.notices.load(loaded.notices, this.setting.now());
    this.fold.load(loaded.state, this.pending());
    this.stopHousekeeping();
    this.stopHousekeeping = this.setting.environment.after(HOUR_MS, () => this.keepHouse());
    return true;
  }

  /** Unanswered acts in their order. */
  pending(): PendingEntry[] {
    return this.rows.flatMap((row) => row.entries.filter(({ outbound }) => this.byId.has(outbound.command.id)));
  }

  /** Something is on its way to the disk that was done before whatever comes now. */
  get isWriting(): boolean {
    return this.rows.at(-1)?.order === null;
  }

  private get hasUnwritten(): boolean {
    return this.rows.some(({ order }) => order === null);
  }

  /** Everything confirmed is on disk or on its way there. */
  get isSaved(): boolean {
    return !this.saveFailed;
  }

  get eventsSinceSnapshot(): number {
    return this.sinceSnapshot;
  }

  find(commandId: string): PendingEntry | undefined {
    return this.byId.get(commandId);
  }

  /** When the oldest unanswered act was done, hall time. */
  oldestAt(): number | null {
    for (const row of this.rows)
      for (const { outbound } of row.entries) if (this.byId.has(outbound.command.id)) return outbound.command.at;
    return null;
  }

  /**
   * Keeps acts of this terminal, each durable when `written` resolves. They are shown at once, and taken back if they
   * cannot be written.
   * @param hurry "soon": on their way to the node already, so that the disk may wait a moment for other writes
   */
  append(
    commands: readonly OutboundCommand[],
    hurry: Hurry = "now",
  ): { entries: readonly PendingEntry[]; written: Promise<void> } {
    const at = this.setting.now();
    const rows: HeldRow[] = [];
    for (let start = 0; start < commands.length; start += COMMANDS_PER_ROW)
      rows.push(holdRow(null, at, commands.slice(start, start + COMMANDS_PER_ROW)));
    const entries = rows.flatMap((row) => row.entries);
    this.kept += entries.length;
    for (const entry of entries) this.byId.set(entry.outbound.command.id, entry);
    this.rows.push(...rows);
    this.countWaiting();
    return { entries, written: this.writeRows(rows, hurry) };
  }

  /** Shows kept acts as done. */
  apply(entries: readonly PendingEntry[]): void {
    this.fold.add(entries);
  }

  /** Acts that could not be written have not been done. */
  takeBack(entries: readonly PendingEntry[]): void {
    const rows = new Set(entries.map(({ row }) => row));
    for (const { outbound } of entries) this.byId.delete(outbound.command.id);
    this.rows = this.rows.filter((row) => !rows.has(row));
    this.countWaiting();
  }

  /** Takes in rows that another window has written. */
  async readNewRows(): Promise<readonly PendingEntry[]> {
    const own = this.writtenUpTo;
    const rows = await this.db.outbox.where("order").above(this.readUpTo).toArray();
    const held = new Set(this.rows.map(({ order }) => order));
    const unseen = rows.filter(({ order = 0 }) => order > this.readUpTo && !held.has(order));
    const fresh = this.hold(await this.unpack(unseen));
    this.readUpTo = Math.max(this.readUpTo, own, rows.at(-1)?.order ?? 0);
    this.fold.add(fresh);
    // What was answered behind a gap waits for this.
    void this.save([], []);
    return fresh;
  }

  /** Those of acts on the disk that wait no more, in the window that has read all rows. */
  answeredOf(ids: readonly string[]): readonly string[] {
    // What waits to be read again is not held, and has no answer.
    return this.requeueUpTo > 0 ? [] : ids.filter((id) => !this.byId.has(id));
  }

  /**
   * Lets go of acts that were answered in the window that leads.
   * @returns whether any of them was taken for unsent here
   */
  letGo(ids: readonly string[]): boolean {
    const entries = ids.flatMap((id) => this.byId.get(id) ?? []);
    if (entries.length === 0) return false;
    this.fold.confirm([], new Set(entries));
    for (const { outbound, row } of entries) {
      this.byId.delete(outbound.command.id);
      row.open -= 1;
    }
    this.countWaiting();
    void this.save([], []);
    return true;
  }

  /**
   * Takes over what the node has put in order and answered: in memory at once, on disk in one transaction.
   * @returns resolves when it is on disk
   */
  confirm(
    batches: readonly ConfirmedBatch[],
    settled: readonly Settled[],
    unclaimed: (id: string) => boolean,
  ): Promise<void> {
    const events = batches.length === 1 && batches[0] ? batches[0].events : batches.flatMap((batch) => batch.events);
    this.fold.confirm(events, new Set(settled.map(({ entry }) => entry)));
    for (const batch of batches) {
      this.seq = batch.to;
      this.unknown += batch.unknown;
      this.sinceSnapshot += batch.events.length + batch.unknown;
    }
    const notices = [...this.anomaliesIn(events), ...this.settle(settled, unclaimed)];
    return this.save(
      batches.map(({ from, to, text }) => ({ from, to, text })),
      this.notices.add(notices),
    );
  }

  /**
   * Replaces the confirmed state by the node's snapshot.
   * @param sendsAgain the node has lost part of its log: what was acknowledged waits again, and that is written together
   *   with the new epoch. A terminal that ended in between would know the new log and never send what it lost.
   */
  async replace(state: HallState, seq: number, epoch: string, unknown: number, sendsAgain: boolean): Promise<void> {
    if (sendsAgain) {
      this.requeueUpTo = Math.max(this.requeueUpTo, this.acked);
      this.acked = 0;
    }
    this.seq = seq;
    this.epoch = epoch;
    this.unknown = unknown;
    this.outdated = false;
    const { role } = this.setting;
    this.foldedFor = role;
    this.fold.load(state, this.pending());
    const notices = this.notices.add(this.anomaliesOf(state));
    this.sinceSnapshot = 0;
    if (!this.leads) return;
    const row = this.snapshotRow();
    await this.guard(
      this.writer.write(async (db) => {
        await Promise.all([db.batches.clear(), db.snapshots.clear()]);
        await Promise.all([
          db.snapshots.put(row),
          db.meta.put({ key: "epoch", value: epoch }),
          db.meta.put({ key: "role", value: role }),
          sendsAgain ? db.meta.put({ key: "acked", value: 0 }) : null,
          db.notices.bulkPut([...notices]),
        ]);
      }),
    );
  }

  /** Keeps what the hall has decided of this terminal: a screen that is out of service stays so without the node. */
  stand(standing: Standing): void {
    if (sameMembers(standing, this.standing.get())) return;
    this.standing.set(standing);
    void this.guard(this.writer.write((db) => db.meta.put({ key: "standing", value: standing })));
  }

  private workFor(department: string | null): void {
    this.fold.department = department;
    this.department.set(department);
  }

  /** Begins the log of an epoch that this terminal held nothing of. */
  adoptEpoch(epoch: string, counterId: string | null, department: string | null): void {
    this.fold.counterId = counterId ?? this.fold.counterId;
    this.workFor(department);
    const { role } = this.setting;
    if (this.epoch === epoch && this.foldedFor === role) return;
    this.epoch = epoch;
    this.foldedFor = role;
    void this.guard(
      this.writer.write((db) =>
        db.meta.bulkPut([
          { key: "role", value: role },
          { key: "epoch", value: epoch },
          { key: "counterId", value: this.fold.counterId },
          { key: "department", value: department },
        ]),
      ),
    );
  }

  /**
   * After a `replace` that sends again: makes everything that was acknowledged wait. Whatever the node still has it will
   * recognise by its id.
   * @returns how many acts were added
   */
  async requeueSent(): Promise<number> {
    await this.writer.settled();
    // Answered already, and still behind one that is not: the answer was of the log that is no more.
    const answered = this.rows.filter(({ order, open, entries }) => order !== null && open < entries.length);
    const orders = answered.flatMap(({ order }) => order ?? []);
    const acknowledged = await this.db.outbox.where("order").belowOrEqual(this.requeueUpTo).toArray();
    const behind = await this.db.outbox.bulkGet(orders);
    const rows = [...acknowledged, ...behind.flatMap((row) => row ?? [])];
    const again = await this.unpack(rows);
    this.requeueUpTo = 0;
    for (const { entries } of answered) for (const { outbound } of entries) this.byId.delete(outbound.command.id);
    this.rows = this.rows.filter((row) => !answered.includes(row));
    const entries = this.hold(again);
    for (const stored of rows) this.journal.keep(storedRowKey(stored), stored);
    return entries.length;
  }

  /** A notice about the terminal itself. */
  report(id: string, code: LocalNoticeCode, params: Notice["refusal"]["params"]): void {
    const rows = this.notices.add([
      { id, kind: "anomaly", at: this.setting.now(), commandType: "Terminal", refusal: { code, params } },
    ]);
    if (rows.length > 0) void this.guard(this.writer.write((db) => db.notices.bulkPut([...rows])));
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stopHousekeeping();
    await this.writer.settled();
    await this.journal.close();
    this.writer.close();
    this.db.close();
  }

  private async unpack(rows: readonly OutboxRow[]): Promise<readonly HeldRow[]> {
    const unpacked: HeldRow[] = [];
    for (const stored of rows) {
      const order = stored.order ?? 0;
      try {
        const { commands, unreadable } = await unpackRow(stored, this.setting.sealer);
        unpacked.push(holdRow(order, stored.at, commands));
        if (unreadable > 0) this.report(`personal-${String(order)}`, "personal_unreadable", { count: unreadable });
      } catch (error) {
        // Left in the database as it is; a later version may be able to read it.
        this.setting.environment.log("store.fault", {
          name: `outbox row ${String(order)}`,
          message: reasonOf(error),
        });
      }
    }
    return unpacked;
  }

  /** Takes in rows that were read, each in its place: `acked` may only pass what stands in front. */
  private hold(rows: readonly HeldRow[]): PendingEntry[] {
    // One of this very window that the database has just been given is held already.
    const added = rows.filter(({ entries }) => !entries.some(({ outbound }) => this.byId.has(outbound.command.id)));
    const entries = added.flatMap((row) => row.entries);
    for (const entry of entries) this.byId.set(entry.outbound.command.id, entry);
    // What has no place yet gets one behind all that was ever read.
    this.rows = [...this.rows, ...added].sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity));
    this.countWaiting();
    return entries;
  }

  private async writeRows(rows: readonly HeldRow[], hurry: Hurry): Promise<void> {
    const packed: Omit<OutboxRow, "order">[] = [];
    // In the writer's line at once: sealing takes time, and what is done next must not come before it on the disk.
    const prepare: PrepareJob = async () => {
      for (const { entries, at } of rows) {
        const commands = entries.map(({ outbound }) => outbound);
        packed.push(await packRow(commands, at, this.setting.sealer));
      }
      return async (db) => {
        const orders = await db.outbox.bulkAdd(packed, { allKeys: true });
        rows.forEach((row, index) => {
          row.order = orders[index] ?? null;
        });
      };
    };
    await this.writer.writePrepared(prepare, hurry);
    this.placed(rows);
    rows.forEach((row, index) => {
      const body = packed[index];
      if (body && row.open > 0) this.journal.keep(keyOf(row), body);
    });
    // Its answer may have been quicker than the disk.
    if (rows.some((row) => row.open === 0)) void this.save([], []);
  }

  /** Rows of this window have their places on the disk, one behind the other. */
  private placed(rows: readonly HeldRow[]): void {
    const [first, last] = [rows[0]?.order ?? 0, rows.at(-1)?.order ?? 0];
    this.writtenUpTo = Math.max(this.writtenUpTo, last);
    if (first === this.readUpTo + 1) this.readUpTo = last;
    else if (last > this.readUpTo) this.setting.overtook();
  }

  private anomaliesIn(events: readonly DomainEvent[]): Notice[] {
    const notices: Notice[] = [];
    for (const event of events)
      if (event.type === "AnomalyRecorded" && event.data.deviceId === this.setting.deviceId)
        notices.push(noticeOfAnomaly(event.data, event.at, this.fold.confirmed));
    return notices;
  }

  private anomaliesOf(state: HallState): Notice[] {
    return state.anomalies
      .filter((anomaly) => anomaly.deviceId === this.setting.deviceId)
      .map((anomaly) => noticeOfAnomaly(anomaly, anomaly.at, state));
  }

  private settle(settled: readonly Settled[], unclaimed: (id: string) => boolean): (Notice & { command?: string })[] {
    const notices: (Notice & { command?: string })[] = [];
    for (const { entry, result } of settled) {
      const { command } = entry.outbound;
      this.byId.delete(command.id);
      entry.row.open -= 1;
      if (result.status === "refused" || command.mode === "claim") this.unrested.add(entry.row);
      if (result.status === "accepted") {
        if (command.mode === "claim") entry.row.kept.set(entry.index, asRecord(entry.outbound, this.fold.confirmed));
        continue;
      }
      entry.row.kept.set(entry.index, null);
      if (command.mode === "claim" && !unclaimed(command.id)) continue; // the caller's screen shows it
      if (command.mode === "record")
        this.setting.environment.log("sync.deadLetter", { commandType: command.type, reason: result.refusal.code });
      notices.push({
        id: command.id,
        kind: command.mode === "claim" ? "refusal" : "deadLetter",
        at: command.at,
        commandType: command.type,
        refusal: result.refusal,
        command: JSON.stringify(command),
      });
    }
    if (settled.length > 0) this.countWaiting();
    return notices;
  }

  private async save(
    batches: readonly BatchRow[],
    notices: readonly (Notice & { closed: boolean; command: string | null })[],
  ): Promise<void> {
    const acked = this.acknowledge();
    // The window that leads writes how they rest.
    if (!this.leads) return this.rested(this.toRest());
    if (batches.length + notices.length + acked + this.toRest().length === 0) return;
    this.lastBatchAt = this.setting.environment.monotonicNow();
    // In the writer's line at once: a snapshot that is asked for next comes behind it.
    const written = this.writeWithRest("soon", (db) =>
      Promise.all([
        batches.length === 0 ? null : db.batches.bulkPut([...batches]),
        notices.length === 0 ? null : db.notices.bulkPut([...notices]),
        acked === 0 ? null : db.meta.put({ key: "acked", value: acked }),
      ]),
    );
    if (this.sinceSnapshot >= SNAPSHOT_EVERY) this.planSnapshot();
    await this.guard(written);
  }

  /** Lets go of the answered rows in front. @returns the last of them, 0 for none */
  private acknowledge(): number {
    // What waits to be read again stands before all of them.
    if (this.requeueUpTo > 0) return 0;
    let acked = 0;
    const passable = this.leads ? this.readUpTo : Infinity;
    while (this.rows[0]?.open === 0 && (this.rows[0].order ?? Infinity) <= passable) {
      const row = this.rows.shift();
      if (!row || row.order === null) break;
      acked = row.order;
      this.journal.drop(keyOf(row));
    }
    if (acked <= this.acked) return 0;
    this.acked = acked;
    return acked;
  }

  /** Those that have a place on the disk; the others rest with the save that follows their writing. */
  private toRest(): readonly HeldRow[] {
    return [...this.unrested].filter(({ order }) => order !== null);
  }

  /**
   * Writes together with answered rows as they rest from now on, also behind an older one that has no answer yet: a program that ends in between must not
   * claim again, of a node put back from a backup, what was refused, nor ask for a number that is printed already. So `acked` is written by this alone.
   */
  private async writeWithRest(hurry: Hurry, job: WriteJob): Promise<void> {
    let rows: readonly HeldRow[] = [];
    let known: readonly number[] = [];
    const prepare: PrepareJob = async () => {
      rows = this.toRest();
      known = rows.map(({ kept }) => kept.size);
      const { rewritten, removed } = await this.packRest(rows);
      return (db) =>
        Promise.all([
          rewritten.length === 0 ? null : db.outbox.bulkPut(rewritten),
          removed.length === 0 ? null : db.outbox.bulkDelete(removed),
          job(db),
        ]);
    };
    await this.writer.writePrepared(prepare, hurry);
    // Another answer in a row, meanwhile: it is written once more.
    this.rested(rows.filter(({ kept }, index) => kept.size === known[index]));
  }

  private async packRest(rows: readonly HeldRow[]): Promise<{ rewritten: OutboxRow[]; removed: number[] }> {
    const rewritten: OutboxRow[] = [];
    const removed: number[] = [];
    for (const row of rows) {
      if (row.order === null) continue;
      const kept = keptRow(row) ?? [];
      if (kept.length === 0) removed.push(row.order);
      else rewritten.push({ order: row.order, ...(await packRow(kept, row.at, this.setting.sealer)) });
    }
    return { rewritten, removed };
  }

  /** How they rest is on the disk. */
  private rested(rows: readonly HeldRow[]): void {
    for (const row of rows) {
      this.unrested.delete(row);
      if (keptRow(row)?.length === 0) this.journal.drop(keyOf(row));
    }
  }

  /** What the node says can be had again: when it cannot be written, everything is written anew as soon as it can. */
  private async guard(written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch {
      if (this.saveFailed || this.closed) return;
      this.saveFailed = true;
      this.setting.environment.after(RETRY_SAVE_MS, () => void this.saveAnew());
    }
  }

  private async saveAnew(): Promise<void> {
    if (this.closed) return;
    const snapshot = this.snapshotJob();
    const notices = this.notices.all();
    try {
      await this.writeWithRest("now", async (db) => {
        await snapshot(db);
        await db.notices.bulkPut([...notices]);
      });
      this.saveFailed = false;
    } catch {
      this.setting.environment.after(RETRY_SAVE_MS, () => void this.saveAnew());
    }
  }

  private planSnapshot(): void {
    if (this.snapshotPlanned) return;
    this.snapshotPlanned = true;
    const { environment } = this.setting;
    const look = (): void => {
      if (this.closed) return;
      const quiet = environment.monotonicNow() - this.lastBatchAt >= QUIET_MS;
      if (!quiet && this.sinceSnapshot < SNAPSHOT_EVERY * 10) return void environment.after(QUIET_MS, look);
      environment.whenIdle(() => {
        this.snapshotPlanned = false;
        if (!this.closed) void this.writeSnapshot();
      });
    };
    environment.after(QUIET_MS, look);
  }

  private snapshotRow(): SnapshotRow {
    const text = JSON.stringify(toSnapshot(this.fold.confirmed));
    return { seq: this.seq, text, app: this.setting.info.appVersion, unknown: this.unknown };
  }

  /** Writes the confirmed state of now and drops what only an older one than the last two needs. */
  private snapshotJob(): WriteJob {
    const row = this.snapshotRow();
    const { acked, epoch } = this;
    this.sinceSnapshot = 0;
    return async (db) => {
      await db.snapshots.put(row);
      await db.meta.bulkPut([
        { key: "acked", value: acked },
        { key: "epoch", value: epoch },
      ]);
      const older = (await db.snapshots.orderBy("seq").primaryKeys()).at(-2);
      if (older === undefined) return;
      await db.snapshots.where("seq").below(older).delete();
      await db.batches.where("to").belowOrEqual(older).delete();
    };
  }

  writeSnapshot(): Promise<void> {
    return this.guard(this.writeWithRest("now", this.snapshotJob()));
  }

  /** Drops acknowledged acts and closed notices that are past their time. */
  private keepHouse(): void {
    if (this.closed) return;
    const before = this.setting.now() - SENT_KEPT_MS;
    void this.guard(
      this.writer.write(async (db) => {
        const old = await db.outbox.where("at").below(before).primaryKeys();
        await db.outbox.bulkDelete(old.filter((order) => order <= this.acked));
        await db.notices.filter((row) => row.closed && row.at < before).delete();
      }),
    );
    this.stopHousekeeping = this.setting.environment.after(HOUR_MS, () => this.keepHouse());
  }

  private afterWrite(error: unknown): void {
    if (this.closed) return;
    const reason = error === null ? null : reasonOf(error);
    if (reason !== null && this.fault.get() === null)
      this.setting.environment.log("store.fault", { name: "write", message: reason });
    this.fault.set(reason);
    if (reason !== null) this.planTry();
  }

  /** A screen that says that it keeps nothing may see nobody who would have it try: it tries by itself. */
  private planTry(): void {
    if (this.tryPlanned) return;
    this.tryPlanned = true;
    this.setting.environment.after(RETRY_SAVE_MS, () => {
      this.tryPlanned = false;
      if (this.closed || this.fault.get() === null) return;
      this.writer
        .write((db) => db.meta.put({ key: "tried", value: this.setting.now() }))
        .catch(() => undefined /* told by `fault` */);
    });
  }

  private countWaiting(): void {
    this.waiting.set(this.byId.size);
    if (this.markPlanned) return;
    this.markPlanned = true;
    this.setting.environment.after(1_000, () => {
      this.markPlanned = false;
      if (this.closed) return;
      writeMark(
        this.setting.deviceId,
        { generation: this.generation, unsent: this.byId.size },
        this.setting.environment,
      );
    });
  }
}

const keyOf = (row: HeldRow): string => rowKey(row.entries.map(({ outbound }) => outbound));

const noticeOfAnomaly = (
  anomaly: Extract<DomainEvent, { type: "AnomalyRecorded" }>["data"],
  at: number,
  state: HallState,
): Notice => {
  // The event names only ids; a person wants the words.
  const ticket = state.tickets.get(anomaly.ticketId ?? "");
  const business = state.plan?.businesses.find(({ id }) => id === ticket?.businessId);
  return {
    id: anomaly.anomalyId,
    kind: "anomaly",
    at,
    commandType: anomaly.commandType,
    refusal: {
      code: anomaly.code as Notice["refusal"]["code"],
      params: {
        number: ticket?.number ?? anomaly.number ?? UNKNOWN,
        counter: anomaly.counterId ?? ticket?.counterId ?? UNKNOWN,
        business: business?.name ?? UNKNOWN,
        cap: business?.dailyCap ?? UNKNOWN,
      },
    },
  };
};

const UNKNOWN = "—";
