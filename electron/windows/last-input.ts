import type { WebContents } from "electron";

let lastInputMs = performance.now();
const touched = new Set<WebContents>();

/** A window that opens under a pointer is told of it as if the pointer had moved: nobody has touched it by that. */
const TOUCHES: readonly string[] = ["mouseDown", "touchStart", "gestureTapDown", "rawKeyDown", "keyDown"];

/** Counts what is typed, touched and moved in a window. */
export const countInput = (contents: WebContents): void => {
  contents.on("input-event", (_event, { type }) => {
    lastInputMs = performance.now();
    if (TOUCHES.includes(type)) touched.add(contents);
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
