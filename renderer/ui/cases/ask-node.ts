import {
  APPLICANT_CASES_PATH,
  applicantCasesResponseSchema,
  REVEAL_PATH,
  revealResponseSchema,
  type ApplicantCasesResponse,
} from "../../../shared/contract/cases.ts";
import type { z } from "zod";
import { err, ok } from "../../../shared/basics/result.ts";
import type { Terminal } from "../../store/terminal.ts";

type Asking = Pick<Terminal, "info" | "present">;

/** Null: the node is out of reach or does not answer that; whoever asked goes on without. */
const ask = async <T>(
  { info, present }: Asking,
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<T | null> => {
  const answer = await present(async ({ deviceId, secret }) => {
    try {
      const response = await fetch(`${info.nodeUrl ?? ""}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${deviceId}:${secret}` },
        body: JSON.stringify(body),
      });
      if (response.status === 401) return err({ code: "unauthorised" });
      return ok(schema.safeParse(response.ok ? await response.json() : null).data ?? null);
    } catch {
      return err({ code: "unavailable" }); // said by the connection's own lamp
    }
  });
  return answer.ok ? answer.value : null;
};

/** The intakes that the hall knows of an applicant, newest first; null without the node. */
export const findApplicantIntakes = async (
  terminal: Asking,
  idNo: string,
): Promise<ApplicantCasesResponse["intakes"] | null> =>
  (await ask(terminal, APPLICANT_CASES_PATH, { idNo }, applicantCasesResponseSchema))?.intakes ?? null;

/** Personal records in full; the node notes who read them and why. Null without the node. */
export const revealRecords = async (
  terminal: Asking,
  ids: readonly string[],
  reason: string,
): Promise<ReadonlyMap<string, string | null> | null> => {
  const answer = await ask(terminal, REVEAL_PATH, { ids, reason }, revealResponseSchema);
  return answer === null ? null : new Map(answer.records.map(({ id, value }) => [id, value]));
};
