import { idNumberFault } from "../identity/id-number.ts";
import { isPhone } from "../identity/phone.ts";
import { isFileMark } from "./file-mark.ts";
import { isSealed, type LedgerAsk, type LedgerDefinition, type LedgerField } from "./definition.ts";
import type { LedgerValue } from "./entry.ts";

/** What is wrong with a value; each has a sentence. */
export type LedgerFault =
  | "required"
  | "tooLong"
  | "notNumber"
  | "notDay"
  | "notChoice"
  | "notIdNo"
  | "notPhone"
  | "notFile"
  | "looksPersonal"
  | "unknownField";

export interface LedgerFieldFault {
  readonly field: string;
  readonly fault: LedgerFault;
}

const MAX_LENGTH: Partial<Readonly<Record<LedgerField["kind"], number>>> = { longText: 2_000, text: 200, person: 60 };
const MAX_LINES = 60;
const FILES_MAX = 20;

/** A mobile number or an ID number in the middle of a text: the log is no place for it. */
const PERSONAL = /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)/;

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const textFault = (field: LedgerField, text: string): LedgerFault | null => {
  if (text.length > (MAX_LENGTH[field.kind] ?? 200)) return "tooLong";
  return !isSealed(field) && PERSONAL.test(text) ? "looksPersonal" : null;
};

const linesFault = (field: LedgerField, value: LedgerValue): LedgerFault | null => {
  if (!Array.isArray(value)) return "tooLong";
  const lines = value as readonly string[];
  if (lines.length > MAX_LINES) return "tooLong";
  for (const line of lines) {
    const fault = typeof line === "string" ? textFault(field, line) : "tooLong";
    if (fault !== null) return fault;
  }
  return null;
};

/** Whether nothing was written. */
export const isEmpty = (value: LedgerValue | undefined): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What is wrong with one value, or null. Nothing written is right here; see `checkAsked`. */
export const valueFault = (field: LedgerField, value: LedgerValue | undefined): LedgerFault | null => {
  if (value === undefined || isEmpty(value)) return null;
  const chosen = (id: unknown): boolean => field.choices.some((choice) => choice.id === id);
  switch (field.kind) {
    case "number":
      return typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 1e12 ? null : "notNumber";
    case "rating":
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5 ? null : "notChoice";
    case "yesNo":
      return typeof value === "boolean" ? null : "notChoice";
    case "day":
      return typeof value === "string" && isDay(value) ? null : "notDay";
    case "choice":
      return chosen(value) ? null : "notChoice";
    case "choices":
      return Array.isArray(value) && new Set(value).size === value.length && value.every(chosen) ? null : "notChoice";
    case "files":
      return Array.isArray(value) && value.length <= FILES_MAX && value.every(isFileMark) ? null : "notFile";
    case "lines":
    case "departments":
      return linesFault(field, value);
    case "idNo":
      return typeof value === "string" && idNumberFault(value) === null ? null : "notIdNo";
    case "phone":
      return typeof value === "string" && isPhone(value) ? null : "notPhone";
    default:
      return typeof value === "string" ? textFault(field, value) : "tooLong";
  }
};

/**
 * What is wrong with the values of one step: something that is not asked for there, something required that is missing, a value
 * that its kind does not have. Of sealed fields only whether they are there can be seen.
 * @param values as written, for a form also the sealed ones
 * @param sealed fields that are written in a personal record
 */
export const checkAsked = (
  definition: LedgerDefinition,
  asks: readonly LedgerAsk[],
  values: Readonly<Record<string, LedgerValue | undefined>>,
  sealed: readonly string[] = [],
): readonly LedgerFieldFault[] => {
  const faults: LedgerFieldFault[] = [];
  const asked = new Set(asks.map(({ field }) => field));
  for (const id of [...Object.keys(values), ...sealed])
    if (!asked.has(id)) faults.push({ field: id, fault: "unknownField" });
  for (const { field: id, isRequired } of asks) {
    const field = definition.fields.find((each) => each.id === id);
    if (!field) continue;
    const value = values[id];
    const fault = valueFault(field, value);
    if (fault !== null) faults.push({ field: id, fault });
    else if (isRequired && isEmpty(value) && !sealed.includes(id)) faults.push({ field: id, fault: "required" });
  }
  return faults;
};

/** Divides what was written: values for the log, and sealed ones for a personal record each. Empty ones are left out. */
export const divideValues = (
  definition: LedgerDefinition,
  written: Readonly<Record<string, LedgerValue | undefined>>,
): { readonly open: Record<string, LedgerValue>; readonly personal: Record<string, LedgerValue> } => {
  const open: Record<string, LedgerValue> = {};
  const personal: Record<string, LedgerValue> = {};
  for (const field of definition.fields) {
    const value = written[field.id];
    if (value === undefined || isEmpty(value)) continue;
    (isSealed(field) ? personal : open)[field.id] = value;
  }
  return { open, personal };
};

/** The steps' fields in which a correction may be made: all that any step asks for. */
export const amendable = (definition: LedgerDefinition): readonly LedgerAsk[] =>
  definition.fields.map(({ id }) => ({ field: id, isRequired: false }));
