import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import { createDurably } from "../durable-file.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Bytes that a box is longer than what it holds. */
export const BOX_OVERHEAD = NONCE_BYTES + TAG_BYTES;

/** Encrypts personal records with the node's key; the id is authenticated, so boxes cannot be swapped. */
export class PersonalBox {
  private readonly personHashKey: Buffer;

  constructor(private readonly key: Buffer) {
    if (key.length !== KEY_BYTES) throw new Error("the key of the personal records must have 32 bytes");
    this.personHashKey = Buffer.from(hkdfSync("sha256", key, "", "person key of tickets", KEY_BYTES));
  }

  /**
   * The same person in the same hall has the same key, and without the node's own key nobody can tell which person: a
   * plain hash of an ID number is undone by trying them all.
   * @param value how the person said who it is, e.g. `idCard:<number>`
   */
  personKey(hallId: string, value: string): string {
    return createHmac("sha256", this.personHashKey).update(`${hallId}\n${value}`).digest("hex").slice(0, 32);
  }

  /** @returns nonce, tag and cipher text, base64 */
  seal(hallId: string, record: PersonalRecord): string {
    return this.sealBytes(placeOf(hallId, record), Buffer.from(record.value)).toString("base64");
  }

  /** A key of its own for another purpose: one key never serves two ends. */
  keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.key, "", purpose, KEY_BYTES));
  }

  /** @throws when the box was changed or belongs to another record */
  open(hallId: string, record: Pick<PersonalRecord, "id" | "kind">, box: Buffer): string {
    return this.openBytes(placeOf(hallId, record), box).toString("utf8");
  }

  /** @param place where the box belongs: it opens nowhere else. @returns nonce, tag and cipher text */
  sealBytes(place: string, bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce);
    cipher.setAAD(Buffer.from(place));
    const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** @throws when the box was changed or belongs to another place */
  openBytes(place: string, box: Buffer): Buffer {
    const decipher = createDecipheriv("aes-256-gcm", this.key, box.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(box.subarray(NONCE_BYTES, BOX_OVERHEAD));
    return Buffer.concat([decipher.update(box.subarray(BOX_OVERHEAD)), decipher.final()]);
  }
}

const placeOf = (hallId: string, record: Pick<PersonalRecord, "id" | "kind">): string =>
  `${hallId}\n${record.id}\n${record.kind}`;

/** The node's key: `SERVICE_HALL_KEY` (64 hex digits), else a file in the data folder that only its owner may read. */
export const loadPersonalBox = async (dataDir: string, given: string | undefined): Promise<PersonalBox> => {
  if (given !== undefined) return new PersonalBox(Buffer.from(given, "hex"));
  const file = join(dataDir, "node-key");
  try {
    return new PersonalBox(Buffer.from((await readFile(file, "utf8")).trim(), "hex"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key = randomBytes(KEY_BYTES);
  // Of two centers that start at once, one makes it and the other one fails and reads it at its next start.
  await createDurably(file, key.toString("hex"));
  return new PersonalBox(key);
};
