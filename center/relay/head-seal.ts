import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { sealedText, type HeadSeal, type LogHead } from "../../shared/contract/log-record.ts";
import type { PersonalBox } from "../identity/personal.ts";

/** PKCS#8 around an Ed25519 seed (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

const bytesOf = (text: string): Buffer => Buffer.from(text, "base64");

/**
 * Signs heads of a hall's log, so that a city can show others what the hall said of it. The key follows from the node's, so
 * a node that was put back from a backup signs as before.
 */
export class HeadSealer {
  readonly publicKey: string;
  private readonly key: KeyObject;

  constructor(box: PersonalBox, hallId: string) {
    const seed = box.keyFor(`heads of the log of ${hallId}`);
    this.key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
    const spki = createPublicKey(this.key).export({ format: "der", type: "spki" });
    this.publicKey = spki.subarray(SPKI.length).toString("base64");
  }

  seal(head: LogHead): HeadSeal {
    return {
      publicKey: this.publicKey,
      signature: sign(null, Buffer.from(sealedText(head)), this.key).toString("base64"),
    };
  }
}

/** Whether a head was signed with the key that stands beside it. */
export const isSealOf = (head: LogHead, { publicKey, signature }: HeadSeal): boolean => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, bytesOf(publicKey)]), format: "der", type: "spki" });
  return verify(null, Buffer.from(sealedText(head)), key, bytesOf(signature));
};
