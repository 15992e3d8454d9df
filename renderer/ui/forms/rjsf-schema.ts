import type { RJSFSchema, UiSchema } from "@rjsf/utils";
import { holdsCondition } from "../../../shared/domain/form/check-form.ts";
import type { Field, SectionSchema } from "../../../shared/domain/form/form-schema.ts";

type Values = Readonly<Record<string, unknown>>;

/** Columns out of 12 where a field's schema does not say. */
const spanOf = (field: Field): number => {
  if (field["x-span"] !== undefined) return field["x-span"];
  switch (field.type) {
    case "array":
      return 12;
    case "string":
      return field["x-widget"] === "lines" ? 12 : field["x-widget"] === "radio" ? 8 : 4;
    case "boolean":
    case "number":
    case "integer":
      return 4;
  }
};

/** A schema's title in the language of the screen, where the schema has it. */
export const titleOf = (
  schema: { readonly title: string; readonly "x-en"?: string | undefined },
  language: string,
): string => (language === "en" ? (schema["x-en"] ?? schema.title) : schema.title);

const widgetOf = (field: Field): string | undefined => {
  if (field.type !== "string") return undefined;
  if (field["x-widget"] === "lines") return "textarea";
  if (field["x-widget"] === "radio") return "radio";
  return field.format === "date" ? "day" : undefined;
};

const localField = (field: Field, language: string): RJSFSchema => {
  const title = titleOf(field, language);
  if (field.type === "array")
    return {
      ...field,
      title,
      items: { ...field.items, properties: localFields(field.items.properties, language) },
    };
  // What `format` means is checked by our own rules; the form library would warn of names that it does not know.
  const { ...rest } = field as Record<string, unknown>;
  delete rest["format"];
  // As `enum`: of a `oneOf` the library takes the first alternative for its default, and nobody has chosen that.
  delete rest["oneOf"];
  if (field.type === "string" && field.oneOf !== undefined) rest["enum"] = field.oneOf.map((choice) => choice.const);
  return { ...rest, title };
};

const localFields = (fields: Readonly<Record<string, Field>>, language: string): Record<string, RJSFSchema> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, localField(field, language)]));

const uiOf = (fields: Readonly<Record<string, Field>>, language: string): UiSchema =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const widget = widgetOf(field);
      return [
        name,
        {
          "ui:options": { span: spanOf(field), ...("x-unit" in field ? { unit: field["x-unit"] } : {}) },
          ...(widget === undefined ? {} : { "ui:widget": widget }),
          ...(field.type === "array" ? { items: uiOf(field.items.properties, language) } : {}),
          ...(field.type === "string" && field.oneOf !== undefined
            ? { "ui:enumNames": field.oneOf.map((choice) => titleOf(choice, language)) }
            : {}),
        },
      ];
    }),
  );

/** What the form library gets to draw: the fields that count now, with the condition already decided. */
export interface DrawnSection {
  readonly schema: RJSFSchema;
  readonly ui: UiSchema;
}

const drawSection = (section: SectionSchema, holds: boolean, language: string): DrawnSection => {
  const then = holds ? section.then : undefined;
  const fields = { ...section.properties, ...then?.properties };
  return {
    schema: {
      type: "object",
      properties: localFields(fields, language),
      required: [...new Set([...(section.required ?? []), ...(then?.required ?? [])])],
    },
    ui: uiOf(fields, language),
  };
};

const drawn = new WeakMap<SectionSchema, Map<string, DrawnSection>>();

/** The same object for the same section, condition and language: the form library draws anew only what has changed. */
export const drawnSectionOf = (section: SectionSchema, values: Values, language: string): DrawnSection => {
  const holds = holdsCondition(section, values);
  const key = `${language} ${String(holds)}`;
  let versions = drawn.get(section);
  if (!versions) drawn.set(section, (versions = new Map<string, DrawnSection>()));
  let version = versions.get(key);
  if (!version) versions.set(key, (version = drawSection(section, holds, language)));
  return version;
};
