import { createHash } from "node:crypto";

/** A command id that is the same in every center and after every restart. */
export const uuidOf = (text: string): string => {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
};
