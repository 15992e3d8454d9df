import { createHmac, createPublicKey, randomBytes, timingSafeEqual, verify, type KeyObject } from "node:crypto";
import { proofText, type SessionToken } from "../../shared/contract/device-token.ts";
import type { Database } from "../db/database.ts";
import type { Queryable } from "../log/store.ts";
import { hashOf } from "./device-hash.ts";
import type { PersonalBox } from "./personal.ts";

const CHALLENGE_MS = 60_000;
/** Short enough that a stolen one is of little use, long enough that a node that restarts is not asked by all at once. */
export const TOKEN_MS = 15 * 60_000;

/** A terminal's public key, or undefined when it is none of the one kind that is taken. */
const readPublicKey = (spki: Buffer): KeyObject | undefined => {
  try {
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : undefined;
  } catch {
    return undefined;
  }
};

/** @returns the key's bytes as they are kept; undefined when it is none */
export const parsePublicKey = (base64: string): Buffer | undefined => {
  const spki = Buffer.from(base64, "base64");
  return readPublicKey(spki) && spki;
};

/** Challenges need no memory: they carry their end and are sealed by the node's key, so that any process of the center knows them. */
const sealOf = (box: PersonalBox, deviceId: string, body: string): Buffer =>
  createHmac("sha256", box.keyFor("challenges of terminals")).update(`${deviceId}\n${body}`).digest();

/** What a terminal is to sign within a minute. Given to anybody: it says nothing of whether there is such a terminal. */
export const newChallenge = (box: PersonalBox, deviceId: string, now: number): string => {
  const body = `${String(now + CHALLENGE_MS)}.${randomBytes(16).toString("base64url")}`;
  return `${body}.${sealOf(box, deviceId, body).toString("base64url")}`;
};

const isOpenChallenge = (box: PersonalBox, deviceId: string, challenge: string, now: number): boolean => {
  const [until = "", nonce = "", seal = ""] = challenge.split(".");
  const given = Buffer.from(seal, "base64url");
  const wanted = sealOf(box, deviceId, `${until}.${nonce}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted) && Number(until) > now;
};

/** A new token for a device; those of its that have ended go. */
export const issueToken = async (db: Queryable, hallId: string, deviceId: string): Promise<SessionToken> => {
  const token = randomBytes(32).toString("base64url");
  await db.query("DELETE FROM device_tokens WHERE hall_id = $1 AND device_id = $2 AND expires_at < now()", [
    hallId,
    deviceId,
  ]);
  await db.query(
    "INSERT INTO device_tokens (hall_id, device_id, token_hash, expires_at) VALUES ($1, $2, $3, now() + $4 * interval '1 ms')",
    [hallId, deviceId, hashOf(token), TOKEN_MS],
  );
  return { token, expiresInMs: TOKEN_MS };
};

/** A token for whoever holds the device's key; undefined for anybody else, and for a device that was revoked. */
export const exchangeProof = async (
  database: Database,
  box: PersonalBox,
  proof: { readonly deviceId: string; readonly challenge: string; readonly signature: string },
  now: number,
): Promise<SessionToken | undefined> => {
  const { deviceId, challenge } = proof;
  if (!isOpenChallenge(box, deviceId, challenge, now)) return undefined;
  const { rows } = await database.query<{ hall_id: string; public_key: Buffer }>(
    "SELECT hall_id, public_key FROM devices WHERE device_id = $1 AND revoked_at IS NULL AND public_key IS NOT NULL",
    [deviceId],
  );
  const row = rows[0];
  const key = row && readPublicKey(row.public_key);
  if (!key) return undefined;
  const signed = Buffer.from(proofText(deviceId, challenge));
  const isTheirs = verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(proof.signature, "base64"));
  return isTheirs ? issueToken(database, row.hall_id, deviceId) : undefined;
};

/** Puts a key in the place of a device's secret. @returns false when the secret is not (or no more) what it is known by */
export const putDeviceKey = async (
  database: Database,
  credentials: { readonly deviceId: string; readonly secret: string },
  publicKey: Buffer,
): Promise<boolean> => {
  const { rowCount } = await database.query(
    `UPDATE devices SET public_key = $3, secret_hash = NULL
     WHERE device_id = $1 AND secret_hash = $2 AND public_key IS NULL AND revoked_at IS NULL`,
    [credentials.deviceId, hashOf(credentials.secret), publicKey],
  );
  return rowCount === 1;
};
