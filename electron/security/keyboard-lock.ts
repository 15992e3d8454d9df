import type { Input } from "electron";
import type { ScreenKind } from "./content-policy.ts";

/** What a person may need while typing into a field of ours. */
const EDIT_KEYS = new Set(["a", "c", "v", "x", "z"]);
/** Keys that the pages of a browser, not our screens, would answer. */
const BROWSER_KEYS = new Set([
  "BrowserBack",
  "BrowserForward",
  "BrowserHome",
  "BrowserRefresh",
  "BrowserSearch",
  "BrowserFavorites",
  "BrowserStop",
  "ContextMenu",
  "PrintScreen",
  "Help",
  "LaunchMail",
  "LaunchApplication1",
  "LaunchApplication2",
  "ZoomIn",
  "ZoomOut",
  "Print",
  "Save",
  "Open",
  "Find",
  "Close",
  "New",
]);
/** Reload, print, close, new window, zoom, developer tools, page source …: of no use on a staff screen either. */
const STAFF_COMBINATIONS = new Set(["r", "p", "w", "n", "t", "u", "s", "o", "j", "+", "-", "=", "0", "_"]);

/** Keys that do nothing but change what another one means. */
const HELD_KEYS = new Set(["Alt", "AltGraph", "CapsLock", "Control", "Fn", "Meta", "NumLock", "Shift"]);

type Key = Pick<Input, "type" | "key" | "control" | "alt" | "meta" | "shift">;

export const isHeldKey = ({ key }: Pick<Key, "key">): boolean => HELD_KEYS.has(key);

/**
 * Whether a key must not reach the page or the browser. Public screens: everything but plain typing; readers of cards and
 * codes type plain keys. Staff screens keep their function keys and lose the browser's combinations.
 */
export const isKeyRefused = ({ key, control, alt, meta, shift }: Key, kind: ScreenKind): boolean => {
  if (BROWSER_KEYS.has(key)) return true;
  const lower = key.toLowerCase();
  const withCommand = control || meta;
  if (kind === "staff") {
    if (withCommand && shift && ["i", "j", "c", "r", "delete", "t", "n"].includes(lower)) return true;
    return withCommand && !alt && STAFF_COMBINATIONS.has(lower);
  }
  // A key of a special keyboard that the browser has no name for.
  if (/^\p{Cc}$/u.test(key)) return true;
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return true;
  // AltGr arrives as Control and Alt together and writes letters on some keyboards.
  if (control && alt && key.length === 1 && !shift) return false;
  if (alt || meta) return key !== "Alt" && key !== "Meta" ? true : meta;
  if (control) return !(EDIT_KEYS.has(lower) && !shift) && key !== "Control";
  return false;
};
