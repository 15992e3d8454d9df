import { uuidv7 } from "uuidv7";
import { WebSocket } from "ws";
import {
  SYNC_PATH,
  type CommandResult,
  type NodeMessage,
  type OutboundCommand,
  type PersonalRecord,
} from "../../shared/contract/api.ts";
import type { Command, CommandData, CommandMode, CommandType } from "../../shared/domain/hall/commands.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import type { SequencedEvent } from "../../shared/domain/hall/events.ts";
import { fold } from "../../shared/domain/hall/evolve.ts";
import { emptyHallState, fromSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import { readEvent } from "../../shared/domain/hall/upcast.ts";
import { helloOf } from "./hello.ts";

export interface Credentials {
  readonly deviceId: string;
  readonly secret: string;
}

export interface NodeClientOptions extends Credentials {
  readonly url: string;
  /** Last event held; with `state` to go on from. */
  readonly since?: number;
  readonly epoch?: string | null;
  readonly state?: HallState;
  /** False: count and keep events only, for load without the cost of folding. */
  readonly folding?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads several messages out of one frame, as today's terminals do; left out: as those before them. */
  readonly joined?: boolean;
}

export interface SendOptions {
  readonly mode?: CommandMode;
  readonly id?: string;
  readonly at?: number;
  readonly clerkId?: string | null;
  readonly personal?: readonly PersonalRecord[];
}

/**
 * As long as a busy machine may need, and shorter than the ten seconds after which a center looks again by itself: that must not
 * make up for what was not told.
 */
const WAIT_MS = 9_000;

interface Waiter {
  readonly until: () => boolean;
  readonly done: () => void;
  readonly fail: (reason: Error) => void;
}

/**
 * A terminal without a screen: speaks the protocol strictly, folds what it is fed, and notes in `violations` whatever a
 * node must never do (a gap, an event twice, an answer before its events, a digest that differs).
 */
export class NodeClient {
  state: HallState;
  /** Up to where it has been told. */
  to: number;
  epoch: string | null;
  welcome: Extract<NodeMessage, { kind: "welcome" }> | undefined;
  readonly events: SequencedEvent[] = [];
  readonly messages: NodeMessage[] = [];
  readonly violations: string[] = [];
  readonly results = new Map<string, CommandResult>();
  snapshots = 0;
  /** As `wire`, by WebSocket message. */
  readonly frames: string[] = [];
  /** All text received, for tests on what goes over the wire. */
  wire = "";
  keepWire = false;
  closeCode: number | undefined;
  closeReason = "";
  private readonly socket: WebSocket;
  private waiters: Waiter[] = [];

  private constructor(private readonly options: NodeClientOptions) {
    this.state = options.state ?? emptyHallState;
    this.to = options.since ?? 0;
    this.epoch = options.epoch ?? null;
    this.socket = new WebSocket(`${options.url.replace(/^http/, "ws")}${SYNC_PATH}`, {
      headers: { ...options.headers },
      perMessageDeflate: false,
    });
    this.socket.on("message", (data) => {
      const text = (data as Buffer).toString("utf8");
      if (this.keepWire) this.frames.push(text);
      for (const line of options.joined === true ? text.split("\n") : [text]) this.receive(line);
    });
    this.socket.on("error", () => undefined);
    this.socket.on("close", (code, reason) => {
      this.closeCode = code;
      this.closeReason = reason.toString();
      this.check();
    });
  }

  /** Connects and waits for the welcome. @throws when the node closes instead, with its code */
  static async connect(options: NodeClientOptions): Promise<NodeClient> {
    const client = NodeClient.open(options);
    await client.until(() => client.welcome !== undefined, 10_000);
    return client;
  }

  /** Connects and says hello without waiting. */
  static open(options: NodeClientOptions): NodeClient {
    const client = new NodeClient(options);
    client.socket.once("open", () =>
      client.sendMessage({ ...helloOf(options, "test", client.to, client.epoch), joined: options.joined }),
    );
    return client;
  }

  get digest(): string {
    return stateDigest(this.state);
  }

  sendMessage(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** Wraps data as a command with a new id. */
  static command<T extends CommandType>(type: T, data: CommandData<T>, options: SendOptions = {}): OutboundCommand {
    const { mode = "claim", id = uuidv7(), at = Date.now(), clerkId = null, personal = [] } = options;
    return { command: { id, type, mode, at, data } as unknown as Command, clerkId, personal };
  }

  /** Sends a command and waits for its answer. */
  async send<T extends CommandType>(type: T, data: CommandData<T>, options: SendOptions = {}): Promise<CommandResult> {
    const [result] = await this.sendAll([NodeClient.command(type, data, options)]);
    if (!result) throw new Error("no answer");
    return result;
  }

  /** Sends commands in one message and waits for all answers, in the order of the commands. */
  async sendAll(commands: readonly OutboundCommand[], timeoutMs = 10_000): Promise<readonly CommandResult[]> {
    const ids = commands.map(({ command }) => command.id);
    for (const id of ids) this.results.delete(id);
    this.sendMessage({ kind: "commands", commands });
    await this.until(() => ids.every((id) => this.results.has(id)), timeoutMs);
    return ids.map((id) => this.results.get(id)!);
  }

  /** Resolves when `condition` holds after some message. @throws after `timeoutMs`, or when the line is closed first */
  async until(condition: () => boolean, timeoutMs = WAIT_MS): Promise<void> {
    if (condition()) return;
    if (this.closeCode !== undefined) throw new Error(`closed: ${String(this.closeCode)} ${this.closeReason}`);
    await new Promise<void>((done, reject) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((waiter) => waiter !== entry);
        reject(new Error(`nothing came for ${String(timeoutMs)} ms`));
      }, timeoutMs);
      const entry: Waiter = {
        until: condition,
        done: () => {
          clearTimeout(timer);
          done();
        },
        fail: (reason) => {
          clearTimeout(timer);
          reject(reason);
        },
      };
      this.waiters.push(entry);
    });
  }

  /** Waits until everything up to `seq` has come. */
  async reached(seq: number, timeoutMs = 10_000): Promise<void> {
    await this.until(() => this.to >= seq, timeoutMs);
  }

  /** Waits for the line's end. @returns the close code */
  async closed(timeoutMs = WAIT_MS): Promise<number> {
    await this.until(() => this.closeCode !== undefined, timeoutMs);
    return this.closeCode ?? 0;
  }

  close(): void {
    this.socket.close();
  }

  /** As a pulled cable: no goodbye. */
  terminate(): void {
    this.socket.terminate();
  }

  /** Stops and goes on with reading, as a hanging terminal. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  private receive(text: string): void {
    if (this.keepWire) this.wire += `${text}\n`;
    const message = JSON.parse(text) as NodeMessage;
    if (message.kind !== "events") this.messages.push(message);
    switch (message.kind) {
      case "welcome":
        this.welcome = message;
        if (this.epoch !== null && this.epoch !== message.epoch) {
          this.state = emptyHallState;
          this.to = 0;
        }
        this.epoch = message.epoch;
        break;
      case "snapshot":
        this.state = fromSnapshot(message.state);
        this.to = message.seq;
        this.snapshots += 1;
        break;
      case "events":
        this.receiveEvents(message);
        break;
      case "results":
        for (const result of message.results) {
          this.results.set(result.commandId, result);
          if (result.status === "accepted" && result.seq > this.to)
            this.violations.push(`answer for ${String(result.seq)} before its events, at ${String(this.to)}`);
        }
        break;
      case "digest":
        if (this.options.folding !== false && message.seq === this.to && message.digest !== this.digest)
          this.violations.push(`digest differs at ${String(message.seq)}`);
        break;
      case "pong":
      case "city":
      case "catalogue":
      case "standing":
        break;
    }
    this.check();
  }

  private receiveEvents({ from, to, events }: Extract<NodeMessage, { kind: "events" }>): void {
    if (from !== this.to)
      this.violations.push(`gap: told up to ${String(this.to)}, next message is from ${String(from)}`);
    let last = from;
    for (const { seq } of events) {
      if (seq <= last || seq > to)
        this.violations.push(`event ${String(seq)} out of order in ${String(from)}-${String(to)}`);
      last = seq;
    }
    // One by one: `push(...)` of a long list overflows the stack.
    for (const event of events) this.events.push(event);
    this.to = to;
    if (this.options.folding === false) return;
    this.state = fold(
      this.state,
      events.flatMap((event) => readEvent(event) ?? []),
    );
  }

  private check(): void {
    const ready = this.waiters.filter((waiter) => waiter.until());
    if (ready.length > 0) {
      this.waiters = this.waiters.filter((waiter) => !ready.includes(waiter));
      for (const waiter of ready) waiter.done();
    }
    if (this.closeCode === undefined) return;
    const reason = new Error(`closed: ${String(this.closeCode)} ${this.closeReason}`);
    for (const waiter of this.waiters.splice(0)) waiter.fail(reason);
  }
}
