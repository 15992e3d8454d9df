import { z } from "zod";

/**
 * The part of JSON Schema (draft 7) that forms are written in. Closed on purpose: the terminal checks forms without
 * compiling them (its content policy allows no code made from text), so a keyword that it does not know must be refused
 * when a catalogue comes in and not be overlooked at the counter. Keywords that begin with `x-` are ours.
 */
const words = {
  title: z.string().min(1).max(80),
  /** The title in English, where there is one. */
  "x-en": z.string().min(1).max(120).optional(),
  description: z.string().max(300).optional(),
  /** Columns out of 12 that the field takes where there is room; left out: by its kind. */
  "x-span": z.number().int().min(2).max(12).optional(),
};

/** Formats of texts that are checked; each has a sentence of its own (`form:error.format.<name>`). */
export const formatNames = [
  "date",
  "email",
  "phone",
  "postcode",
  "id-number",
  "credit-code",
  "plate",
  "account-number",
] as const;
export type FormatName = (typeof formatNames)[number];

const choiceSchema = z.strictObject({
  const: z.string().min(1).max(60),
  title: z.string().min(1).max(80),
  "x-en": z.string().min(1).max(120).optional(),
});

const isPattern = (text: string): boolean => {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
};

const textFieldSchema = z.strictObject({
  type: z.literal("string"),
  ...words,
  minLength: z.number().int().min(0).optional(),
  maxLength: z.number().int().min(1).optional(),
  pattern: z.string().max(200).refine(isPattern, "not a regular expression").optional(),
  format: z.enum(formatNames).optional(),
  oneOf: z.array(choiceSchema).min(1).max(100).optional(),
  /** `radio` shows all choices at once, `lines` is a field of several lines. */
  "x-widget": z.enum(["radio", "lines"]).optional(),
});

const numberFieldSchema = z.strictObject({
  type: z.enum(["number", "integer"]),
  ...words,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** What is counted: 平方米, 万元 … */
  "x-unit": z.string().max(20).optional(),
});

const booleanFieldSchema = z.strictObject({ type: z.literal("boolean"), ...words });

const simpleFieldSchema = z.union([textFieldSchema, numberFieldSchema, booleanFieldSchema]);
export type SimpleField = Readonly<z.infer<typeof simpleFieldSchema>>;

/** A field's name: stable, because drafts, cases and packages know the field by it. */
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

const rowsFieldSchema = z.strictObject({
  type: z.literal("array"),
  ...words,
  minItems: z.number().int().min(0).optional(),
  maxItems: z.number().int().min(1).max(200),
  items: z.strictObject({
    type: z.literal("object"),
    properties: z.record(fieldName, simpleFieldSchema),
    required: z.array(fieldName).optional(),
  }),
});
/** Several of a kind, each a row of simple fields. */
export type RowsField = Readonly<z.infer<typeof rowsFieldSchema>>;

const fieldSchema = z.union([simpleFieldSchema, rowsFieldSchema]);
export type Field = Readonly<z.infer<typeof fieldSchema>>;

const sectionBase = z.strictObject({
  type: z.literal("object"),
  title: words.title,
  "x-en": words["x-en"],
  description: words.description,
  properties: z.record(fieldName, fieldSchema),
  required: z.array(fieldName).optional(),
  /** Further fields, or stricter ones, when a field has a certain value. */
  if: z
    .strictObject({
      properties: z.record(fieldName, z.strictObject({ const: z.union([z.string(), z.boolean()]) })),
      required: z.array(fieldName),
    })
    .optional(),
  then: z
    .strictObject({
      properties: z.record(fieldName, fieldSchema).optional(),
      required: z.array(fieldName).optional(),
    })
    .optional(),
});

/** One part of a form: a flat object of fields under one heading. */
export const sectionSchema = sectionBase
  .refine((section) => (section.required ?? []).every((name) => name in section.properties), "required but not there")
  .refine((section) => (section.if === undefined) === (section.then === undefined), "if and then belong together");
export type SectionSchema = Readonly<z.infer<typeof sectionSchema>>;

/** Sections that several items use, by id; in a package each is asked once. */
export const formBlocksSchema = z.record(fieldName, sectionSchema);
export type FormBlocks = Readonly<z.infer<typeof formBlocksSchema>>;

/** What an item asks beyond who applies: common blocks, then a section of its own. */
export const itemFormSchema = z.strictObject({
  blocks: z.array(fieldName).max(20),
  /** The item's own section; null: the blocks are all. */
  own: sectionSchema.nullable(),
});
export type ItemForm = Readonly<z.infer<typeof itemFormSchema>>;
