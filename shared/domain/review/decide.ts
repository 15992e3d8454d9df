import { ok } from "../../basics/result.ts";
import type { CommandOf } from "../hall/commands.ts";
import { anomalyOf, happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { EventData } from "../hall/events.ts";
import type { HallState } from "../hall/state.ts";
import { ordersFor } from "../rectification/decide.ts";
import type { Review, ReviewedService } from "./review.ts";
import { countBySamePerson, givenAtCounter, signalsOf } from "./signals.ts";

/** The ticket of an on-the-spot review: its id is `<ticket>.<n>`. */
const ticketIdOf = (reviewId: string): string => reviewId.slice(0, reviewId.lastIndexOf("."));

/**
 * Whether a review of a service that the node does not know of yet can be right: counter and review screen are two
 * terminals, and after a time without the node the review may arrive before the service that it is about.
 */
const mayBeAhead = (state: HallState, reviewId: string): boolean => {
  const ticket = state.tickets.get(ticketIdOf(reviewId));
  return ticket !== undefined && ["waiting", "called", "serving", "parked"].includes(ticket.state);
};

/** What is known of the service that a review is about. */
const serviceOf = (
  state: HallState,
  reviewId: string,
  review: Review | undefined,
  counterId: string | null,
): ReviewedService => {
  const ticketId = review?.ticketId ?? ticketIdOf(reviewId);
  const ticket = state.tickets.get(ticketId);
  return {
    ticketId: ticket === undefined ? null : ticketId,
    number: review?.number ?? ticket?.number ?? null,
    counterId: counterId ?? ticket?.counterId ?? null,
    clerkId: review?.clerkId ?? ticket?.clerkId ?? null,
    businessId: ticket?.businessId ?? null,
    itemCode: ticket?.itemCode ?? null,
    itemName: ticket?.itemName ?? null,
    caseId: null,
    isReviewed: review?.state === "given",
  };
};

/**
 * Decides a given or closed review. Signs of a false one are flagged; nothing is ever dropped. A bad one opens its work
 * order in the same breath.
 */
export const decideReview = (
  state: HallState,
  command: CommandOf<"GiveReview" | "CloseReview">,
  context: DecideContext,
): Decision => {
  const at = instantOf(command, context);
  const { reviewId } = command.data;
  const review = state.reviews.get(reviewId);
  // A screen speaks for its own counter, whatever it says.
  const ownCounter = context.actor.counterId ?? command.data.counterId;
  if (command.type === "CloseReview") {
    const counterId = review ? review.counterId : ownCounter;
    if (!review && !mayBeAhead(state, reviewId)) return refuse("review_unknown");
    if (review && review.state !== "invited") return ok([]);
    return ok([happened("ReviewNotGiven", at, { ...command.data, counterId })]);
  }
  const { level, tags, elapsedMs, channel, textId, phoneId, totalMs, input } = command.data;
  // Only the center can vouch for a service; a terminal that says so is not listened to.
  const vouched = context.actor.role === "page" ? command.data.service : undefined;
  const counterId = review ? review.counterId : (vouched?.counterId ?? ownCounter);
  const service = vouched ?? serviceOf(state, reviewId, review, counterId);
  const hasService = review !== undefined || vouched !== undefined || mayBeAhead(state, reviewId);
  const plan = state.plan;
  if (plan === null) return refuse("hall_not_set_up");
  const flags = signalsOf(
    {
      elapsedMs,
      totalMs,
      tagCount: tags.length,
      input,
      isOnStaffComputer: channel === "secondDisplay",
      hasService,
      isLate: review?.state === "notGiven",
      at,
      givenAtCounter: givenAtCounter(state, counterId, reviewId),
      bySamePerson: countBySamePerson(state, service.ticketId ?? "", reviewId),
    },
    plan.settings,
  );
  const given: EventData["ReviewGiven"] = {
    reviewId,
    counterId,
    level,
    tags,
    elapsedMs,
    channel,
    flags: [...flags],
    textId,
    phoneId,
    ...(totalMs === undefined ? {} : { totalMs }),
    ...(input === undefined ? {} : { input }),
    ...(vouched === undefined ? {} : { service: vouched }),
  };
  const isFirst = review?.state !== "given" && vouched?.isReviewed !== true;
  return ok([
    happened(isFirst ? "ReviewGiven" : "ReviewAdded", at, given),
    ...(hasService ? [] : [anomalyOf(state, command, context, "review_unknown")]),
    ...ordersFor(state, given, service, at, context),
  ]);
};
