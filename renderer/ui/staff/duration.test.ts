import { describe, expect, it } from "vitest";
import { durationText, formatTimer } from "./duration.ts";

describe("formatTimer", () => {
  it("counts minutes and seconds, and hours from the first on", () => {
    expect(formatTimer(0)).toBe("00:00");
    expect(formatTimer(207_999)).toBe("03:27");
    expect(formatTimer(3_807_000)).toBe("1:03:27");
  });

  it("never runs backwards when the clock is corrected", () => {
    expect(formatTimer(-5_000)).toBe("00:00");
  });
});

describe("durationText", () => {
  it("is as coarse as people say it", () => {
    expect(durationText(59_000)).toEqual({ key: "staff:duration.underMinute", params: {} });
    expect(durationText(59_000, true)).toEqual({ key: "staff:duration.seconds", params: { seconds: 59 } });
    expect(durationText(12 * 60_000 + 5)).toEqual({ key: "staff:duration.minutes", params: { minutes: 12 } });
    expect(durationText(95 * 60_000)).toEqual({ key: "staff:duration.hours", params: { hours: 1, minutes: 35 } });
  });
});
