import { err, ok, type Result } from "../../../shared/basics/result.ts";
import {
  REVIEW_BY_NUMBER_PATH,
  reviewByNumberSchema,
  type ReviewByNumber,
} from "../../../shared/contract/review-by-number.ts";
import type { Terminal } from "../../store/terminal.ts";

/** `unknown`: no such number, or another check; the two are not told apart. `offline`: nobody can look just now. */
export type ByNumberFault = "unknown" | "notYet" | "tooOften" | "offline";

const faults: Readonly<Record<string, ByNumberFault>> = {
  too_many_requests: "tooOften",
  review_not_yet: "notYet",
  progress_unknown: "unknown",
  bad_request: "unknown",
};

/** What stands behind a number, if its check fits. */
export const askReviewByNumber = async (
  terminal: Pick<Terminal, "askAs">,
  number: string,
  check: string,
): Promise<Result<ReviewByNumber, ByNumberFault>> => {
  const outcome = await terminal.askAs(REVIEW_BY_NUMBER_PATH, { number, check });
  if (!outcome.ok) return err(faults[outcome.error.code] ?? "offline");
  const answer = reviewByNumberSchema.safeParse(outcome.value);
  return answer.success ? ok(answer.data) : err("offline");
};
