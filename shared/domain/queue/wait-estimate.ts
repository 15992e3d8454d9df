import type { HallState } from "../hall/state.ts";
import { waitingFor } from "./call-policy.ts";

export interface WaitEstimate {
  readonly peopleAhead: number;
  readonly openCounters: number;
  /** Minutes, rounded up to 5; null when no counter serves the business. */
  readonly minutes: { readonly from: number; readonly to: number } | null;
}

const roundUp = (minutes: number): number => Math.ceil(minutes / 5) * 5;

/** Typical service time in minutes: today's median, drawn towards the plan's figure while there are few. */
const serviceMinutes = (state: HallState, businessId: string): number => {
  const prior = state.plan?.businesses.find((business) => business.id === businessId)?.typicalServiceMinutes ?? 10;
  const measured: number[] = [];
  for (const ticket of state.tickets.values()) {
    if (
      ticket.businessId === businessId &&
      ticket.state === "done" &&
      ticket.servingSince !== null &&
      ticket.endedAt !== null
    )
      measured.push((ticket.endedAt - ticket.servingSince) / 60_000);
  }
  if (measured.length === 0) return prior;
  measured.sort((left, right) => left - right);
  const median = measured[Math.floor(measured.length / 2)] ?? prior;
  const weight = measured.length / (measured.length + 10);
  return weight * median + (1 - weight) * prior;
};

/**
 * What a newcomer to a business may expect.
 * @param ticketId an existing ticket to estimate for; without it, somebody who takes a number now
 */
export const estimateWait = (state: HallState, businessId: string, ticketId?: string): WaitEstimate => {
  const line = waitingFor(state, businessId);
  const place = ticketId === undefined ? -1 : line.findIndex((ticket) => ticket.id === ticketId);
  const peopleAhead = place === -1 ? line.length : place;
  const openCounters = [...state.counters.values()].filter(
    (counter) => counter.state === "open" && counter.businesses.includes(businessId),
  ).length;
  if (openCounters === 0) return { peopleAhead, openCounters, minutes: null };
  const expected = (peopleAhead * serviceMinutes(state, businessId)) / openCounters;
  return {
    peopleAhead,
    openCounters,
    minutes: { from: roundUp(expected * 0.7), to: Math.max(5, roundUp(expected * 1.4)) },
  };
};
