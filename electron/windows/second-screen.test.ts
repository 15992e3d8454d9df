import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepSecondScreen, type SecondScreen } from "./second-screen.ts";
import type { TerminalWindow } from "./terminal-window.ts";

const { displays, events } = await vi.hoisted(async () => ({
  displays: [{ id: 1, bounds: {} }] as { readonly id: number; readonly bounds: object }[],
  events: new (await import("node:events")).EventEmitter(),
}));
vi.mock("electron", () => ({
  screen: Object.assign(events, { getAllDisplays: () => displays, getDisplayMatching: () => displays[0] }),
}));

/** A window as far as its place is concerned. */
class Pane extends EventEmitter {
  isGone = false;
  constructor(private readonly bounds: object) {
    super();
  }
  isDestroyed = (): boolean => this.isGone;
  getBounds = (): object => this.bounds;
  destroy(): void {
    this.isGone = true;
    this.emit("closed");
  }
}

const SECOND = { id: 2, bounds: { x: 1280, y: 0, width: 1280, height: 800 } };
let panes: Pane[];
let changes: number[];
let kept: SecondScreen;

beforeEach(() => {
  vi.useFakeTimers();
  panes = [];
  changes = [];
  displays.splice(1, 1, SECOND);
  kept = keepSecondScreen(
    new Pane({}) as unknown as BrowserWindow,
    (bounds) => {
      const pane = new Pane(bounds);
      panes.push(pane);
      return { browser: pane as unknown as BrowserWindow } as TerminalWindow;
    },
    ({ browser }) => browser.destroy(),
    (count) => changes.push(count),
  );
});
afterEach(() => {
  kept.stop();
  vi.useRealTimers();
});

it("opens again when its page has closed it, soon and then later, and tells of no display", () => {
  expect(panes).toHaveLength(1);
  panes[0]?.destroy();
  vi.advanceTimersByTime(300);
  expect(panes).toHaveLength(2);
  panes[1]?.destroy();
  vi.advanceTimersByTime(1_900);
  expect(panes, "it waits longer").toHaveLength(2);
  vi.advanceTimersByTime(100);
  expect(panes).toHaveLength(3);
  expect(changes).toEqual([]);
});

it("goes with its display and comes back with it", () => {
  displays.splice(1, 1);
  events.emit("display-removed");
  vi.advanceTimersByTime(300);
  expect(panes[0]?.isGone).toBe(true);
  vi.advanceTimersByTime(5_000);
  expect(panes).toHaveLength(1);
  displays.splice(1, 0, SECOND);
  events.emit("display-added");
  vi.advanceTimersByTime(300);
  expect(panes).toHaveLength(2);
  expect(changes).toEqual([1, 2]);
});
