import { apiErrorSchema } from "../../shared/contract/api.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { Environment } from "./environment.ts";

const TIMEOUT_MS = 10_000;
const NO_CONTENT = 204;

/** Why a request failed: a code of the node's, or `unavailable` when there was no answer of a node at all. */
export interface HttpError {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

const unavailable: HttpError = { code: "unavailable", params: {} };

/**
 * Asks the node. Anything that is not the node's JSON (a proxy's page, a captive portal, a cut body) counts as no answer.
 * @param body sent as JSON by POST; undefined asks by GET
 */
export const askNode = async (
  environment: Pick<Environment, "fetch" | "after">,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result<unknown, HttpError>> => {
  const abort = new AbortController();
  const stop = environment.after(TIMEOUT_MS, () => abort.abort());
  try {
    const response = await environment.fetch(url, {
      ...(body === undefined
        ? { headers }
        : { method: "POST", body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } }),
      signal: abort.signal,
      cache: "no-store",
    });
    const value = response.status === NO_CONTENT ? null : ((await response.json()) as unknown);
    if (response.ok) return ok(value);
    const error = apiErrorSchema.safeParse(value);
    return err(error.success ? { code: error.data.error.code, params: error.data.error.params } : unavailable);
  } catch {
    return err(unavailable);
  } finally {
    stop();
  }
};
