import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showWhenDrawn } from "./show-when-drawn.ts";

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
  gone = false;
  isDestroyed = (): boolean => this.gone;
}

let browser: FakeWindow;
let shown: number;
beforeEach(() => {
  vi.useFakeTimers();
  browser = new FakeWindow();
  shown = 0;
  // As the real one in all that is used of it.
  showWhenDrawn(browser as unknown as Parameters<typeof showWhenDrawn>[0], () => (shown += 1));
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a window that opens", () => {
  it("is shown with its first picture, and never again by itself: whoever has put it away is not disturbed", () => {
    vi.advanceTimersByTime(60_000);
    expect(shown).toBe(0);
    browser.webContents.emit("did-finish-load");
    browser.emit("ready-to-show");
    expect(shown).toBe(1);
    vi.advanceTimersByTime(60_000);
    browser.webContents.emit("did-finish-load");
    vi.advanceTimersByTime(60_000);
    expect(shown).toBe(1);
  });

  it("is shown when its page is loaded and nobody tells of a picture (S50)", () => {
    browser.webContents.emit("did-finish-load");
    expect(shown).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(shown).toBe(1);
    browser.emit("ready-to-show");
    expect(shown).toBe(1);
  });

  it("is left alone when it is gone by then", () => {
    browser.webContents.emit("did-finish-load");
    browser.gone = true;
    vi.advanceTimersByTime(1_000);
    expect(shown).toBe(0);
  });
});
