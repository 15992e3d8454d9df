import { err, ok, type Result } from "../../../shared/basics/result.ts";

/** A file's text and how it was written. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "gb18030";
}

const startsWith = (bytes: Uint8Array, ...head: readonly number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte);

const tryDecode = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
};

/**
 * Text of a table that nobody said the encoding of: by its byte order mark, else UTF-8 if it is valid UTF-8, else GB 18030
 * as Chinese spreadsheets write it. A byte order mark is left out.
 */
export const decodeText = (bytes: Uint8Array): Result<DecodedText, "not_a_text"> => {
  if (startsWith(bytes, 0xff, 0xfe)) {
    const text = tryDecode(bytes, "utf-16le");
    return text === null ? err("not_a_text") : ok({ text, encoding: "utf-16le" });
  }
  if (startsWith(bytes, 0xfe, 0xff)) {
    const text = tryDecode(bytes, "utf-16be");
    return text === null ? err("not_a_text") : ok({ text, encoding: "utf-16be" });
  }
  // A zero byte is in no text of the encodings that follow.
  if (bytes.includes(0)) return err("not_a_text");
  for (const encoding of ["utf-8", "gb18030"] as const) {
    const text = tryDecode(bytes, encoding);
    if (text !== null) return ok({ text, encoding });
  }
  return err("not_a_text");
};
