import type { BrowserWindow } from "electron";

/**
 * Keeps a locked screen where it is. This is the program's half only: `kiosk: true` is no more than full screen on Windows
 * and Linux, the real lock is the operating system's profile.
 */
export const keepInFront = (browser: BrowserWindow, isEnding: () => boolean): void => {
  browser.setAlwaysOnTop(true, "screen-saver");
  browser.setVisibleOnAllWorkspaces(true);
  browser.on("close", (event) => {
    if (!isEnding()) event.preventDefault();
  });
  const restore = () => {
    if (isEnding() || browser.isDestroyed()) return;
    if (browser.isMinimized()) browser.restore();
    if (!browser.isKiosk()) browser.setKiosk(true);
    browser.moveTop();
  };
  browser.on("minimize", restore);
  browser.on("leave-full-screen", restore);
  browser.on("hide", () => {
    if (!isEnding() && !browser.isDestroyed()) browser.show();
  });
  browser.on("blur", restore);
};
