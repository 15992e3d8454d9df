import { hash, verify } from "@node-rs/argon2";
import { uuidv7 } from "uuidv7";
import type { LoginResponse, LoginStep } from "../../shared/contract/api.ts";
import type { Duty } from "../../shared/domain/identity/roles.ts";
import { needsSecondFactor, type SecondFactorRule } from "../../shared/domain/identity/second-factor.ts";
import type { Database } from "../db/database.ts";
import { ARGON } from "./argon.ts";
import type { Device } from "./devices.ts";
import type { PersonalBox } from "./personal.ts";
import { showFactor } from "./second-factor.ts";

const MAX_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;

/** Adds a clerk, or gives a known one a new password and name, and the rights back where they were ended. */
export const putClerk = async (
  database: Database,
  clerk: { readonly hallId: string; readonly clerkNo: string; readonly name: string; readonly password: string },
): Promise<string> => {
  const { rows } = await database.query<{ clerk_id: string }>(
    `INSERT INTO clerks (hall_id, clerk_id, clerk_no, name, password_hash) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (hall_id, clerk_no) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash, failures = 0, disabled_at = NULL
     RETURNING clerk_id`,
    [clerk.hallId, uuidv7(), clerk.clerkNo, clerk.name, await hash(clerk.password, ARGON)],
  );
  return rows[0]?.clerk_id ?? "";
};

/**
 * Ends a clerk's rights at once: signed out everywhere, and whatever a center has remembered of him or her is forgotten.
 * What was done before stays under that name.
 * @returns false when there is no such clerk, or the rights were ended before
 */
export const disableClerk = async (
  database: Database,
  hallId: string,
  clerkNo: string,
  now: number,
): Promise<boolean> => {
  const { rows } = await database.query<{ clerk_id: string }>(
    "UPDATE clerks SET disabled_at = $3 WHERE hall_id = $1 AND clerk_no = $2 AND disabled_at IS NULL RETURNING clerk_id",
    [hallId, clerkNo, now],
  );
  const clerkId = rows[0]?.clerk_id;
  if (clerkId === undefined) return false;
  await database.query(
    "UPDATE clerk_sessions SET ended_at = $3 WHERE hall_id = $1 AND clerk_id = $2 AND ended_at IS NULL",
    [hallId, clerkId, now],
  );
  await database.notify(`disabled ${clerkId}`);
  return true;
};

/** Gives a clerk a duty. @returns false when there is no such clerk */
export const setDuty = async (database: Database, hallId: string, clerkNo: string, duty: Duty): Promise<boolean> => {
  const { rows } = await database.query<{ clerk_id: string }>(
    "UPDATE clerks SET duty = $3 WHERE hall_id = $1 AND clerk_no = $2 RETURNING clerk_id",
    [hallId, clerkNo, duty],
  );
  const clerkId = rows[0]?.clerk_id;
  if (clerkId === undefined) return false;
  await database.notify(`duty ${clerkId}`);
  return true;
};

export type LoginOutcome =
  | { readonly kind: "in"; readonly clerk: LoginResponse }
  /** The password was right; something has to come after it. */
  | { readonly kind: "next"; readonly step: LoginStep }
  | { readonly kind: "failed" }
  | { readonly kind: "codeWrong" }
  | { readonly kind: "locked"; readonly minutes: number };

/** Hash of nothing in particular: an unknown number costs as much time as a wrong password. */
let decoy: Promise<string> | undefined;

/**
 * Signs a clerk in at a terminal. After five wrong passwords the number is locked for a quarter of an hour: the failure
 * is counted before the password is looked at, so that many tries at once do not slip through. A wrong code counts as
 * well; a right password without a code neither counts nor wipes out what was counted.
 */
