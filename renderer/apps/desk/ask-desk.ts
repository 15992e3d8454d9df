import type { z } from "zod";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import type { Terminal } from "../../store/terminal.ts";

/** Asks the node what only a desk with somebody signed in may know. @returns the answer, or the code of the error */
export const askDesk = async <T>(
  terminal: Terminal,
  path: string,
  schema: z.ZodType<T>,
  body: object = {},
): Promise<Result<T, string>> => {
  const answer = await terminal.askAs(path, { clerkId: terminal.clerk.get()?.clerkId ?? "", ...body });
  if (!answer.ok) return err(answer.error.code);
  const parsed = schema.safeParse(answer.value);
  return parsed.success ? ok(parsed.data) : err("unavailable");
};
