import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { restartNightly } from "./nightly-restart.ts";

const HOUR = 3_600_000;
let restarts: string[];
const waking = new EventEmitter();
let stop: () => void;
const startAt = (time: string): void => {
  vi.setSystemTime(new Date(time));
  restarts = [];
  stop = restartNightly(() => restarts.push(new Date().toTimeString().slice(0, 5)), waking);
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("the nightly restart", () => {
  it("comes once each night at half past three, and not at the start", () => {
    startAt("2026-11-22T09:00:00");
    vi.advanceTimersByTime(18 * HOUR);
    expect(restarts).toEqual([]);
    vi.advanceTimersByTime(HOUR);
    expect(restarts).toEqual(["03:30"]);
    vi.advanceTimersByTime(48 * HOUR);
    expect(restarts).toEqual(["03:30", "03:30", "03:30"]);
  });

  it("comes after waking when the machine slept over the hour", () => {
    startAt("2026-11-22T20:00:00");
    vi.setSystemTime(new Date("2026-11-23T08:15:00"));
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual(["08:16"]);
    vi.advanceTimersByTime(HOUR);
    expect(restarts).toHaveLength(1);
  });

  it("comes at once when the machine wakes, and not after it was stopped", () => {
    startAt("2026-11-22T20:00:00");
    vi.setSystemTime(new Date("2026-11-22T23:00:00"));
    waking.emit("resume");
    expect(restarts).toEqual([]);
    vi.setSystemTime(new Date("2026-11-23T07:45:00"));
    waking.emit("resume");
    expect(restarts).toEqual(["07:45"]);
    stop();
    vi.setSystemTime(new Date("2026-11-24T07:45:00"));
    waking.emit("resume");
    expect(restarts).toHaveLength(1);
  });

  it("comes once when the clock is set back over the hour", () => {
    startAt("2026-11-22T20:00:00");
    vi.advanceTimersByTime(8 * HOUR);
    expect(restarts).toHaveLength(1);
    vi.setSystemTime(new Date("2026-11-23T03:00:00"));
    vi.advanceTimersByTime(HOUR);
    expect(restarts).toHaveLength(1);
  });
});
