import { contextBridge, ipcRenderer, webFrame } from "electron";
import type { ChannelResults, PublicChannel, StaffChannel } from "../../shared/contract/ipc.ts";
import type { CounterScreen } from "../../shared/domain/queue/counter-screen.ts";
import { internalChannels } from "../ipc/internal-channels.ts";
import type { Reply } from "../ipc/reply.ts";

type Call = (...args: unknown[]) => Promise<unknown>;

/** One function for one channel; arguments are checked in the main process. */
const callOf =
  (channel: StaffChannel): Call =>
  async (...args) => {
    const reply = (await ipcRenderer.invoke(channel, ...args)) as Reply<ChannelResults[StaffChannel]>;
    if (reply.ok) return reply.value;
    throw new Error(`refused: ${reply.refusal}`);
  };

let lastScreen: CounterScreen | null = null;
const listeners = new Set<(screen: CounterScreen) => void>();

const onCounterScreen = (listener: (screen: CounterScreen) => void): (() => void) => {
  // A function of its own each time, so that the same listener may be added twice and removed once.
  const tell = (screen: CounterScreen) => {
    listener(screen);
  };
  listeners.add(tell);
  if (lastScreen) tell(lastScreen);
  return () => {
    listeners.delete(tell);
  };
};

/** Puts `window.terminal` into the page: the listed functions and nothing else; no way to name another channel. */
export const exposeBridge = (channels: readonly (PublicChannel | StaffChannel)[]): void => {
  ipcRenderer.on(internalChannels.counterScreen, (_event, screen: CounterScreen) => {
    lastScreen = screen;
    for (const tell of listeners) tell(screen);
  });
  ipcRenderer.on(internalChannels.beat, () => {
    ipcRenderer.send(internalChannels.beatAnswer);
  });
  // Neither the policy nor webRequest covers WebRTC, and over TCP it reaches any address: it goes before a script of the page runs.
  webFrame
    .executeJavaScript("delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection; undefined")
    .catch(() => undefined);
  // The page's database is opened by another process; asked now, it is open before the page's first script has even come.
  indexedDB.databases().catch(() => undefined);
  const calls = Object.fromEntries(channels.map((channel) => [channel, callOf(channel)]));
  contextBridge.exposeInMainWorld("terminal", { ...calls, onCounterScreen });
};
