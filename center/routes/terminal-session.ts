import type { Socket } from "node:net";
import { uuidv7 } from "uuidv7";
import type { WebSocket } from "ws";
import { z } from "zod";
import {
  closeCodes,
  HEARTBEAT_MS,
  PROTOCOL_VERSION,
  terminalMessageSchema,
  type CommandResult,
  type NodeMessage,
  type OutboundCommand,
  type TerminalStanding,
} from "../../shared/contract/api.ts";
import { outboundCommandSchema } from "../../shared/contract/outbound-command.ts";
import { terminalReportSchema, type TerminalReport } from "../../shared/domain/fleet/terminal-report.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import type { Viewer } from "../../shared/domain/hall/visible.ts";
import type { CenterContext } from "../context.ts";
import { untilAnswered } from "../db/until-answered.ts";
import type { OpenHall } from "../hall-registry.ts";
import { authenticate, noteSeen, type Device } from "../identity/devices.ts";
import { NEVER_HERE, standingOf, type ClerkStanding } from "../identity/clerks.ts";
import { keepReport, readStanding } from "../fleet/standing.ts";
import { FeedSession, type FeedLine } from "../log/feed.ts";
import type { Origin } from "../log/submission.ts";
import type { TerminalLine } from "./terminal-lines.ts";

const HELLO_MS = 10_000;
/** A terminal with this many unanswered commands is not read from until some are answered. */
const UNANSWERED_PAUSE = 2_000;
/** Clock offsets are measured to within this. */
const CLOCK_TOLERANCE_MS = 10_000;
const STANDING_FRESH_MS = 60_000;
const NOTE_SEEN_MS = 30_000;
const EPOCH_CHANGE_PAUSE_MS = 10 * 60_000;

type Hello = Extract<z.infer<typeof terminalMessageSchema>, { kind: "hello" }>;

const TEXT_FRAME = { binary: false };
const LINE_END = Buffer.from("\n");

const hallsWithNewEpoch = new Map<string, number>();

