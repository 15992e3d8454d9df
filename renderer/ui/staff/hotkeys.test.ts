import { describe, expect, it } from "vitest";
import { hotkeyOf, judgeKey, type KeyPress } from "./hotkeys.ts";

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: "",
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...change,
});
const bound = new Set(["F2", "F5", "Alt+1"]);

describe("hotkeyOf", () => {
  it("names function keys and Alt with a letter or digit", () => {
    expect(hotkeyOf(press({ key: "F2", code: "F2" }))).toBe("F2");
    expect(hotkeyOf(press({ key: "¡", code: "Digit1", altKey: true }))).toBe("Alt+1");
  });

  it("is silent for typing, for the system's own combinations and while a word is being composed", () => {
    expect(hotkeyOf(press({ key: "a", code: "KeyA" }))).toBeNull();
    expect(hotkeyOf(press({ key: "F4", code: "F4", altKey: true }))).toBeNull();
    expect(hotkeyOf(press({ key: "F5", code: "F5", ctrlKey: true }))).toBeNull();
    expect(hotkeyOf(press({ key: "F2", code: "F2", isComposing: true }))).toBeNull();
  });
});

describe("judgeKey", () => {
  it("runs a bound key once", () => {
    expect(judgeKey(press({ key: "F2", code: "F2" }), bound, false).verdict).toBe("run");
  });

  it("does not call twice because a key is held down, and still keeps the browser from reloading", () => {
    expect(judgeKey(press({ key: "F5", code: "F5", repeat: true }), bound, false).verdict).toBe("swallow");
  });

  it("does nothing behind an open dialog", () => {
    expect(judgeKey(press({ key: "F2", code: "F2" }), bound, true).verdict).toBe("swallow");
  });

  it("leaves unbound keys to the browser", () => {
    expect(judgeKey(press({ key: "F11", code: "F11" }), bound, false).verdict).toBe("leave");
  });
});
