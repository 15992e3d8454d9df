import { maskIdOutside, maskName, maskPhone } from "../identity/mask.ts";
import type { FormData, FormSection } from "./case-form.ts";
import { holdsCondition, tidyValues } from "./check-form.ts";
import type { Field, SimpleField } from "./form-schema.ts";

/** A section as it is read: its heading, and what stands behind each label. */
export interface FilledSection {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, text: string])[];
}

/** How titles and answers are put into words. */
export interface FilledWords {
  readonly titleOf: (schema: { readonly title: string; readonly "x-en"?: string | undefined }) => string;
  readonly yes: string;
  readonly no: string;
}

/** The text of one answer as a viewer may read it. */
type Show = (name: string, field: SimpleField, text: string) => string;

const asIs: Show = (_name, _field, text) => text;

const NUMBER_NAMES = /(^idNumber|IdNumber|creditCode|socialNumber|passport)$/i;
/** Titles of fields that name a person; the catalogue has no mark for them. */
const PERSON_TITLES = /(姓名|联系人|收件人|法定代表人|负责人|监护人|联络员|账户名称)(（[^）]*）)?$/;

/** For the person themself, where others may look over their shoulder: numbers and phones masked, names whole. */
export const showToApplicant: Show = (name, field, text) => {
  if (field.type !== "string" || field.oneOf !== undefined) return text;
  if (field.format === "phone") return maskPhone(text);
  const isNumber =
    field.format === "id-number" ||
    field.format === "credit-code" ||
    field.format === "account-number" ||
    NUMBER_NAMES.test(name);
  return isNumber ? maskIdOutside(text) : text;
};

/** Where others than staff may look: numbers by their last four, phones by their ends, names by the first character. */
export const showMasked: Show = (name, field, text) =>
  field.type === "string" && PERSON_TITLES.test(field.title) ? maskName(text) : showToApplicant(name, field, text);

const simpleText = (field: SimpleField, value: unknown, words: FilledWords): string => {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (field.type === "string") {
    const choice = field.oneOf?.find((each) => each.const === value);
    if (choice) return words.titleOf(choice);
  }
  const unit = "x-unit" in field && field["x-unit"] !== undefined ? ` ${field["x-unit"]}` : "";
  return typeof value === "string" || typeof value === "number" ? `${String(value)}${unit}` : "";
};

const fieldRows = (
  name: string,
  field: Field,
  value: unknown,
  words: FilledWords,
  show: Show,
): FilledSection["rows"] => {
  const label = words.titleOf(field);
  if (field.type !== "array") return [[label, show(name, field, simpleText(field, value, words))]];
  const rows = Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];
  return rows.map((row, at) => [
    `${label} ${String(at + 1)}`,
    Object.entries(field.items.properties)
      .filter(([inner]) => row[inner] !== undefined)
      .map(([inner, cell]) => `${words.titleOf(cell)} ${show(inner, cell, simpleText(cell, row[inner], words))}`)
      .join("，"),
  ]);
};

/** A form as it reads: every answer that was given, in the form's order; a section without one is left out. */
export const filledForm = (
  sections: readonly FormSection[],
  data: FormData,
  words: FilledWords,
  show: Show = asIs,
): readonly FilledSection[] =>
  sections.flatMap(({ id, schema }) => {
    const values = tidyValues(data[id] ?? {});
    const fields = { ...schema.properties, ...(holdsCondition(schema, values) ? schema.then?.properties : {}) };
    const rows = Object.entries(fields)
      .filter(([name]) => values[name] !== undefined)
      .flatMap(([name, field]) => fieldRows(name, field, values[name], words, show));
    return rows.length === 0 ? [] : [{ title: words.titleOf(schema), rows }];
  });
