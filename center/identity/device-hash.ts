import { createHash } from "node:crypto";

/** Codes, secrets and tokens are random, so a plain hash is enough to keep them from whoever reads the table. */
export const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
