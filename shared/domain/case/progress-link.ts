/** What the address of the progress page says: numbers repeat in every hall. */
export interface ProgressMark {
  /** Undefined: an address on a paper from before halls stood in it. */
  readonly hallId: string | undefined;
  readonly number: string;
}

/** What stands behind the # of the address, so that it gets into no log: the hall, then the number. */
export const writeProgressMark = (hallId: string, number: string): string => `${hallId}/${encodeURIComponent(number)}`;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Somebody has typed the address: the number is asked for on the page.
    return "";
  }
};

/** Reads what stands behind the #. */
export const readProgressMark = (text: string): ProgressMark => {
  const [, hallId, number = ""] = /^(?:([a-z0-9-]{1,40})\/)?(.*)$/.exec(text) ?? [];
  return { hallId, number: decoded(number).slice(0, 80) };
};
