import { z } from "zod";
import { err, ok, type Result } from "../../basics/result.ts";
import type { Block, PaperDocument } from "./document.ts";
import { signPlaceSchema } from "./document.ts";

/** Values that a text may name as {{name}}. */
export const valueNames = [
  "hall",
  "applicant",
  "applicantKind",
  "idTail",
  "phoneMasked",
  "agent",
  "representative",
  "caseNumber",
  "platformNumber",
  "packageName",
  "itemNames",
  "department",
  "receivedDate",
  "acceptedDate",
  "date",
  "time",
  "year",
  "clerk",
  "counter",
  "legalLimit",
  "promisedLimit",
  "dueDate",
  "owedBy",
  "reason",
  "repeatReason",
  "procedure",
  "note",
  "outcome",
  "resultName",
  "resultNo",
  "handOutWay",
  "handOutTo",
  "courier",
  "serial",
] as const;
export type ValueName = (typeof valueNames)[number];

/** Conditions beside the values and lists themselves. */
export const flagNames = ["isLicence", "isPublicService", "isPackage", "isCounter"] as const;
export type FlagName = (typeof flagNames)[number];

/** Lists that a table or list may walk through, with what each entry has. */
export const listNames = {
  items: ["n", "name", "number", "department", "limit", "due"],
  materials: ["n", "name", "way", "copies", "original"],
  lacks: ["n", "name", "what"],
  owed: ["n", "name", "what"],
  committed: ["n", "name"],
  remedies: ["n", "text"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type ListName = keyof typeof listNames;

/** What a document is made from. A value that does not apply is an empty text. */
export interface DocumentFacts {
  readonly values: Readonly<Record<ValueName, string>>;
  readonly flags: Readonly<Record<FlagName, boolean>>;
  readonly lists: Readonly<Record<ListName, readonly Readonly<Record<string, string>>[]>>;
  readonly hallEn: string;
  readonly progressUrl: string | null;
  readonly isSample: boolean;
}

/** Words that stand for codes on paper. */
export const wordNames = [
  "workingDays",
  "calendarDays",
  "person",
  "firm",
  "counter",
  "form",
  "missing",
  "toFollow",
  "defect",
  "copiesShort",
  "copiesUnit",
  "owedAny",
  "owedCopies",
  "originalChecked",
  "way_paper",
  "way_upload",
  "way_scan",
  "way_follow",
  "way_licence",
  "outcome_granted",
  "outcome_denied",
  "outcome_withdrawn",
  "outcome_terminated",
  "procedure_hearing",
  "procedure_tender",
  "procedure_auction",
  "procedure_inspection",
  "procedure_testing",
  "procedure_quarantine",
  "procedure_appraisal",
  "procedure_expertReview",
  "procedure_correction",
  "procedure_other",
  "handOut_counter",
  "handOut_courier",
  "to_applicant",
  "to_agent",
] as const;

const line = z.string().min(1).max(2_000);
/** Shown only when this value, list or flag is there. */
const when = z.string().optional();

const templateBlockSchema = z.union([
  z.object({ when, heading: line }).strict(),
  z.object({ when, text: line, addressee: z.boolean().optional() }).strict(),
  z.object({ when, fields: z.array(z.tuple([line, line])).min(1) }).strict(),
  z.object({ when, table: z.object({ of: z.string(), head: z.array(line), row: z.array(line) }).strict() }).strict(),
  z.object({ when, list: z.object({ of: z.string(), item: line }).strict() }).strict(),
]);

/** The texts of one kind of document: data, without code. */
export const templateSchema = z
  .object({
    kind: z.string().min(1).max(40),
    code: z.string().max(8).nullable(),
    title: line,
    titleEn: line,
    number: line,
    blocks: z.array(templateBlockSchema).min(1).max(60),
    signatures: z.array(z.object({ place: signPlaceSchema, label: line, after: z.string().max(200) }).strict()).max(4),
  })
  .strict();
export type DocumentTemplate = Readonly<z.infer<typeof templateSchema>>;

export const templateSetSchema = z
  .object({
    /** Told in every document that they made. */
    version: z.string().min(1).max(40),
    progressCaption: line,
    /** Beside the review code: {{days}}. */
    reviewCaption: line,
    sampleNote: line,
    copyMark: z.string().min(1).max(20),
    /** Beside the mark of a copy: {{n}} and {{time}}. */
    copyNote: line,
    words: z.record(z.enum(wordNames), z.string().min(1).max(100)),
    templates: z.array(templateSchema).min(1),
  })
  .strict();
export type TemplateSet = Readonly<z.infer<typeof templateSetSchema>>;

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

const unknownNames = (texts: readonly string[], known: readonly string[]): readonly string[] =>
  texts.flatMap((each) => {
    const names = [...each.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
    const broken = /\{\{|\}\}/.test(each.replace(PLACEHOLDER, "")) ? [each.slice(0, 40)] : [];
    return [...broken, ...names.filter((name) => !known.includes(name))];
  });

const problemsOf = (template: DocumentTemplate): readonly string[] => {
  const conditions: readonly string[] = [...valueNames, ...flagNames, ...Object.keys(listNames)];
  const problems: string[] = [];
  const check = (texts: readonly string[], known: readonly string[]): void => {
    for (const name of unknownNames(texts, known)) problems.push(`${template.kind}: {{${name}}} is not known`);
  };
  check([template.title, template.number], valueNames);
  for (const { label, after } of template.signatures) check([label, after], valueNames);
  for (const block of template.blocks) {
    if (block.when !== undefined && !conditions.includes(block.when))
      problems.push(`${template.kind}: "when": "${block.when}" is not known`);
    if ("heading" in block) check([block.heading], valueNames);
    else if ("text" in block) check([block.text], valueNames);
    else if ("fields" in block) check(block.fields.flat(), valueNames);
    else {
      const { of, texts } =
        "table" in block ? { ...block.table, texts: block.table.row } : { ...block.list, texts: [block.list.item] };
      if (!Object.hasOwn(listNames, of)) problems.push(`${template.kind}: there is no list "${of}"`);
      else check(texts, [...listNames[of as ListName], ...valueNames]);
      if ("table" in block && block.table.head.length !== block.table.row.length)
        problems.push(`${template.kind}: the table of "${of}" has another number of heads than of columns`);
    }
  }
  return problems;
};

/** A hall's own texts for some kinds of documents (地区方案): each takes the place of the built-in one. */
export const ownTextsSchema = z
  .strictObject({
    /** Told beside the built-in version in every document that they made. */
    version: z.string().min(1).max(20),
    templates: z.array(templateSchema).min(1).max(20),
  })
  .superRefine(({ templates }, context) => {
    for (const message of new Set(templates.flatMap(problemsOf))) context.addIssue({ code: "custom", message });
  });
export type OwnTexts = Readonly<z.infer<typeof ownTextsSchema>>;

/** Reads a set of texts. @returns what is wrong, one sentence each: nothing half read */
export const readTemplates = (input: unknown): Result<TemplateSet, readonly string[]> => {
  const parsed = templateSetSchema.safeParse(input);
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".") || "file"}: ${message}`));
  const problems = parsed.data.templates.flatMap(problemsOf);
  const kinds = parsed.data.templates.map(({ kind }) => kind);
  for (const kind of kinds)
    if (kinds.indexOf(kind) !== kinds.lastIndexOf(kind)) problems.push(`${kind} is there twice`);
  return problems.length === 0 ? ok(parsed.data) : err([...new Set(problems)]);
};

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(PLACEHOLDER, (_, name: string) => values[name] ?? "");

/** Makes a document of its texts and the facts. @throws when the set has no such kind: a fault of the program */
export const makeDocument = (set: TemplateSet, kind: string, facts: DocumentFacts): PaperDocument => {
  const template = set.templates.find((each) => each.kind === kind);
  if (!template) throw new Error(`there is no text for documents of the kind ${kind}`);
  const { values } = facts;
  const isThere = (name: string): boolean => {
    if (Object.hasOwn(facts.flags, name)) return facts.flags[name as FlagName];
    if (Object.hasOwn(facts.lists, name)) return facts.lists[name as ListName].length > 0;
    return values[name as ValueName] !== "";
  };
  const blockOf = (block: DocumentTemplate["blocks"][number]): Block => {
    if ("heading" in block) return { kind: "heading", text: fill(block.heading, values) };
    if ("text" in block) return { kind: "text", text: fill(block.text, values), addressee: block.addressee ?? false };
    if ("fields" in block)
      return {
        kind: "fields",
        // A line without a value says nothing.
        rows: block.fields
          .map(([label, value]): [string, string] => [fill(label, values), fill(value, values)])
          .filter(([, value]) => value.trim() !== ""),
      };
    if ("table" in block) {
      const { of, head, row } = block.table;
      const rows = facts.lists[of as ListName].map((entry) => row.map((cell) => fill(cell, { ...values, ...entry })));
      return { kind: "table", head, rows };
    }
    const { of, item } = block.list;
    return { kind: "list", items: facts.lists[of as ListName].map((entry) => fill(item, { ...values, ...entry })) };
  };
  return {
    format: 1,
    kind,
    code: template.code,
    template: `${kind}@${set.version}`,
    letterhead: values.hall,
    letterheadEn: facts.hallEn,
    title: fill(template.title, values),
    titleEn: template.titleEn,
    number: fill(template.number, values),
    blocks: template.blocks.filter(({ when: name }) => name === undefined || isThere(name)).map(blockOf),
    signatures: template.signatures.map(({ place, label, after }) => ({
      place,
      label: fill(label, values),
      after: fill(after, values),
    })),
    date: values.date,
    progress: facts.progressUrl === null ? null : { url: facts.progressUrl, caption: set.progressCaption },
    sampleNote: facts.isSample ? set.sampleNote : null,
  };
};
