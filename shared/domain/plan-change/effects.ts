import type { HallPlan } from "../hall/plan.ts";
import type { HallState } from "../hall/state.ts";
import { openingOf, spansOf } from "../hours/hours.ts";
import { clockOf, dayOf } from "../../basics/time.ts";

/** What a plan would mean for those who are here or have an appointment already; told before it is put in force. */
export interface PlanEffects {
  /** Appointments at a time at which their business would be closed. */
  readonly appointmentsOutside: number;
  /** Slots that have more appointments than they would have places; those keep theirs. */
  readonly slotsOverQuota: number;
  /** Businesses that are open now and would be closed. */
  readonly closing: readonly string[];
  /** People waiting for those. */
  readonly waitingThere: number;
}

const isOpenAt = (plan: HallPlan, businessId: string, day: string, clock: string): boolean => {
  const opening = openingOf(plan, businessId);
  return opening === null || spansOf(opening, day).some(({ from, to }) => from <= clock && clock < to);
};

/** The effects of `next` on the hall as it is. @param now milliseconds since 1970 UTC */
export const planEffects = (state: HallState, next: HallPlan, now: number): PlanEffects => {
  const { plan } = state;
  const today = dayOf(now, next.utcOffsetMinutes);
  const clock = clockOf(now, next.utcOffsetMinutes);
  const held = [...state.appointments.values()].filter((each) => each.state === "booked" && each.day >= today);
  const taken = new Map<string, number>();
  for (const { businessId, day, from } of held) {
    const slot = `${businessId} ${day} ${from}`;
    taken.set(slot, (taken.get(slot) ?? 0) + 1);
  }
  const quota = new Map(next.businesses.map(({ id, appointmentsPerSlot }) => [id, appointmentsPerSlot]));
  const closing = next.businesses
    .map(({ id }) => id)
    .filter((id) => plan !== null && isOpenAt(plan, id, today, clock) && !isOpenAt(next, id, today, clock));
  return {
    appointmentsOutside: held.filter(({ businessId, day, from }) => !isOpenAt(next, businessId, day, from)).length,
    slotsOverQuota: [...taken].filter(([slot, count]) => count > (quota.get(slot.split(" ")[0] ?? "") ?? 0)).length,
    closing,
    waitingThere: [...state.tickets.values()].filter(
      (ticket) => ticket.state === "waiting" && closing.includes(ticket.businessId),
    ).length,
  };
};
