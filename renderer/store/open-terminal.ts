import type { CommandResult, OutboundCommand } from "../../shared/contract/api.ts";
import type { PaperPrint, PersonCardOutcome, PrintOutcome, TerminalInfo } from "../../shared/contract/ipc.ts";
import type { Command, CommandData, CommandType } from "../../shared/domain/hall/commands.ts";
import { Answers } from "../sync/answers.ts";
import { HallClock } from "../sync/hall-clock.ts";
import { SyncRunner, type Feed } from "../sync/runner.ts";
import { CatalogueShelf } from "./catalogue-shelf.ts";
import { ClerkDesk } from "./clerk-desk.ts";
import type { Environment, WindowChannel } from "./environment.ts";
import { FileShelf } from "./files/file-shelf.ts";
import { askNode } from "./http.ts";
import { liveValue, sameMembers, type Source } from "./live.ts";
import { loadDatabase, type Loaded } from "./load.ts";
import { LocalStore } from "./local-store.ts";
import { openDatabase, readMark, type OpenedDatabase } from "./open-database.ts";
import type { PendingEntry } from "./outbox.ts";
import { makeSealer, type Sealer } from "./seal.ts";
import type { Connection, SendOutcome, Standing, Terminal, UnlockOutcome } from "./terminal.ts";
import { SessionKeeper, type Credentials } from "./session-keeper.ts";
import { reasonOf } from "./reason-of.ts";
import { within } from "./within.ts";

/** A claim without an answer after this long may still take effect; the screen says so. */
const ANSWER_MS = 3_000;
/** A claim made while the first connection is being made waits for it this long. */
const START_MS = 1_500;
const LOCK_MS = 50;
/** A window that ended before it had written leaves the database behind for good. */
const MOST_LOOKS = 20;
const TICK_MS = 1_000;
const HEARD_STEP_MS = 5_000;
const OFFSET_SAVED_MS = 250;
/** Whoever is still at a screen has touched it within this time. */
const UNTOUCHED_MS = 60_000;
/** What Chromium needs to open its databases, and some more. */
const ROOM_MB = 20;
/** Who has something to send: materials at a counter, what was signed on the second screen. */
const HAS_FILES: readonly string[] = ["window", "desk", "review"];

/** What else than the store a terminal needs. */
export interface TerminalParts {
  readonly info: TerminalInfo;
  readonly environment: Environment;
  readonly print: (paper: PaperPrint) => Promise<PrintOutcome>;
  readonly readPersonCard: () => Promise<PersonCardOutcome>;
  readonly cancelPersonCard: () => void;
  /** The screen has been drawn: until then nothing is done that it does not need. */
  readonly drawn: Promise<void>;
}

/** An act to be kept together with many others. */
export type ManyRecords = readonly {
  [T in CommandType]: { readonly type: T; readonly data: CommandData<T>; readonly at?: number };
}[CommandType][];

/** A terminal with what only the boot, tests and benches use. */
export interface OpenTerminal extends Terminal {
  /** Keeps many records in one transaction; resolves when they are durable here. */
  sendMany(records: ManyRecords): Promise<readonly string[]>;
  /** Resolves when everything taken in so far is on disk. */
  settled(): Promise<void>;
  /** Last event applied. */
  seq(): number;
  /** Whether this window is the one that syncs. */
  leads(): boolean;
  readonly store: LocalStore;
  close(): Promise<void>;
}

/** Messages between the windows of one terminal. */
type WindowMessage =
  | { readonly kind: "here" }
  | { readonly kind: "leading" }
  | { readonly kind: "rows"; readonly awaited: readonly string[] }
  /** A window that follows has read these from the database, without an answer. */
  | { readonly kind: "unsent"; readonly ids: readonly string[] }
  | { readonly kind: "answered"; readonly ids: readonly string[] }
  | { readonly kind: "fed"; readonly feed: Feed }
  | { readonly kind: "replaced" }
  | { readonly kind: "connection"; readonly connection: Connection; readonly offset: number }
  | { readonly kind: "notices" }
  | { readonly kind: "standing"; readonly standing: Standing }
  | { readonly kind: "clerk" }
  | { readonly kind: "catalogue" };

/**
 * Opens the terminal of this window: loads what the local database holds, shows it without waiting for the network, and
 * syncs when this window is the first of the terminal (Web Locks).
 */
