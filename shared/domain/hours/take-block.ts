import { clockOf, instantAt } from "../../basics/time.ts";
import type { Refusal, RefusalCode } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import { openingOf, openStateAt, whenText, type OpenState } from "./hours.ts";

const closedCodes = {
  notOpenYet: "not_open_yet",
  break: "in_break",
  closedForToday: "closed_for_today",
  closedToday: "closed_today",
} as const satisfies Record<Extract<OpenState, { open: false }>["why"], RefusalCode>;

const servesNow = (state: HallState, businessId: string): boolean => {
  for (const counter of state.counters.values())
    if (counter.state !== "closed" && counter.businesses.includes(businessId)) return true;
  return false;
};

/**
 * Why no number of a business can be taken at an instant, or null when one can. The one answer for the kiosk's screen,
 * for the node's refusal and for the anomaly of a number given without the node. Each code has its sentence in
 * `refusal:<code>`; `opens` is the next time to come, "" when none is known.
 */
export const takeBlockOf = (state: HallState, businessId: string, now: number): Refusal | null => {
  const { plan } = state;
  if (plan === null) return { code: "hall_not_set_up", params: {} };
  const business = plan.businesses.find(({ id }) => id === businessId);
  if (!business) return { code: "business_unknown", params: { business: businessId } };
  const offset = plan.utcOffsetMinutes;
  const { name } = business;
  const opening = openingOf(plan, businessId);
  if (opening !== null) {
    const at = openStateAt(opening, now);
    if (!at.open)
      return { code: closedCodes[at.why], params: { business: name, opens: whenText(at.opensAt, now, offset) } };
    if (now >= at.lastTicketAt)
      return { code: "last_number_passed", params: { business: name, last: clockOf(at.lastTicketAt, offset) } };
  }
  if (plan.settings.requireOpenCounter && !servesNow(state, businessId))
    return { code: "no_open_counter", params: { business: name } };
  if ((state.taken.get(businessId) ?? 0) >= business.dailyCap)
    return { code: "daily_cap_reached", params: { business: name, cap: business.dailyCap } };
  if (business.ticketSlots.length === 0) return null;
  const clock = clockOf(now, offset);
  const slot = business.ticketSlots.find(({ from, to }) => from <= clock && clock < to);
  if (slot && state.day !== null) {
    const from = instantAt(state.day, slot.from, offset);
    let taken = 0;
    for (const ticket of state.tickets.values())
      if (ticket.businessId === businessId && ticket.takenAt >= from && ticket.class !== "appointment") taken += 1;
    if (taken >= slot.cap)
      return { code: "slot_cap_reached", params: { business: name, cap: slot.cap, opens: slot.to } };
  }
  return null;
};
