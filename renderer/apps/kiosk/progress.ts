import type { Result } from "../../../shared/basics/result.ts";
import { PROGRESS_PATH, progressResponseSchema, type ProgressResponse } from "../../../shared/contract/cases.ts";
import type { Terminal } from "../../store/terminal.ts";

export type CaseProgress = ProgressResponse["cases"][number];
/** `unknown`: no such number, or other last four characters; the two are not told apart. */
export type ProgressFault = "unknown" | "tooOften" | "offline";

/** How far the cases of a number are. */
export const askProgress = async (
  terminal: Pick<Terminal, "ask" | "hall">,
  number: string,
  last4: string,
): Promise<Result<readonly CaseProgress[], ProgressFault>> => {
  const outcome = await terminal.ask(PROGRESS_PATH, {
    hallId: terminal.hall.get().plan?.hallId,
    number: number.trim(),
    last4,
  });
  if (!outcome.ok) {
    const { code } = outcome.error;
    return {
      ok: false,
      error: code === "too_many_requests" ? "tooOften" : code === "unavailable" ? "offline" : "unknown",
    };
  }
  const answer = progressResponseSchema.safeParse(outcome.value);
  return answer.success ? { ok: true, value: answer.data.cases } : { ok: false, error: "offline" };
};