export const login = async (
  database: Database,
  device: Device,
  request: { readonly clerkNo: string; readonly password: string; readonly code?: string | undefined },
  factor: { readonly rule: SecondFactorRule | undefined; readonly hallName: string; readonly box: PersonalBox },
  now: number,
): Promise<LoginOutcome> => {
  const { rows } = await database.query<{
    clerk_id: string;
    name: string;
    password_hash: string;
    disabled_at: number | null;
    failures: number;
    failed_at: number;
    duty: Duty;
  }>(
    `UPDATE clerks SET
       failures = CASE WHEN failed_at < $4 THEN 1 WHEN failures > $5 THEN failures ELSE failures + 1 END,
       failed_at = CASE WHEN failures >= $5 AND failed_at >= $4 THEN failed_at ELSE $3 END
     WHERE hall_id = $1 AND clerk_no = $2
     RETURNING clerk_id, name, password_hash, disabled_at, failures, failed_at, duty`,
    [device.hallId, request.clerkNo, now, now - LOCK_MS, MAX_FAILURES],
  );
  const row = rows[0];
  if (row && row.failures > MAX_FAILURES)
    return { kind: "locked", minutes: Math.max(1, Math.ceil((row.failed_at + LOCK_MS - now) / 60_000)) };
  decoy ??= hash(uuidv7(), ARGON);
  const right = await verify(row?.password_hash ?? (await decoy), request.password);
  if (!row || !right || row.disabled_at !== null) return { kind: "failed" };
  const { clerk_id: clerkId, name, duty } = row;
  if (needsSecondFactor(factor.rule, duty)) {
    const owner = { hallId: device.hallId, clerkId };
    const names = { label: request.clerkNo, issuer: factor.hallName };
    const shown = await showFactor(database, factor.box, owner, request.code, names, now);
    if (shown.kind === "wrong") return { kind: "codeWrong" };
    if (shown.kind === "next") {
      await database.query(
        "UPDATE clerks SET failures = failures - 1 WHERE hall_id = $1 AND clerk_id = $2 AND failures > 0",
        [device.hallId, clerkId],
      );
      return { kind: "next", step: shown.step };
    }
  }
  await database.transaction(async (client) => {
    await client.query("UPDATE clerks SET failures = 0, failed_at = NULL WHERE hall_id = $1 AND clerk_id = $2", [
      device.hallId,
      clerkId,
    ]);
    // One person at a terminal: who was there before is signed out.
    await client.query(
      "UPDATE clerk_sessions SET ended_at = $3 WHERE hall_id = $1 AND device_id = $2 AND ended_at IS NULL",
      [device.hallId, device.deviceId, now],
    );
    await client.query(
      // Back within the same millisecond: the session goes on.
      `INSERT INTO clerk_sessions (hall_id, device_id, clerk_id, started_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (hall_id, device_id, clerk_id, started_at) DO UPDATE SET ended_at = NULL`,
      [device.hallId, device.deviceId, clerkId, now],
    );
  });
  return { kind: "in", clerk: { clerkId, clerkNo: request.clerkNo, name, duty } };
};

/** Signs out whoever is signed in at the terminal. */
export const logout = async (
  database: Database,
  device: Pick<Device, "hallId" | "deviceId">,
  now: number,
): Promise<void> => {
  await database.query(
    "UPDATE clerk_sessions SET ended_at = $3 WHERE hall_id = $1 AND device_id = $2 AND ended_at IS NULL",
    [device.hallId, device.deviceId, now],
  );
};

/** "known": is or was signed in at this terminal; "disabled": was, and may no longer act; "never": was not. */
export interface ClerkStanding {
  readonly standing: "known" | "disabled" | "never";
  /** Whether he or she is signed in at this terminal now. */
  readonly open: boolean;
  readonly duty: Duty;
}

/** Of who has never been at a terminal. */
export const NEVER_HERE: ClerkStanding = { standing: "never", open: false, duty: "clerk" };

/**
 * Whether a clerk may be named as the doer at a device. A record made before signing out comes in later, so a past
 * session counts as well: the hall must know who really did it. A right beyond every clerk's ends with the session (`open`).
 */
export const standingOf = async (database: Database, device: Device, clerkId: string): Promise<ClerkStanding> => {
  const { rows } = await database.query<{ disabled: boolean; open: boolean; duty: Duty }>(
    `SELECT c.disabled_at IS NOT NULL AS disabled, bool_or(s.ended_at IS NULL) AS open, c.duty
     FROM clerk_sessions s JOIN clerks c ON c.hall_id = s.hall_id AND c.clerk_id = s.clerk_id
     WHERE s.hall_id = $1 AND s.device_id = $2 AND s.clerk_id = $3
     GROUP BY c.hall_id, c.clerk_id`,
    [device.hallId, device.deviceId, clerkId],
  );
  const [row] = rows;
  if (!row) return NEVER_HERE;
  return { standing: row.disabled ? "disabled" : "known", open: row.open, duty: row.duty };
};

/** Who is signed in at a device now and may act. */
export const findClerkAt = async (
  database: Database,
  hallId: string,
  deviceId: string,
): Promise<string | undefined> => {
  const { rows } = await database.query<{ clerk_id: string }>(
    `SELECT c.clerk_id FROM clerk_sessions s JOIN clerks c ON c.hall_id = s.hall_id AND c.clerk_id = s.clerk_id
     WHERE s.hall_id = $1 AND s.device_id = $2 AND s.ended_at IS NULL AND c.disabled_at IS NULL LIMIT 1`,
    [hallId, deviceId],
  );
  return rows[0]?.clerk_id;
};
