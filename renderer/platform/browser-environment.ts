import { uuidv7 } from "uuidv7";
import type { Environment, Socket, SocketHandlers } from "../store/environment.ts";

import type { Platform } from "./platform.ts";

const IDLE_AT_LATEST_MS = 2_000;

const openSocket = (url: string, handlers: SocketHandlers): Socket => {
  const socket = new WebSocket(url);
  let isClosed = false;
  const closed = (code: number): void => {
    if (isClosed) return;
    isClosed = true;
    handlers.closed(code);
  };
  socket.onopen = () => handlers.opened();
  socket.onmessage = ({ data }: MessageEvent<unknown>) => handlers.received(typeof data === "string" ? data : null);
  socket.onclose = ({ code }) => closed(code);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    buffered: () => socket.bufferedAmount,
    close: () => {
      isClosed = true;
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    },
  };
};

/** Pages that are not served securely have no locks: each window syncs by itself then. */
const withLock: Environment["withLock"] = async (name, signal, whileHeld) => {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return whileHeld();
  await locks.request(name, { signal }, whileHeld);
};

const openChannel: Environment["openChannel"] = (name) => {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
    },
    close: () => channel.close(),
  };
};

/** The environment of a window. */
export const browserEnvironment = ({
  log,
  journal = null,
  newSession = null,
  machine = null,
  isNodeTrusted = () => Promise.resolve(true),
}: Pick<Platform, "log"> & Partial<Platform>): Environment => ({
  journal,
  newSession,
  machine,
  isNodeTrusted,
  indexedDB: globalThis.indexedDB,
  keyRange: globalThis.IDBKeyRange,
  crypto: globalThis.crypto,
  fetch: (...request) => globalThis.fetch(...request),
  marks: {
    read: (key) => localStorage.getItem(key),
    write: (key, value) => localStorage.setItem(key, value),
  },
  openSocket,
  wallNow: () => Date.now(),
  monotonicNow: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  whenIdle: (act) => void requestIdleCallback(act, { timeout: IDLE_AT_LATEST_MS }),
  random: () => Math.random(),
  newId: () => uuidv7(),
  withLock,
  openChannel,
  onOnline: (listener) => {
    addEventListener("online", listener);
    return () => removeEventListener("online", listener);
  },
  log,
});
