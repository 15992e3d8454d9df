import { ok } from "../../basics/result.ts";
import type { CommandOf } from "../hall/commands.ts";
import { anomalyOf, happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { HallState } from "../hall/state.ts";
import type { ReviewFlag } from "./review.ts";

/** Decides a given or closed review. Signs of a false one are flagged; nothing is ever dropped. */
export const decideReview = (
  state: HallState,
  command: CommandOf<"GiveReview" | "CloseReview">,
  context: DecideContext,
): Decision => {
  const at = instantOf(command, context);
  const review = state.reviews.get(command.data.reviewId);
  if (command.type === "CloseReview") {
    if (!review) return refuse("review_unknown");
    if (review.state !== "invited") return ok([]);
    return ok([happened("ReviewNotGiven", at, { ...command.data, counterId: review.counterId })]);
  }
  const flags: ReviewFlag[] = [];
  const tooFastMs = state.plan?.settings.reviewTooFastMs ?? 0;
  if (command.data.elapsedMs < tooFastMs) flags.push("tooFast");
  if (review?.state === "notGiven") flags.push("late");
  if (!review) flags.push("noService");
  const given = { ...command.data, counterId: review?.counterId ?? command.data.counterId, flags };
  if (!review) {
    return ok([happened("ReviewGiven", at, given), anomalyOf(state, command, context, "review_unknown")]);
  }
  return ok([happened(review.state === "given" ? "ReviewAdded" : "ReviewGiven", at, given)]);
};
