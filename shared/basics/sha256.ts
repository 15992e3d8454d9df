import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hex digits; the same on node and terminal. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
