import type { JournalEntry, SessionOutcome } from "../../shared/contract/ipc.ts";
import type { MachineFacts } from "../../shared/domain/fleet/terminal-report.ts";
import type { LogCode, LogFields } from "../../shared/contract/log-events.ts";

/** What the store and the sync engine need of the place they run in: a browser, or a test with many terminals. */
export interface Environment {
  readonly indexedDB: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
  readonly crypto: Crypto;
  readonly fetch: typeof fetch;
  /** Small marks that are not in IndexedDB, so that the loss of a database can be noticed (localStorage). */
  readonly marks: Marks;
  /** The second copy of unsent acts, outside IndexedDB; null where there is no place for one (a plain browser). */
  readonly journal: JournalPort | null;
  /** Asks what answers at the node's address now: false when it is not whom this terminal believes. */
  readonly isNodeTrusted: () => Promise<boolean>;
  /** Gets a new token to present; null where a secret is good for ever (a plain browser). */
  readonly newSession: (() => Promise<SessionOutcome>) | null;
  /** The program around the window; null: a plain browser. */
  readonly machine: MachinePort | null;
  readonly openSocket: (url: string, handlers: SocketHandlers) => Socket;
  /** Wall clock, milliseconds since 1970 UTC; may jump. */
  readonly wallNow: () => number;
  /** Milliseconds since some start; never jumps. */
  readonly monotonicNow: () => number;
  /** Runs `act` once after a while; returns the way to call it off. */
  readonly after: (ms: number, act: () => void) => () => void;
  /** Runs `act` when nothing else is to be done, at the latest after two seconds. */
  readonly whenIdle: (act: () => void) => void;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** Holds a lock over all windows of the terminal until `whileHeld` settles or the signal aborts the wait. */
  readonly withLock: (name: string, signal: AbortSignal, whileHeld: () => Promise<void>) => Promise<void>;
  readonly openChannel: (name: string) => WindowChannel;
  /** Tells when the machine has a network again; returns the way to stop listening. */
  readonly onOnline: (listener: () => void) => () => void;
  readonly log: Log;
}

export type Log = (code: LogCode, fields: LogFields) => void;

export interface Marks {
  readonly read: (key: string) => string | null;
  readonly write: (key: string, value: string) => void;
}

export interface MachinePort {
  readonly facts: () => Promise<MachineFacts>;
  /** Asks the node what it has decided of this terminal, and does what it has ordered. False: the node could not be asked. */
  readonly attend: () => Promise<boolean>;
  /** Milliseconds since somebody touched this screen. */
  readonly untouchedMs: () => number;
  /** Begins this screen anew, with a page of its own. */
  readonly beginAnew: () => void;
}

export interface JournalPort {
  readonly read: () => Promise<readonly JournalEntry[]>;
  readonly change: (kept: readonly JournalEntry[], dropped: readonly string[]) => Promise<void>;
}

export interface SocketHandlers {
  readonly opened: () => void;
  /** null for a message that is not text. */
  readonly received: (text: string | null) => void;
  /** Called once, also when the connection never came to be. */
  readonly closed: (code: number) => void;
}

export interface Socket {
  readonly send: (text: string) => void;
  /** Bytes handed over and not yet on the wire. */
  readonly buffered: () => number;
  readonly close: () => void;
}

/** The other windows of the same terminal. */
export interface WindowChannel {
  readonly post: (message: unknown) => void;
  readonly listen: (listener: (message: unknown) => void) => void;
  readonly close: () => void;
}
