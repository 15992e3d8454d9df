import { timingSafeEqual } from "node:crypto";
import type { Database } from "../db/database.ts";
import { readApplicant } from "../identity/applicant-key.ts";
import type { PersonalBox } from "../identity/personal.ts";

const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000;
/** Stands in for a record that is not there, so that an unknown number costs the same work. */
const DECOY = { id: "decoy", kind: "applicant" } as const;

/**
 * Counts a try at a number before it is looked at, so that many tries at once do not slip through. After five failures the
 * number is locked for a quarter of an hour; numbers that do not exist are counted and locked as well.
 * @returns the seconds that the number is still locked, or null when it may be looked at
 */
export const countTry = async (
  database: Database,
  hallId: string,
  number: string,
  now: number,
): Promise<number | null> => {
  await database.query("DELETE FROM progress_failures WHERE hall_id = $1 AND failed_at < $2", [
    hallId,
    now - FORGET_MS,
  ]);
  const { rows } = await database.query<{ failures: number; failed_at: number }>(
    `INSERT INTO progress_failures AS f (hall_id, number, failures, failed_at) VALUES ($1, $2, 1, $3)
     ON CONFLICT (hall_id, number) DO UPDATE SET
       failures = CASE WHEN f.failed_at < $4 THEN 1 WHEN f.failures > $5 THEN f.failures ELSE f.failures + 1 END,
       failed_at = CASE WHEN f.failures >= $5 AND f.failed_at >= $4 THEN f.failed_at ELSE $3 END
     RETURNING failures, failed_at`,
    [hallId, number, now, now - LOCK_MS, MAX_FAILURES],
  );
  const failed = rows[0];
  if (!failed || failed.failures <= MAX_FAILURES) return null;
  return Math.max(1, Math.ceil((failed.failed_at + LOCK_MS - now) / 1000));
};

/** After a try that was right. */
export const forgetTries = async (database: Database, hallId: string, number: string): Promise<void> => {
  await database.query("DELETE FROM progress_failures WHERE hall_id = $1 AND number = $2", [hallId, number]);
};

/** A case as its applicant may find it. */
export interface ApplicantCase {
  readonly hallId: string;
  readonly caseId: string;
  readonly intakeId: string;
  readonly number: string;
  /** JSON of what its applicant may be told. */
  readonly progress: string;
}

interface Row {
  readonly hall_id: string;
  readonly case_id: string;
  readonly intake_id: string;
  readonly number: string;
  readonly applicant_id: string;
  readonly box: Buffer | null;
  readonly progress: string;
}

/** The last four characters of a number, with spaces and dashes left out. */
const lastFour = (text: string): string =>
  text
    .replace(/[^0-9A-Za-z]/g, "")
    .slice(-4)
    .toUpperCase();

/** Whether four characters are the last of one of these texts. Every comparison is made, whatever the one before gave. */
export const endsOneOf = (texts: readonly string[], last4: string): boolean => {
  const given = Buffer.from(last4);
  let isRight = false;
  for (const text of texts) {
    const wanted = Buffer.from(lastFour(text).padEnd(4, "-"));
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) isRight = true;
  }
  return isRight;
};

const matches = (value: string, last4: string): boolean => {
  const applicant = readApplicant(value);
  return endsOneOf([applicant?.idNo ?? "", applicant?.phone ?? ""], last4);
};

/**
 * The case that somebody names by its number, or the cases of an intake by the intake's, if the four characters are the
 * last of the applicant's ID number, credit code or phone; else none, and not which of the two was wrong.
 */
export const findApplicantCasesBy = async (
  database: Database,
  personal: PersonalBox,
  hallIds: readonly string[],
  asked: { readonly number: string; readonly last4: string },
): Promise<readonly ApplicantCase[]> => {
  const { rows } = await database.query<Row>(
    `SELECT c.hall_id, c.case_id, c.intake_id, c.number, i.applicant_id, p.box, c.progress
     FROM cases c JOIN intakes i ON i.hall_id = c.hall_id AND i.intake_id = c.intake_id
     LEFT JOIN personal p ON p.hall_id = i.hall_id AND p.id = i.applicant_id AND p.kind = 'applicant'
     WHERE c.hall_id = ANY ($1) AND (c.number = $2 OR i.number = $2) ORDER BY c.number LIMIT 20`,
    [hallIds, asked.number],
  );
  const row = rows[0];
  const decoy = Buffer.from(personal.seal("", { ...DECOY, value: "{}" }), "base64");
  const value =
    row?.box == null
      ? personal.open("", DECOY, decoy)
      : personal.open(row.hall_id, { id: row.applicant_id, kind: "applicant" }, row.box);
  if (!matches(value, asked.last4) || !row) return [];
  // Another hall may have the same number: only what this applicant has handed in.
  const own = rows.filter((each) => each.hall_id === row.hall_id && each.intake_id === row.intake_id);
  return own.map(({ hall_id, case_id, intake_id, number, progress }) => ({
    hallId: hall_id,
    caseId: case_id,
    intakeId: intake_id,
    number,
    progress,
  }));
};
