import type { Progress } from "../../shared/domain/case/progress.ts";
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";
import { countTry, findApplicantCasesBy, forgetTries } from "./applicant-check.ts";

export type ProgressOutcome =
  | { readonly kind: "found"; readonly cases: readonly Progress[] }
  /** The number is unknown or the four characters are wrong: which of the two is not said. */
  | { readonly kind: "unknown" }
  | { readonly kind: "locked"; readonly seconds: number };

interface Asked {
  readonly number: string;
  readonly last4: string;
}

/**
 * How far the case is that somebody names by its number, or the cases of an intake by the intake's.
 * Tries are counted under the hall; without a hall, under the first.
 * @param hallIds the hall that was meant, or all that are homed at this center when none was named
 * @param findOther what else has numbers and is looked for when no case has this one
 */
export const findProgress = async (
  database: Database,
  personal: PersonalBox,
  hallIds: readonly string[],
  asked: Asked,
  now: number,
  findOther: (asked: Asked) => Promise<readonly Progress[]>,
): Promise<ProgressOutcome> => {
  const [place] = hallIds;
  if (place === undefined) return { kind: "unknown" };
  const seconds = await countTry(database, place, asked.number, now);
  if (seconds !== null) return { kind: "locked", seconds };
  const found = await findApplicantCasesBy(database, personal, hallIds, asked);
  const cases =
    found.length === 0 ? await findOther(asked) : found.map(({ progress }) => JSON.parse(progress) as Progress);
  if (cases.length === 0) return { kind: "unknown" };
  await forgetTries(database, place, asked.number);
  return { kind: "found", cases };
};
