import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** A new key of this terminal, PKCS#8 PEM. It stays in the main process and, sealed, in the settings; no window ever sees it. */
export const newDeviceKey = (): string =>
  generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;

/** SubjectPublicKeyInfo, base64: what the node is told. */
export const publicKeyOf = (key: string): string =>
  createPublicKey(createPrivateKey(key)).export({ type: "spki", format: "der" }).toString("base64");

/** The signature of a text, base64, as `shared/contract/device-token.ts` says. */
export const signWith = (key: string, text: string): string =>
  sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64");
