import type { FoundBefore } from "../../shared/contract/desk-search.ts";

/** As numbers are written here: of tickets; of orders and, with letters before, ledgers; of cases, which begin with their day. */
const OURS = [
  /^[A-Z]{1,3}\d{3,4}$/i,
  /^([A-Z]{1,4})?20\d\d-\d{4,8}$/i,
  /^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,6}$/,
];

/** Digits that could be a telephone or an ID number, however they are parted. */
const LONG_NUMBER = /\d(?:[\s\p{P}]*\d){4,}/gu;

const shortened = (text: string): string =>
  text.replace(LONG_NUMBER, (digits) => `${digits.slice(0, 2)}…${digits.slice(-2)}`);

/**
 * What the audit keeps of a search: a number of ours, or an item or department under which something was found. Of anything else,
 * which may be somebody's name or telephone, its length only.
 */
export const searchNote = (typed: string, found: readonly FoundBefore[]): string => {
  const text = typed.trim();
  if (OURS.some((form) => form.test(text))) return text;
  const wanted = text.toLowerCase();
  if (found.some(({ number }) => number.toLowerCase() === wanted)) return text;
  if (found.some(({ about }) => about.toLowerCase().includes(wanted))) return shortened(text);
  return `…(${String(text.length)})`;
};
