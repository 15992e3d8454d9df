import {
  APPLICANT_CASES_PATH,
  applicantCasesResponseSchema,
  REVEAL_PATH,
  revealResponseSchema,
  type ApplicantCasesResponse,
} from "../../../shared/contract/cases.ts";
import type { z } from "zod";
import type { Terminal } from "../../store/terminal.ts";

type Asking = Pick<Terminal, "info">;

/** Null: the node is out of reach or does not answer that; whoever asked goes on without. */
const ask = async <T>({ info }: Asking, path: string, body: unknown, schema: z.ZodType<T>): Promise<T | null> => {
  if (info.nodeUrl === null || info.credentials === null) return null;
  const { deviceId, secret } = info.credentials;
  try {
    const response = await fetch(new URL(path, info.nodeUrl), {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${deviceId}:${secret}` },
      body: JSON.stringify(body),
    });
    const parsed = schema.safeParse(response.ok ? await response.json() : null);
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // said by the connection's own lamp
  }
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
