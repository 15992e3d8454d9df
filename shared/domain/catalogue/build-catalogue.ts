import { z } from "zod";
import { canonicalJson } from "../../basics/canonical-json.ts";
import { sha256Hex } from "../../basics/sha256.ts";
import type {
  Catalogue,
  CatalogueMaterial,
  OneThingPackage,
  SearchKeys,
  ServiceItem,
  Subject,
  TimeLimit,
} from "./catalogue.ts";
import {
  belongsToLifeEvent,
  businessRulesSchema,
  findBusinessRule,
  lifeEventRulesSchema,
  rawItemSchema,
  rawPackageSchema,
  type BusinessRule,
  type LifeEventRule,
  type RawItem,
  type RawMaterial,
} from "./catalogue-source.ts";
import { formBlocksSchema, itemFormSchema, type FormBlocks, type ItemForm } from "../form/form-schema.ts";
import { canonicalSyllable, normalise } from "./search-text.ts";

/**
 * The reading of a text: one syllable per character, without tone, ü as v, a character that has none as itself.
 * `alternatives` are further readings per character. Passed in, because the dictionary has no place in shared/.
 */
export type PinyinFunction = (text: string) => {
  readonly syllables: readonly string[];
  readonly alternatives?: readonly (readonly string[])[];
};

export interface BuildOptions {
  readonly pinyin: PinyinFunction;
  /** Content of business-rules.json. */
  readonly businessRules: unknown;
  /** Content of life-events.json. */
  readonly lifeEvents: unknown;
  /** Content of form-blocks.json and item-forms.json; left out: every item has the plain form. */
  readonly forms?: { readonly blocks: unknown; readonly items: unknown };
}

/** Why a row was left out ("rejected") or is doubtful but taken ("warning"). */
export type CatalogueIssueReason =
  | "notAnObject"
  | "missing"
  | "wrongType"
  | "unknownWord"
  | "duplicateCode"
  | "noBusiness"
  | "codeMalformed"
  | "promisedOverLegal"
  | "limitWithoutUnit"
  | "materialTwice"
  /** The item's form is none that terminals can check: it gets the plain one. */
  | "formInvalid";

export interface CatalogueIssue {
  readonly list: "items" | "packages";
  /** The row's place in its list, counted from 1. */
  readonly line: number;
  readonly field: string;
  readonly reason: CatalogueIssueReason;
  readonly severity: "rejected" | "warning";
}

export interface BuiltCatalogue {
  readonly catalogue: Catalogue;
  readonly issues: readonly CatalogueIssue[];
}

const fileSchema = z.object({ note: z.string().default("") });
const itemsFileSchema = fileSchema.extend({ items: z.array(z.unknown()) });
const packagesFileSchema = fileSchema.extend({ packages: z.array(z.unknown()) });
const blocksFileSchema = fileSchema.extend({ blocks: formBlocksSchema });
const formsFileSchema = fileSchema.extend({ forms: z.record(z.string(), z.unknown()) });

/** 31 characters, or 33 with a handling item: 18 credit code + level + 12 base + 2 (domain.md, Intake). */
const CODE = /^[0-9A-Z]{31}(?:[0-9A-Z]{2})?$/;
const SAMPLE_MARK = "示例数据";

/**
 * Builds the catalogue of a hall from the rows of a source.
 * A row without name or code, or with a code that was there before, is left out and reported; a doubtful one (promised
 * limit over the legal one, odd code) is taken as published and reported as a warning. The same input always gives the
 * same catalogue and version.
 * @param rawItems content of items.json: `{note, items}`
 * @param rawPackages content of packages.json: `{note, packages}`
 * @throws ZodError when a file or a rule file is not of its form at all
 */
export const buildCatalogue = (rawItems: unknown, rawPackages: unknown, options: BuildOptions): BuiltCatalogue => {
  const itemsFile = itemsFileSchema.parse(rawItems);
  const packagesFile = packagesFileSchema.parse(rawPackages);
  const rules = businessRulesSchema.parse(options.businessRules);
  const events = lifeEventRulesSchema.parse(options.lifeEvents).events;
  const blocks = options.forms === undefined ? {} : blocksFileSchema.parse(options.forms.blocks).blocks;
  const forms = options.forms === undefined ? {} : formsFileSchema.parse(options.forms.items).forms;
  const issues: CatalogueIssue[] = [];

  const items = buildItems(itemsFile.items, rules.items, events, { blocks, forms }, options.pinyin, issues);
  const packages = buildPackages(
    packagesFile.packages,
    rules.packages,
    events,
    { blocks, forms },
    options.pinyin,
    issues,
  );

  const content = {
    sample: itemsFile.note.startsWith(SAMPLE_MARK),
    note: itemsFile.note,
    items,
    packages,
    formBlocks: blocks,
    departments: countByFalling(items.map((item) => item.department)).map((row) => ({
      ...row,
      search: searchKeys(row.name, options.pinyin),
    })),
    themes: countByFalling(items.flatMap((item) => item.themes)),
    lifeEvents: events.map(({ id, audience, zh, en, inLanguages, icon }) => ({
      id,
      audience,
      zh,
      en,
      ...(inLanguages === undefined ? {} : { inLanguages }),
      icon,
      itemCount: items.filter((item) => item.lifeEvents.includes(id)).length,
      packageCount: packages.filter((thing) => thing.lifeEvents.includes(id)).length,
    })),
  };
  return { catalogue: { version: sha256Hex(canonicalJson(content)).slice(0, 16), ...content }, issues };
};

