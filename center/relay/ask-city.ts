/** Where a hall's city is, and the hall's key there. */
export interface City {
  readonly url: string;
  readonly key: string;
}

/** An answer that is no success, or none of the city's at all (a proxy's page): nothing of it is taken as data. */
class CityError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`the city answered ${String(status)} ${code}`);
  }
}

/** Asks a city something about one of its halls; with a body by POST. @throws CityError, or whatever the network does */
export const askCity = async (
  { url, key }: City,
  hallId: string,
  path: string,
  signal: AbortSignal,
  body?: unknown,
): Promise<unknown> => {
  const response = await fetch(`${url.replace(/\/$/, "")}/api/relay/${hallId}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // A redirect would carry the key to somebody else.
    redirect: "error",
    signal,
  });
  const text = await response.text();
  if (!response.ok) throw new CityError(response.status, /"code":"(\w+)"/.exec(text)?.[1] ?? "");
  return JSON.parse(text) as unknown;
};
