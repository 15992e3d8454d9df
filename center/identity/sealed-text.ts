import type { z } from "zod";

/**
 * What a personal record says, by its schema; undefined when it is of no form that this program knows. A terminal may have kept anything, and the act that it
 * belongs to was taken: whoever reads it says that it cannot be read, and goes on.
 */
export const readSealedText = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
