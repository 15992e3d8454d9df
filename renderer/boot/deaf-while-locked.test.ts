import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveValue } from "../store/live.ts";
import { deafWhileLocked } from "./deaf-while-locked.ts";

class Place extends EventTarget {
  constructor(private readonly isLock: boolean) {
    super();
  }
  closest(): Place | null {
    return this.isLock ? this : null;
  }
}

const press = (key: string, isInLock: boolean): Event => {
  const event = new Event("keydown", { cancelable: true });
  Object.defineProperties(event, { key: { value: key }, target: { value: new Place(isInLock) } });
  window.dispatchEvent(event);
  return event;
};

const locked = liveValue(false);
let heard: string[];

beforeEach(() => {
  heard = [];
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("Element", Place);
  deafWhileLocked(locked);
  window.addEventListener("keydown", ({ key }) => heard.push(key), true);
});
afterEach(() => vi.unstubAllGlobals());

it("lets a screen hear its keys only while it is not locked", () => {
  locked.set(false);
  press("F2", false);
  locked.set(true);
  press("F5", false);
  press("a", true);
  locked.set(false);
  press("F6", false);
  expect(heard).toEqual(["F2", "F6"]);
});

it("lets the lock's own fields be typed in, but not closed with Esc", () => {
  locked.set(true);
  expect(press("a", true).defaultPrevented).toBe(false);
  expect(press("Escape", true).defaultPrevented).toBe(true);
  expect(press("a", false).defaultPrevented).toBe(true);
});
