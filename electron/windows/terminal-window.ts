import { join } from "node:path";
import { BrowserWindow, type Session } from "electron";
import type { Bounds, StartRole } from "../args.ts";
import type { Logger } from "../logging/logger.ts";
import { APP_PAGE } from "../security/app-scheme.ts";
import type { ScreenKind } from "../security/content-policy.ts";
import { isHeldKey, isKeyRefused } from "../security/keyboard-lock.ts";
import { keepAlive } from "./keep-alive.ts";
import { keepInFront } from "./keep-in-front.ts";
import { countInput } from "./last-input.ts";
import { showWhenDrawn } from "./show-when-drawn.ts";
import { watchEscapes } from "./watch-escapes.ts";

export interface TerminalWindow {
  readonly role: StartRole;
  readonly display: "main" | "second";
  readonly kind: ScreenKind;
  readonly browser: BrowserWindow;
}

export interface WindowPlan {
  readonly role: StartRole;
  readonly display: "main" | "second";
  readonly kind: ScreenKind;
  readonly title: string;
  readonly session: Session;
  /** Where the window stands; with `isLocked`, the display that it fills. */
  readonly bounds: Bounds;
  /** A public screen as the public meets it: fills its display, stays in front, cannot be closed by hand. */
  readonly isLocked: boolean;
  /** A staff screen that was not given a place takes the whole display. */
  readonly isMaximised: boolean;
  readonly mayHaveDevTools: boolean;
  /** What a staff screen shows at first, from "#" on; empty: its beginning. */
  readonly openAt: string;
}

/** One screen of a terminal. */
export const openTerminalWindow = (plan: WindowPlan, log: Logger, isEnding: () => boolean): TerminalWindow => {
  const { role, display, kind, isLocked, bounds } = plan;
  const browser = new BrowserWindow({
    ...bounds,
    title: plan.title,
    show: false,
    kiosk: isLocked,
    frame: !isLocked,
    autoHideMenuBar: true,
    backgroundColor: "#ffffff",
    webPreferences: {
      session: plan.session,
      preload: join(__dirname, kind === "public" ? "preload-public.cjs" : "preload-staff.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      disableDialogs: kind === "public",
      enableWebSQL: false,
      // File pickers open the system's dialog, the list of fonts tells machines apart: neither asks the permission handlers.
      disableBlinkFeatures: "FileSystemAccess,FileSystemAccessLocal,FontAccess",
      devTools: plan.mayHaveDevTools,
      backgroundThrottling: kind === "staff",
      autoplayPolicy: "no-user-gesture-required",
    },
  });
  const window: TerminalWindow = { role, display, kind, browser };
  browser.removeMenu();
  browser.on("page-title-updated", (event) => {
    event.preventDefault();
  });
  showWhenDrawn(browser, () => {
    if (plan.isMaximised) browser.maximize();
    browser.show();
  });
  const escapes = watchEscapes(browser.webContents, () => log.write("security.paused", { role, display }));
  browser.webContents.on("before-input-event", (event, input) => {
    const isRefused = isKeyRefused(input, kind);
    if (isRefused || escapes.isPaused()) event.preventDefault();
    // A key that is held down is one try, with the keys that it is held together with: an elbow on the keyboard is no attack.
    if (!isRefused || kind !== "public" || input.type !== "keyDown" || input.isAutoRepeat || isHeldKey(input)) return;
    log.write("security.key", { key: keyName(input) });
    escapes.tried();
  });
  countInput(browser.webContents);
  browser.webContents.on("devtools-opened", () => {
    if (plan.mayHaveDevTools) return;
    browser.webContents.closeDevTools();
    log.write("security.devtools", { role });
  });
  if (isLocked) keepInFront(browser, { hasKeyboard: display === "main", isEnding, onClose: () => escapes.tried() });
  keepAlive(window, log);
  browser.once("closed", () => {
    log.write("window.closed", { role, display });
  });
  log.write("window.opened", { role, display });
  browser.loadURL(APP_PAGE + plan.openAt).catch(() => undefined);
  return window;
};

const keyName = (input: { control: boolean; alt: boolean; meta: boolean; shift: boolean; key: string }): string =>
  [input.control && "Ctrl", input.alt && "Alt", input.meta && "Meta", input.shift && "Shift", input.key]
    .filter((part) => part !== false)
    .join("+");
