import type { WebContents } from "electron";

let lastInputMs = performance.now();
const touched = new Set<WebContents>();

/** Counts what is typed, touched and moved in a window. */
export const countInput = (contents: WebContents): void => {
  contents.on("input-event", () => {
    lastInputMs = performance.now();
    touched.add(contents);
  });
  contents.once("destroyed", () => touched.delete(contents));
};

/**
 * Since when nobody has touched this program's windows. Its own count: how long the system was left alone cannot be asked of every
 * compositor (Wayland), and 0 or an error for ever would mean a terminal that never starts afresh.
 */
export const idleSeconds = (): number => (performance.now() - lastInputMs) / 1000;

/** Whether a window that is open now was touched since it was opened. */
export const isTouched = (): boolean => touched.size > 0;
