import { describe, expect, it } from "vitest";
import { instantAt } from "../../basics/time.ts";
import { clerk, kiosk, nodeActor, outcome, TestHall, testPlan, ticketWish } from "../../testing/hall-fixture.ts";
import type { CommandData } from "../hall/commands.ts";
import type { Actor } from "../identity/roles.ts";
import { hallPlanSchema } from "../hall/plan.ts";
import { visibleState } from "../hall/visible.ts";
import { appointmentDays, barredUntil, findAppointment, slotsOf } from "./slots.ts";

const desk: Actor = { role: "desk", deviceId: "desk-1", clerkId: "wang", counterId: null };
const MONDAY = "2026-11-23";
const at = (day: string, clock: string): number => instantAt(day, clock, 480);

const hallWith = (settings: object = {}): TestHall => {
  const plan = testPlan();
  const hall = new TestHall(
    hallPlanSchema.parse({
      ...plan,
      businesses: plan.businesses.map((business) => ({
        ...business,
        appointmentsPerSlot: business.id === "A" ? 2 : 1,
        department: "市监局",
      })),
      settings: { ...plan.settings, appointments: settings },
    }),
  );
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  return hall;
};

const booking = (
  appointmentId: string,
  from = "10:00",
  personKey: string | null = null,
  more: Partial<CommandData<"BookAppointment">> = {},
): CommandData<"BookAppointment"> => ({
  appointmentId,
  businessId: "A",
  day: MONDAY,
  from,
  channel: "desk",
  itemCode: null,
  itemName: null,
  personKey,
  contactId: null,
  ...more,
});

const checkIn = (ticketId: string, appointmentId: string): CommandData<"TakeTicket"> =>
  ticketWish(ticketId, { appointmentId });

describe("booking", () => {
  it("offers today and the next working days, over a weekend, in slots with quotas", () => {
    const hall = hallWith({ daysAhead: 5 });
    expect(appointmentDays(hall.state.plan!, "A", hall.now)).toEqual([
      "2026-11-23",
      "2026-11-24",
      "2026-11-25",
      "2026-11-26",
      "2026-11-27",
      "2026-11-30",
    ]);
    const slots = slotsOf(hall.state, "A", MONDAY, hall.now);
    expect(slots[0]).toEqual({ from: "09:00", to: "09:30", quota: 2, free: 2, closed: true });
    expect(slots[1]).toMatchObject({ from: "09:30", closed: false });
    expect(slots.map(({ from }) => from)).not.toContain("12:00");
  });

  it("offers today no more once its last slot is closed, and says why a wish for it comes too late", () => {
    const hall = hallWith({ daysAhead: 1 });
    const daysAt = (clock: string): readonly string[] => appointmentDays(hall.state.plan!, "A", at(MONDAY, clock));
    expect(daysAt("16:20")).toEqual([MONDAY, "2026-11-24"]);
    expect(daysAt("16:21")).toEqual(["2026-11-24"]);
    hall.now = at(MONDAY, "16:21");
    expect(outcome(hall.give(desk, "BookAppointment", booking("a1", "16:30")))).toBe("slot_closed");
  });

  it("keeps the quota, and closes ten minutes before", () => {
    const hall = hallWith();
    expect(outcome(hall.give(desk, "BookAppointment", booking("a1")))).toEqual(["AppointmentBooked"]);
    expect(outcome(hall.give(desk, "BookAppointment", booking("a2")))).toEqual(["AppointmentBooked"]);
    expect(outcome(hall.give(desk, "BookAppointment", booking("a3")))).toBe("slot_full");
    hall.give(desk, "CancelAppointment", { appointmentId: "a1", reason: "desk" });
    expect(outcome(hall.give(desk, "BookAppointment", booking("a3")))).toEqual(["AppointmentBooked"]);
    hall.now = at(MONDAY, "10:20");
    expect(outcome(hall.give(desk, "BookAppointment", booking("a4", "10:30")))).toEqual(["AppointmentBooked"]);
    hall.now += 1;
    expect(outcome(hall.give(desk, "BookAppointment", booking("a5", "10:30")))).toBe("slot_closed");
    expect(outcome(hall.give(desk, "BookAppointment", booking("a6", "10:07")))).toBe("slot_unknown");
    expect(outcome(hall.give(desk, "BookAppointment", booking("a7", "10:00", null, { day: "2026-12-31" })))).toBe(
      "appointment_day_not_offered",
    );
  });

  it("gives a person one appointment per department and day", () => {
    const hall = hallWith();
    hall.give(desk, "BookAppointment", booking("a1", "10:00", "p1"));
    const other = booking("b1", "11:00", "p1", { businessId: "B" });
    expect(outcome(hall.give(desk, "BookAppointment", other))).toBe("already_booked");
    expect(outcome(hall.give(desk, "BookAppointment", { ...other, day: "2026-11-24" }))).toEqual(["AppointmentBooked"]);
    hall.give(desk, "CancelAppointment", { appointmentId: "a1", reason: "person" });
    expect(outcome(hall.give(desk, "BookAppointment", { ...other, appointmentId: "b2" }))).toEqual([
      "AppointmentBooked",
    ]);
  });

  it("changes nothing when the same is pushed again, and refuses another one under its id", () => {
    const hall = hallWith();
    const push = booking("city-1", "10:00", "p1", { channel: "city" });
    expect(outcome(hall.give(nodeActor, "BookAppointment", push))).toEqual(["AppointmentBooked"]);
    expect(outcome(hall.give(nodeActor, "BookAppointment", push))).toEqual([]);
    expect(outcome(hall.give(nodeActor, "BookAppointment", { ...push, from: "10:30" }))).toBe("appointment_exists");
  });

  it("bars somebody who did not come too often, until the time is over", () => {
    const hall = hallWith({ noShowLimit: 2, noShowWithinDays: 30, barredDays: 7 });
    hall.give(desk, "BookAppointment", booking("a1", "10:00", "p1"));
    hall.give(desk, "BookAppointment", booking("a2", "10:00", "p1", { day: "2026-11-24" }));
    for (const day of ["2026-11-24", "2026-11-25"]) {
      hall.now = at(day, "08:00");
      hall.give(nodeActor, "OpenDay", { day });
    }
    expect(hall.log.filter(({ type }) => type === "AppointmentMissed")).toHaveLength(2);
    expect(barredUntil(hall.state, "p1", "2026-11-25")).toBe("2026-12-01");
    const wish = booking("a3", "10:00", "p1", { day: "2026-11-26" });
    expect(outcome(hall.give(desk, "BookAppointment", wish))).toBe("booking_barred");
    expect(outcome(hall.give(desk, "BookAppointment", { ...wish, personKey: "p2" }))).toEqual(["AppointmentBooked"]);
    expect(barredUntil(hall.state, "p1", "2026-12-02")).toBeNull();
  });

  it("blames nobody for a day on which the hall never opened", () => {
    const hall = hallWith({ noShowLimit: 1 });
    hall.give(desk, "BookAppointment", booking("a1", "10:00", "p1", { day: "2026-11-24" }));
    hall.now = at("2026-11-26", "08:00");
    hall.give(nodeActor, "OpenDay", { day: "2026-11-26" });
    expect(hall.log.filter(({ type }) => type.startsWith("Appointment")).map(({ type }) => type)).toEqual([
      "AppointmentBooked",
      "AppointmentCancelled",
    ]);
    expect(barredUntil(hall.state, "p1", "2026-11-26")).toBeNull();
  });
});

