import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import { createDurably } from "../durable-file.ts";
import { suiteNamed, suiteOf, type SealingSuite } from "./sealing-suites.ts";

const KEY_BYTES = 32;

/** Encrypts personal records with the node's key; the id is authenticated, so boxes cannot be swapped. */
export class PersonalBox {
  private readonly personHashKey: Buffer;

  /** @param suite what new boxes are sealed with; each box opens with the one that sealed it */
  constructor(
    private readonly key: Buffer,
    private readonly suite: SealingSuite = suiteNamed(undefined),
  ) {
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

  /** @returns a box, base64 */
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

  /** @param place where the box belongs: it opens nowhere else */
  sealBytes(place: string, bytes: Uint8Array): Buffer {
    return this.suite.seal(this.key, place, bytes);
  }

  /** @throws when the box was changed or belongs to another place */
  openBytes(place: string, box: Buffer): Buffer {
    return suiteOf(box).open(this.key, place, box);
  }
}

const placeOf = (hallId: string, record: Pick<PersonalRecord, "id" | "kind">): string =>
  `${hallId}\n${record.id}\n${record.kind}`;

const keyFileIn = (dataDir: string): string => join(dataDir, "node-key");

/** The node's key: `SERVICE_HALL_KEY` (64 hex digits), else a file in the data folder that only its owner may read. */
export const readNodeKey = async (dataDir: string, given: string | undefined): Promise<Buffer | null> => {
  if (given !== undefined) return Buffer.from(given, "hex");
  try {
    return Buffer.from((await readFile(keyFileIn(dataDir), "utf8")).trim(), "hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
};

/** The node's key as `readNodeKey`, made when there is none. */
export const loadNodeKey = async (dataDir: string, given: string | undefined): Promise<Buffer> => {
  const known = await readNodeKey(dataDir, given);
  if (known) return known;
  const key = randomBytes(KEY_BYTES);
  // Of two centers that start at once, one makes it and the other one fails and reads it at its next start.
  await createDurably(keyFileIn(dataDir), key.toString("hex"));
  return key;
};

export const loadPersonalBox = async (dataDir: string, given: string | undefined): Promise<PersonalBox> =>
  new PersonalBox(await loadNodeKey(dataDir, given), suiteNamed(process.env["SERVICE_HALL_CIPHER"]));

/** Puts the key of a backup where the node looks for it. @returns false when another key is there */
export const putNodeKey = async (dataDir: string, given: string | undefined, key: Buffer): Promise<boolean> => {
  if (given !== undefined) return Buffer.from(given, "hex").equals(key);
  try {
    await createDurably(keyFileIn(dataDir), key.toString("hex"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return (await loadNodeKey(dataDir, given)).equals(key);
  }
};
