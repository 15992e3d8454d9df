import { app, screen } from "electron";
import type { ApplicantAnswer } from "../../shared/domain/document/applicant-view.ts";
import type { CounterScreen } from "../../shared/domain/queue/counter-screen.ts";
import type { Bounds, StartArgs, StartRole } from "../args.ts";
import { internalChannels } from "../ipc/internal-channels.ts";
import type { Logger } from "../logging/logger.ts";
import { APP_PAGE } from "../security/app-scheme.ts";
import type { TerminalSessions } from "../security/terminal-sessions.ts";
import type { Identity } from "../settings/identity.ts";
import { kindOf } from "../shown-role.ts";
import { windowTitle } from "../text.ts";
import { watchEnds } from "./restart-wait.ts";
import { keepSecondScreen, type SecondScreen } from "./second-screen.ts";
import { openTerminalWindow, type TerminalWindow } from "./terminal-window.ts";

/** The windows of the role that a terminal has: one, and the applicant's screen beside a clerk's. */
export interface RoleWindows {
  find(contentsId: number): TerminalWindow | undefined;
  open(role: StartRole): void;
  /** Closes all of them and opens those of the role. */
  reopen(role: StartRole): void;
  /** Shows the applicant's side of the counter what the clerk's window says. */
  showOnSecond(screen: CounterScreen): void;
  /** Tells the staff window what the applicant did on the second screen. */
  tellMain(answer: ApplicantAnswer): void;
  /**
   * Brings the terminal to the front: somebody started it a second time.
   * @param openAt what to go to, as `StartArgs.openAt`
   */
  show(openAt: string | null): void;
  /** From now on windows may close. */
  end(): void;
}

/** @param onLockedClosed a locked window is gone that nobody may close */
export const createRoleWindows = ({
  args,
  identity,
  log,
  sessions,
  onLockedClosed,
}: {
  readonly args: StartArgs;
  readonly identity: Identity;
  readonly log: Logger;
  readonly sessions: TerminalSessions;
  readonly onLockedClosed: () => void;
}): RoleWindows => {
  const windows = new Map<number, TerminalWindow>();
  const closing = new Set<TerminalWindow>();
  const nextReopening = watchEnds();
  let secondScreen: SecondScreen | null = null;
  let lastScreen: CounterScreen | null = null;
  let isEnding = false;
  let isReopening = false;

  const openOne = (role: StartRole, display: "main" | "second", bounds: Bounds, isPlaced: boolean): TerminalWindow => {
    const kind = kindOf(role);
    const isFree = isPlaced || args.windowed;
    const isLocked = kind === "public" && !isFree;
    const window = openTerminalWindow(
      {
        role,
        display,
        kind,
        title: windowTitle(role, display, identity.enrolment()?.hallName ?? null, identity.settings.get().language),
        session: sessions.forWindow(role),
        bounds,
        isLocked,
        isMaximised: kind === "staff" && !isFree,
        mayHaveDevTools: !app.isPackaged,
        openAt: kind === "staff" && display === "main" ? (args.openAt ?? "") : "",
      },
      log,
      () => isEnding || isReopening || closing.has(window),
    );
    const { id } = window.browser.webContents;
    windows.set(id, window);
    window.browser.once("closed", () => {
      windows.delete(id);
      // The staff window is the terminal; its applicant's screen goes with it.
      if (display !== "main" || isReopening) return;
      // A page closes its window without being asked whether it may (window.close).
      if (isLocked && !isEnding) setTimeout(onLockedClosed, nextReopening());
      else app.quit();
    });
    if (display === "second")
      window.browser.webContents.on("did-finish-load", () => {
        if (lastScreen) window.browser.webContents.send(internalChannels.counterScreen, lastScreen);
      });
    return window;
  };

  const close = (window: TerminalWindow) => {
    closing.add(window);
    window.browser.destroy();
  };

  const mainBounds = (role: StartRole): Bounds => {
    if (args.bounds) return args.bounds;
    const { bounds, workArea } = screen.getPrimaryDisplay();
    if (kindOf(role) === "public" && !args.windowed) return bounds;
    const [width, height] = [Math.min(1280, workArea.width), Math.min(800, workArea.height)];
    return { x: workArea.x, y: workArea.y, width, height };
  };

  const open = (role: StartRole): void => {
    const main = openOne(role, "main", mainBounds(role), args.bounds !== null);
    if (role !== "window" || !identity.credentials("second")) return;
    if (args.secondBounds) openOne("review", "second", args.secondBounds, true);
    else if (!args.bounds && !args.windowed)
      secondScreen = keepSecondScreen(
        main.browser,
        (bounds) => openOne("review", "second", bounds, false),
        close,
        (count) => {
          log.write("display.changed", { count });
        },
      );
  };

  const closeAll = (): void => {
    secondScreen?.stop();
    secondScreen = null;
    lastScreen = null;
    for (const window of windows.values()) window.browser.destroy();
  };

  return {
    find: (contentsId) => windows.get(contentsId),
    open,
    reopen(role) {
      isReopening = true;
      closeAll();
      open(role);
      isReopening = false;
    },
    showOnSecond(counterScreen) {
      lastScreen = counterScreen;
      for (const { display, browser } of windows.values())
        if (display === "second") browser.webContents.send(internalChannels.counterScreen, counterScreen);
    },
    tellMain(answer) {
      for (const { display, role, browser } of windows.values())
        if (display === "main" && role === "window") browser.webContents.send(internalChannels.applicantAnswer, answer);
    },
    show(openAt) {
      for (const { browser, display, kind } of windows.values()) {
        if (display !== "main") continue;
        if (openAt !== null && kind === "staff") browser.loadURL(APP_PAGE + openAt).catch(() => undefined);
        if (browser.isMinimized()) browser.restore();
        browser.show();
        browser.focus();
      }
    },
    end() {
      isEnding = true;
    },
  };
};
