import { contextBridge, ipcRenderer, webFrame } from "electron";
import type { ChannelResults, PublicChannel, StaffChannel } from "../../shared/contract/ipc.ts";
import type { ApplicantAnswer } from "../../shared/domain/document/applicant-view.ts";
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

const answerListeners = new Set<(answer: ApplicantAnswer) => void>();

/** For staff screens. A page that was loaded anew has nothing to do with an answer to the one before. */
export const onApplicantAnswer = (listener: (answer: ApplicantAnswer) => void): (() => void) => {
  if (answerListeners.size === 0)
    ipcRenderer.on(internalChannels.applicantAnswer, (_event, answer: ApplicantAnswer) => {
      for (const tell of answerListeners) tell(answer);
    });
  const tell = (answer: ApplicantAnswer) => {
    listener(answer);
  };
  answerListeners.add(tell);
  return () => {
    answerListeners.delete(tell);
    if (answerListeners.size === 0) ipcRenderer.removeAllListeners(internalChannels.applicantAnswer);
  };
};

let pausedUntil = Number.NEGATIVE_INFINITY;
const pauseListeners = new Set<(ms: number) => void>();

/** For public screens. A listener that comes during a pause is told what is left of it. */
export const onInputPaused = (listener: (ms: number) => void): (() => void) => {
  const tell = (ms: number) => {
    listener(ms);
  };
  pauseListeners.add(tell);
  const left = pausedUntil - performance.now();
  if (left > 0) tell(left);
  return () => {
    pauseListeners.delete(tell);
  };
};

/** Puts `window.terminal` into the page: the listed functions and nothing else; no way to name another channel. */
export const exposeBridge = (
  channels: readonly (PublicChannel | StaffChannel)[],
  more: Readonly<Record<string, unknown>> = {},
): void => {
  ipcRenderer.on(internalChannels.counterScreen, (_event, screen: CounterScreen) => {
    lastScreen = screen;
    for (const tell of listeners) tell(screen);
  });
  ipcRenderer.on(internalChannels.inputPaused, (_event, ms: number) => {
    pausedUntil = performance.now() + ms;
    for (const tell of pauseListeners) tell(ms);
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
  contextBridge.exposeInMainWorld("terminal", { ...calls, ...more, onCounterScreen });
};
