/** What a text says as JSON; undefined when it is none. */
export const parseJson = (text: string | null | undefined): unknown => {
  if (text == null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
