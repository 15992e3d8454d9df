/** Objects of one kind have their keys in one order: sorted once for each. */
const sortedKeys = new Map<string, readonly string[]>();
const MOST_KINDS = 500;

const inOrder = (keys: readonly string[]): readonly string[] => {
  const kind = keys.join("\0");
  const known = sortedKeys.get(kind);
  if (known) return known;
  if (sortedKeys.size >= MOST_KINDS) sortedKeys.clear();
  const sorted = [...keys].sort();
  // A key with U+0000 in it could be taken for two.
  if (kind.split("\0").length === keys.length) sortedKeys.set(kind, sorted);
  return sorted;
};

/**
 * JSON with the keys of every object in code-unit order and no white space, so that equal values have equal texts
 * whatever order their keys were written in. `undefined` members are left out, as in JSON.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member ?? null)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    let text = "";
    const record = value as Record<string, unknown>;
    for (const key of inOrder(Object.keys(record))) {
      const member = record[key];
      if (member !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
    }
    return `{${text}}`;
  }
  return JSON.stringify(value) ?? "null";
};
