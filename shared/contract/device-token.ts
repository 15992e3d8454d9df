import { z } from "zod";

/**
 * How a terminal proves that it is itself: it signs the node's challenge with the key that it made when it was enrolled, and gets
 * a token that stands in the place of a secret until it expires. ECDSA on P-256 with SHA-256, signatures as r‖s (WebCrypto's form).
 */
export const DEVICE_CHALLENGE_PATH = "/api/device/challenge";
export const DEVICE_TOKEN_PATH = "/api/device/token";
export const DEVICE_KEY_PATH = "/api/device/key";

/** SubjectPublicKeyInfo, DER in base64. */
export const publicKeySchema = z.base64().min(100).max(200);

export const challengeRequestSchema = z.object({ deviceId: z.string().max(64) });
export const challengeResponseSchema = z.object({ challenge: z.string().max(200) });

export const tokenRequestSchema = z.object({
  deviceId: z.string().max(64),
  challenge: z.string().max(200),
  signature: z.base64().max(120),
});
export const tokenResponseSchema = z.object({ token: z.string(), expiresInMs: z.int().positive() });
export type SessionToken = z.infer<typeof tokenResponseSchema>;

/** A terminal that was enrolled with a secret gives its key and does without the secret from then on. */
export const keyRequestSchema = z.object({
  deviceId: z.string().max(64),
  secret: z.string().max(128),
  publicKey: publicKeySchema,
});

/** What is signed: good for this device and this challenge, and for nothing else that the key may ever sign. */
export const proofText = (deviceId: string, challenge: string): string =>
  `service-hall token\n${deviceId}\n${challenge}`;
