import { describe, expect, it } from "vitest";
import { idlePhaseAfter } from "./idle.ts";

describe("idle time-out of a public screen", () => {
  it("leaves a person alone for a minute, then counts down fifteen seconds, then forgets", () => {
    expect(idlePhaseAfter(0)).toEqual({ kind: "used" });
    expect(idlePhaseAfter(59_999)).toEqual({ kind: "used" });
    expect(idlePhaseAfter(60_000)).toEqual({ kind: "counting", secondsLeft: 15 });
    expect(idlePhaseAfter(74_001)).toEqual({ kind: "counting", secondsLeft: 1 });
    expect(idlePhaseAfter(75_000)).toEqual({ kind: "over" });
  });
});
