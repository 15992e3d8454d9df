import type { z } from "zod";

/** What is wrong with a plan, one sentence each with the place in the file, for whoever wrote it. */
export const planProblems = (error: z.ZodError): readonly string[] =>
  error.issues.map(({ path, message }) => {
    const place = path
      .map((part, index) =>
        typeof part === "number" ? `[${String(part + 1)}]` : `${index === 0 ? "" : "."}${String(part)}`,
      )
      .join("");
    return place === "" ? message : `${place}: ${message}`;
  });
