export interface PageAnswer {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** Opens a page of a center as a phone does. */
export const openPage = async (base: string, path: string, init: RequestInit = {}): Promise<PageAnswer> => {
  const response = await fetch(`${base}${path}`, { redirect: "manual", ...init });
  return { status: response.status, html: await response.text(), headers: response.headers };
};

/** Sends the form of a page; a field may come more than once. */
export const sendForm = (
  base: string,
  path: string,
  fields: readonly (readonly [string, string])[],
): Promise<PageAnswer> =>
  openPage(base, path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
  });

/** The mark of when a page was shown. */
export const stampOf = (html: string): string => /name="stamp" value="([^"]+)"/.exec(html)?.[1] ?? "";
