import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { Secret, TOTP } from "otpauth";
import type { LoginStep } from "../../shared/contract/api.ts";
import { CODE_LETTERS } from "../../shared/contract/enrol-code.ts";
import type { Database } from "../db/database.ts";
import { ARGON } from "./argon.ts";
import type { PersonalBox } from "./personal.ts";

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, half a minute. */
const STEP_SECONDS = 30;
const SECRET_BYTES = 20;
/** Steps before and after the hall's clock: telephones are off by seconds, and people type slowly. */
const WINDOW = 1;

const RECOVERY_CODES = 10;
/** 30^10: nearly 50 bits, and each try counts for the lock-out. */
const RECOVERY_LETTERS = 10;

/** Whose factor it is. */
export interface FactorOwner {
  readonly hallId: string;
  readonly clerkId: string;
}

const placeOf = ({ hallId, clerkId }: FactorOwner): string => `second factor\n${hallId}\n${clerkId}`;

const totpOf = (secret: Uint8Array, names: { readonly label: string; readonly issuer: string }): TOTP =>
  new TOTP({
    ...names,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    algorithm: "SHA1",
    digits: 6,
    period: STEP_SECONDS,
  });

/** The step of a code, or null when it is none of this secret's about now. */
const stepOf = (secret: Uint8Array, code: string, now: number): number | null => {
  const delta = totpOf(secret, { label: "", issuer: "" }).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta;
};

/** A code as it is written down: which of the ten, and its letters. */
const newRecoveryCode = (n: number): string => {
  const letters = Array.from(
    randomBytes(RECOVERY_LETTERS),
    (byte) => CODE_LETTERS[byte % CODE_LETTERS.length] ?? "",
  ).join("");
  return `${String(n)}-${letters.slice(0, 5)}-${letters.slice(5)}`;
};

const plainOf = (typed: string): string => typed.normalize("NFKC").replaceAll(/[\s-]/g, "").toUpperCase();

/**
 * A secret and recovery codes for a clerk who has none yet. Handed out anew each time it is asked for, until a code of it
 * is shown: what somebody may have seen before is void then.
 * @returns null when the clerk has one meanwhile
 */
