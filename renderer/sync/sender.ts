import { MAX_COMMANDS_PER_MESSAGE, type TerminalMessage } from "../../shared/contract/api.ts";
import type { Environment } from "../store/environment.ts";
import { wireText, type PendingEntry } from "../store/outbox.ts";

/** As many full messages may be on their way; more of smaller ones. */
const FULL_MESSAGES_IN_FLIGHT = 4;
const FIRST_SIZE = 125;
/** A line whose welcome is this quick, the check of the secret included, is a local one: full messages from the start. */
const LOCAL_MS = 200;
const LEAST_SIZE = 10;
const QUICK_MS = 500;
const SLOW_MS = 3_000;
const BYTES_PER_COMMAND = 600;
const MOST_BUFFERED = 256 * 1024;

interface Message {
  readonly sentAt: number;
  open: number;
}

export interface Line {
  readonly send: (text: string) => boolean;
  readonly buffered: () => number;
}

/**
 * Sends acts in their order, several messages at a time without waiting for each answer. Messages grow on a quick line and
 * shrink on a slow one, so that 64 kbit/s makes progress instead of timing out again and again (F23).
 */
export class Sender {
  private queue: PendingEntry[] = [];
  private next = 0;
  /** Commands on their way. */
  private inFlight = 0;
  private readonly messages = new Map<PendingEntry, Message>();
  private size = FIRST_SIZE;

  constructor(
    private readonly line: Line,
    private readonly environment: Pick<Environment, "monotonicNow">,
  ) {}

  /** Nothing is waiting to be sent: an act may go on the wire before it is on the disk. */
  get isIdle(): boolean {
    return this.next >= this.queue.length;
  }

  get hasUnanswered(): boolean {
    return this.messages.size > 0;
  }

  /**
   * Starts anew with everything that has no answer, on a new line.
   * @param roundTripMs what the first message and its answer took; undefined: not a new line
   */
  restart(entries: readonly PendingEntry[], roundTripMs?: number): void {
    // What was on its way when the line broke may have been too much for it.
    if (this.messages.size > 0) this.size = Math.max(LEAST_SIZE, Math.floor(this.size / 4));
    else if (roundTripMs !== undefined && roundTripMs < LOCAL_MS) this.size = MAX_COMMANDS_PER_MESSAGE;
    this.messages.clear();
    this.inFlight = 0;
    this.queue = [...entries];
    this.next = 0;
    this.pump();
  }

  add(entries: readonly PendingEntry[]): void {
    this.queue.push(...entries);
    this.pump();
  }

  /** Forgets acts that were taken back before they went out. */
  remove(entries: readonly PendingEntry[]): void {
    const gone = new Set(entries);
    const ahead = this.queue.slice(this.next).filter((entry) => !gone.has(entry));
    this.queue = ahead;
    this.next = 0;
  }

  answered(entries: readonly PendingEntry[]): void {
    for (const entry of entries) {
      const message = this.messages.get(entry);
      if (!message) continue;
      this.messages.delete(entry);
      this.inFlight -= 1;
      message.open -= 1;
      if (message.open > 0) continue;
      const took = this.environment.monotonicNow() - message.sentAt;
      if (took < QUICK_MS) this.size = Math.min(MAX_COMMANDS_PER_MESSAGE, this.size * 2);
      else if (took > SLOW_MS) this.size = Math.max(LEAST_SIZE, Math.floor(this.size / 2));
    }
    this.pump();
  }

  private pump(): void {
    while (this.next < this.queue.length && this.inFlight < FULL_MESSAGES_IN_FLIGHT * this.size) {
      if (this.inFlight > 0 && this.line.buffered() > MOST_BUFFERED) return;
      const texts: string[] = [];
      const entries: PendingEntry[] = [];
      let bytes = 0;
      while (entries.length < this.size && bytes < this.size * BYTES_PER_COMMAND) {
        const entry = this.queue[this.next + entries.length];
        if (!entry) break;
        const text = wireText(entry.outbound);
        texts.push(text);
        entries.push(entry);
        bytes += text.length;
      }
      if (!this.line.send(commandsMessage(texts))) return;
      this.next += entries.length;
      this.inFlight += entries.length;
      const message = { sentAt: this.environment.monotonicNow(), open: entries.length };
      for (const entry of entries) this.messages.set(entry, message);
      if (this.next === this.queue.length) {
        this.queue = [];
        this.next = 0;
      }
    }
  }
}

const commandsMessage = (texts: readonly string[]): string => {
  const kind: TerminalMessage["kind"] = "commands";
  return `{"kind":"${kind}","commands":[${texts.join(",")}]}`;
};
