import { randomBytes, timingSafeEqual } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { CODE_LETTERS, joinEnrolCode } from "../../shared/contract/enrol-code.ts";
import { terminalRoleSchema, type TerminalRole } from "../../shared/domain/identity/roles.ts";
import { notifyIn, type Database } from "../db/database.ts";
import { hashOf } from "./device-hash.ts";
import { issueToken } from "./device-keys.ts";
import { announcedLetters } from "../tls/hall-authority.ts";
import type { Queryable } from "../log/store.ts";

const CODE_VALID_MS = 24 * 3_600_000;
/** Nearly 50 bits. */
const CODE_LENGTH = 10;

/** A terminal as the node knows it. */
export interface Device {
  readonly hallId: string;
  readonly deviceId: string;
  readonly role: TerminalRole;
  readonly counterId: string | null;
  /** Of a desk that works for one department. */
  readonly department: string | null;
  /** When it last said that it had sent everything. */
  readonly settledAt: number | null;
  /** Out of service: what it holds may still leave, and nothing new begins there. */
  readonly isLocked: boolean;
}

/** A new one-time code, valid for a day, with the letters of the authority where terminals are to pin one. */
export const createEnrolCode = async (
  database: Database,
  wish: {
    readonly hallId: string;
    readonly role: TerminalRole;
    readonly counterId: string | null;
    readonly department?: string | null;
  },
  now: number,
): Promise<string> => {
  const code = Array.from(randomBytes(CODE_LENGTH), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join("");
  await database.query(
    "INSERT INTO enrol_codes (hall_id, code_hash, role, counter_id, expires_at, department) VALUES ($1, $2, $3, $4, $5, $6)",
    [wish.hallId, hashOf(code), wish.role, wish.counterId, now + CODE_VALID_MS, wish.department ?? null],
  );
  return joinEnrolCode(code, await announcedLetters(database));
};

/** A new device, and what it presents: its secret, or its first token when it has a key. */
const addDevice = async (
  db: Queryable,
  device: Pick<Device, "hallId" | "role" | "counterId" | "department"> & {
    readonly name: string;
    readonly publicKey: Buffer | null;
  },
  now: number,
): Promise<{ deviceId: string; secret: string; expiresInMs: number | null }> => {
  const { hallId, publicKey } = device;
  const deviceId = uuidv7();
  const secret = publicKey === null ? randomBytes(32).toString("base64url") : null;
  await db.query(
    `INSERT INTO devices (hall_id, device_id, role, counter_id, name, secret_hash, enrolled_at, department, public_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      hallId,
      deviceId,
      device.role,
      device.counterId,
      device.name,
      secret === null ? null : hashOf(secret),
      now,
      device.department,
      publicKey,
    ],
  );
  if (secret !== null) return { deviceId, secret, expiresInMs: null };
  const { token, expiresInMs } = await issueToken(db, hallId, deviceId);
  return { deviceId, secret: token, expiresInMs };
};

/**
 * Uses up a code and makes the terminal's credentials; a window with a counter gets those of its second screen too.
 * @returns undefined when the code is unknown, used or too old
 */
export const enrol = async (
  database: Database,
  request: { readonly code: string; readonly name: string; readonly publicKey?: Buffer | null },
  now: number,
): Promise<EnrolResponse | undefined> => {
  const unpaired: string[] = [];
  const enrolled = await database.transaction(async (client): Promise<EnrolResponse | undefined> => {
    const { rows } = await client.query<{
      hall_id: string;
      role: string;
      counter_id: string | null;
      department: string | null;
      hall_name: string;
    }>(
      `UPDATE enrol_codes c SET used_at = $2 FROM halls h
       WHERE c.code_hash = $1 AND c.used_at IS NULL AND c.expires_at > $2 AND h.hall_id = c.hall_id
       RETURNING c.hall_id, c.role, c.counter_id, c.department, h.name AS hall_name`,
      [hashOf(request.code), now],
    );
    const row = rows[0];
    if (!row) return undefined;
    const role = terminalRoleSchema.parse(row.role);
    const { hall_id: hallId, counter_id: counterId, department } = row;
    const { name, publicKey = null } = request;
    const device = await addDevice(client, { hallId, role, counterId, department, name, publicKey }, now);
    await client.query("UPDATE enrol_codes SET device_id = $2 WHERE hall_id = $3 AND code_hash = $1", [
      hashOf(request.code),
      device.deviceId,
      hallId,
    ]);
    const review =
      role === "window" && counterId !== null
        ? await addDevice(
            client,
            { hallId, role: "review", counterId, department: null, name: `${name} 2`, publicKey },
            now,
          )
        : null;
    if (role === "review") unpaired.push(...(await unpairOthers(client, hallId, counterId, device.deviceId)));
    return { hallId, hallName: row.hall_name, role, counterId, ...device, review };
  });
  // Their lines are cut: on the next one they are told that the counter is not theirs any more.
  for (const deviceId of unpaired) await database.notify(`unpaired ${deviceId}`);
  return enrolled;
};

/** Of a row `d` of devices: the applicant's screen of a window's own computer, which was enrolled with it and by no code of its own. */
export const IS_SECOND = `(d.role = 'review' AND NOT EXISTS (
  SELECT 1 FROM enrol_codes c WHERE c.hall_id = d.hall_id AND c.device_id = d.device_id))`;

/**
 * One tablet for a counter: whichever was paired with it before loses it, and may still send what it holds. The second
 * screen of the counter's own computer is not a tablet and stays.
 */
export const unpairOthers = async (
  client: Queryable,
  hallId: string,
  counterId: string | null,
  deviceId: string,
): Promise<readonly string[]> => {
  const { rows } = await client.query<{ device_id: string }>(
    `UPDATE devices d SET counter_id = NULL
     WHERE d.hall_id = $1 AND d.role = 'review' AND d.counter_id = $2 AND d.device_id <> $3 AND d.revoked_at IS NULL
       AND NOT ${IS_SECOND}
     RETURNING d.device_id`,
    [hallId, counterId, deviceId],
  );
  return rows.map((row) => row.device_id);
};

/** The device if what it presents is its secret, or a token of its that has not ended, and it was not revoked. */
export const authenticate = async (
  database: Database,
  credentials: { readonly deviceId: string; readonly secret: string },
): Promise<Device | undefined> => {
  const presented = hashOf(credentials.secret);
  const { rows } = await database.query<{
    hall_id: string;
    role: string;
    counter_id: string | null;
    department: string | null;
    secret_hash: Buffer | null;
    settled_at: number | null;
    is_locked: boolean;
    has_token: boolean;
  }>(
    `SELECT hall_id, role, counter_id, department, secret_hash, settled_at, locked_at IS NOT NULL AS is_locked, EXISTS (
       SELECT 1 FROM device_tokens t
       WHERE t.hall_id = d.hall_id AND t.device_id = d.device_id AND t.token_hash = $2 AND t.expires_at > now()) AS has_token
     FROM devices d WHERE device_id = $1 AND revoked_at IS NULL`,
    [credentials.deviceId, presented],
  );
  const row = rows[0];
  const isKnown = row?.secret_hash == null ? row?.has_token : timingSafeEqual(row.secret_hash, presented);
  if (!row || isKnown !== true) return undefined;
  return {
    hallId: row.hall_id,
    deviceId: credentials.deviceId,
    role: terminalRoleSchema.parse(row.role),
    counterId: row.counter_id,
    department: row.department,
    settledAt: row.settled_at,
    isLocked: row.is_locked,
  };
};

/** Notes when a terminal was last heard, and when it last had an empty outbox. */
export const noteSeen = async (
  database: Database,
  device: Pick<Device, "hallId" | "deviceId">,
  seen: { readonly at: number; readonly settledAt: number | null; readonly appVersion: string },
): Promise<void> => {
  await database.query(
    "UPDATE devices SET last_seen_at = $3, settled_at = coalesce($4, settled_at), app_version = $5 WHERE hall_id = $1 AND device_id = $2",
    [device.hallId, device.deviceId, seen.at, seen.settledAt, seen.appVersion],
  );
};

/**
 * Ends a terminal's rights; what it has not sent yet can no longer come in.
 * @returns its hall; undefined: there is no such terminal, or it was revoked before
 */
export const revokeDevice = async (db: Queryable, deviceId: string, now: number): Promise<string | undefined> => {
  const { rows } = await db.query<{ hall_id: string }>(
    "UPDATE devices SET revoked_at = $2 WHERE device_id = $1 AND revoked_at IS NULL RETURNING hall_id",
    [deviceId, now],
  );
  const [device] = rows;
  if (device) await notifyIn(db, `revoked ${deviceId}`);
  return device?.hall_id;
};