const handOut = async (
  database: Database,
  box: PersonalBox,
  owner: FactorOwner,
  names: { readonly label: string; readonly issuer: string },
): Promise<Extract<LoginStep, { next: "enrol" }> | null> => {
  const secret = randomBytes(SECRET_BYTES);
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, (_, n) => newRecoveryCode(n));
  const hashes = await Promise.all(recoveryCodes.map((code) => hash(plainOf(code), ARGON)));
  const { hallId, clerkId } = owner;
  const isKept = await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO second_factors AS f (hall_id, clerk_id, sealed_secret) VALUES ($1, $2, $3)
       ON CONFLICT (hall_id, clerk_id) DO UPDATE SET sealed_secret = excluded.sealed_secret WHERE f.active_at IS NULL`,
      [hallId, clerkId, box.sealBytes(placeOf(owner), secret)],
    );
    if (rowCount !== 1) return false;
    await client.query("DELETE FROM recovery_codes WHERE hall_id = $1 AND clerk_id = $2", [hallId, clerkId]);
    await client.query(
      `INSERT INTO recovery_codes (hall_id, clerk_id, n, code_hash)
       SELECT $1, $2, o - 1, h FROM unnest($3::text[]) WITH ORDINALITY AS u(h, o)`,
      [hallId, clerkId, hashes],
    );
    return true;
  });
  if (!isKept) return null;
  const totp = totpOf(secret, names);
  return { next: "enrol", secret: totp.secret.base32, uri: totp.toString(), recoveryCodes };
};

/** Takes a code of the app, once: neither it nor an earlier one is taken again. */
const takeCode = async (
  database: Database,
  box: PersonalBox,
  owner: FactorOwner,
  sealedSecret: Buffer,
  code: string,
  now: number,
): Promise<boolean> => {
  const step = stepOf(box.openBytes(placeOf(owner), sealedSecret), code, now);
  if (step === null) return false;
  const { rowCount } = await database.query(
    // Another app may have been handed out meanwhile: the code says nothing of that one.
    `UPDATE second_factors SET last_step = $3, active_at = coalesce(active_at, $4)
     WHERE hall_id = $1 AND clerk_id = $2 AND last_step < $3 AND sealed_secret = $5`,
    [owner.hallId, owner.clerkId, step, now, sealedSecret],
  );
  return rowCount === 1;
};

/** Uses a recovery code up. */
const takeRecoveryCode = async (
  database: Database,
  { hallId, clerkId }: FactorOwner,
  code: string,
  now: number,
): Promise<boolean> => {
  const whose = [hallId, clerkId, Number(code[0])];
  const { rows } = await database.query<{ code_hash: string }>(
    "SELECT code_hash FROM recovery_codes WHERE hall_id = $1 AND clerk_id = $2 AND n = $3 AND used_at IS NULL",
    whose,
  );
  if (rows[0] === undefined || !(await verify(rows[0].code_hash, code))) return false;
  const { rowCount } = await database.query(
    "UPDATE recovery_codes SET used_at = $4 WHERE hall_id = $1 AND clerk_id = $2 AND n = $3 AND code_hash = $5 AND used_at IS NULL",
    [...whose, now, rows[0].code_hash],
  );
  return rowCount === 1;
};

export type FactorOutcome =
  /** A right code was shown, for the first time. */
  | { readonly kind: "shown" }
  | { readonly kind: "wrong" }
  /** Nothing was shown: what has to come next. */
  | { readonly kind: "next"; readonly step: LoginStep };

/**
 * The second step of signing in, after the right password.
 * @param typed a code of the app or a recovery code; undefined: none yet
 * @param names what the app shows beside its codes
 */
export const showFactor = async (
  database: Database,
  box: PersonalBox,
  owner: FactorOwner,
  typed: string | undefined,
  names: { readonly label: string; readonly issuer: string },
  now: number,
): Promise<FactorOutcome> => {
  const { rows } = await database.query<{ sealed_secret: Buffer; active_at: number | null }>(
    "SELECT sealed_secret, active_at FROM second_factors WHERE hall_id = $1 AND clerk_id = $2",
    [owner.hallId, owner.clerkId],
  );
  const [held] = rows;
  const isActive = held !== undefined && held.active_at !== null;
  if (typed === undefined) {
    const step = isActive ? null : await handOut(database, box, owner, names);
    return { kind: "next", step: step ?? { next: "code" } };
  }
  if (held === undefined) return { kind: "wrong" };
  const code = plainOf(typed);
  const isRight = /^\d{6}$/.test(code)
    ? await takeCode(database, box, owner, held.sealed_secret, code, now)
    : isActive && /^\d[0-9A-Z]{10}$/.test(code) && (await takeRecoveryCode(database, owner, code, now));
  return { kind: isRight ? "shown" : "wrong" };
};

/** Takes a clerk's factor away: at the next sign-in he or she gets another one. @returns false when there was none */
export const resetFactor = async (database: Database, hallId: string, clerkNo: string): Promise<boolean> =>
  database.transaction(async (client) => {
    const { rows } = await client.query<{ clerk_id: string }>(
      `DELETE FROM second_factors f USING clerks c
       WHERE c.hall_id = $1 AND c.clerk_no = $2 AND f.hall_id = c.hall_id AND f.clerk_id = c.clerk_id
       RETURNING f.clerk_id`,
      [hallId, clerkNo],
    );
    const clerkId = rows[0]?.clerk_id;
    if (clerkId === undefined) return false;
    await client.query("DELETE FROM recovery_codes WHERE hall_id = $1 AND clerk_id = $2", [hallId, clerkId]);
    return true;
  });
