import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** What the review code on a case's paper says, and which terminal says so. */
export interface CaseCode {
  readonly deviceId: string;
  /** Id of the case; of the intake, for a paper about several cases. */
  readonly ref: string;
  /** Milliseconds since 1970 UTC, whole minutes; the code is worth nothing after it. */
  readonly expiresAt: number;
}

const MINUTE = 60_000;
const TAG_BYTES = 16;
const KIND = 0x64;
const BODY_BYTES = 1 + 4 + 16 + 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const uuidBytes = (uuid: string): Uint8Array =>
  Uint8Array.from(uuid.replaceAll("-", "").match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

const uuidText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

const tagOf = (key: Uint8Array, hallId: string, body: Uint8Array): Uint8Array =>
  hmac(sha256, key, new Uint8Array([...new TextEncoder().encode(`${hallId}\n`), ...body])).subarray(0, TAG_BYTES);

/**
 * The code as bytes: tag, then what it says. 53 bytes, so that its QR code stays coarse enough for bad printers.
 * @param key the terminal's own, which the center gave it and can make again; works without a network
 * @returns null when an id is not a UUID: such a case is not from this program
 */
export const writeCaseCode = (
  key: Uint8Array,
  hallId: string,
  { deviceId, ref, expiresAt }: CaseCode,
): Uint8Array | null => {
  if (!UUID.test(deviceId) || !UUID.test(ref)) return null;
  const body = new Uint8Array(BODY_BYTES);
  body[0] = KIND;
  new DataView(body.buffer).setUint32(1, Math.floor(expiresAt / MINUTE));
  body.set(uuidBytes(deviceId), 5);
  body.set(uuidBytes(ref), 21);
  return new Uint8Array([...tagOf(key, hallId, body), ...body]);
};

/** What a code says, whoever made it; undefined when it is none. Nothing is believed before `isCaseCodeOf`. */
export const readCaseCode = (bytes: Uint8Array): CaseCode | undefined => {
  if (bytes.length !== TAG_BYTES + BODY_BYTES || bytes[TAG_BYTES] !== KIND) return undefined;
  // A copy of its own: a Buffer may be a window on a larger one.
  const body = Uint8Array.from(bytes.subarray(TAG_BYTES));
  return {
    expiresAt: new DataView(body.buffer).getUint32(1) * MINUTE,
    deviceId: uuidText(body.subarray(5, 21)),
    ref: uuidText(body.subarray(21, 37)),
  };
};

/** Whether a code was made with a key. Takes the same time whatever is wrong. */
export const isCaseCodeOf = (key: Uint8Array, hallId: string, bytes: Uint8Array): boolean => {
  const right = tagOf(key, hallId, bytes.subarray(TAG_BYTES));
  let different = 0;
  for (const [index, byte] of right.entries()) different |= byte ^ (bytes[index] ?? -1);
  return different === 0;
};
