import type { WebContents } from "electron";

let lastInputMs = performance.now();

/** Counts what is typed, touched and moved in a window. */
export const countInput = (contents: WebContents): void => {
  contents.on("input-event", () => {
    lastInputMs = performance.now();
  });
};

/**
 * Since when nobody has touched this program's windows. Its own count: how long the system was left alone cannot be asked of every
 * compositor (Wayland), and 0 or an error for ever would mean a terminal that never starts afresh.
 */
export const idleSeconds = (): number => (performance.now() - lastInputMs) / 1000;