const buildItems = (
  rows: readonly unknown[],
  rules: readonly BusinessRule[],
  events: readonly LifeEventRule[],
  source: FormSource,
  pinyin: PinyinFunction,
  issues: CatalogueIssue[],
): ServiceItem[] => {
  const codes = new Set<string>();
  const items: ServiceItem[] = [];
  rows.forEach((row, index) => {
    const report = reporter(issues, "items", index + 1);
    const raw = parseRow(rawItemSchema, row, report);
    if (!raw) return;
    if (codes.has(raw.task_code)) return report("task_code", "duplicateCode", "rejected");
    const subject = {
      name: raw.task_name,
      department: raw.department,
      themes: raw.themes,
      kind: raw.task_type,
      subjects: subjectsOf(raw.service_objects),
    };
    const rule = findBusinessRule(rules, subject);
    if (!rule) return report("task_name", "noBusiness", "rejected");
    codes.add(raw.task_code);
    warnOfItem(raw, report);
    items.push({
      code: raw.task_code,
      name: raw.task_name,
      mainItem: blankToNull(raw.main_item),
      department: raw.department,
      kind: raw.task_type,
      subjects: subject.subjects,
      legalLimit: limitOf(raw.legal_days, raw.legal_unit),
      promisedLimit: limitOf(raw.promise_days, raw.promise_unit),
      visits: raw.visits ?? null,
      themes: raw.themes,
      lifeEvents: events.filter((event) => belongsToLifeEvent(event, subject)).map((event) => event.id),
      materials: materialsOf(raw.materials, report),
      fee: blankToNull(raw.fee),
      form: formOf(raw.task_code, source, report),
      businessId: rule.business,
      search: searchKeys(raw.task_name, pinyin),
    });
  });
  return items;
};

interface FormSource {
  readonly blocks: FormBlocks;
  readonly forms: Readonly<Record<string, unknown>>;
}

/** The form that the source gives for an item, if terminals can check it. */
const formOf = (code: string, { blocks, forms }: FormSource, report: Report): ItemForm | null => {
  const raw = forms[code];
  if (raw === undefined) return null;
  const form = itemFormSchema.safeParse(raw);
  if (form.success && form.data.blocks.every((id) => id in blocks)) return form.data;
  report("form", "formInvalid", "warning");
  return null;
};

const buildPackages = (
  rows: readonly unknown[],
  rules: readonly BusinessRule[],
  events: readonly LifeEventRule[],
  source: FormSource,
  pinyin: PinyinFunction,
  issues: CatalogueIssue[],
): OneThingPackage[] => {
  const ids = new Set<string>();
  const packages: OneThingPackage[] = [];
  rows.forEach((row, index) => {
    const report = reporter(issues, "packages", index + 1);
    const raw = parseRow(rawPackageSchema, row, report);
    if (!raw) return;
    if (ids.has(raw.id)) return report("id", "duplicateCode", "rejected");
    const target: Subject = raw.target === "个人" ? "person" : "legal";
    const subject = { name: raw.name, department: raw.lead_dept, themes: [], kind: "", subjects: [target] };
    const rule = findBusinessRule(rules, subject);
    if (!rule) return report("name", "noBusiness", "rejected");
    ids.add(raw.id);
    packages.push({
      id: raw.id,
      name: raw.name,
      area: blankToNull(raw.area),
      target,
      leadDepartment: blankToNull(raw.lead_dept),
      overallLimit: blankToNull(raw.overall_limit),
      materials: namesOf(raw.materials, report),
      members: raw.member_items.map((member) => ({
        name: member.item,
        department: blankToNull(member.dept),
        limit: blankToNull(member.limit),
      })),
      note: blankToNull(raw.note),
      // A package is for one target only, but its event may be told of the person (新生儿) or of the firm (开办).
      form: formOf(raw.id, source, report),
      lifeEvents: events.filter((event) => belongsToLifeEvent(event, subject)).map((event) => event.id),
      businessId: rule.business,
      search: searchKeys(raw.name, pinyin),
    });
  });
  return packages;
};

