import { describe, expect, it } from "vitest";
import { eventTypes, readEvent } from "./upcast.ts";

describe("reading stored events", () => {
  it("keeps a later version or an unknown type for after the update", () => {
    expect(readEvent({ type: "TicketBlessed", v: 1, at: 0, data: { x: 1 } })).toBeNull();
    expect(readEvent({ type: "TicketCalled", v: 2, at: 0, data: {} })).toBeNull();
    expect(readEvent({ type: "toString", v: 1, at: 0, data: {} })).toBeNull();
  });

  it("lifts an older version step by step", () => {
    const steps = { "DayOpened@0": (data: unknown) => ({ day: (data as { date: string }).date }) };
    expect(readEvent({ type: "DayOpened", v: 0, at: 5, data: { date: "2026-11-23" } }, steps)).toEqual({
      type: "DayOpened",
      v: 1,
      at: 5,
      data: { day: "2026-11-23" },
    });
    expect(readEvent({ type: "DayOpened", v: 0, at: 5, data: {} })).toBeNull();
  });

  it("knows every type once", () => {
    expect(new Set(eventTypes).size).toBe(eventTypes.length);
  });
});