export const openTerminal = async (parts: TerminalParts): Promise<OpenTerminal> => {
  const { info, environment } = parts;
  if (info.role === "launcher" || info.credentials === null || info.nodeUrl === null)
    throw new Error("a terminal without credentials has no store");
  const stop = new AbortController();
  let isFirst = false;
  let lead: () => void = () => void (isFirst = true);
  const locked = environment.withLock(
    `service-hall-${info.credentials.deviceId}`,
    stop.signal,
    () =>
      new Promise<void>((release) => {
        stop.signal.addEventListener("abort", () => release());
        lead();
      }),
  );
  locked.catch((error: unknown) => {
    if (!stop.signal.aborted) environment.log("store.fault", { name: "lock", message: reasonOf(error) });
  });
  // The lock is usually free; whoever has it before reading need not read a second time.
  const mayRead = new Promise<void>((resolve) => {
    const callOff = environment.after(LOCK_MS, resolve);
    lead = () => {
      isFirst = true;
      callOff();
      resolve();
    };
    if (isFirst) lead();
  });
  let ledBefore = false;
  const { deviceId } = info.credentials;
  const opened = await openDatabase(
    deviceId,
    info.appVersion,
    environment,
    mayRead.then(() => void (ledBefore = isFirst)),
  );
  const terminal = new WindowTerminal(parts, opened, stop, readMark(deviceId, environment)?.generation ?? 0);
  await terminal.start(opened);
  if (ledBefore) void parts.drawn.then(() => terminal.lead());
  else if (isFirst) await terminal.takeOverLead();
  else lead = () => void terminal.takeOverLead();
  return terminal;
};

const waitUntil = async (isSo: () => boolean, ms: number, environment: Environment): Promise<void> => {
  const until = environment.monotonicNow() + ms;
  while (!isSo() && environment.monotonicNow() < until)
    await new Promise<void>((resolve) => void environment.after(1, resolve));
};

