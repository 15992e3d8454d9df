import type { Case, Intake } from "../../shared/domain/case/intake.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { takenTicket } from "../../shared/domain/hall/evolve.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";
import type { Ticket } from "../../shared/domain/queue/ticket.ts";
import type { Review } from "../../shared/domain/review/review.ts";

/** What a batch changed, as it was after its last change: rows for the read tables. */
export interface Touched {
  readonly tickets: Map<string, Ticket>;
  /** Those among them that the batch itself brought. */
  readonly newTickets: Set<string>;
  readonly reviews: Map<string, Review>;
  readonly intakes: Map<string, Intake>;
  readonly cases: Map<string, Case>;
}

/** Notes the tickets, reviews, intakes and cases that an event names. To be called before the next event, which may drop them (a new day). */
export const noteTouched = (state: HallState, event: DomainEvent, touched: Touched): void => {
  const { ticketId, reviewId, intakeId } = event.data as Partial<Record<string, unknown>>;
  if (typeof intakeId === "string") {
    const intake = state.intakes.get(intakeId);
    if (intake) touched.intakes.set(intakeId, intake);
    // What an applicant is told of a case comes from both.
    for (const caseId of intake?.caseIds ?? []) {
      const one = state.cases.get(caseId);
      if (one) touched.cases.set(caseId, one);
    }
  }
  if (typeof ticketId === "string") {
    const isNew = event.type === "TicketTaken";
    // One of a former day, told late by a kiosk without a network, is in no state; people ask for its number all the same.
    const ticket = state.tickets.get(ticketId) ?? (isNew ? takenTicket(event.data) : undefined);
    if (ticket) touched.tickets.set(ticketId, ticket);
    if (isNew) touched.newTickets.add(ticketId);
  }
  if (typeof reviewId === "string") {
    const review = state.reviews.get(reviewId);
    if (review) touched.reviews.set(reviewId, review);
  }
};
