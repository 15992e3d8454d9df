import { createHmac, timingSafeEqual } from "node:crypto";

const TAG_BYTES = 16;

/** Short texts under a keyed hash, so that only this center can have made them for this hall. They are not secret. */
export class SignedCodes {
  constructor(private readonly key: Buffer) {}

  sign(hallId: string, text: string): string {
    const body = Buffer.from(text);
    return Buffer.concat([this.tag(hallId, body), body]).toString("base64url");
  }

  /** The text of a code, or undefined when this center did not make it for this hall. */
  open(hallId: string, code: string): string | undefined {
    const bytes = Buffer.from(code, "base64url");
    // One code has one spelling: a second one must not pass for another code.
    if (bytes.length <= TAG_BYTES || bytes.toString("base64url") !== code) return undefined;
    const body = bytes.subarray(TAG_BYTES);
    return timingSafeEqual(bytes.subarray(0, TAG_BYTES), this.tag(hallId, body)) ? body.toString("utf8") : undefined;
  }

  tag(hallId: string, body: Buffer): Buffer {
    return createHmac("sha256", this.key).update(`${hallId}\n`).update(body).digest().subarray(0, TAG_BYTES);
  }
}