class WindowTerminal implements OpenTerminal {
  readonly info: TerminalInfo;
  readonly store: LocalStore;
  readonly hall: Terminal["hall"];
  readonly notices: Terminal["notices"];
  readonly catalogue: CatalogueShelf;
  readonly clerk: Terminal["clerk"];
  readonly locked: Terminal["locked"];
  readonly department: Terminal["department"];
  readonly standing: Terminal["standing"];
  readonly connection: Source<Connection>;
  readonly files: FileShelf;
  private readonly environment: Environment;
  private readonly sealer: Sealer;
  private readonly clock: HallClock;
  private readonly answers: Answers;
  private readonly desk: ClerkDesk;
  private readonly channel: WindowChannel;
  private readonly nodeUrl: string;
  private readonly credentials: Credentials;
  private readonly session: SessionKeeper;
  private runner: SyncRunner | null = null;
  private othersThere = false;
  private savedOffset = Number.NaN;
  private stopTick: () => void = () => undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: TerminalParts,
    { db, journaled }: OpenedDatabase,
    private readonly stop: AbortController,
    generation: number,
  ) {
    const { info, environment } = parts;
    if (info.role === "launcher" || info.credentials === null || info.nodeUrl === null)
      throw new Error("a terminal without credentials has no store");
    this.info = info;
    this.environment = environment;
    this.nodeUrl = info.nodeUrl;
    this.credentials = info.credentials;
    this.session = new SessionKeeper(info.credentials, environment);
    this.clock = new HallClock(environment);
    this.answers = new Answers(environment);
    this.sealer = makeSealer(info.dataKey, environment.crypto);
    const now = (): number => this.clock.now();
    const { deviceId } = info.credentials;
    this.store = new LocalStore(
      db,
      {
        info,
        deviceId,
        role: info.role,
        environment,
        sealer: this.sealer,
        now,
        overtook: () => void this.readRows(),
      },
      generation,
      journaled,
    );
    this.store.leads = false;
    const { writer } = this.store;
    const { session, nodeUrl, sealer } = this;
    this.desk = new ClerkDesk({ nodeUrl, deviceId, session, environment, sealer, writer, now });
    this.clerk = this.desk.live;
    this.locked = this.desk.locked;
    this.hall = this.store.hall;
    this.department = this.store.department;
    this.standing = this.store.standing;
    this.standing.subscribe(() => this.stood(this.store.standing.get()));
    this.notices = this.store.notices.live;
    this.catalogue = new CatalogueShelf(
      this.nodeUrl,
      db,
      writer,
      environment,
      () => this.runner !== null,
      () => this.post({ kind: "catalogue" }),
    );
    this.connection = liveValue<Connection>(
      {
        link: "starting",
        isNodeDistrusted: false,
        lastHeardAt: null,
        outbox: 0,
        oldestMs: 0,
        stalled: false,
        isUnpaired: false,
        city: { state: "none", behind: 0 },
        storeFault: null,
      },
      sameConnection,
    );
    this.files = new FileShelf({ nodeUrl, deviceId, session, environment, sealer, connection: this.connection, now });
    this.channel = environment.openChannel(`service-hall-${deviceId}`);
  }

  /** Shows what the database holds. */
  async start({ loaded, start, recovered }: OpenedDatabase): Promise<void> {
    const offset = loaded.meta.get("clock");
    if (typeof offset === "number") {
      this.clock.assume(offset);
      this.savedOffset = offset;
    }
    await Promise.all([this.store.load(loaded), this.desk.load(loaded.meta.get("clerk"))]);
    if (start.kind === "setAside") {
      const name = start.names.join(", ");
      this.store.report(`aside-${name}`, "store_set_aside", { name, saved: start.saved });
    }
    if (recovered > 0) this.store.report(`recovered-${String(this.now())}`, "store_recovered", { acts: recovered });
    if (start.kind === "lost") this.store.report(`lost-${String(this.now())}`, "store_lost", { unsent: start.unsent });
    this.store.waiting.subscribe(() => this.refresh());
    this.store.fault.subscribe(() => this.refresh());
    this.channel.listen((message) => this.hear(message as WindowMessage));
    this.post({ kind: "here" }, true);
    this.askAfter(this.store.pending());
    this.refresh();
    this.tick();
  }

  /** Becomes the window that syncs. What was loaded is what the database holds. */
  lead(): void {
    if (this.stop.signal.aborted) return;
    const { environment, store, clock, info, credentials } = this;
    store.leads = true;
    this.runner = new SyncRunner({
      nodeUrl: this.nodeUrl,
      credentials,
      session: this.session,
      info,
      environment,
      store,
      clock,
      unclaimed: (commandId) => !this.answers.isAwaited(commandId),
      fed: (feed) => this.fed(feed),
      replaced: () => {
        void store.writer.settled().then(() => this.post({ kind: "replaced" }));
        void this.files.offerAgain();
      },
      changed: () => this.refresh(),
      catalogueVersion: (version) => this.catalogue.want(version),
    });
    this.post({ kind: "leading" }, true);
    if (HAS_FILES.includes(info.role)) this.files.lead();
  }

  /** Becomes the window that syncs after another one was it. */
  async takeOverLead(): Promise<void> {
    if (this.stop.signal.aborted) return;
    await this.reload();
    this.lead();
  }

  now(): number {
    return this.clock.now();
  }

  newId(): string {
    return this.environment.newId();
  }

  seq(): number {
    return this.store.seq;
  }

  leads(): boolean {
    return this.runner !== null;
  }

  settled(): Promise<void> {
    return this.store.writer.settled();
  }

  async send<T extends CommandType>(
    type: T,
    data: CommandData<T>,
    options: Parameters<Terminal["send"]>[2],
  ): Promise<SendOutcome> {
    const id = this.newId();
    const command = { id, type, mode: options.mode, at: this.now(), data } as unknown as Command;
    const clerkId = this.clerk.get()?.clerkId ?? null;
    const outbound: OutboundCommand = { command, clerkId, personal: options.personal ?? [] };
    return options.mode === "record" ? this.keep(outbound) : this.claim(outbound);
  }

  async sendMany(records: ManyRecords): Promise<readonly string[]> {
    const clerkId = this.clerk.get()?.clerkId ?? null;
    const now = this.now();
    const commands = records.map(({ type, data, at }): OutboundCommand => {
      const command = { id: this.newId(), type, mode: "record", at: at ?? now, data } as unknown as Command;
      return { command, clerkId, personal: [] };
    });
    const { entries, written } = this.store.append(commands);
    try {
      await written;
    } catch (error) {
      this.store.takeBack(entries);
      throw error;
    }
    this.dispatch(entries);
    this.store.apply(entries);
    return commands.map(({ command }) => command.id);
  }

  async closeNotice(id: string): Promise<void> {
    await this.store.notices.close(id, this.store.writer);
    this.post({ kind: "notices" });
  }

  async login(...typed: Parameters<Terminal["login"]>): ReturnType<Terminal["login"]> {
    const outcome = await this.desk.login(...typed);
    if (outcome.ok) this.post({ kind: "clerk" });
    return outcome;
  }

  /** The hall has said how this terminal stands. Put out of service, nobody is signed in at it any more; the node ended that as well. */
  private stood(standing: Standing): void {
    this.post({ kind: "standing", standing });
    if (standing.isLocked && this.clerk.get() !== null) void this.logout();
  }

  async logout(): Promise<void> {
    await this.desk.logout();
    this.post({ kind: "clerk" });
  }

  lock(): void {
    this.desk.lock();
  }

  async unlock(password: string): Promise<UnlockOutcome> {
    const outcome = await this.desk.unlock(password);
    if (outcome.kind === "ended") this.post({ kind: "clerk" });
    return outcome;
  }

  print(paper: PaperPrint): Promise<PrintOutcome> {
    return this.parts.print(paper);
  }

  readPersonCard(): Promise<PersonCardOutcome> {
    return this.parts.readPersonCard();
  }

  cancelPersonCard(): void {
    this.parts.cancelPersonCard();
  }

  ask(path: string, body: unknown): ReturnType<Terminal["ask"]> {
    return askNode(this.environment, this.nodeUrl + path, body);
  }

  askAs(path: string, body: object): ReturnType<Terminal["askAs"]> {
    const url = this.nodeUrl + path;
    return this.present((credentials) => askNode(this.environment, url, { ...credentials, ...body }));
  }

  present: Terminal["present"] = (ask) => this.session.present(ask);

  async readDraft(key: string): Promise<unknown> {
    try {
      const row = await within(this.store.db.drafts.get(key), this.environment);
      return row ? await this.sealer.open(row.sealed) : undefined;
    } catch {
      return undefined; // a draft that cannot be read is typed again
    }
  }

  async writeDraft(key: string, value: unknown): Promise<void> {
    if (value === undefined || value === null) return this.store.writer.write((db) => db.drafts.delete(key));
    const sealed = await this.sealer.seal(value);
    await this.store.writer.write((db) => db.drafts.put({ key, sealed }));
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.stopTick();
    this.runner?.close();
    this.runner = null;
    this.catalogue.close();
    this.files.close();
    this.channel.close();
    await this.store.close();
  }

  private async keep(outbound: OutboundCommand): Promise<SendOutcome> {
    const { entries, written } = this.store.append([outbound]);
    try {
      await written;
    } catch (error) {
      this.store.takeBack(entries);
      return { status: "notKept", reason: reasonOf(error) };
    }
    this.store.apply(entries);
    this.dispatch(entries);
    return { status: "kept", commandId: outbound.command.id };
  }

  private async claim(outbound: OutboundCommand): Promise<SendOutcome> {
    if (this.connection.get().link === "starting")
      await waitUntil(() => this.connection.get().link !== "starting", START_MS, this.environment);
    if (this.connection.get().link !== "online") return { status: "offline" };
    const commandId = outbound.command.id;
    // On the wire while it is being written, unless something older has to go first; nothing has to that a failing disk holds up.
    const isAlone = !this.store.isWriting || this.store.fault.get() !== null;
    const early = this.runner !== null && this.runner.sender.isIdle && isAlone;
    const answer = this.answers.wait(commandId, ANSWER_MS);
    const { entries, written } = this.store.append([outbound], early ? "soon" : "now");
    if (!early) {
      try {
        await written;
      } catch (error) {
        this.store.takeBack(entries);
        return { status: "notKept", reason: reasonOf(error) };
      }
      this.dispatch(entries);
      const result = await answer;
      return result === null ? { status: "unanswered", commandId } : outcomeOf(result);
    }
    this.runner?.send(entries);
    const kept = written.then(
      () => null,
      (error: unknown) => {
        this.store.takeBack(entries);
        return reasonOf(error);
      },
    );
    // What the node has decided is durable there: nobody has to wait for this terminal's own disk.
    const result = await answer;
    if (result !== null) return outcomeOf(result);
    const reason = await kept;
    return reason === null ? { status: "unanswered", commandId } : { status: "notKept", reason };
  }

  /** Gives kept acts to the window that syncs. */
  private dispatch(entries: readonly PendingEntry[]): void {
    this.runner?.send(entries);
    const claims = entries.filter(({ outbound }) => outbound.command.mode === "claim");
    this.post({ kind: "rows", awaited: claims.map(({ outbound }) => outbound.command.id) }, this.runner === null);
  }

  private fed(feed: Feed): void {
    this.answers.give(feed.results);
    if (!this.othersThere) return;
    const batches = feed.batches.map((batch) => ({ ...batch, text: "" }));
    this.post({ kind: "fed", feed: { batches, results: feed.results } });
  }

  private post(message: WindowMessage, always = false): void {
    if (always || this.othersThere) this.channel.post(message);
  }

  private hear(message: WindowMessage): void {
    switch (message.kind) {
      case "here":
      case "leading":
        this.othersThere = true;
        if (message.kind === "leading" && this.runner === null) this.post({ kind: "here" });
        if (this.runner === null) return;
        this.tellStand();
        // What it told of before there was anybody to hear.
        void this.readRows();
        return;
      case "rows":
        this.answers.awaitedElsewhere(message.awaited, ANSWER_MS);
        void this.readRows();
        return;
      case "unsent":
        return void this.tellAnswered(message.ids);
      case "answered":
        return void this.inTurn(() => this.letGo(message.ids));
      case "fed":
        return void this.inTurn(() => this.follow(message.feed));
      case "replaced":
        if (this.runner === null) void this.reload();
        return;
      case "connection":
        if (this.runner !== null) return;
        this.clock.assume(message.offset);
        this.connection.set({ ...message.connection, storeFault: this.store.fault.get() });
        return;
      case "standing":
        if (this.runner === null) this.store.standing.set(message.standing);
        return;
      case "notices":
        void this.store.notices.reload(this.store.db, this.now());
        return;
      case "clerk":
        void this.store.db.meta.get("clerk").then((row) => this.desk.load(row?.value));
        return;
      case "catalogue":
        return this.catalogue.reload();
    }
  }

  /** Acts that another window has kept. */
  private readRows(): Promise<void> {
    return this.inTurn(async () => {
      const fresh = await this.store.readNewRows();
      this.runner?.send(fresh);
      this.askAfter(fresh);
    });
  }

  /** What was read from the database may have been answered before this window could hear of it, and only the one that syncs knows. */
  private askAfter(entries: readonly PendingEntry[]): void {
    if (this.runner !== null) return;
    // One that is still being written nobody else can know.
    const ids = entries.filter(({ row }) => row.order !== null).map(({ outbound }) => outbound.command.id);
    if (ids.length > 0) this.post({ kind: "unsent", ids }, true);
  }

  private async tellAnswered(ids: readonly string[]): Promise<void> {
    if (this.runner === null) return;
    // What it does not hold now has been answered, and the notices of that are written.
    await this.readRows();
    await this.settled();
    const answered = this.store.answeredOf(ids);
    if (answered.length > 0) this.post({ kind: "answered", ids: answered });
  }

  private async letGo(ids: readonly string[]): Promise<void> {
    if (this.runner !== null || !this.store.letGo(ids)) return;
    await this.store.notices.reload(this.store.db, this.now());
  }

  /** Takes over what the window that syncs was fed. */
  private async follow({ batches, results }: Feed): Promise<void> {
    if (this.runner !== null) return;
    const [first, last] = [batches[0], batches.at(-1)];
    if (first && last && first.from !== this.store.seq) {
      if (last.to > this.store.seq) await this.readAnew(last.to);
      return this.answers.give(results);
    }
    const settled = results.flatMap((result) => {
      const entry = this.store.find(result.commandId);
      return entry ? [{ entry, result }] : [];
    });
    void this.store.confirm(batches, settled, (commandId) => !this.answers.isAwaited(commandId));
    this.answers.give(results);
  }

  private reload(): Promise<void> {
    return this.inTurn(() => this.readAnew(0));
  }

  /** One after the other: what comes while the database is read is taken in on top of it. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.reading = this.reading
      .then(work)
      .catch((error: unknown) => this.environment.log("store.fault", { name: "read", message: reasonOf(error) }));
    return this.reading;
  }

  /** @param least the last event that the window that syncs has told of */
  private async readAnew(least: number): Promise<void> {
    for (;;) {
      await this.store.writer.settled();
      const { kept } = this.store;
      const loaded = await this.readDatabase(least);
      // What this window has kept meanwhile is not in there.
      if (await this.store.load(loaded, kept)) return this.askAfter(this.store.pending());
    }
  }

  /** A window is told before the one that syncs has written: a database that is behind that is read once more. */
  private async readDatabase(least: number): Promise<Loaded> {
    for (let looks = 1; ; looks += 1) {
      const loaded = await loadDatabase(this.store.db, this.info.appVersion);
      const isBehind =
        loaded.seq < least || (loaded.meta.get("epoch") === this.store.epoch && loaded.seq < this.store.seq);
      if (!isBehind || looks === MOST_LOOKS) return loaded;
      await new Promise<void>((resolve) => void this.environment.after(LOCK_MS, resolve));
    }
  }

  private refresh(): void {
    const { store, runner } = this;
    if (runner === null) {
      this.connection.set({
        ...this.connection.get(),
        outbox: store.waiting.get(),
        storeFault: store.fault.get(),
      });
      return;
    }
    const oldestAt = store.oldestAt();
    const heard = runner.heardAt === 0 ? null : this.now() - (this.environment.monotonicNow() - runner.heardAt);
    const step = runner.link === "online" ? HEARD_STEP_MS : 1;
    this.connection.set({
      link: runner.link,
      isNodeDistrusted: runner.isNodeDistrusted,
      lastHeardAt: heard === null ? null : Math.floor(heard / step) * step,
      outbox: store.waiting.get(),
      oldestMs: oldestAt === null ? 0 : Math.max(0, this.now() - oldestAt),
      stalled: runner.stalled,
      isUnpaired: runner.isUnpaired,
      city: runner.city,
      storeFault: store.fault.get(),
    });
    if (this.othersThere) this.tellConnection();
  }

  /**
   * Chromium's database may stay silent for good after a full disk, for all that a page asks; it answers the next page. Not while
   * somebody is signed in or at the screen: what is on it would be lost.
   */
  private async beginAnew(): Promise<void> {
    const { machine } = this.environment;
    if (machine === null || this.clerk.get() !== null || machine.untouchedMs() < UNTOUCHED_MS) return;
    const facts = await machine.facts().catch(() => null);
    if ((facts?.diskFreeMb ?? 0) < ROOM_MB || !this.store.writer.isSilent || this.stop.signal.aborted) return;
    this.environment.log("store.fault", { name: "silent", message: "begun anew, now that there is room" });
    machine.beginAnew();
  }

  /** To a window that has just come: it may have read the database before the last of it was written. */
  private tellStand(): void {
    this.tellConnection();
    const { seq } = this.store;
    this.post({
      kind: "fed",
      feed: { batches: [{ from: seq, to: seq, events: [], unknown: 0, text: "" }], results: [] },
    });
  }

  private tellConnection(): void {
    this.channel.post({ kind: "connection", connection: this.connection.get(), offset: this.clock.measured });
  }

  /** Ages grow by themselves, so they are looked at every second. */
  private tick(): void {
    this.refresh();
    if (this.store.writer.isSilent) void this.beginAnew();
    this.session.look();
    const offset = this.clock.measured;
    if (this.runner !== null && offset !== 0 && !(Math.abs(offset - this.savedOffset) < OFFSET_SAVED_MS)) {
      this.savedOffset = offset;
      this.store.writer.write((db) => db.meta.put({ key: "clock", value: offset })).catch(() => undefined);
    }
    this.stopTick = this.environment.after(TICK_MS, () => this.tick());
  }
}

const sameConnection = (left: Connection, right: Connection): boolean =>
  sameMembers({ ...left, city: "" }, { ...right, city: "" }) && sameMembers(left.city, right.city);

const outcomeOf = (result: CommandResult): SendOutcome =>
  result.status === "accepted"
    ? { status: "accepted", commandId: result.commandId, seq: result.seq }
    : { status: "refused", commandId: result.commandId, refusal: result.refusal };
