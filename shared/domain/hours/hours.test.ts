import { describe, expect, it } from "vitest";
import { instantAt } from "../../basics/time.ts";
import { clerk, kiosk, outcome, TestHall, testPlan } from "../../testing/hall-fixture.ts";
import { hallPlanSchema } from "../hall/plan.ts";
import { makeCalendar } from "../deadline/calendar.ts";
import { afterServingTime, hoursSchema, openStateAt, spansOf, whenText, type Hours, type Opening } from "./hours.ts";
import { takeBlockOf } from "./take-block.ts";

const office = [
  { from: "09:00", to: "12:00" },
  { from: "13:30", to: "17:00" },
];
const hours: Hours = hoursSchema.parse({
  week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] },
  days: [{ day: "2026-11-28", spans: [{ from: "09:00", to: "12:00" }], note: "周六延时服务" }],
  lastTicketMinutes: 30,
});
const OFFSET = 480;
const opening: Opening = { hours, calendar: makeCalendar(), utcOffsetMinutes: OFFSET };
const at = (day: string, clock: string): number => instantAt(day, clock, OFFSET);
const why = (day: string, clock: string): string => {
  const open = openStateAt(opening, at(day, clock));
  return open.open ? "open" : `${open.why} ${whenText(open.opensAt, at(day, clock), OFFSET)}`;
};

describe("the hours of a hall", () => {
  it("tells early, open, break, and late on a weekday, and when it opens next", () => {
    expect(why("2026-11-23", "08:59")).toBe("notOpenYet 09:00");
    expect(why("2026-11-23", "09:00")).toBe("open");
    expect(why("2026-11-23", "12:00")).toBe("break 13:30");
    expect(why("2026-11-23", "17:00")).toBe("closedForToday 2026-11-24 09:00");
    expect(why("2026-11-27", "18:00")).toBe("closedForToday 2026-11-28 09:00");
    expect(why("2026-11-29", "10:00")).toBe("closedToday 2026-11-30 09:00");
  });

  it("is closed on the state's holidays and open as on a Monday on make-up working days", () => {
    expect(why("2026-10-01", "10:00")).toBe("closedToday 2026-10-08 09:00");
    expect(why("2026-10-10", "10:00")).toBe("open");
    const weekend = { ...hours, week: { ...hours.week, sat: office } };
    expect(spansOf({ ...opening, hours: weekend }, "2026-10-03"), "a Saturday within the holiday").toEqual([]);
    expect(spansOf({ ...opening, hours: weekend }, "2026-10-17")).toEqual(office);
    expect(spansOf({ ...opening, hours: { ...hours, followHolidays: false } }, "2026-10-01")).toEqual(office);
  });

  it("counts serving time over the lunch break and ends at the day's close", () => {
    const from = at("2026-11-23", "11:50");
    expect(afterServingTime(opening, from, 10 * 60_000)).toBe(at("2026-11-23", "12:00"));
    expect(afterServingTime(opening, from, 20 * 60_000)).toBe(at("2026-11-23", "13:40"));
    expect(afterServingTime(opening, from, 5 * 3_600_000)).toBeNull();
    expect(afterServingTime(null, from, 1000)).toBe(from + 1000);
  });

  it("refuses hours that cannot be, with a sentence", () => {
    const wrong = { ...hours, week: { ...hours.week, mon: [{ from: "12:00", to: "09:00" }] } };
    expect(hoursSchema.safeParse(wrong).error?.issues[0]?.message).toContain("closes at 09:00");
    const overlapping = { ...hours.week, mon: [office[0], { from: "11:00", to: "12:30" }] };
    expect(hoursSchema.safeParse({ ...hours, week: overlapping }).error?.issues[0]?.message).toContain("begins before");
  });
});

describe("why no number can be taken", () => {
  const plan = hallPlanSchema.parse({
    ...testPlan(),
    hours,
    businesses: [
      { id: "A", name: "企业", nameEn: "Companies", dailyCap: 3, typicalServiceMinutes: 10 },
      {
        id: "B",
        name: "个人",
        nameEn: "Persons",
        dailyCap: 400,
        typicalServiceMinutes: 6,
        hours: { week: { ...hours.week, mon: [{ from: "09:00", to: "20:00" }] } },
        ticketSlots: [{ from: "09:00", to: "10:00", cap: 2 }],
      },
    ],
  });
  const openHall = (): TestHall => {
    const hall = new TestHall(plan);
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    return hall;
  };
  const codeAt = (hall: TestHall, business: string, clock: string): string | undefined =>
    takeBlockOf(hall.state, business, at("2026-11-23", clock))?.code;

  it("names each reason once, for the screen as for the node", () => {
    const hall = openHall();
    expect(codeAt(hall, "Q", "09:30")).toBe("business_unknown");
    expect(codeAt(hall, "A", "08:00")).toBe("not_open_yet");
    expect(codeAt(hall, "A", "12:30")).toBe("in_break");
    expect(codeAt(hall, "A", "16:30")).toBe("last_number_passed");
    expect(codeAt(hall, "A", "18:00")).toBe("closed_for_today");
    expect(codeAt(hall, "B", "18:00")).toBeUndefined();
    expect(codeAt(hall, "A", "09:30")).toBeUndefined();
    hall.give(clerk("zhang"), "CloseCounter", { counterId: "1" });
    expect(codeAt(hall, "A", "09:30")).toBe("no_open_counter");
  });

  it("keeps the cap of the day and of a slot", () => {
    const hall = openHall();
    for (const id of ["a1", "a2", "a3"]) hall.take(id, "A");
    expect(codeAt(hall, "A", "09:30")).toBe("daily_cap_reached");
    for (const id of ["b1", "b2"]) hall.take(id, "B");
    expect(takeBlockOf(hall.state, "B", at("2026-11-23", "09:30"))).toMatchObject({
      code: "slot_cap_reached",
      params: { opens: "10:00" },
    });
    expect(codeAt(hall, "B", "10:00")).toBeUndefined();
  });

  it("refuses the claim and keeps the record of a number given without the node as an anomaly", () => {
    const hall = openHall();
    hall.give(kiosk(), "LeaseNumbers", { days: ["2026-11-23"] });
    hall.now = at("2026-11-23", "12:30");
    const wish = {
      ticketId: "t1",
      businessId: "A",
      class: "ordinary" as const,
      itemCode: null,
      itemName: null,
      personKey: null,
    };
    expect(outcome(hall.give(kiosk(), "TakeTicket", wish))).toBe("in_break");
    const given = { ...wish, lease: { day: "2026-11-23", serial: 995 } };
    expect(outcome(hall.give(kiosk(), "TakeTicket", given, { mode: "record" }))).toEqual([
      "AnomalyRecorded",
      "TicketTaken",
    ]);
  });
});
