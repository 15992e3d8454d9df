import { describe, expect, it } from "vitest";
import { digitRows, latinRows, pressKey } from "./keyboard-layout.ts";

describe("on-screen keyboard", () => {
  it("has every letter and digit once", () => {
    const typed = latinRows.flat().flatMap((key) => ("types" in key ? [key.types] : []));
    expect([...typed].sort().join("")).toBe("0123456789abcdefghijklmnopqrstuvwxyz");
    const digits = digitRows.flat().flatMap((key) => ("types" in key ? [key.types] : []));
    expect([...digits].sort().join("")).toBe("0123456789");
  });

  it("types, takes back whole characters, clears, and never passes the longest length", () => {
    expect(pressKey("sf", { types: "z" }, 10)).toBe("sfz");
    expect(pressKey("sfz", { types: "x" }, 3)).toBe("sfz");
    expect(pressKey("证𠀀", { does: "backspace" }, 10)).toBe("证");
    expect(pressKey("", { does: "backspace" }, 10)).toBe("");
    expect(pressKey("sfz", { does: "clear" }, 10)).toBe("");
    expect(pressKey("jumin", { does: "space" }, 10)).toBe("jumin ");
    expect(pressKey("jumin ", { does: "space" }, 10)).toBe("jumin ");
    expect(pressKey("", { does: "space" }, 10)).toBe("");
  });
});
