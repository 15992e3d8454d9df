import { describe, expect, it } from "vitest";
import type { RefusalCode } from "../../../shared/domain/hall/refusal.ts";
import zh from "../../locales/zh-CN/publicRefusal.json";
import { troubleKindOf } from "./trouble.ts";

const kindOf = (code: RefusalCode) => troubleKindOf({ kind: "refused", refusal: { code, params: {} } });

describe("what kind of trouble it is", () => {
  it("tells the hour, the cap, the counter and the own line apart", () => {
    expect(
      ["not_open_yet", "in_break", "closed_for_today", "closed_today", "last_number_passed"].map((code) =>
        kindOf(code as RefusalCode),
      ),
    ).toEqual(Array<string>(5).fill("wrongHour"));
    expect(kindOf("daily_cap_reached")).toBe("capReached");
    expect(troubleKindOf({ kind: "noNumbersLeft" })).toBe("capReached");
    expect(kindOf("no_open_counter")).toBe("noCounter");
    expect(kindOf("already_waiting")).toBe("alreadyWaiting");
    expect(kindOf("check_in_too_late")).toBe("appointment");
    expect(kindOf("bad_command")).toBe("other");
  });

  it("has a sentence of its own for each refusal that a kiosk may meet", () => {
    const met = [
      "no_open_counter",
      "daily_cap_reached",
      "numbers_exhausted",
      "already_waiting",
      "not_open_yet",
      "in_break",
      "closed_for_today",
      "closed_today",
      "last_number_passed",
      "slot_cap_reached",
      "appointment_unknown",
      "check_in_too_early",
      "check_in_too_late",
      "slot_full",
      "already_booked",
      "booking_barred",
      "green_code_unknown",
    ];
    expect(met.filter((code) => !Object.hasOwn(zh, code))).toEqual([]);
  });
});
