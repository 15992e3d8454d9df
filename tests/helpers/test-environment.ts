import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { uuidv7 } from "uuidv7";
import { WebSocket } from "ws";
import type { Environment, SocketHandlers } from "../../renderer/store/environment.ts";

/** What a machine's clocks, timers and chance come from. */
export interface MachinePlace {
  /** Milliseconds since 1970 UTC. */
  readonly wallNow: () => number;
  readonly monotonicNow: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly random: () => number;
  readonly newId: () => string;
  readonly crypto: Crypto;
  readonly fetch: typeof fetch;
}

const HERE: MachinePlace = {
  wallNow: () => Date.now(),
  monotonicNow: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  newId: () => uuidv7(),
  crypto: globalThis.crypto,
  fetch: (...request) => globalThis.fetch(...request),
};

/** What the windows of one terminal share: its disk, its locks, its marks. */
export class TestMachine {
  readonly indexedDB = new IDBFactory();
  readonly marks = new Map<string, string>();
  /** What lies in the journal beside its database. */
  readonly journal = new Map<string, string>();
  readonly logged: { code: string; fields: Readonly<Record<string, string | number | boolean>> }[] = [];
  private readonly locks = new Map<string, Promise<void>>();
  private readonly channels = new Map<string, Set<(message: unknown) => void>>();
  private readonly onlineListeners = new Set<() => void>();
  /** Milliseconds that its wall clock is off. */
  wallError = 0;
  /** Whether what answers at the node's address is whom it believes. */
  trustsNode = true;
  /** How many times faster its timers and monotonic clock run, for what takes minutes. */
  speed = 1;
  /** The longest that one of the terminal's timers has kept the processor, milliseconds. */
  longestTaskMs = 0;

  constructor(private readonly place: MachinePlace = HERE) {}

  environment(openSocket: Environment["openSocket"] = openNodeSocket): Environment {
    return {
      indexedDB: this.indexedDB,
      keyRange: IDBKeyRange,
      crypto: this.place.crypto,
      fetch: this.place.fetch,
      marks: {
        read: (key) => this.marks.get(key) ?? null,
        write: (key, value) => void this.marks.set(key, value),
      },
      journal: {
        read: () => Promise.resolve([...this.journal].map(([key, text]) => ({ key, text }))),
        change: (kept, dropped) => {
          for (const { key, text } of kept) this.journal.set(key, text);
          for (const key of dropped) this.journal.delete(key);
          return Promise.resolve();
        },
      },
      newSession: null,
      machine: null,
      isNodeTrusted: () => Promise.resolve(this.trustsNode),
      openSocket,
      wallNow: () => this.place.wallNow() + this.wallError,
      monotonicNow: () => this.place.monotonicNow() * this.speed,
      after: (ms, act) => this.place.after(ms / this.speed, () => this.measured(act)),
      whenIdle: (act) => void this.place.after(0, act),
      random: this.place.random,
      newId: this.place.newId,
      withLock: (name, signal, whileHeld) => this.lock(name, signal, whileHeld),
      openChannel: (name) => this.channel(name),
      onOnline: (listener) => {
        this.onlineListeners.add(listener);
        return () => void this.onlineListeners.delete(listener);
      },
      log: (code, fields) => void this.logged.push({ code, fields }),
    };
  }

  /** Processor time, because on a busy machine the clock on the wall says nothing about who held up whom. */
  private measured(act: () => void): void {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    this.longestTaskMs = Math.max(this.longestTaskMs, (user + system) / 1_000);
  }

  cameOnline(): void {
    for (const listener of this.onlineListeners) listener();
  }

  private async lock(name: string, signal: AbortSignal, whileHeld: () => Promise<void>): Promise<void> {
    const before = this.locks.get(name) ?? Promise.resolve();
    const mine = before.then(async () => {
      if (!signal.aborted) await whileHeld();
    });
    this.locks.set(
      name,
      mine.catch(() => undefined),
    );
    await mine;
  }

  private channel(name: string): ReturnType<Environment["openChannel"]> {
    const all = this.channels.get(name) ?? new Set();
    this.channels.set(name, all);
    let own: ((message: unknown) => void) | null = null;
    return {
      post: (message) => {
        const copy: unknown = structuredClone(message);
        for (const listener of all)
          if (listener !== own) this.place.after(0, () => all.has(listener) && listener(copy));
      },
      listen: (listener) => {
        own = listener;
        all.add(listener);
      },
      close: () => void (own && all.delete(own)),
    };
  }
}

/** A real WebSocket, of the `ws` package. */
export const openNodeSocket = (url: string, handlers: SocketHandlers): ReturnType<Environment["openSocket"]> => {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let isClosed = false;
  const closed = (code: number): void => {
    if (isClosed) return;
    isClosed = true;
    handlers.closed(code);
  };
  socket.on("open", () => handlers.opened());
  socket.on("message", (data: Buffer, isBinary) => handlers.received(isBinary ? null : data.toString("utf8")));
  socket.on("error", () => closed(1006));
  socket.on("close", (code) => closed(code));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    buffered: () => socket.bufferedAmount,
    close: () => {
      isClosed = true;
      if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
      else socket.close();
    },
  };
};
