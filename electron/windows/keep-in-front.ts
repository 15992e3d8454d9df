import type { BrowserWindow } from "electron";

/** Some window managers put a window away, or another before it, without telling. */
const LOOK_MS = 500;

export interface FrontPlan {
  /** The applicant's screen beside a counter leaves the keyboard to the clerk. */
  readonly hasKeyboard: boolean;
  readonly isEnding: () => boolean;
  /** Somebody tried to close it. */
  readonly onClose: () => void;
}

/**
 * Keeps a locked screen where it is. This is the program's half only: `kiosk: true` is no more than full screen on Windows
 * and Linux, the real lock is the operating system's profile.
 */
export const keepInFront = (browser: BrowserWindow, { hasKeyboard, isEnding, onClose }: FrontPlan): void => {
  browser.setAlwaysOnTop(true, "screen-saver");
  browser.setVisibleOnAllWorkspaces(true);
  browser.on("close", (event) => {
    if (isEnding()) return;
    event.preventDefault();
    onClose();
  });
  const restore = () => {
    if (isEnding() || browser.isDestroyed()) return;
    if (browser.isMinimized()) browser.restore();
    if (!browser.isKiosk()) browser.setKiosk(true);
    if (hasKeyboard) browser.show();
    else browser.showInactive();
    browser.moveTop();
    if (hasKeyboard) browser.focus();
  };
  browser.on("minimize", restore);
  browser.on("leave-full-screen", restore);
  browser.on("hide", restore);
  if (!hasKeyboard) {
    browser.on("blur", restore);
    return;
  }
  browser.once("show", () => {
    const timer = setInterval(() => {
      if (!browser.isFocused()) restore();
    }, LOOK_MS);
    browser.once("closed", () => {
      clearInterval(timer);
    });
  });
};
