import { ok } from "../../basics/result.ts";
import type { CommandOf } from "../hall/commands.ts";
import { anomalyOf, happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { HallState } from "../hall/state.ts";
import type { ReviewFlag } from "./review.ts";

/**
 * Whether a review of a service that the node does not know of yet can be right: counter and review screen are two
 * terminals, and after a time without the node the review may arrive before the service that it is about.
 */
const mayBeAhead = (state: HallState, reviewId: string): boolean => {
  const ticket = state.tickets.get(reviewId.slice(0, reviewId.lastIndexOf(".")));
  return ticket !== undefined && ["waiting", "called", "serving", "parked"].includes(ticket.state);
};

/** Decides a given or closed review. Signs of a false one are flagged; nothing is ever dropped. */
export const decideReview = (
  state: HallState,
  command: CommandOf<"GiveReview" | "CloseReview">,
  context: DecideContext,
): Decision => {
  const at = instantOf(command, context);
  const review = state.reviews.get(command.data.reviewId);
  // A screen speaks for its own counter, whatever it says.
  const counterId = review ? review.counterId : (context.actor.counterId ?? command.data.counterId);
  if (command.type === "CloseReview") {
    if (!review && !mayBeAhead(state, command.data.reviewId)) return refuse("review_unknown");
    if (review && review.state !== "invited") return ok([]);
    return ok([happened("ReviewNotGiven", at, { ...command.data, counterId })]);
  }
  const flags: ReviewFlag[] = [];
  const tooFastMs = state.plan?.settings.reviewTooFastMs ?? 0;
  if (command.data.elapsedMs < tooFastMs) flags.push("tooFast");
  if (review?.state === "notGiven") flags.push("late");
  const isStray = !review && !mayBeAhead(state, command.data.reviewId);
  if (isStray) flags.push("noService");
  const given = { ...command.data, counterId, flags };
  if (isStray) {
    return ok([happened("ReviewGiven", at, given), anomalyOf(state, command, context, "review_unknown")]);
  }
  return ok([happened(review?.state === "given" ? "ReviewAdded" : "ReviewGiven", at, given)]);
};
