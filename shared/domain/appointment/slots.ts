import { addDays, clockOf, dayOf, instantAt, type Day } from "../../basics/time.ts";
import type { HallPlan } from "../hall/plan.ts";
import type { Refusal } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import { openingOf, spansOf, whenText, type Span } from "../hours/hours.ts";
import { calendarOf } from "../case/intake-rules.ts";
import { isWeekend } from "../deadline/calendar.ts";
import type { Appointment } from "./appointment.ts";

const MINUTE = 60_000;

/** A slot of a business on a day. */
export interface Slot {
  readonly from: string;
  readonly to: string;
  readonly quota: number;
  readonly free: number;
  /** It begins too soon, or is over: nobody can book it any more. */
  readonly closed: boolean;
}

/** A hall without hours offers appointments in these. */
const OFFICE_SPANS: readonly Span[] = [
  { from: "09:00", to: "12:00" },
  { from: "13:30", to: "17:00" },
];

const spansOn = (plan: HallPlan, businessId: string, day: Day): readonly Span[] => {
  const opening = openingOf(plan, businessId);
  if (opening !== null) return spansOf(opening, day);
  // A year that nobody has announced yet counts as one without holidays: a booking can be cancelled later.
  return (calendarOf(plan).isWorkday(day) ?? !isWeekend(day)) ? OFFICE_SPANS : [];
};

const bookable = (plan: HallPlan, businessId: string): boolean =>
  (plan.businesses.find(({ id }) => id === businessId)?.appointmentsPerSlot ?? 0) > 0;

/** Today, when the business is open, and so many open days after it as the hall sets (可提前预约工作日). */
const daysWithin = (plan: HallPlan, businessId: string, now: number): readonly Day[] => {
  if (!bookable(plan, businessId)) return [];
  const today = dayOf(now, plan.utcOffsetMinutes);
  const days: Day[] = [];
  const wanted = plan.settings.appointments.daysAhead;
  let ahead = 0;
  // Two months: more than the longest run of holidays, so that the loop ends in a hall that never opens.
  for (let offset = 0; offset <= 60 && ahead <= wanted; offset += 1) {
    const day = addDays(today, offset);
    if (spansOn(plan, businessId, day).length > 0) {
      if (offset > 0) ahead += 1;
      if (ahead <= wanted) days.push(day);
    }
  }
  return days;
};

const slotTimes = (plan: HallPlan, businessId: string, day: Day): readonly Span[] => {
  const offset = plan.utcOffsetMinutes;
  const step = plan.settings.appointments.slotMinutes * MINUTE;
  return spansOn(plan, businessId, day).flatMap(({ from, to }) => {
    const slots: Span[] = [];
    const end = instantAt(day, to, offset);
    for (let at = instantAt(day, from, offset); at + step <= end; at += step)
      slots.push({ from: clockOf(at, offset), to: at + step === end ? to : clockOf(at + step, offset) });
    return slots;
  });
};

/** Who comes so late finds no place in a slot any more: it begins too soon, or is over. */
const isClosed = (plan: HallPlan, day: Day, from: string, now: number): boolean =>
  now > instantAt(day, from, plan.utcOffsetMinutes) - plan.settings.appointments.closeMinutes * MINUTE;

/**
 * The days on which a business offers appointments: of today and so many open days after it as the hall sets
 * (可提前预约工作日), those with a slot that is not closed yet. One whose slots are all taken is still told.
 */
export const appointmentDays = (plan: HallPlan, businessId: string, now: number): readonly Day[] =>
  daysWithin(plan, businessId, now).filter((day) =>
    slotTimes(plan, businessId, day).some(({ from }) => !isClosed(plan, day, from, now)),
  );

const holdsPlace = ({ state }: Appointment): boolean => state === "booked" || state === "arrived";

/** The slots of a business on a day with what is free in each. */
export const slotsOf = (state: HallState, businessId: string, day: Day, now: number): readonly Slot[] => {
  const { plan } = state;
  if (plan === null || !daysWithin(plan, businessId, now).includes(day)) return [];
  const quota = plan.businesses.find(({ id }) => id === businessId)?.appointmentsPerSlot ?? 0;
  const held = new Map<string, number>();
  for (const appointment of state.appointments.values())
    if (appointment.businessId === businessId && appointment.day === day && holdsPlace(appointment))
      held.set(appointment.from, (held.get(appointment.from) ?? 0) + 1);
  return slotTimes(plan, businessId, day).map(({ from, to }) => ({
    from,
    to,
    quota,
    free: Math.max(0, quota - (held.get(from) ?? 0)),
    closed: isClosed(plan, day, from, now),
  }));
};

