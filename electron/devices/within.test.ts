import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { within } from "./within.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("gives what the work gives in time, and waits for nothing more", async () => {
  await expect(within(1_000, Promise.resolve("page"))).resolves.toBe("page");
  await expect(within(1_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});

it("fails when nothing comes, so that whoever stands in line behind it has a turn", async () => {
  const waiting = expect(within(1_000, new Promise(() => undefined))).rejects.toThrow("1000 ms");
  await vi.advanceTimersByTimeAsync(1_000);
  await waiting;
});
