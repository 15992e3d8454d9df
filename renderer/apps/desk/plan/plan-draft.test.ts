import { describe, expect, it } from "vitest";
import { changePlan } from "../../../../shared/domain/plan-change/plan-change.ts";
import { planDifferences } from "../../../../shared/domain/plan-change/plan-diff.ts";
import { kioskSettingsOf } from "../../../../shared/domain/kiosk/kiosk-settings.ts";
import { testPlan } from "../../../../shared/testing/hall-fixture.ts";
import { findGreenCode, newGreenCode, officeHours, planDraftOf, readDraft, readSpans } from "./plan-draft.ts";

const plan = testPlan();
const draft = planDraftOf(plan);

describe("hours as people type them", () => {
  it("are read in any of the usual ways, and empty is closed", () => {
    const both = [
      { from: "09:00", to: "12:00" },
      { from: "13:30", to: "17:00" },
    ];
    for (const typed of ["09:00-12:00, 13:30-17:00", "9:00 - 12:00，13:30～17:00", "９：００—１２：００、13:30至17:00"])
      expect(readSpans(typed), typed).toEqual(both);
    expect(readSpans(" ")).toEqual([]);
    expect(readSpans("00:00-24:00")).toEqual([{ from: "00:00", to: "24:00" }]);
  });

  it("are not read when they end before they begin, overlap, or are no times", () => {
    for (const typed of ["9点", "12:00-09:00", "09:00-12:00, 11:00-13:00", "09:00-25:00", "09:60-10:00", "09:00"])
      expect(readSpans(typed), typed).toBeNull();
  });
});

describe("numbers of items", () => {
  const typed = { asOf: "2026-11-01", listed: "1200", inHall: " 1140", oneWindow: "855", online: "1176" };
  const coverage = { asOf: "2026-11-01", listed: 1200, inHall: 1140, oneWindow: 855, online: 1176 };

  it("are taken whole, and come back as they were given", () => {
    expect(readDraft(plan, { ...draft, coverage: typed })).toEqual({ change: { coverage }, faults: {} });
    const given = changePlan(plan, { coverage });
    if (!given.ok) throw new Error(given.error.join());
    expect(readDraft(given.value, planDraftOf(given.value))).toEqual({ change: {}, faults: {} });
  });

  it("say what is wrong where it was typed: a part above its whole, no number, no day", () => {
    const { faults } = readDraft(plan, {
      ...draft,
      coverage: { ...typed, oneWindow: "1141", online: "all", asOf: "" },
    });
    expect(faults).toEqual({
      "coverage.oneWindow": { key: "number", params: { min: 0, max: 1140 } },
      "coverage.online": { key: "number", params: { min: 0, max: 1200 } },
      "coverage.asOf": { key: "day", params: {} },
    });
  });
});

describe("signing in and locking", () => {
  it("stand as they are in force, change by themselves, and come back as they were given", () => {
    expect([draft.idleLockMinutes, draft.secondFactor]).toEqual(["10", "off"]);
    const typed = readDraft(plan, { ...draft, idleLockMinutes: " 5", secondFactor: "managers" });
    expect(typed).toEqual({ change: { idleLockMinutes: 5, secondFactor: "managers" }, faults: {} });
    const changed = changePlan(plan, typed.change);
    if (!changed.ok) throw new Error(changed.error.join());
    expect(planDifferences(plan, changed.value)).toEqual([
      { path: "settings.idleLockMinutes", before: "10", after: "5" },
      { path: "settings.secondFactor", before: "off", after: "managers" },
    ]);
    expect(readDraft(changed.value, planDraftOf(changed.value))).toEqual({ change: {}, faults: {} });
  });

  it("have no never: a screen locks itself at some time", () => {
    for (const idleLockMinutes of ["0", "121", "", "soon"])
      expect(readDraft(plan, { ...draft, idleLockMinutes }).faults).toEqual({
        idleLockMinutes: { key: "number", params: { min: 1, max: 120 } },
      });
  });
});

describe("a draft of the settings", () => {
  it("changes nothing when nothing was typed", () => {
    expect(readDraft(plan, draft)).toEqual({ change: {}, faults: {} });
  });

  it("changes only what was typed", () => {
    const numbers = { ...draft.numbers, creditMinutes: { ...draft.numbers.creditMinutes, priority: " 20" } };
    const { change, faults } = readDraft(plan, { ...draft, numbers, quotas: { ...draft.quotas, B: "3" } });
    expect(faults).toEqual({});
    expect(change).toEqual({
      creditMinutes: { ...plan.settings.creditMinutes, priority: 20 },
      businesses: [{ id: "B", appointmentsPerSlot: 3 }],
    });
  });

  it("tells each fault by its field", () => {
    const numbers = {
      creditMinutes: { ...draft.numbers.creditMinutes, green: "121", pickup: "" },
      waitLimitMinutes: { warn: "60", alarm: "30" },
      appointments: { ...draft.numbers.appointments, slotMinutes: "1.5" },
    };
    const days = [
      { day: "2026-13-40", spans: "", note: "" },
      { day: "2026-12-24", spans: "noon", note: "" },
      { day: "2026-12-24", spans: "", note: "" },
    ];
    const hours = { ...draft.hours, B: { ...officeHours, lastTicketMinutes: "x", days } };
    const { faults } = readDraft(plan, { ...draft, numbers, hours, quotas: { ...draft.quotas, A: "-1" } });
    expect(Object.entries(faults).map(([name, { key }]) => `${name} ${key}`)).toEqual([
      "creditMinutes.green number",
      "creditMinutes.pickup number",
      "appointments.slotMinutes number",
      "waitLimitMinutes.alarm order",
      "quota.A number",
      "B.days.0 day",
      "B.days.2 dayTwice",
      "B.lastTicketMinutes number",
      "B.days.1.spans spans",
    ]);
  });

  it("puts codes in force by their digests, and finds them again however they are typed", () => {
    const code = newGreenCode(new Uint8Array([0, 1, 2, 3, 250, 251, 252, 253]));
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    const changed = changePlan(plan, readDraft(plan, { ...draft, newCodes: [code] }).change);
    if (!changed.ok) throw new Error(changed.error.join());
    expect(JSON.stringify(changed.value)).not.toContain(code);
    const digest = findGreenCode(changed.value, code.toLowerCase().replace("-", " "));
    expect(kioskSettingsOf(changed.value).greenCodes).toEqual([digest]);
    expect(findGreenCode(changed.value, "ABCD-EFGH")).toBeNull();
  });
});
