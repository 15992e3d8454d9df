import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** A way to seal bytes so that they open only with the key, unchanged, and at the place they belong to. */
export interface SealingSuite {
  seal(key: Buffer, place: string, bytes: Uint8Array): Buffer;
  /** @throws when the box was changed, belongs to another place, or the key is another one */
  open(key: Buffer, place: string, box: Buffer): Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A box: nonce, tag, cipher text. */
const aes256Gcm: SealingSuite = {
  seal(key, place, bytes) {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
    const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  },
  open(key, place, box) {
    const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(place));
    decipher.setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  },
};

/** Stands before each box of the national suite; that a random AES nonce begins so will not happen (2⁻⁶⁴). */
const SM_MARK = Buffer.from("\0SM4SM3\u0001", "latin1");
const SM_IV_BYTES = 16;
const SM_MAC_BYTES = 32;

const smKeys = (key: Buffer): { readonly cipher: Buffer; readonly mac: Buffer } => ({
  cipher: Buffer.from(hkdfSync("sm3", key, "", "service-hall sm4", 16)),
  mac: Buffer.from(hkdfSync("sm3", key, "", "service-hall hmac-sm3", 32)),
});

/** The length first, so that no other division into place and text has the same code. */
const smMac = (key: Buffer, place: string, ivAndText: Buffer): Buffer => {
  const where = Buffer.from(place);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(where.length);
  return createHmac("sm3", key).update(SM_MARK).update(length).update(where).update(ivAndText).digest();
};

/**
 * SM4 (GB/T 32907) in counter mode, then HMAC with SM3 (GB/T 32905) over everything: OpenSSL 3.0 has no SM4-GCM.
 * A box: mark, code, counter block, cipher text.
 */
const sm4WithSm3: SealingSuite = {
  seal(key, place, bytes) {
    const keys = smKeys(key);
    const iv = randomBytes(SM_IV_BYTES);
    const cipher = createCipheriv("sm4-ctr", keys.cipher, iv);
    const text = Buffer.concat([iv, cipher.update(bytes), cipher.final()]);
    return Buffer.concat([SM_MARK, smMac(keys.mac, place, text), text]);
  },
  open(key, place, box) {
    const keys = smKeys(key);
    const code = box.subarray(SM_MARK.length, SM_MARK.length + SM_MAC_BYTES);
    const text = box.subarray(SM_MARK.length + SM_MAC_BYTES);
    const wanted = smMac(keys.mac, place, text);
    if (code.length !== wanted.length || !timingSafeEqual(code, wanted)) throw new Error("the box was changed");
    const decipher = createDecipheriv("sm4-ctr", keys.cipher, text.subarray(0, SM_IV_BYTES));
    return Buffer.concat([decipher.update(text.subarray(SM_IV_BYTES)), decipher.final()]);
  },
};

const suites = { "aes-256-gcm": aes256Gcm, "sm4-sm3": sm4WithSm3 } as const;
export type SuiteName = keyof typeof suites;

/** The suite of a setting (`SERVICE_HALL_CIPHER`), AES without one. @throws when there is no such suite */
export const suiteNamed = (name: string | undefined): SealingSuite => {
  if (name === undefined || name === "") return aes256Gcm;
  if (!Object.hasOwn(suites, name))
    throw new Error(`SERVICE_HALL_CIPHER is one of ${Object.keys(suites).join(", ")}, not "${name}".`);
  return suites[name as SuiteName];
};

/** The suite that a box was sealed with: after a change of the setting the older boxes open as before. */
export const suiteOf = (box: Buffer): SealingSuite =>
  box.subarray(0, SM_MARK.length).equals(SM_MARK) ? sm4WithSm3 : aes256Gcm;