/** One terminal's connection, from hello to close. */
export class TerminalSession implements Origin, FeedLine {
  private device: Device | undefined;
  private open: OpenHall | undefined;
  private feedSession: FeedSession | undefined;
  private line: TerminalLine | undefined;
  private appVersion = "";
  private joined = false;
  /** Said in this turn, not handed to the socket yet. */
  private said: Buffer[] = [];
  private saidBytes = 0;
  private unanswered = 0;
  private greeted = false;
  private plainActor: Actor | undefined;
  private paused = false;
  private closed = false;
  /** By the process's own clock: the wall clock may be set while terminals are connected. */
  private heardAt = performance.now();
  /** Since when the outbox was empty at last report; nothing sent later can be older. */
  private settledAt: number | null = null;
  private notedAt = 0;
  /** Messages are dealt with one after the other, also when one has to wait for the database. */
  private work: Promise<void> = Promise.resolve();
  private newestReport: TerminalReport | null = null;
  private isKeepingReport = false;
  private standingTold: Promise<void> = Promise.resolve();
  private readonly standings = new Map<string, ClerkStanding & { readonly at: number }>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    /** The connection under it. */
    private readonly wire: Socket,
    private readonly context: CenterContext,
  ) {
    socket.on("message", (data, isBinary) => this.onMessage(isBinary ? undefined : (data as Buffer).toString("utf8")));
    socket.on("pong", () => (this.heardAt = performance.now()));
    socket.on("close", () => this.onClose());
    socket.on("error", () => undefined);
    this.timer = setInterval(() => this.watch(), HEARTBEAT_MS);
    this.timer.unref();
  }

  /** Who is fed; only asked for after the hello. */
  get viewer(): Viewer {
    const { device } = this;
    if (!device) throw new Error("no hello yet");
    const { role, deviceId, counterId, department } = device;
    return { role, deviceId, counterId, department };
  }

  get buffered(): number {
    return this.socket.bufferedAmount + this.saidBytes;
  }

  send(text: string | Buffer): void {
    if (this.closed) return;
    if (this.said.length === 0) process.nextTick(() => this.speak());
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    this.said.push(bytes);
    this.saidBytes += bytes.length;
  }

  tooSlow(): void {
    this.close(closeCodes.tooSlow, "cannot keep up");
  }

  restart(): void {
    this.close(closeCodes.restarting, "the log changed");
  }

  deliver(results: readonly CommandResult[], head: number): void {
    this.unanswered -= results.length;
    if (this.closed) return;
    if (this.open && this.feedSession) this.open.feed.settle(this.feedSession, head);
    this.tell({ kind: "results", results });
    if (this.paused && this.unanswered < UNANSWERED_PAUSE / 2) {
      this.paused = false;
      this.heardAt = performance.now();
      this.socket.resume();
    }
  }

  /**
   * What is said in one go leaves in one frame, or at least in one packet: a terminal takes an answer over together with its
   * events, and between two frames a browser does other work first.
   */
  private speak(): void {
    const { said } = this;
    if (this.closed || said.length === 0) return;
    this.said = [];
    this.saidBytes = 0;
    const frames = this.joined ? [joinLines(said)] : said;
    this.wire.cork();
    for (const frame of frames) this.socket.send(frame, TEXT_FRAME);
    this.wire.uncork();
  }

  private tell(message: NodeMessage): void {
    this.send(JSON.stringify(message));
  }

  private close(code: number, reason: string): void {
    if (this.closed) return;
    this.speak();
    this.socket.close(code, reason);
    this.onClose();
    // A peer that does not answer the closing handshake is cut off.
    setTimeout(() => this.socket.terminate(), 3_000).unref();
  }

  private onClose(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.timer);
    if (this.line) this.context.lines.remove(this.line);
    if (this.open) {
      this.open.hall.forget(this);
      if (this.feedSession) this.open.feed.detach(this.feedSession);
    }
    this.noteSeen();
  }

  private noteSeen(): void {
    if (!this.device) return;
    this.notedAt = this.context.clock();
    const seen = { at: this.notedAt, settledAt: this.settledAt, appVersion: this.appVersion };
    // Only a hint for later; an outage of the database is reported elsewhere.
    noteSeen(this.context.database, this.device, seen).catch(() => undefined);
  }

  private watch(): void {
    const limit = this.device ? 2 * HEARTBEAT_MS : HELLO_MS;
    if (!this.paused && performance.now() - this.heardAt > limit) {
      this.socket.terminate();
      this.onClose();
      return;
    }
    this.socket.ping();
  }

  private onMessage(text: string | undefined): void {
    this.heardAt = performance.now();
    if (this.closed) return;
    let json: unknown;
    try {
      json = text === undefined ? undefined : (JSON.parse(text) as unknown);
    } catch {
      json = undefined;
    }
    const parsed = terminalMessageSchema.safeParse(json);
    // The hello comes first, and once.
    if (!parsed.success || (parsed.data.kind === "hello") === this.greeted) {
      this.badMessage();
      return;
    }
    this.greeted = true;
    const message = parsed.data;
    if (message.kind === "ping") {
      this.tell({ kind: "pong", t: message.t, now: this.context.clock() });
      return;
    }
    if (message.kind === "commands") {
      this.unanswered += message.commands.length;
      if (!this.paused && this.unanswered > UNANSWERED_PAUSE) {
        this.paused = true;
        this.socket.pause();
      }
    }
    this.work = this.work.then(() => this.handle(message)).catch((error: unknown) => this.failed(error));
  }

  private badMessage(): void {
    this.context.metrics.count("bad_messages");
    this.context.log.warn({ event: "terminal.bad_message", device: this.device?.deviceId }, "message not understood");
    this.close(closeCodes.badMessage, "message not understood");
  }

  private failed(error: unknown): void {
    this.context.log.warn({ event: "terminal.failed", device: this.device?.deviceId, err: error }, "line given up");
    this.close(closeCodes.restarting, "try again later");
  }

  private async handle(message: z.infer<typeof terminalMessageSchema>): Promise<void> {
    if (this.closed) return;
    if (message.kind === "hello") {
      await this.hello(message);
      return;
    }
    const { open, feedSession, device } = this;
    if (!open || !feedSession || !device) {
      this.badMessage();
      return;
    }
    switch (message.kind) {
      case "commands":
        await this.takeCommands(open, device, message.commands);
        return;
      case "status": {
        const { outbox, oldestMs, refusals } = message;
        if (this.line) this.line.status = { outbox, oldestMs, refusals };
        if (outbox === 0) this.settledAt = this.context.clock();
        if (this.context.clock() - this.notedAt > NOTE_SEEN_MS) this.noteSeen();
        return;
      }
      case "report":
        this.takeReport(device, message.report);
        return;
      case "resync":
        this.context.log.error(
          { event: "terminal.diverged", device: device.deviceId, role: device.role, seq: message.seq },
          "a terminal's state differed from the node's; it gets everything again",
        );
        open.feed.sendSnapshot(feedSession, 0);
        return;
      case "ping":
        return;
    }
  }

  /** One that is not understood, of a program newer than this node, is dropped: telemetry never costs a terminal its line. */
  private takeReport(device: Device, told: unknown): void {
    const report = terminalReportSchema.safeParse(told);
    if (!report.success) {
      const { metrics, log } = this.context;
      metrics.count("bad_reports");
      const issues = report.error.issues.slice(0, 3);
      log.debug({ event: "terminal.bad_report", device: device.deviceId, issues }, "a report was not understood");
      return;
    }
    this.newestReport = report.data;
    if (!this.isKeepingReport) void this.keepReports(device);
  }

  /** One at a time, and only the newest of those that came meanwhile. */
  private async keepReports(device: Device): Promise<void> {
    const { database, clock } = this.context;
    this.isKeepingReport = true;
    for (let report = this.newestReport; report !== null; report = this.newestReport) {
      this.newestReport = null;
      // As with `noteSeen`: the next one comes within a minute.
      await keepReport(database, device, report, clock()).catch(() => undefined);
    }
    this.isKeepingReport = false;
  }

  private async hello(hello: Hello): Promise<void> {
    const { context } = this;
    if (hello.protocol !== PROTOCOL_VERSION) {
      this.badMessage();
      return;
    }
    // PostgreSQL refuses U+0000 in a parameter; no id of ours has one.
    const device = hello.deviceId.includes("\0") ? undefined : await authenticate(context.database, hello);
    if (this.closed) return;
    if (!device) {
      context.log.warn({ event: "terminal.unauthorised", device: hello.deviceId }, "unknown or revoked terminal");
      this.close(closeCodes.unauthorised, "device unknown or revoked");
      return;
    }
    const open = await context.halls.get(device.hallId);
    let since = await this.sinceOf(open, hello);
    if (this.isClosed()) return;
    // Nothing is awaited from here on: head, welcome and feed belong together.
    if (hello.since > 0 && hello.epoch !== open.hall.head.epoch) since = null;
    this.device = device;
    this.open = open;
    this.appVersion = hello.appVersion;
    this.joined = hello.joined === true;
    const { deviceId, hallId, role } = device;
    this.line = {
      deviceId,
      hallId,
      role,
      connectionId: uuidv7(),
      status: undefined,
      close: (code, reason) => this.close(code, reason),
      standingChanged: (read) => this.tellStanding(read),
      forgetClerk: (clerkId) => void this.standings.delete(clerkId),
    };
    context.lines.put(this.line)?.close(closeCodes.replaced, "the same device connected again");
    context.database.notify(`connected ${deviceId} ${this.line.connectionId}`).catch(() => undefined);
    this.tell({
      kind: "welcome",
      epoch: open.hall.head.epoch,
      hallId,
      head: open.hall.head.seq,
      now: context.clock(),
      role,
      counterId: device.counterId,
      department: device.department,
      catalogueVersion: context.catalogues.version,
      city: open.feed.cityLink,
    });
    this.feedSession = new FeedSession(this);
    open.feed.attach(this.feedSession, since);
    // Only now: from here on a change finds this line.
    this.tellStanding();
  }

  /** Tells the terminal how it stands with its hall; one that was revoked while nobody listened is cut off now. */
  private tellStanding(read?: Promise<TerminalStanding | undefined>): void {
    const told = async (): Promise<void> => {
      const { device } = this;
      if (!device || this.closed) return;
      const standing = await (read ?? this.answered(() => readStanding(this.context.database, device)));
      if (this.closed) return;
      if (!standing) {
        this.close(closeCodes.unauthorised, "device revoked");
        return;
      }
      this.device = { ...device, isLocked: standing.isLocked };
      this.tell({ kind: "standing", ...standing });
    };
    // Beside the terminal's messages, which need not wait for it; one after the other, so that the last word is the newest.
    this.standingTold = this.standingTold.then(told).catch((error: unknown) => this.failed(error));
  }

  /** A database that is away for a moment costs no terminal its line. */
  private answered<T>(ask: () => Promise<T>): Promise<T> {
    return untilAnswered(ask, () => !this.closed);
  }

  private isClosed(): boolean {
    return this.closed;
  }

  /** From where to feed; null: a snapshot, whatever the terminal holds. */
  private async sinceOf({ hall }: OpenHall, hello: Hello): Promise<number | null> {
    if (hello.since === 0) return 0;
    if (hello.epoch !== hall.head.epoch) {
      // Another center of this database may have changed it a moment ago.
      await hall.refresh();
      return hello.epoch === hall.head.epoch ? hello.since : null;
    }
    if (hello.since <= hall.head.seq) return hello.since;
    await hall.refresh();
    if (hello.since <= hall.head.seq) return hello.since;
    const now = this.context.clock();
    if (now - (hallsWithNewEpoch.get(hall.hallId) ?? 0) > EPOCH_CHANGE_PAUSE_MS) {
      hallsWithNewEpoch.set(hall.hallId, now);
      await hall.changeEpoch();
    }
    return null;
  }

  private async takeCommands({ hall }: OpenHall, device: Device, entries: readonly unknown[]): Promise<void> {
    const refused: CommandResult[] = [];
    const accepted: OutboundCommand[] = [];
    for (const entry of entries) {
      const parsed = outboundCommandSchema.safeParse(entry);
      if (parsed.success) {
        accepted.push(parsed.data);
        continue;
      }
      this.context.log.warn(
        { event: "terminal.bad_command", device: device.deviceId, issues: parsed.error.issues.slice(0, 3) },
        "a command was not understood",
      );
      const commandId = idOf(entry);
      if (commandId === undefined) this.unanswered -= 1;
      else refused.push({ commandId, status: "refused", refusal: { code: "bad_command", params: {} } });
    }
    const settled = this.settledAt ?? device.settledAt;
    const notBefore = settled === null ? null : settled - CLOCK_TOLERANCE_MS;
    for (const { command, clerkId, personal } of accepted) {
      const actor = await this.actorOf(device, command, clerkId);
      if (this.closed) return;
      if (device.isLocked && command.mode === "claim")
        refused.push({ commandId: command.id, status: "refused", refusal: { code: "terminal_locked", params: {} } });
      else if (actor === null)
        refused.push({
          commandId: command.id,
          status: "refused",
          refusal: { code: "not_permitted", params: { type: command.type } },
        });
      else hall.submit({ command, actor, personal, notBefore, origin: this });
    }
    if (refused.length > 0) this.deliver(refused, hall.head.seq);
  }

  /**
   * Who acts. The clerk is named by the terminal, because a record may be sent long after its clerk has left, and counts
   * only if he or she is or was signed in at this very terminal: otherwise a claim is refused (null), and a record, which
   * never is, goes on without a clerk and ends as an anomaly where one is needed. A window's or desk's claim needs a
   * clerk. A disabled clerk's claims are refused, the records stay under his or her name. A duty is given only to who is
   * signed in there now: whose session has ended left it to nobody.
   */
  private async actorOf(device: Device, command: Command, clerkId: string | null): Promise<Actor | null> {
    const { role, deviceId, counterId, department } = device;
    const staff = role === "window" || role === "desk";
    // One object for all commands of the line: its text for the log is made once.
    const of = department === null ? { role, deviceId, counterId } : { role, deviceId, counterId, department };
    this.plainActor ??= { ...of, clerkId: null };
    if (!staff) return this.plainActor;
    if (clerkId === null) return command.mode === "claim" ? null : this.plainActor;
    const { standing, open, duty } = await this.standing(device, clerkId);
    if (command.mode === "claim" && standing !== "known") return null;
    return { ...of, clerkId: standing === "never" ? null : clerkId, ...(open && duty === "manager" ? { duty } : {}) };
  }

  private async standing(device: Device, clerkId: string): Promise<ClerkStanding> {
    if (clerkId.includes("\0")) return NEVER_HERE;
    const now = this.context.clock();
    // A duty counts at desks: nothing is remembered there, so that it ends with the session, whichever center ended it.
    const known = device.role === "desk" ? undefined : this.standings.get(clerkId);
    if (known && now - known.at < STANDING_FRESH_MS && known.standing === "known") return known;
    // The commands behind it wait as well: their order is kept.
    const standing = await this.answered(() => standingOf(this.context.database, device, clerkId));
    this.standings.set(clerkId, { ...standing, at: now });
    return standing;
  }
}

/** JSON holds no line ends, so they part the messages. */
const joinLines = (texts: readonly Buffer[]): Buffer => {
  const [first] = texts;
  if (texts.length === 1 && first) return first;
  return Buffer.concat(texts.flatMap((text, index) => (index === 0 ? [text] : [LINE_END, text])));
};

const idSchema = z.object({ command: z.object({ id: z.uuid() }) });

const idOf = (entry: unknown): string | undefined => {
  const parsed = idSchema.safeParse(entry);
  return parsed.success ? parsed.data.command.id : undefined;
};