type Report = (field: string, reason: CatalogueIssueReason, severity: CatalogueIssue["severity"]) => void;

const reporter =
  (issues: CatalogueIssue[], list: CatalogueIssue["list"], line: number): Report =>
  (field, reason, severity) => {
    issues.push({ list, line, field, reason, severity });
  };

const parseRow = <T>(schema: z.ZodType<T>, row: unknown, report: Report): T | undefined => {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const field = issue.path.map(String).join(".");
    report(field === "" ? "row" : field, reasonOf(issue, row), "rejected");
  }
  return undefined;
};

const reasonOf = (issue: z.core.$ZodIssue, row: unknown): CatalogueIssueReason => {
  if (issue.path.length === 0) return "notAnObject";
  if (issue.code === "too_small") return "missing";
  if (issue.code === "invalid_value") return "unknownWord";
  let value: unknown = row;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value === undefined || value === null ? "missing" : "wrongType";
};

const warnOfItem = (raw: RawItem, report: Report): void => {
  if (!CODE.test(raw.task_code)) report("task_code", "codeMalformed", "warning");
  if (raw.legal_days != null && raw.legal_unit == null) report("legal_unit", "limitWithoutUnit", "warning");
  if (raw.promise_days != null && raw.promise_unit == null) report("promise_unit", "limitWithoutUnit", "warning");
  // Different units can only be compared with a calendar and a starting day, so they are let pass.
  if (
    raw.legal_days != null &&
    raw.promise_days != null &&
    raw.legal_unit === raw.promise_unit &&
    raw.promise_days > raw.legal_days
  )
    report("promise_days", "promisedOverLegal", "warning");
};

const NATURAL_PERSON = "自然人";

const subjectsOf = (serviceObjects: readonly string[]): Subject[] => {
  const subjects: Subject[] = [];
  if (serviceObjects.includes(NATURAL_PERSON)) subjects.push("person");
  if (serviceObjects.some((object) => object !== NATURAL_PERSON)) subjects.push("legal");
  return subjects;
};

const limitOf = (days: number | null | undefined, unit: "工作日" | "自然日" | null | undefined): TimeLimit | null =>
  days == null || unit == null ? null : { days, unit: unit === "工作日" ? "working" : "calendar" };

const blankToNull = (text: string | null | undefined): string | null => (text == null || text === "" ? null : text);

const materialsOf = (list: readonly RawMaterial[], report: Report): CatalogueMaterial[] => {
  const materials = list.map((entry) => (typeof entry === "string" ? { name: entry.trim() } : entry));
  const known = new Map(materials.map((material) => [material.name, material]));
  return namesOf([...materials.map(({ name }) => name)], report).map(({ name }) => known.get(name) ?? { name });
};

const namesOf = (names: readonly string[], report: Report): { name: string }[] => {
  const seen = new Set<string>();
  for (const name of names) {
    const trimmed = name.trim();
    if (trimmed === "") continue;
    if (seen.has(trimmed)) report("materials", "materialTwice", "warning");
    seen.add(trimmed);
  }
  return [...seen].map((name) => ({ name }));
};

const countByFalling = (names: readonly string[]): { name: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
};

const searchKeys = (name: string, pinyin: PinyinFunction): SearchKeys => {
  const { text, characters, starts, ends } = normalise(name);
  const tokens: string[] = [];
  const otherReadings: [number, string][] = [];
  // A dictionary reads words, so it gets unbroken runs: 行 of 银行 is hang only beside 银.
  let from = 0;
  for (let at = 1; at <= characters.length; at++) {
    if (at < characters.length && (starts[at] === starts[at - 1] || starts[at] === ends[at - 1])) continue;
    const run = characters.slice(from, at);
    const { syllables, alternatives } = pinyin(run.join(""));
    if (syllables.length !== run.length)
      throw new Error(`pinyin gave ${syllables.length} syllables for ${run.length} characters: ${run.join("")}`);
    run.forEach((character, offset) => {
      const index = from + offset;
      const unit = text[index] ?? character;
      const syllable = canonicalSyllable((syllables[offset] ?? "").toLowerCase());
      const token = /^[a-z]+$/.test(syllable) ? syllable : unit;
      tokens.push(token);
      for (const other of alternatives?.[offset] ?? []) {
        const reading = canonicalSyllable(other.toLowerCase());
        if (reading !== token && /^[a-z]+$/.test(reading)) otherReadings.push([index, reading]);
      }
    });
    from = at;
  }
  return {
    name: text,
    pinyin: tokens.join(" "),
    initials: tokens.map((token) => token.slice(0, 1)).join(""),
    otherReadings,
  };
};
