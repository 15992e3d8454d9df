import type { z } from "zod";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import { askNode } from "../../store/http.ts";
import type { Terminal } from "../../store/terminal.ts";

const environment = {
  fetch: globalThis.fetch.bind(globalThis),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Asks the node what only a desk with somebody signed in may know. @returns the answer, or the code of the error */
export const askDesk = async <T>(
  terminal: Terminal,
  path: string,
  schema: z.ZodType<T>,
  body: object = {},
): Promise<Result<T, string>> => {
  const answer = await askNode(environment, `${terminal.info.nodeUrl ?? ""}${path}`, {
    ...terminal.info.credentials,
    clerkId: terminal.clerk.get()?.clerkId ?? "",
    ...body,
  });
  if (!answer.ok) return err(answer.error.code);
  const parsed = schema.safeParse(answer.value);
  return parsed.success ? ok(parsed.data) : err("unavailable");
};
