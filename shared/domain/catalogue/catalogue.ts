import { z } from "zod";
import { materialFormSchema, materialSourceSchema, necessitySchema } from "../case/material.ts";
import { formBlocksSchema, itemFormSchema } from "../form/form-schema.ts";

/** Who may apply: a natural person, or any organisation (企业法人, 事业法人, 社会组织法人 …). */
export const subjectSchema = z.enum(["person", "legal"]);
export type Subject = z.infer<typeof subjectSchema>;

/** A limit in working days (工作日) or calendar days (自然日). */
export const timeLimitSchema = z.object({
  days: z.number().int().min(0),
  unit: z.enum(["working", "calendar"]),
});
export type TimeLimit = Readonly<z.infer<typeof timeLimitSchema>>;

/** What the search index needs of a name; made once by the builder, because terminals carry no pinyin dictionary. */
export const searchKeysSchema = z.object({
  /** The name as `normalise` of search-text.ts writes it. */
  name: z.string(),
  /** One token per character of `name`, space separated: its syllable without tone (ü as v), or the character itself. */
  pinyin: z.string(),
  /** First letter of each token. */
  initials: z.string(),
  /** Other readings of polyphonic characters (行 xing, hang): [index into `name`, syllable]. */
  otherReadings: z.array(z.tuple([z.number().int().min(0), z.string()])),
});
export type SearchKeys = Readonly<z.infer<typeof searchKeysSchema>>;

/** A material of an item. What was not published is left out; `requirementsOf` says what is then taken. */
export const materialSchema = z.object({
  name: z.string().min(1),
  necessity: necessitySchema.optional(),
  form: materialFormSchema.optional(),
  source: materialSourceSchema.optional(),
  copies: z.int().min(0).max(99).optional(),
});
export type CatalogueMaterial = Readonly<z.infer<typeof materialSchema>>;

export const serviceItemSchema = z.object({
  /** Implementation code, 31 characters, or 33 with a handling item (domain.md, Intake). */
  code: z.string().min(1),
  name: z.string().min(1),
  mainItem: z.string().nullable(),
  department: z.string().min(1),
  /** 行政许可, 公共服务 … as published. */
  kind: z.string().min(1),
  subjects: z.array(subjectSchema),
  legalLimit: timeLimitSchema.nullable(),
  promisedLimit: timeLimitSchema.nullable(),
  /** Times a person must come; 0 = none. */
  visits: z.number().int().min(0).nullable(),
  themes: z.array(z.string()),
  /** Ids of `Catalogue.lifeEvents`. */
  lifeEvents: z.array(z.string()),
  /** Empty = none published; a screen must not turn that into "nothing to bring". */
  materials: z.array(materialSchema),
  /** As published, with its unit; null = not published. */
  fee: z.string().nullable(),
  /** What is asked beside who applies; null: the plain form. */
  form: itemFormSchema.nullable(),
  /** The queue that serves it: key of a business of the hall's plan. */
  businessId: z.string().min(1),
  search: searchKeysSchema,
});
export type ServiceItem = Readonly<z.infer<typeof serviceItemSchema>>;

export const oneThingPackageSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** The place whose published version this is. */
  area: z.string().nullable(),
  target: subjectSchema,
  leadDepartment: z.string().nullable(),
  /** In the words it was published in ("5个工作日（不含制证及邮寄）"): not all of them are a number of days. */
  overallLimit: z.string().nullable(),
  /** Empty = none published. */
  materials: z.array(z.object({ name: z.string().min(1) })),
  members: z.array(
    z.object({ name: z.string().min(1), department: z.string().nullable(), limit: z.string().nullable() }),
  ),
  note: z.string().nullable(),
  /** The one form of all its members; null: those of the members that the catalogue knows, else the plain form. */
  form: itemFormSchema.nullable(),
  lifeEvents: z.array(z.string()),
  businessId: z.string().min(1),
  search: searchKeysSchema,
});
export type OneThingPackage = Readonly<z.infer<typeof oneThingPackageSchema>>;

export const lifeEventSchema = z.object({
  id: z.string().min(1),
  /** 人生大事 of a person or 企业大事 of an organisation. */
  audience: subjectSchema,
  zh: z.string().min(1),
  en: z.string().min(1),
  /** Names in further languages, by language tag. */
  inLanguages: z.record(z.string().max(12), z.string().min(1).max(80)).optional(),
  /** Key of the screens' icon set. */
  icon: z.string().min(1),
  itemCount: z.number().int().min(0),
  packageCount: z.number().int().min(0),
});

/**
 * What a hall offers, as the center hands it down and a terminal keeps it. What was not published is null or an
 * empty list, never invented. Lists are in the order of the source; departments and themes by falling count.
 */
export const catalogueSchema = z.object({
  /** Changes exactly when the content does: the first 16 hex digits of its SHA-256. */
  version: z.string().regex(/^[0-9a-f]{16}$/),
  /** True: every screen and paper that shows it says 示例数据，非现行办事指南. */
  sample: z.boolean(),
  note: z.string(),
  items: z.array(serviceItemSchema),
  packages: z.array(oneThingPackageSchema),
  /** Sections that the forms of items share. */
  formBlocks: formBlocksSchema,
  departments: z.array(z.object({ name: z.string().min(1), count: z.number().int().min(1), search: searchKeysSchema })),
  themes: z.array(z.object({ name: z.string().min(1), count: z.number().int().min(1) })),
  lifeEvents: z.array(lifeEventSchema),
});
export type Catalogue = Readonly<z.infer<typeof catalogueSchema>>;

/** Something that can be searched for and taken a number for. */
export type CatalogueEntry =
  | { readonly kind: "item"; readonly item: ServiceItem }
  | { readonly kind: "package"; readonly package: OneThingPackage };
