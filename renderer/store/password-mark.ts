import { fromBase64, toBase64 } from "./base64.ts";

/** What a password can be compared with and not be read from: kept sealed beside the session, so that a locked screen opens offline. */
export interface PasswordMark {
  readonly salt: string;
  readonly rounds: number;
  readonly hash: string;
}

/** OWASP's figure for PBKDF2 with SHA-256; the slow hash proper is the node's. */
const ROUNDS = 600_000;
const BYTES = 32;

const hash = async (
  crypto: Crypto,
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return toBase64(new Uint8Array(await crypto.subtle.deriveBits(how, key, BYTES * 8)));
};

export const markPassword = async (crypto: Crypto, password: string): Promise<PasswordMark> => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt: toBase64(salt), rounds: ROUNDS, hash: await hash(crypto, password, salt, ROUNDS) };
};

export const isPasswordOf = async (crypto: Crypto, password: string, mark: PasswordMark): Promise<boolean> =>
  (await hash(crypto, password, fromBase64(mark.salt), mark.rounds)) === mark.hash;
