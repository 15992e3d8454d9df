import type { HallPlan } from "../hall/plan.ts";
import type { HallState } from "../hall/state.ts";
import type { Ticket, TicketClass } from "./ticket.ts";

const MINUTE = 60_000;

/** The head start of a class, milliseconds. */
export const creditOf = (plan: HallPlan, ticketClass: TicketClass): number =>
  ticketClass === "ordinary" ? 0 : plan.settings.creditMinutes[ticketClass] * MINUTE;

/**
 * The virtual start time of a ticket: when it came, minus the head start of its class. Because head starts are bounded,
 * nobody in one counter's line can be overtaken by somebody who came later than the largest of them: a bound that is
 * kept by construction, with no ratio rules (docs/decisions/0002-call-policy.md).
 * @param arrivedAt instant of taking, or for an appointment max(slot, check-in)
 * @returns milliseconds since 1970 UTC; smaller is called earlier
 */
export const lineKeyOf = (plan: HallPlan, ticketClass: TicketClass, arrivedAt: number): number =>
  arrivedAt - creditOf(plan, ticketClass);

/** Order of the line: pinned first, then virtual start time, then who came first, then the smaller serial. */
export const compareInLine = (left: Ticket, right: Ticket): number =>
  Number(right.pinned) - Number(left.pinned) ||
  left.lineKey - right.lineKey ||
  left.takenAt - right.takenAt ||
  left.serial - right.serial ||
  (left.id < right.id ? -1 : 1);

/** Everybody waiting for a business, next one first. */
export const waitingFor = (state: HallState, businessId: string): readonly Ticket[] =>
  [...state.tickets.values()]
    .filter((ticket) => ticket.state === "waiting" && ticket.businessId === businessId)
    .sort(compareInLine);

/** Whether a counter may call a ticket: it serves the business, or the ticket was sent to this very counter. */
export const mayServe = (ticket: Ticket, counterId: string, businesses: readonly string[]): boolean =>
  ticket.onlyCounterId === null ? businesses.includes(ticket.businessId) : ticket.onlyCounterId === counterId;

/** The line as one counter sees it, next one first. */
export const lineOfCounter = (state: HallState, counterId: string): readonly Ticket[] => {
  const counter = state.counters.get(counterId);
  if (!counter) return [];
  return [...state.tickets.values()]
    .filter((ticket) => ticket.state === "waiting" && mayServe(ticket, counterId, counter.businesses))
    .sort(compareInLine);
};

/** The ticket that a counter gets when it calls the next one, or undefined when nobody waits for it. */
export const findNext = (state: HallState, counterId: string): Ticket | undefined => {
  const counter = state.counters.get(counterId);
  if (!counter) return undefined;
  let best: Ticket | undefined;
  for (const ticket of state.tickets.values()) {
    if (ticket.state !== "waiting" || !mayServe(ticket, counterId, counter.businesses)) continue;
    if (best === undefined || compareInLine(ticket, best) < 0) best = ticket;
  }
  return best;
};
