import type { Live } from "../store/terminal.ts";

/** The lock itself (ui/staff/idle-lock.tsx), named here because public screens load this file and not that one. */
const LOCK = ".idle-lock";

/**
 * Keeps every key from a screen while it is locked. Called before any screen is shown: listeners at the window are asked in
 * the order in which they came, so no scanner and no shortcut of a screen hears a key before this does.
 */
export const deafWhileLocked = (locked: Live<boolean>): void => {
  const keepFromScreen = (event: KeyboardEvent): void => {
    if (!locked.get()) return;
    event.stopImmediatePropagation();
    const { target } = event;
    if (event.key === "Escape" || !(target instanceof Element && target.closest(LOCK))) event.preventDefault();
  };
  for (const type of ["keydown", "keyup"] as const) window.addEventListener(type, keepFromScreen, true);
};
