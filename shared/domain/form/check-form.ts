import type { FormSection, FormData } from "./case-form.ts";
import { hasFormat } from "./formats.ts";
import type { Field, FormatName, RowsField, SectionSchema, SimpleField } from "./form-schema.ts";

/** What is wrong with one value. `params` fill the sentence `form:error.<code>`. */
export interface FieldFault {
  readonly code:
    | "required"
    | "type"
    | "minLength"
    | "maxLength"
    | "pattern"
    | "choice"
    | "minimum"
    | "maximum"
    | "minItems"
    | "maxItems"
    | `format.${FormatName}`;
  readonly params: Readonly<Record<string, number>>;
  /** Field, or field, row number from 0, field in the row. */
  readonly path: readonly (string | number)[];
}

/** A fault with the section it is in. */
export interface FormFault extends FieldFault {
  readonly section: string;
}

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Length as a person counts it, and as ajv does: code points. */
const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

/** Patterns come with the catalogue; each is compiled once. */
const patterns = new Map<string, RegExp>();
const matches = (pattern: string, text: string): boolean => {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = new RegExp(pattern, "u");
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
};

const checkSimple = (field: SimpleField, value: unknown, path: FieldFault["path"], into: FieldFault[]): void => {
  const fault = (code: FieldFault["code"], params: FieldFault["params"] = {}): number =>
    into.push({ code, params, path });
  switch (field.type) {
    case "string": {
      if (typeof value !== "string") {
        fault("type");
        return;
      }
      const { minLength, maxLength, pattern, format, oneOf } = field;
      if (oneOf !== undefined && !oneOf.some((choice) => choice.const === value)) fault("choice");
      if (minLength !== undefined && lengthOf(value) < minLength) fault("minLength", { n: minLength });
      if (maxLength !== undefined && lengthOf(value) > maxLength) fault("maxLength", { n: maxLength });
      if (format !== undefined && !hasFormat(format, value)) fault(`format.${format}`);
      if (pattern !== undefined && !matches(pattern, value)) fault("pattern");
      return;
    }
    case "number":
    case "integer": {
      if (
        typeof value !== "number" ||
        !Number.isFinite(value) ||
        (field.type === "integer" && !Number.isInteger(value))
      ) {
        fault("type");
        return;
      }
      if (field.minimum !== undefined && value < field.minimum) fault("minimum", { n: field.minimum });
      if (field.maximum !== undefined && value > field.maximum) fault("maximum", { n: field.maximum });
      return;
    }
    case "boolean":
      if (typeof value !== "boolean") fault("type");
  }
};

const checkRows = (field: RowsField, value: unknown, path: FieldFault["path"], into: FieldFault[]): void => {
  if (!Array.isArray(value)) {
    into.push({ code: "type", params: {}, path });
    return;
  }
  const { minItems, maxItems, items } = field;
  if (minItems !== undefined && value.length < minItems) into.push({ code: "minItems", params: { n: minItems }, path });
  if (value.length > maxItems) into.push({ code: "maxItems", params: { n: maxItems }, path });
  value.forEach((row: unknown, index) => {
    if (isValues(row)) checkFields(items.properties, items.required ?? [], row, [...path, index], into);
    else into.push({ code: "type", params: {}, path: [...path, index] });
  });
};

const checkFields = (
  properties: Readonly<Record<string, Field>>,
  required: readonly string[],
  values: Values,
  path: FieldFault["path"],
  into: FieldFault[],
): void => {
  for (const name of required)
    if (values[name] === undefined) into.push({ code: "required", params: {}, path: [...path, name] });
  for (const [name, field] of Object.entries(properties)) {
    const value = values[name];
    if (value === undefined) continue;
    if (field.type === "array") checkRows(field, value, [...path, name], into);
    else checkSimple(field, value, [...path, name], into);
  }
};

/** Whether the condition of a section holds, so that `then` counts. */
export const holdsCondition = (section: SectionSchema, values: Values): boolean => {
  const condition = section.if;
  if (condition === undefined) return false;
  return (
    condition.required.every((name) => values[name] !== undefined) &&
    Object.entries(condition.properties).every(
      ([name, { const: wanted }]) => values[name] === undefined || values[name] === wanted,
    )
  );
};

/**
 * Everything that is wrong with one section, in the order of the fields; equal in outcome to a validator of JSON Schema
 * (a test compares it with ajv). Values must have been through `tidyValues`.
 */
export const checkSection = (section: SectionSchema, values: Values): readonly FieldFault[] => {
  const faults: FieldFault[] = [];
  checkFields(section.properties, section.required ?? [], values, [], faults);
  if (holdsCondition(section, values))
    checkFields(section.then?.properties ?? {}, section.then?.required ?? [], values, [], faults);
  return faults;
};

/**
 * The values as they are kept: texts without the spaces around them, empty ones left out, rows without any content
 * dropped. What a person sees as empty is empty.
 */
export const tidyValues = (values: Values): Values => {
  const tidy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string") {
      const text = value.trim();
      if (text !== "") tidy[name] = text;
    } else if (Array.isArray(value)) {
      const rows = value
        .filter(isValues)
        .map(tidyValues)
        .filter((row) => Object.keys(row).length > 0);
      if (rows.length > 0) tidy[name] = rows;
    } else if (value !== undefined && value !== null) tidy[name] = value;
  }
  return tidy;
};

/** Everything that is wrong with a case's form; empty when it may be handed in. */
export const checkForm = (sections: readonly FormSection[], data: FormData): readonly FormFault[] =>
  sections.flatMap(({ id, schema }) =>
    checkSection(schema, tidyValues(data[id] ?? {})).map((fault) => ({ ...fault, section: id })),
  );
