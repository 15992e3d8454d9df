/** Objects of one kind have the same keys. */
interface Kind {
  readonly sorted: readonly string[];
  /** An object keeps them in the order in which they were put: not where one is a whole number, or names its prototype. */
  readonly isKept: boolean;
}

/** Sorted once for each. */
const kinds = new Map<string, Kind>();
const MOST_KINDS = 500;
const NOT_KEPT = /^(?:\d+|__proto__)$/;

const kindOf = (keys: readonly string[]): Kind => {
  const name = keys.join("\0");
  const known = kinds.get(name);
  // A key with U+0000 in it reads like two.
  if (known?.sorted.length === keys.length) return known;
  if (kinds.size >= MOST_KINDS) kinds.clear();
  const kind: Kind = { sorted: [...keys].sort(), isKept: !keys.some((key) => NOT_KEPT.test(key)) };
  if (name.split("\0").length === keys.length) kinds.set(name, kind);
  return kind;
};

/** The same object with its keys in order; undefined when one of its members is an object or an array itself. */
const inOrder = (record: Readonly<Record<string, unknown>>, sorted: readonly string[]): object | undefined => {
  const ordered: Record<string, unknown> = {};
  for (const key of sorted) {
    const member = record[key];
    if (member !== null && typeof member === "object") return undefined;
    ordered[key] = member;
  }
  return ordered;
};

/**
 * JSON with the keys of every object in code-unit order and no white space, so that equal values have equal texts
 * whatever order their keys were written in. `undefined` members are left out, as in JSON.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member ?? null)).join(",")}]`;
  const record = value as Record<string, unknown>;
  const { sorted, isKept } = kindOf(Object.keys(record));
  // In one go where it can be: the text is then in one piece, where each member put behind the others makes one more.
  const ordered = isKept ? inOrder(record, sorted) : undefined;
  if (ordered) return JSON.stringify(ordered);
  let text = "";
  for (const key of sorted) {
    const member = record[key];
    if (member !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
};
