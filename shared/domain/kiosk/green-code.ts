import { sha256Hex } from "../../basics/sha256.ts";

/** A code as it is compared: people type small letters and spaces. */
const plainCode = (code: string): string =>
  code
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "");

/**
 * What the hall's plan holds of a green-channel code instead of the code itself.
 * @param hallId a code counts in one hall only
 */
export const greenCodeDigest = (hallId: string, code: string): string =>
  sha256Hex(`green-channel\n${hallId}\n${plainCode(code)}`);