describe("checking in", () => {
  it("is taking a number with the place of the slot, not of the early arrival", () => {
    const hall = hallWith();
    hall.give(desk, "BookAppointment", booking("a1"));
    hall.now = at(MONDAY, "09:30");
    const events = hall.give(kiosk(), "TakeTicket", checkIn("t1", "a1"));
    expect(outcome(events)).toEqual(["TicketTaken", "AppointmentCheckedIn"]);
    const ticket = hall.state.tickets.get("t1");
    expect(ticket).toMatchObject({ number: "YA001", class: "appointment", appointmentId: "a1" });
    expect(ticket?.lineKey).toBe(at(MONDAY, "10:00") - 15 * 60_000);
    expect(hall.state.appointments.get("a1")).toMatchObject({ state: "arrived", ticketId: "t1" });
    expect(outcome(hall.give(kiosk(), "TakeTicket", checkIn("t2", "a1")))).toBe("appointment_checked_in");
    expect(outcome(hall.give(desk, "CancelAppointment", { appointmentId: "a1", reason: "person" }))).toBe(
      "appointment_checked_in",
    );
  });

  it("counts from the check-in when somebody is late, and is over after the slot", () => {
    const hall = hallWith({ earlyMinutes: 60, lateMinutes: 15 });
    for (const id of ["a1", "a2"]) hall.give(desk, "BookAppointment", booking(id, "11:00"));
    hall.now = at(MONDAY, "09:59");
    expect(outcome(hall.give(kiosk(), "TakeTicket", checkIn("t0", "a1")))).toBe("check_in_too_early");
    hall.now = at(MONDAY, "11:20");
    hall.give(kiosk(), "TakeTicket", checkIn("t1", "a1"));
    expect(hall.state.tickets.get("t1")?.lineKey).toBe(at(MONDAY, "11:05"));
    hall.now = at(MONDAY, "11:46");
    expect(outcome(hall.give(kiosk(), "TakeTicket", checkIn("t2", "a2")))).toBe("check_in_too_late");
  });

  it("finds an appointment by its code; a kiosk holds neither who nor what for, a board nothing", () => {
    const hall = hallWith();
    hall.give(desk, "BookAppointment", booking("a1", "10:00", "p1", { itemName: "设立登记", contactId: "c1" }));
    const code = hall.state.appointments.get("a1")?.code ?? "";
    expect(code).toMatch(/^\d{8}$/);
    const seen = visibleState(hall.state, { role: "kiosk", deviceId: "k1", counterId: null });
    expect(findAppointment(seen, code, MONDAY)).toMatchObject({ personKey: null, itemName: null, contactId: null });
    expect(findAppointment(seen, code, "2026-11-24")).toBeUndefined();
    expect(visibleState(hall.state, { role: "display", deviceId: "d1", counterId: null }).appointments.size).toBe(0);
  });
});
