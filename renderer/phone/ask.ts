/** A slow line gets so long for half a kilobyte. */
const ANSWER_MS = 15_000;

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  /** `code`: what the center says; `down`: no answer. */
  | {
      readonly ok: false;
      readonly status: number;
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
    };

/** One question of a phone page to the center, in the body of a POST: nothing of it stands in an address. */
export const askCenter = async <T>(path: string, body: object): Promise<Answer<T>> => {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const answer = (await response.json()) as unknown;
    if (response.ok) return { ok: true, value: answer as T };
    const { error } = answer as { error: { code: string; params: Record<string, string | number> } };
    return { ok: false, status: response.status, code: error.code, params: error.params };
  } catch {
    return { ok: false, status: 0, code: "down", params: {} };
  }
};
