import { screen, type BrowserWindow } from "electron";
import type { Bounds } from "../args.ts";
import type { TerminalWindow } from "./terminal-window.ts";

/** Displays are announced one by one and change several times while a cable is plugged in. */
const SETTLE_MS = 300;

export interface SecondScreen {
  stop(): void;
}

/** The display for the applicant's screen: the first one on which the staff window does not stand. */
const findSecondBounds = (main: BrowserWindow): Bounds | null => {
  const own = screen.getDisplayMatching(main.getBounds()).id;
  return screen.getAllDisplays().find(({ id }) => id !== own)?.bounds ?? null;
};

const isSame = (a: Bounds, b: Bounds): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/**
 * Keeps the applicant's screen of a window terminal on the second display: opens it when there is one, moves it with it, and
 * closes it when it is gone.
 */
export const keepSecondScreen = (
  main: BrowserWindow,
  open: (bounds: Bounds) => TerminalWindow,
  close: (window: TerminalWindow) => void,
  onChange: (displayCount: number) => void,
): SecondScreen => {
  let second: TerminalWindow | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const arrange = () => {
    if (main.isDestroyed()) return;
    const bounds = findSecondBounds(main);
    if (second?.browser.isDestroyed()) second = null;
    if (!bounds) {
      if (second) close(second);
      second = null;
    } else if (!second) {
      second = open(bounds);
      second.browser.once("closed", later);
    } else if (!isSame(second.browser.getBounds(), bounds)) {
      const { browser } = second;
      // A full-screen window cannot be moved to another display.
      browser.setKiosk(false);
      browser.setBounds(bounds);
      browser.setKiosk(true);
    }
  };
  const later = () => {
    if (isStopped) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      onChange(screen.getAllDisplays().length);
      arrange();
    }, SETTLE_MS);
  };
  screen.on("display-added", later);
  screen.on("display-removed", later);
  screen.on("display-metrics-changed", later);
  arrange();
  return {
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      screen.off("display-added", later);
      screen.off("display-removed", later);
      screen.off("display-metrics-changed", later);
    },
  };
};
