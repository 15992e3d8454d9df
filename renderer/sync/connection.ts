import {
  closeCodes,
  HEARTBEAT_MS,
  SYNC_PATH,
  type NodeMessage,
  type TerminalMessage,
} from "../../shared/contract/api.ts";
import type { Environment, Socket } from "../store/environment.ts";
import type { Readiness } from "../store/session-keeper.ts";
import { backOffMs } from "./back-off.ts";
import { readNodeMessage } from "./node-message.ts";
import { reasonOf } from "../store/reason-of.ts";

const CONNECT_TIMEOUT_MS = 8_000;
const TICK_MS = 1_000;
/** Silence of twice the heartbeat is a dead line; found a tick early so that it is found in time. */
const SILENCE_MS = 2 * HEARTBEAT_MS - TICK_MS;
/** A line that broke sooner than this was not a good one: the back-off is not taken back (F22) ... */
const GOOD_AFTER_MS = 5_000;
/** ... but the node is there, so it is asked again within two seconds. */
const MOST_AFTER_WELCOME = 4;
const REJECTED_RETRY_MS = 60_000;
const REPLACED_RETRY_MS = 5_000;

export type LinkState = "starting" | "online" | "offline" | "rejected";

export interface ConnectionHandlers {
  /** Gets something good to present before a line is opened; null where nothing has to be got. */
  readonly ready: (() => Promise<Readiness>) | null;
  /** The node did not take what was presented: whether there is something else to try. */
  readonly refused: () => boolean;
  /** The socket is open: what to introduce the terminal with. */
  readonly hello: () => TerminalMessage;
  readonly received: (message: NodeMessage, text: string) => void;
  readonly changed: (state: LinkState) => void;
  /** The same identity connected elsewhere. */
  readonly replaced: () => void;
}

