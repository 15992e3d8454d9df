import type { BrowserWindow } from "electron";

/** The first picture follows the loaded page within milliseconds. */
const PICTURE_MS = 1_000;

type Shown = Pick<BrowserWindow, "once" | "isDestroyed"> & {
  readonly webContents: Pick<BrowserWindow["webContents"], "once">;
};

/**
 * Shows a window once, as soon as it has something to show. Beside other programs that keep the processor busy, Chromium does not tell of the first picture of
 * one start in some fifty, and draws none while the window is hidden: a page that is loaded is shown all the same.
 */
export const showWhenDrawn = (browser: Shown, show: () => void): void => {
  let isShown = false;
  const showOnce = (): void => {
    if (isShown || browser.isDestroyed()) return;
    isShown = true;
    show();
  };
  browser.once("ready-to-show", showOnce);
  browser.webContents.once("did-finish-load", () => setTimeout(showOnce, PICTURE_MS));
};
