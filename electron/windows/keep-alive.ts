import type { RenderProcessGoneDetails } from "electron";
import type { Logger } from "../logging/logger.ts";
import { APP_PAGE } from "../security/app-scheme.ts";
import { internalChannels } from "../ipc/internal-channels.ts";
import { watchEnds } from "./restart-wait.ts";
import type { TerminalWindow } from "./terminal-window.ts";

const RELOAD_MS = 2_000;

/** A page that has not answered for this long hangs: the heaviest start measured on two cores blocks well under 2 s. */
const BEAT_MS = 3_000;
const HANG_MS = 15_000;

/** Starts a screen again when its process ends, hangs, or its page cannot be loaded. */
export const keepAlive = ({ browser, role, display }: TerminalWindow, log: Logger): void => {
  const { webContents } = browser;
  const nextWait = watchEnds();
  let lastAnswerAt = Date.now();
  let isWatching = false;

  const later = (ms: number, work: () => void) => {
    setTimeout(() => {
      if (!browser.isDestroyed()) work();
    }, ms);
  };
  const load = () => {
    browser.loadURL(APP_PAGE).catch(() => undefined);
  };

  const onGone = ({ reason, exitCode }: RenderProcessGoneDetails) => {
    isWatching = false;
    if (reason === "clean-exit") return;
    log.write("window.crashed", { role, display, reason, exitCode });
    later(nextWait(), load);
  };
  webContents.on("render-process-gone", (_event, details) => {
    onGone(details);
  });
  webContents.on("did-fail-load", (_event, code, _description, _url, isMainFrame) => {
    // -3: taken back by ourselves (a refused navigation).
    if (!isMainFrame || code === -3) return;
    log.write("window.loadFailed", { role, display, code });
    later(RELOAD_MS, load);
  });

  const endHanging = () => {
    log.write("window.hung", { role, display });
    isWatching = false;
    webContents.forcefullyCrashRenderer();
  };
  browser.on("unresponsive", endHanging);

  // Chromium notices a hang only when somebody touches the screen; a board in a hall is never touched.
  webContents.ipc.on(internalChannels.beatAnswer, () => {
    lastAnswerAt = Date.now();
    isWatching = true;
  });
  webContents.on("did-finish-load", () => {
    lastAnswerAt = Date.now();
  });
  let lastBeatAt = Date.now();
  const timer = setInterval(() => {
    if (browser.isDestroyed()) return;
    const now = Date.now();
    // This process itself stood still (sleep, suspended machine): the page had no chance to answer.
    if (now - lastBeatAt > BEAT_MS * 2) lastAnswerAt = now;
    lastBeatAt = now;
    if (isWatching && !webContents.isDevToolsOpened() && now - lastAnswerAt > HANG_MS) endHanging();
    else if (!webContents.isCrashed()) webContents.send(internalChannels.beat);
  }, BEAT_MS);
  browser.once("closed", () => {
    clearInterval(timer);
  });
};
