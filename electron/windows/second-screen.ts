import { screen, type BrowserWindow } from "electron";
import type { Bounds } from "../args.ts";
import { watchEnds } from "./restart-wait.ts";
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
  const nextWait = watchEnds();
  let second: TerminalWindow | null = null;
  let settling: NodeJS.Timeout | undefined;
  let reopening: NodeJS.Timeout | undefined;
  const arrange = () => {
    if (main.isDestroyed()) return;
    const bounds = findSecondBounds(main);
    if (!bounds) {
      const gone = second;
      second = null;
      if (gone) close(gone);
    } else if (!second) {
      const opened = open(bounds);
      second = opened;
      opened.browser.once("closed", () => {
        if (second !== opened) return;
        second = null;
        reopening = setTimeout(arrange, nextWait());
      });
    } else if (!isSame(second.browser.getBounds(), bounds)) {
      const { browser } = second;
      // A full-screen window cannot be moved to another display.
      browser.setKiosk(false);
      browser.setBounds(bounds);
      browser.setKiosk(true);
    }
  };
  const later = () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
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
      second = null;
      clearTimeout(settling);
      clearTimeout(reopening);
      screen.off("display-added", later);
      screen.off("display-removed", later);
      screen.off("display-metrics-changed", later);
    },
  };
};
