import { err, ok, type Result } from "../../../shared/basics/result.ts";

const NAMED = ["name", "名称", "title", "label", "text", "value"] as const;

/** What an object in the place of a text is called. */
const textInside = (value: object): string => {
  const members = value as Readonly<Record<string, unknown>>;
  const named = NAMED.map((key) => members[key]).find(
    (member) => typeof member === "string" || typeof member === "number",
  );
  return named === undefined ? JSON.stringify(value) : String(named).trim();
};

/** An object that gives a limit in two members, as one text: {days: 5, unit: "working"}. */
const limitInside = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date) return value;
  const members = value as Readonly<Record<string, unknown>>;
  const days = members["days"] ?? members["value"] ?? members["number"] ?? members["count"];
  const unit = readUnit(members["unit"] ?? members["type"]);
  return days === undefined ? value : `${textOf(days)}${unit ?? ""}`;
};

/** A cell as text: full-width letters and digits as ordinary ones, white space at the ends left out. */
export const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "object") return textInside(value);
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const text =
    typeof value === "string"
      ? value
      : typeof value === "number" || typeof value === "boolean"
        ? `${String(value)}`
        : "";
  return text
    .replace(/[\u200B\u200C\u200D\u2060\uFEFF]/g, "")
    .replace(/\u00A0/g, " ")
    .trim();
};

/** A name as it is shown: no control characters, no line breaks, no double spaces; its punctuation stays as published. */
export const nameOf = (value: unknown): string =>
  textOf(value)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();

const EMPTY = /^(?:|-+|—+|\/+|无|暂无|没有|未公布|不涉及|null|none|nil|n\/?a)$/i;

/** True for the many ways of writing that there is nothing. */
export const isEmpty = (text: string): boolean => EMPTY.test(text);

export type Unit = "工作日" | "自然日";

export interface Limit {
  readonly days: number;
  readonly unit: Unit | null;
  /** A remark in brackets that a number of days cannot say. */
  readonly remark: string | null;
}

const MAX_DAYS = 3650;

const AT_ONCE =
  /^(?:即办|即办件|即时|即时办结|当场|当场办结|当场办理|立即|立即办结|immediate|immediately|at once|on the spot)$/i;

const DAYS = /^([+-]?\d+(?:\.\d+)?)\s*(.*)$/;

const units: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:个)?工作日(?:内|以内|之内)?$|^(?:work(?:ing)?|business)[\s-]*days?$|^wd$/i, "工作日"],
  [/^(?:个)?(?:自然日|日历日|日历天|自然天)(?:内|以内|之内)?$|^(?:calendar|natural)[\s-]*days?$/i, "自然日"],
];

/** The unit that a cell of a column of units names; null: none; undefined: one that is not known. */
export const readUnit = (value: unknown): Unit | null | undefined => {
  const text = textOf(value).normalize("NFKC");
  if (isEmpty(text)) return null;
  const bare = units.find(([pattern]) => pattern.test(text));
  if (bare) return bare[1];
  if (/^(?:work(?:ing)?|business|w|working[_-]?days?|work[_-]?days?)$/i.test(text)) return "工作日";
  return /^(?:calendar|natural|c|calendar[_-]?days?|natural[_-]?days?)$/i.test(text) ? "自然日" : undefined;
};

/**
 * A limit: a whole number of days, perhaps with its unit. Plain 天 or 日 has no unit of its own.
 * @returns null when the cell is empty, else the limit or a sentence on what is wrong
 */
export const readLimit = (value: unknown): Result<Limit | null, string> => {
  const raw = textOf(limitInside(value));
  const text = raw
    .normalize("NFKC")
    .replace(/(?<=\d),(?=\d{3}\b)/g, "")
    .trim();
  if (isEmpty(text)) return ok(null);
  const remark = /^(.*?)\s*(\(.*\))$/.exec(text);
  const body = remark?.[1] ?? text;
  const note = remark?.[2] ?? null;
  if (AT_ONCE.test(body)) return ok({ days: 0, unit: null, remark: note });
  const match = DAYS.exec(body);
  if (!match) return err(`"${raw}" is not a number of days`);
  const days = Number(match[1]);
  const rest = (match[2] ?? "").trim();
  if (days < 0) return err(`"${raw}" is less than 0 days`);
  if (!Number.isInteger(days)) return err(`"${raw}" is not a whole number of days`);
  if (days > MAX_DAYS) return err(`"${raw}" is more than ten years`);
  if (rest === "" || /^(?:天|日|days?|d)(?:内|以内)?$/i.test(rest)) return ok({ days, unit: null, remark: note });
  const unit = units.find(([pattern]) => pattern.test(rest))?.[1];
  if (unit === undefined) return err(`"${raw}": the unit "${rest}" is not one of 工作日 and 自然日`);
  return ok({ days, unit, remark: note });
};

/** A whole number from 0, perhaps with 次; null when the cell is empty. */
export const readCount = (value: unknown): Result<number | null, string> => {
  const raw = textOf(value);
  const text = raw.normalize("NFKC");
  if (isEmpty(text)) return ok(null);
  const match = /^(\d{1,3})(?:\.0+)?\s*次?$/.exec(text);
  return match ? ok(Number(match[1])) : err(`"${raw}" is not a whole number from 0`);
};

const cleanPart = (part: unknown): string =>
  nameOf(part)
    .replace(/^(?:[(（]\d{1,2}[)）]|\d{1,2}[.、．)）])\s*/, "")
    .replace(/[;；。,，、]+$/, "")
    .trim();

/** Splits where a separator stands outside of brackets and quotation marks. */
const splitOutside = (text: string, separator: RegExp): string[] => {
  const parts: string[] = [""];
  let depth = 0;
  for (const character of text) {
    if ("(（[【〔《“「".includes(character)) depth += 1;
    if (")）]】〕》”」".includes(character)) depth = Math.max(0, depth - 1);
    if (depth === 0 && separator.test(character)) parts.push("");
    else parts[parts.length - 1] = `${parts.at(-1) ?? ""}${character}`;
  }
  return parts;
};

/** Line breaks, semicolons and bars always part names; numbering, 、 and commas only where there is none of those. */
const SEPARATORS: readonly RegExp[] = [/[;；\r\n|｜]/, /、/, /[,，]/];

/** The names in a cell that holds a list, or in a real list; without numbering and closing punctuation. */
export const readNames = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.map(cleanPart).filter((part) => !isEmpty(part));
  const text = textOf(value);
  const numbered = text.split(/(?:^|\s+|(?<=[^\d]))(?=\d{1,2}[.、．]\s*[^\d\s])/).filter((part) => part.trim() !== "");
  const whole = numbered.length > 1 ? numbered : [text];
  const parts = whole.flatMap((each) => {
    const separator = SEPARATORS.find((candidate) => splitOutside(cleanPart(each), candidate).length > 1);
    // Within one numbered entry only the strong separators part names.
    if (separator === undefined || (whole.length > 1 && separator !== SEPARATORS[0])) return [each];
    return splitOutside(each, separator);
  });
  return parts.map(cleanPart).filter((part) => !isEmpty(part));
};

/** The words of a cell that holds a list of short words. */
export const readWords = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.map(nameOf).filter((part) => !isEmpty(part))
    : textOf(value)
        .split(/[;；,，、\r\n|｜/]+/)
        .map(nameOf)
        .filter((part) => !isEmpty(part));