const departmentOf = (plan: HallPlan, businessId: string): string => {
  const department = plan.businesses.find(({ id }) => id === businessId)?.department ?? "";
  return department === "" ? `business ${businessId}` : department;
};

/** Until when somebody who did not come too often may not book; null: free to book. */
export const barredUntil = (state: HallState, personKey: string, today: Day): Day | null => {
  if (state.plan === null) return null;
  const { noShowLimit, noShowWithinDays, barredDays } = state.plan.settings.appointments;
  const missed = state.noShows.get(personKey) ?? [];
  if (noShowLimit === 0) return null;
  const counted = missed.filter((day) => day > addDays(today, -noShowWithinDays));
  const newest = counted.at(-1);
  if (newest === undefined || counted.length < noShowLimit) return null;
  const until = addDays(newest, barredDays);
  return today <= until ? until : null;
};

/** Why a slot cannot be booked, or null when it can. */
export const bookingBlockOf = (
  state: HallState,
  wish: {
    readonly businessId: string;
    readonly day: Day;
    readonly from: string;
    readonly personKey: string | null;
  },
  now: number,
): Refusal | null => {
  const { plan } = state;
  if (plan === null) return { code: "hall_not_set_up", params: {} };
  const business = plan.businesses.find(({ id }) => id === wish.businessId);
  if (!business) return { code: "business_unknown", params: { business: wish.businessId } };
  const { name } = business;
  if (!bookable(plan, business.id)) return { code: "appointments_not_offered", params: { business: name } };
  if (!daysWithin(plan, business.id, now).includes(wish.day))
    return {
      code: "appointment_day_not_offered",
      params: { business: name, day: wish.day, days: plan.settings.appointments.daysAhead },
    };
  const slot = slotsOf(state, business.id, wish.day, now).find(({ from }) => from === wish.from);
  if (!slot) return { code: "slot_unknown", params: { business: name, slot: wish.from } };
  if (slot.closed)
    return { code: "slot_closed", params: { slot: slot.from, minutes: plan.settings.appointments.closeMinutes } };
  if (wish.personKey !== null) {
    const barred = barredUntil(state, wish.personKey, dayOf(now, plan.utcOffsetMinutes));
    if (barred !== null)
      return { code: "booking_barred", params: { day: barred, times: plan.settings.appointments.noShowLimit } };
    const department = departmentOf(plan, business.id);
    for (const other of state.appointments.values())
      if (
        other.personKey === wish.personKey &&
        other.day === wish.day &&
        holdsPlace(other) &&
        departmentOf(plan, other.businessId) === department
      )
        return { code: "already_booked", params: { day: other.day, slot: other.from } };
  }
  if (slot.free === 0) return { code: "slot_full", params: { slot: slot.from } };
  return null;
};

/**
 * An appointment by the code that the person shows: of this day, else the next one after it, which may be given back already.
 * @param day the hall's calendar day
 */
export const findAppointment = (state: HallState, code: string, day: Day): Appointment | undefined =>
  [...state.appointments.values()]
    .filter((appointment) => appointment.code === code && appointment.day >= day)
    .sort((left, right) => (left.day < right.day ? -1 : 1))[0];

/** Why somebody cannot check in for an appointment now, or null when they can. */
export const checkInBlockOf = (plan: HallPlan, appointment: Appointment, now: number): Refusal | null => {
  const { earlyMinutes, lateMinutes } = plan.settings.appointments;
  const offset = plan.utcOffsetMinutes;
  if (appointment.state === "arrived") return { code: "appointment_checked_in", params: {} };
  if (appointment.state === "cancelled") return { code: "appointment_cancelled", params: {} };
  const opens = instantAt(appointment.day, appointment.from, offset) - earlyMinutes * MINUTE;
  const ends = instantAt(appointment.day, appointment.to, offset) + lateMinutes * MINUTE;
  if (now < opens) return { code: "check_in_too_early", params: { opens: whenText(opens, now, offset) } };
  if (now > ends || appointment.state === "missed")
    return { code: "check_in_too_late", params: { slot: `${appointment.from}-${appointment.to}` } };
  return null;
};

/** The instant from which an appointment counts in the line: max(slot, check-in). */
export const dueOf = (plan: HallPlan, appointment: Appointment, checkIn: number): number =>
  Math.max(instantAt(appointment.day, appointment.from, plan.utcOffsetMinutes), checkIn);
