import {
  PROTOCOL_VERSION,
  type CityLink,
  type CommandResult,
  type NodeMessage,
  type TerminalMessage,
  type TerminalStanding,
} from "../../shared/contract/api.ts";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { emptyHallState, fromSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import type { Environment } from "../store/environment.ts";
import { understand } from "../store/load.ts";
import type { ConfirmedBatch, LocalStore, Settled } from "../store/local-store.ts";
import type { PendingEntry } from "../store/outbox.ts";
import { NodeConnection, type LinkState } from "./connection.ts";
import type { HallClock } from "./hall-clock.ts";
import type { SessionKeeper } from "../store/session-keeper.ts";
import { Reporter, type OwnFacts } from "./reporter.ts";
import { Sender } from "./sender.ts";
import { reasonOf } from "../store/reason-of.ts";

/** Feed messages that come within this time redraw the screen once. */
const FRAME_MS = 16;
/** The answers to own acts follow their events at once; both are taken over together. */
const ANSWER_FOLLOWS_MS = 8;
const STATUS_MS = 10_000;
const STALLED_AFTER_MS = 10_000;
const RESTART_STALLED_MS = 30_000;
const RESYNC_AGAIN_MS = 5 * 60_000;
const REQUEUE_AGAIN_MS = 3_600_000;
const SNAPSHOT_WAIT_MS = 15_000;

export interface Feed {
  readonly batches: readonly ConfirmedBatch[];
  readonly results: readonly CommandResult[];
}

export interface RunnerSetting {
  readonly nodeUrl: string;
  readonly credentials: { readonly deviceId: string; readonly secret: string };
  readonly session: SessionKeeper;
  readonly info: TerminalInfo;
  readonly environment: Environment;
  readonly store: LocalStore;
  readonly clock: HallClock;
  /** Whether nobody waits for the answer to a claim any more. */
  readonly unclaimed: (commandId: string) => boolean;
  /** Told after the state shown has taken it in. */
  readonly fed: (feed: Feed) => void;
  readonly replaced: () => void;
  readonly changed: () => void;
  readonly catalogueVersion: (version: string) => void;
}

/** The one sync of a terminal: sends its acts, takes in the node's feed, and watches that the two agree. */
export class SyncRunner {
  link: LinkState = "starting";
  city: CityLink = { state: "none", behind: 0 };
  readonly sender: Sender;
  private readonly connection: NodeConnection;
  private queue: (ConfirmedMessage | Extract<NodeMessage, { kind: "results" }>)[] = [];
  private flushedAt = 0;
  private flushPlanned: (() => void) | null = null;
  private diverged = false;
  private resyncedAt: number | null = null;
  private requeuedAt: number | null = null;
  private progressAt = 0;
  private welcomeEpoch = "";
  isUnpaired = false;
  private readonly reporter: Reporter;
  /** The node has said on this line how the terminal stands. */
  private isToldOf = false;
  private toAttend = false;
  /** The name that the node gave last, and the one that the program around the window has taken. */
  private toldName: string | null = null;
  private adoptedName: string | null;
  private helloAt = 0;
  /** Everything is to be sent again from the beginning. */
  private fromScratch = false;
  private requeue = false;
  private stopStatus: () => void = () => undefined;
  private stopSnapshotWait: () => void = () => undefined;
  private closed = false;

  constructor(private readonly setting: RunnerSetting) {
    const { environment, store } = setting;
    this.fromScratch = store.outdated;
    this.connection = new NodeConnection(setting.nodeUrl, environment, {
      ready: setting.session.ready,
      refused: () => setting.session.refused(),
      hello: () => this.hello(),
      received: (message, text) => this.receive(message, text),
      changed: (state) => this.linkChanged(state),
      replaced: () => {
        const day = new Date(setting.clock.now()).toISOString().slice(0, 13);
        store.report(`device-twice-${day}`, "device_twice", {});
      },
    });
    this.sender = new Sender(
      { send: (text) => this.connection.sendText(text), buffered: () => this.connection.buffered() },
      environment,
    );
    this.reporter = new Reporter(
      environment.machine?.facts ?? null,
      () => this.ownFacts(),
      (message) => this.connection.send(message),
      () => this.now(),
    );
    this.adoptedName = setting.info.terminalName ?? null;
    this.status();
  }

  /** What answers at the node's address is not whom this terminal believes. */
  get isNodeDistrusted(): boolean {
    return this.connection.isDistrusted;
  }

  /** Monotonic time at which the node was last heard, 0 for never. */
  get heardAt(): number {
    return this.connection.lastHeardAt;
  }

  /** The node is reachable and yet the outbox does not empty, or the two do not agree. */
  get stalled(): boolean {
    return (this.link === "online" && this.diverged) || this.isStuckFor(STALLED_AFTER_MS);
  }

  /** Sends kept acts. */
  send(entries: readonly PendingEntry[]): void {
    if (this.setting.store.waiting.get() <= entries.length) this.progressAt = this.now();
    if (this.awaitsSnapshot) return; // goes out after it, in order
    this.sender.add(entries);
  }

  ping(): void {
    this.connection.ping();
  }

  close(): void {
    this.closed = true;
    this.stopStatus();
    this.stopSnapshotWait();
    this.flushPlanned?.();
    this.connection.close();
  }

  private get awaitsSnapshot(): boolean {
    return this.fromScratch && this.link === "online";
  }

  private now(): number {
    return this.setting.environment.monotonicNow();
  }

  private sinceProgress(): number {
    return this.now() - this.progressAt;
  }

  /** The node is reachable, and for so long it has answered nothing of what waits. */
  private isStuckFor(ms: number): boolean {
    return this.link === "online" && this.setting.store.waiting.get() > 0 && this.sinceProgress() > ms;
  }

  private hello(): TerminalMessage {
    const { credentials, store, info } = this.setting;
    this.helloAt = this.now();
    return {
      kind: "hello",
      protocol: PROTOCOL_VERSION,
      deviceId: credentials.deviceId,
      secret: credentials.secret,
      since: this.fromScratch ? 0 : store.seq,
      epoch: this.fromScratch ? null : store.epoch,
      appVersion: info.appVersion,
      joined: true,
    };
  }

  private linkChanged(state: LinkState): void {
    this.link = state;
    this.progressAt = this.now();
    if (state !== "online") {
      this.queue = [];
      this.stopSnapshotWait();
    }
    this.setting.changed();
  }

  private receive(message: NodeMessage, text: string): void {
    switch (message.kind) {
      case "welcome":
        return this.welcome(message);
      case "pong":
        return this.setting.clock.sample(message.t, message.now);
      case "city":
        this.city = message.city;
        return this.setting.changed();
      case "catalogue":
        return this.setting.catalogueVersion(message.version);
      case "standing":
        return this.stand(message);
      case "events":
        this.queue.push({ from: message.from, to: message.to, events: message.events, text });
        return this.planFlush();
      case "results":
        this.queue.push(message);
        return this.flush();
      case "snapshot":
        this.flush();
        return this.replace(message);
      case "digest":
        this.flush();
        return this.compare(message.seq, message.digest);
    }
  }

  private welcome(message: Extract<NodeMessage, { kind: "welcome" }>): void {
    const { store, clock } = this.setting;
    this.link = "online";
    clock.sample(this.helloAt, message.now);
    this.city = message.city;
    this.isUnpaired = message.role === "review" && message.counterId === null;
    this.welcomeEpoch = message.epoch;
    this.isToldOf = false;
    this.queue = [];
    const otherLog = store.epoch !== null && store.epoch !== message.epoch;
    const wentBack = store.epoch === message.epoch && message.head < store.seq;
    if (otherLog || wentBack) {
      this.setting.environment.log("sync.resync", { seq: store.seq });
      this.requeue = true;
      this.fromScratch = true;
      if (wentBack) this.connection.send({ kind: "resync", seq: store.seq, digest: stateDigest(store.fold.confirmed) });
    }
    if (this.fromScratch) {
      this.sender.restart([]);
      this.waitForSnapshot();
    } else {
      store.adoptEpoch(message.epoch, message.counterId, message.department ?? null);
      this.sender.restart(store.pending(), this.now() - this.helloAt);
    }
    if (message.catalogueVersion !== null) this.setting.catalogueVersion(message.catalogueVersion);
  }

  private waitForSnapshot(): void {
    this.stopSnapshotWait();
    this.stopSnapshotWait = this.setting.environment.after(SNAPSHOT_WAIT_MS, () => {
      if (this.awaitsSnapshot) this.connection.restart("no snapshot came");
    });
  }

  /** Nodes of before say nothing of it, and would not understand a report. */
  private stand(standing: TerminalStanding): void {
    const { store, info } = this.setting;
    store.stand({ name: standing.name, isLocked: standing.isLocked });
    this.toldName = standing.name;
    if (!this.isToldOf) this.reporter.begin();
    this.isToldOf = true;
    const isOther =
      standing.role !== info.role ||
      (standing.role === "review" && standing.counterId !== info.counterId) ||
      (info.display === "main" && standing.name !== this.adoptedName);
    if (isOther || standing.orders > 0) this.attend();
  }

  /** Lets the program around the window ask for itself: what is ordered is none of a page's business. */
  private attend(): void {
    const { machine } = this.setting.environment;
    if (machine === null) return;
    this.toAttend = false;
    const name = this.toldName;
    void machine
      .attend()
      .catch(() => false)
      .then((isDone) => {
        // Asked again with the next look at the outbox.
        if (isDone) this.adoptedName = name;
        else this.toAttend = true;
      });
  }

  private ownFacts(): OwnFacts {
    const { store, clock, environment, info } = this.setting;
    const oldest = store.oldestAt();
    return {
      version: info.appVersion,
      role: info.role === "launcher" ? "setup" : info.role,
      outbox: store.waiting.get(),
      oldestMs: oldest === null ? 0 : Math.max(0, Math.round(clock.now() - oldest)),
      deadLetters: store.notices.live.get().filter(({ kind }) => kind === "deadLetter").length,
      clockOffsetMs: Math.round(environment.wallNow() - clock.now()),
    };
  }

  private planFlush(): void {
    if (this.flushPlanned !== null) return;
    const { environment } = this.setting;
    const since = this.now() - this.flushedAt;
    const wait = this.sender.hasUnanswered ? ANSWER_FOLLOWS_MS : FRAME_MS - since;
    if (wait <= 0) return this.flush();
    this.flushPlanned = environment.after(wait, () => this.flush());
  }

  private flush(): void {
    this.flushPlanned?.();
    this.flushPlanned = null;
    if (this.closed || this.queue.length === 0) return;
    const { store } = this.setting;
    const messages = this.queue;
    this.queue = [];
    this.flushedAt = this.now();
    let batches: ConfirmedBatch[] = [];
    let results: CommandResult[] = [];
    let seq = store.seq;
    let gap = false;
    for (const message of messages) {
      if ("kind" in message) {
        for (const result of message.results) results.push(result);
        continue;
      }
      if (this.fromScratch) {
        if (message.from !== 0) continue; // of the log that is being replaced
        // A node that sends everything from the first event on instead of a snapshot.
        this.takeOver(batches, results);
        [batches, results, seq] = [[], [], 0];
        this.startAgain(emptyHallState, 0);
      }
      if (message.to <= seq) continue; // came twice (F17)
      if (message.from > seq) {
        gap = true;
        break;
      }
      batches.push({ from: seq, to: message.to, text: message.text, ...understand(message.events, seq) });
      seq = message.to;
    }
    this.takeOver(batches, results);
    if (gap) this.connection.restart("a part of the feed is missing");
  }

  private takeOver(batches: readonly ConfirmedBatch[], results: readonly CommandResult[]): void {
    if (batches.length === 0 && results.length === 0) return;
    const { store } = this.setting;
    const settled: Settled[] = [];
    for (const result of results) {
      const entry = store.find(result.commandId);
      if (entry) settled.push({ entry, result });
    }
    void store.confirm(batches, settled, this.setting.unclaimed);
    if (settled.length > 0) {
      this.progressAt = this.now();
      this.sender.answered(settled.map(({ entry }) => entry));
      if (store.waiting.get() === 0) this.reporter.emptied();
    }
    this.setting.fed({ batches, results });
  }

  private replace(message: Extract<NodeMessage, { kind: "snapshot" }>): void {
    // Overtaken by what came after it: no screen goes back within one log (I7).
    if (!this.fromScratch && message.seq < this.setting.store.seq) return this.connection.restart("an old snapshot");
    let state: HallState;
    try {
      state = fromSnapshot(message.state);
    } catch (error) {
      return this.connection.restart(`snapshot not understood: ${reasonOf(error)}`);
    }
    this.startAgain(state, message.seq);
  }

  /** Everything held is replaced; what was sent to a log that is no more is sent again. */
  private startAgain(state: HallState, seq: number): void {
    const { store } = this.setting;
    this.fromScratch = false;
    this.stopSnapshotWait();
    this.queue = [];
    void store.replace(state, seq, this.welcomeEpoch, 0, this.requeue);
    this.setting.replaced();
    if (!this.requeue) return this.sender.restart(store.pending());
    this.requeue = false;
    this.requeuedAt = this.now();
    this.sender.restart([]);
    store
      .requeueSent()
      .then(() => {
        store.fold.load(store.fold.confirmed, store.pending());
        this.sender.restart(store.pending());
      })
      .catch((error: unknown) => {
        this.setting.environment.log("store.fault", { name: "requeue", message: reasonOf(error) });
        this.requeue = true;
        this.sender.restart(store.pending());
      });
  }

  private compare(seq: number, digest: string): void {
    const { store, environment } = this.setting;
    // Already further, or not able to understand everything: nothing can be said.
    if (seq < store.seq || store.unknown > 0 || this.fromScratch) return;
    const own = stateDigest(store.fold.confirmed);
    if (own === digest) {
      if (!this.diverged) return;
      this.diverged = false;
      return this.setting.changed();
    }
    environment.log("sync.resync", { seq: store.seq });
    this.diverged = true;
    this.setting.changed();
    if (this.resyncedAt !== null && this.now() - this.resyncedAt < RESYNC_AGAIN_MS) return;
    this.resyncedAt = this.now();
    // What the node acknowledged and does not have (F25) is found among what was sent.
    this.requeue = this.requeuedAt === null || this.now() - this.requeuedAt > REQUEUE_AGAIN_MS;
    this.connection.send({ kind: "resync", seq: store.seq, digest: own });
  }

  private status(): void {
    const { store, clock, environment } = this.setting;
    const oldest = store.oldestAt();
    this.connection.send({
      kind: "status",
      outbox: store.waiting.get(),
      oldestMs: oldest === null ? 0 : Math.max(0, clock.now() - oldest),
      refusals: store.notices.live.get().length,
    });
    if (this.isStuckFor(RESTART_STALLED_MS)) {
      this.progressAt = this.now();
      environment.log("sync.stalled", {
        outbox: store.waiting.get(),
        oldestMs: oldest === null ? 0 : clock.now() - oldest,
      });
      this.connection.restart("no answer to what was sent");
    }
    if (this.isToldOf) void this.reporter.look();
    if (this.isToldOf && this.toAttend) this.attend();
    this.stopStatus = environment.after(STATUS_MS, () => this.status());
  }
}

interface ConfirmedMessage {
  readonly from: number;
  readonly to: number;
  readonly events: Extract<NodeMessage, { kind: "events" }>["events"];
  readonly text: string;
}
