import { timingSafeEqual } from "node:crypto";
import type { TicketPageView } from "../../shared/contract/ticket-page.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";
import { followDigest, type TicketPageKey } from "../../shared/domain/kiosk/ticket-page.ts";
import { reviewIdOf } from "../../shared/domain/review/review.ts";
import type { Ticket } from "../../shared/domain/queue/ticket.ts";
import { estimateWait } from "../../shared/domain/queue/wait-estimate.ts";

/** Soon called: asks often. Else seldom, so that a slow line is not filled and a full hall of phones stays quiet. */
const SOON_MS = 4_000;
const LATER_MS = 12_000;
const OVER_MS = 60_000;
const SOON_PEOPLE = 3;

/** The ticket whose secret the key holds, or undefined: an unknown ticket and a wrong secret are not told apart. */
export const findFollowed = (state: HallState, key: TicketPageKey): Ticket | undefined => {
  const ticket = state.tickets.get(key.ticketId);
  if (ticket?.followHash === undefined) return undefined;
  const isRight = timingSafeEqual(Buffer.from(ticket.followHash, "hex"), Buffer.from(followDigest(key.secret), "hex"));
  return isRight ? ticket : undefined;
};

const againMs = (ticket: Ticket, ahead: number): number => {
  if (ticket.state === "waiting") return ahead <= SOON_PEOPLE ? SOON_MS : LATER_MS;
  if (ticket.state === "called") return SOON_MS;
  return ticket.state === "done" || ticket.state === "cancelled" ? OVER_MS : LATER_MS;
};

/** What the ticket page shows now. */
export const ticketPageView = (
  state: HallState,
  key: TicketPageKey,
  now: number,
  reviewPathOf: (reviewId: string) => string | null,
): TicketPageView => {
  const ticket = findFollowed(state, key);
  const { plan } = state;
  const business = plan?.businesses.find(({ id }) => id === ticket?.businessId);
  // A number that a kiosk gave without the node arrives with the kiosk's line: the page asks on.
  if (ticket === undefined || plan === null || business === undefined) return { state: "unknown", againMs: LATER_MS };
  const numberOf = (id: string | null): number | null =>
    plan.counters.find((counter) => counter.id === id)?.number ?? null;
  const wait = estimateWait(state, ticket.businessId, { now, ticketId: ticket.id });
  const counters = [...state.counters.values()]
    .filter((counter) => counter.state === "open" && counter.businesses.includes(ticket.businessId))
    .map((counter) => numberOf(counter.id))
    .filter((number) => number !== null)
    .sort((one, other) => one - other);
  return {
    state: ticket.state,
    hall: { name: plan.name, nameEn: plan.nameEn, names: plan.names },
    sample: plan.sample,
    utcOffsetMinutes: plan.utcOffsetMinutes,
    number: ticket.number,
    business: { name: business.name, nameEn: business.nameEn, names: business.names },
    takenAt: ticket.takenAt,
    ahead: wait.peopleAhead,
    minutes: wait.minutes,
    afterClosing: wait.afterClosing,
    counters,
    counter: ticket.state === "called" || ticket.state === "serving" ? numberOf(ticket.counterId) : null,
    stops: ticket.stops?.length ?? 0,
    review: ticket.state === "done" ? reviewPathOf(reviewIdOf(ticket.id, ticket.serviceNo)) : null,
    now,
    againMs: againMs(ticket, wait.peopleAhead),
  };
};