/** The URL of the feed of a node at `http(s)://…`. */
export const syncUrl = (nodeUrl: string): string => {
  const url = new URL(SYNC_PATH, nodeUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
};

/** Keeps one line to the node open: connects, notices when it is dead although nobody said so, and comes back. */
export class NodeConnection {
  private socket: Socket | null = null;
  private opened = false;
  private welcomed = false;
  private state: LinkState = "starting";
  private preparing = false;
  private distrusted = false;
  private attempt = 0;
  private replacedTimes = 0;
  private startedAt = 0;
  private openedAt = 0;
  private heardAt = 0;
  private pingedAt = 0;
  private tickedAt = 0;
  private stopTimer: () => void = () => undefined;
  private stopTick: () => void = () => undefined;
  private readonly stopOnline: () => void;
  private closed = false;

  constructor(
    private readonly nodeUrl: string,
    private readonly environment: Environment,
    private readonly handlers: ConnectionHandlers,
  ) {
    this.stopOnline = environment.onOnline(() => this.retryNow());
    this.connect();
    this.tick();
  }

  /** Monotonic time at which the node was last heard. */
  get lastHeardAt(): number {
    return this.heardAt;
  }

  /** Whether what answers at the address was not whom this terminal believes when it was asked last. */
  get isDistrusted(): boolean {
    return this.distrusted;
  }

  /** Sends; false when there is no line. */
  send(message: TerminalMessage): boolean {
    return this.sendText(JSON.stringify(message));
  }

  sendText(text: string): boolean {
    if (this.socket === null || !this.welcomed) return false;
    this.socket.send(text);
    return true;
  }

  buffered(): number {
    return this.socket?.buffered() ?? 0;
  }

  ping(): void {
    if (this.socket === null || !this.opened) return;
    this.pingedAt = this.environment.monotonicNow();
    this.socket.send(JSON.stringify({ kind: "ping", t: this.pingedAt } satisfies TerminalMessage));
  }

  /** Gives the line up and opens another, e.g. when something got lost on it. */
  restart(reason: string): void {
    this.drop(0, reason);
  }

  close(): void {
    this.closed = true;
    this.stopOnline();
    this.stopTimer();
    this.stopTick();
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  private connect(): void {
    if (this.closed) return;
    this.stopTimer();
    this.opened = false;
    this.welcomed = false;
    this.startedAt = this.environment.monotonicNow();
    const { ready } = this.handlers;
    if (ready === null) this.openLine();
    else if (!this.preparing) void this.prepare(ready);
  }

  private async prepare(ready: () => Promise<Readiness>): Promise<void> {
    this.preparing = true;
    const readiness = await ready();
    this.preparing = false;
    if (this.closed) return;
    if (readiness === "ready") this.openLine();
    else this.drop(readiness === "unauthorised" ? closeCodes.unauthorised : 0, "no token");
  }

  private openLine(): void {
    let mine: Socket | null = null;
    let over = false;
    const isCurrent = (): boolean => !over && !this.closed && (mine === null || mine === this.socket);
    const handlers = {
      opened: () => {
        if (!isCurrent()) return;
        this.opened = true;
        this.heardAt = this.environment.monotonicNow();
        this.socket?.send(JSON.stringify(this.handlers.hello()));
      },
      received: (text: string | null) => {
        // A line each: JSON holds no line ends.
        for (const message of text?.split("\n") ?? [null]) if (isCurrent()) this.receive(message);
      },
      closed: (code: number) => {
        if (!isCurrent()) return;
        over = true;
        this.drop(code, "closed");
      },
    };
    try {
      mine = this.environment.openSocket(syncUrl(this.nodeUrl), handlers);
    } catch (error) {
      return this.drop(0, reasonOf(error));
    }
    if (over) return;
    this.socket = mine;
    this.stopTimer = this.environment.after(CONNECT_TIMEOUT_MS, () => {
      if (!this.welcomed) this.drop(0, "no welcome");
    });
  }

  private receive(text: string | null): void {
    this.heardAt = this.environment.monotonicNow();
    const read = readNodeMessage(text);
    if (!read.ok) return this.restart("message not understood");
    if (read.message === null || text === null) return;
    if (read.message.kind === "welcome") {
      this.welcomed = true;
      this.openedAt = this.heardAt;
      this.environment.log("sync.connected", { ms: Math.round(this.heardAt - this.startedAt) });
      this.stopTimer();
      this.handlers.received(read.message, text);
      this.distrusted = false;
      this.setState("online");
      this.ping();
      return;
    }
    if (this.welcomed || read.message.kind === "pong") this.handlers.received(read.message, text);
  }

  /** Ends the present line, whoever ended it, and plans the next. */
  private drop(code: number, reason: string): void {
    const { socket } = this;
    // A token may have ended meanwhile; who is refused with a new one is refused.
    const isRejected = code === closeCodes.unauthorised && !this.handlers.refused();
    if (this.welcomed) this.environment.log("sync.disconnected", { code, reason });
    else if (isRejected && this.state !== "rejected") this.environment.log("sync.rejected", { code });
    this.socket = null;
    this.stopTimer();
    const now = this.environment.monotonicNow();
    const wasWelcomed = this.welcomed;
    const wasGood = wasWelcomed && now - this.openedAt >= GOOD_AFTER_MS;
    this.opened = false;
    this.welcomed = false;
    socket?.close();
    if (this.closed) return;
    if (wasGood) {
      this.attempt = 0;
      if (code !== closeCodes.replaced) this.replacedTimes = 0;
    } else if (wasWelcomed) this.attempt = Math.min(this.attempt, MOST_AFTER_WELCOME);
    this.setState(isRejected ? "rejected" : "offline");
    if (!wasWelcomed && code !== closeCodes.unauthorised) void this.askTrust();
    const delay = isRejected ? REJECTED_RETRY_MS : this.delayAfter(code);
    this.stopTimer = this.environment.after(delay, () => this.connect());
  }

  /** A line that never opened may be one that the certificate's check has refused: no window is told why. */
  private async askTrust(): Promise<void> {
    const isTrusted = await this.environment.isNodeTrusted().catch(() => true);
    if (this.closed || this.welcomed || this.distrusted === !isTrusted) return;
    this.distrusted = !isTrusted;
    this.handlers.changed(this.state);
  }

  private delayAfter(code: number): number {
    const { random } = this.environment;
    if (code === closeCodes.replaced) {
      this.replacedTimes += 1;
      if (this.replacedTimes > 1) this.handlers.replaced();
      // Two with one identity must not throw each other out for ever.
      return Math.min(REJECTED_RETRY_MS, REPLACED_RETRY_MS * 2 ** (this.replacedTimes - 1)) * (1 + random());
    }
    const delay = backOffMs(this.attempt, random);
    this.attempt += 1;
    return delay;
  }

  private retryNow(): void {
    if (this.closed || this.state === "rejected") return;
    this.attempt = 0;
    if (this.socket === null) this.connect();
    else if (this.opened) this.ping();
  }

  private tick(): void {
    const now = this.environment.monotonicNow();
    const late = this.tickedAt !== 0 && now - this.tickedAt > HEARTBEAT_MS;
    this.tickedAt = now;
    // After a long task or a sleep the answer may lie unread in the queue: ask once more before giving up (F40).
    if (late) {
      this.heardAt = Math.max(this.heardAt, now - SILENCE_MS + 2 * TICK_MS);
      this.ping();
    }
    if (this.opened) {
      if (now - this.heardAt >= SILENCE_MS) this.restart("silence");
      else if (now - this.pingedAt >= HEARTBEAT_MS - TICK_MS) this.ping();
    }
    this.stopTick = this.environment.after(TICK_MS, () => this.tick());
  }

  private setState(state: LinkState): void {
    if (this.state === state) return;
    this.state = state;
    this.handlers.changed(state);
  }
}
