import type { HallState } from "../../../shared/domain/hall/state.ts";
import { lineOfCounter, mayServe } from "../../../shared/domain/queue/call-policy.ts";
import { offlineLineOf } from "../../../shared/domain/queue/offline-line.ts";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";

export interface BusinessCount {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly waiting: number;
}

/** The line as a clerk at one counter sees it. */
export interface CounterLine {
  /** What the counter serves today, with everybody who waits for it. */
  readonly businesses: readonly BusinessCount[];
  /** In the order in which they will be called. */
  readonly waiting: readonly Ticket[];
  /** Those at this counter first, then as they were begun. */
  readonly parked: readonly Ticket[];
  /** The last one first. */
  readonly missed: readonly Ticket[];
  /** Tickets that this counter may call without the node. */
  readonly ownShare: ReadonlySet<string>;
}

/** Works out the line of one counter from the hall's state. */
export const lineModelOf = (state: HallState, counterId: string): CounterLine => {
  const counter = state.counters.get(counterId);
  const served = counter?.businesses ?? [];
  const waiting = lineOfCounter(state, counterId);
  const counts = new Map<string, number>();
  for (const ticket of waiting) counts.set(ticket.businessId, (counts.get(ticket.businessId) ?? 0) + 1);
  const parked: Ticket[] = [];
  const missed: Ticket[] = [];
  for (const ticket of state.tickets.values()) {
    if (ticket.state !== "parked" && ticket.state !== "missed") continue;
    if (ticket.counterId !== counterId && !mayServe(ticket, counterId, served)) continue;
    if (ticket.state === "parked") parked.push(ticket);
    else if (ticket.day === state.day) missed.push(ticket);
  }
  parked.sort(
    (left, right) =>
      Number(right.counterId === counterId) - Number(left.counterId === counterId) ||
      (left.servingSince ?? 0) - (right.servingSince ?? 0),
  );
  missed.sort((left, right) => (right.endedAt ?? 0) - (left.endedAt ?? 0));
  return {
    businesses: served.map((id) => {
      const business = state.plan?.businesses.find((candidate) => candidate.id === id);
      return { id, name: business?.name ?? id, nameEn: business?.nameEn ?? id, waiting: counts.get(id) ?? 0 };
    }),
    waiting,
    parked,
    missed,
    ownShare: new Set(offlineLineOf(state, counterId).map((ticket) => ticket.id)),
  };
};

/** The counter where a clerk is at work on this terminal, if there is one: found again after a restart. */
export const findOwnCounter = (state: HallState, clerkId: string, deviceId: string | null): string | undefined => {
  for (const counter of state.counters.values()) {
    if (counter.state === "closed" || counter.clerkId !== clerkId) continue;
    if (counter.deviceId === deviceId) return counter.id;
  }
  return undefined;
};

/** What a clerk knows of a review: that it was asked for, and that it is over. Never how it was. */
export interface ReviewNews {
  readonly reviewId: string;
  readonly number: string | null;
  readonly state: "invited" | "over";
}

/** The last invitation to review at a counter. */
export const lastReviewOf = (state: HallState, counterId: string, now: number): ReviewNews | null => {
  let last: (ReviewNews & { readonly at: number }) | null = null;
  for (const review of state.reviews.values()) {
    if (review.counterId !== counterId || review.invitedAt === null) continue;
    if (last !== null && review.invitedAt < last.at) continue;
    const open = review.state === "invited" && (review.expiresAt === null || review.expiresAt > now);
    last = { reviewId: review.id, number: review.number, state: open ? "invited" : "over", at: review.invitedAt };
  }
  return last === null ? null : { reviewId: last.reviewId, number: last.number, state: last.state };
};

/** The service that this counter ended last, while the end can still be taken back as a mis-click. */
export const undoableEndOf = (state: HallState, counterId: string, now: number): Ticket | null => {
  const seconds = state.plan?.settings.undoEndSeconds ?? 0;
  const counter = state.counters.get(counterId);
  if (counter?.state !== "open" || counter.ticketId !== null) return null;
  let last: { readonly ticket: Ticket; readonly at: number } | null = null;
  for (const ticket of state.tickets.values()) {
    const wentOn = ticket.state === "waiting" ? ticket.cameFrom : undefined;
    const where = wentOn?.counterId ?? (ticket.state === "done" ? ticket.counterId : null);
    const at = wentOn?.endedAt ?? ticket.endedAt;
    if (where !== counterId || at === null || now - at > seconds * 1000) continue;
    if (last === null || at > last.at) last = { ticket, at };
  }
  return last?.ticket ?? null;
};
