import { describe, expect, it } from "vitest";
import { desk as deskOf, kiosk, MONDAY_NINE, outcome, TestHall, testPlan } from "../../testing/hall-fixture.ts";
import { planEffects } from "./effects.ts";
import { changePlan, planChangeSchema } from "./plan-change.ts";
import { planDifferences } from "./plan-diff.ts";

const desk = { ...deskOf("clerk-7"), duty: "manager" } as const;
const office = [{ from: "09:00", to: "17:00" }];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] };
const hours = { week, followHolidays: false, days: [], lastTicketMinutes: 0 };
const closedOnMonday = { ...hours, week: { ...week, mon: [] } };

describe("a change of the settings", () => {
  it("is in force at once, with who and why, and changes nothing else", () => {
    const hall = new TestHall(testPlan({ requireOpenCounter: false }));
    const before = hall.state.plan;
    const change = { creditMinutes: { green: 30, appointment: 15, priority: 20, pickup: 10 } };
    const done = hall.give(desk, "ChangeHallPlan", { change, reason: "老年人优先" });
    expect(done.ok && done.value[0]?.data).toMatchObject({ change: { reason: "老年人优先", clerkId: "clerk-7" } });
    expect(hall.state.plan?.settings.creditMinutes).toEqual(change.creditMinutes);
    if (before === null || hall.state.plan === null) throw new Error("no plan");
    expect(planDifferences(before, hall.state.plan)).toEqual([
      { path: "settings.creditMinutes.green", before: "20", after: "30" },
      { path: "settings.creditMinutes.priority", before: "15", after: "20" },
    ]);
    // Once more the same: nothing has happened.
    expect(hall.give(desk, "ChangeHallPlan", { change, reason: "again" })).toMatchObject({ ok: true, value: [] });
  });

  it("comes from the desk only", () => {
    const hall = new TestHall(testPlan());
    expect(outcome(hall.give(kiosk(), "ChangeHallPlan", { change: { hours: null }, reason: "x" }))).toBe(
      "not_permitted",
    );
  });

  it("that is wrong takes nothing down: the hall goes on by its old plan", () => {
    const hall = new TestHall(testPlan({ requireOpenCounter: false }));
    const before = hall.state.plan;
    const backwards = { ...week, mon: [{ from: "17:00", to: "09:00" }] };
    for (const change of [
      { waitLimitMinutes: { warn: 60, alarm: 30 } },
      { hours: { ...hours, week: backwards } },
      { businesses: [{ id: "Z", appointmentsPerSlot: 1 }] },
    ])
      expect(outcome(hall.give(desk, "ChangeHallPlan", { change, reason: "x" }))).toBe("plan_wrong");
    expect(hall.state.plan).toBe(before);
    expect(hall.state.tickets.size).toBe(0);
    hall.take("t1");
    expect(hall.state.tickets.size).toBe(1);
    expect(planChangeSchema.safeParse({ creditMinutes: { green: -1 } }).success).toBe(false);
  });

  it("leaves everything that is not named as it is, when it is read off the line too", () => {
    expect(planChangeSchema.parse({})).toEqual({});
    expect(planChangeSchema.parse({ hours: null })).toEqual({ hours: null });
  });

  it("of one desk leaves what another one has changed meanwhile", () => {
    const hall = new TestHall(testPlan());
    hall.give(desk, "ChangeHallPlan", { change: { businesses: [{ id: "B", appointmentsPerSlot: 4 }] }, reason: "x" });
    hall.give(desk, "ChangeHallPlan", { change: { businesses: [{ id: "A", appointmentsPerSlot: 2 }] }, reason: "y" });
    expect(hall.state.plan?.businesses.map(({ appointmentsPerSlot }) => appointmentsPerSlot).slice(0, 2)).toEqual([
      2, 4,
    ]);
  });
});

describe("differences of two plans", () => {
  it("tell hours as people write them, and of codes how many", () => {
    const before = changePlan(testPlan(), { hours });
    const codes = { add: ["a".repeat(64), "b".repeat(64)], remove: [] };
    const days = [{ day: "2026-12-24", spans: [{ from: "09:00", to: "12:00" }], note: "半天" }];
    const after = changePlan(testPlan(), { hours: { ...closedOnMonday, days }, greenCodes: codes });
    if (!before.ok || !after.ok) throw new Error("no plan");
    expect(planDifferences(before.value, after.value)).toEqual(
      expect.arrayContaining([
        { path: "hours.week.mon", before: "09:00-17:00", after: "–" },
        { path: "hours.days.2026-12-24", before: "", after: "09:00-12:00 半天" },
        { path: "settings.kiosk.greenCodes", before: "0", after: "2" },
      ]),
    );
  });
});

describe("what a change would meet", () => {
  it("is who waits where it closes, and who has an appointment outside the hours or beyond the places", () => {
    const hall = new TestHall(testPlan({ requireOpenCounter: false }));
    hall.give(desk, "ChangeHallPlan", {
      change: { hours, businesses: [{ id: "A", appointmentsPerSlot: 2 }] },
      reason: "opening",
    });
    hall.take("t1");
    for (const id of ["a1", "a2"])
      hall.give(desk, "BookAppointment", {
        appointmentId: id,
        businessId: "A",
        day: "2026-11-30",
        from: "10:00",
        channel: "desk",
        itemCode: null,
        itemName: null,
        personKey: id,
        contactId: null,
      });
    const effectsOf = (change: object) => {
      if (hall.state.plan === null) throw new Error("no plan");
      const changed = changePlan(hall.state.plan, change);
      if (!changed.ok) throw new Error(changed.error.join());
      return planEffects(hall.state, changed.value, MONDAY_NINE);
    };
    expect(effectsOf({})).toEqual({ appointmentsOutside: 0, slotsOverQuota: 0, closing: [], waitingThere: 0 });
    expect(effectsOf({ businesses: [{ id: "A", appointmentsPerSlot: 1 }] })).toMatchObject({ slotsOverQuota: 1 });
    expect(effectsOf({ hours: closedOnMonday })).toMatchObject({ appointmentsOutside: 2, waitingThere: 1 });
  });
});
