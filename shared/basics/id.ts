import { z } from "zod";

/** U+0000 and halves of surrogate pairs: no database can hold them as text, and two ids would become one there. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** An id that somebody else made: any text of up to 64 characters that is the same wherever it is kept. */
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => !UNSTORABLE.test(text), "not a text that can be kept");
