import { z } from "zod";

/** Where a field's value comes from; a profile names nothing else. */
export const reportSources = [
  "hall.areaCode",
  "hall.areaName",
  "hall.regionCode12",
  "item.taskCode",
  "item.handleItem",
  "item.name",
  "item.kind",
  "item.kindName",
  "item.theme",
  "item.department",
  "item.deptCode",
  "item.promise",
  "item.version",
  "project.no",
  "project.name",
  "project.status",
  "project.manager",
  "project.acceptedAt",
  "person.name",
  "person.kind",
  "person.certificate",
  "person.certificateType",
  "person.phone",
  "review.channel",
  "review.level",
  "review.tags",
  "review.text",
  "review.time",
  "review.count",
  "review.standing",
] as const;
export type ReportSource = (typeof reportSources)[number];

/** One field as a platform takes it: its type, greatest length, whether it must be there, and the platform's own codes. */
export const reportFieldSchema = z.object({
  name: z.string().min(1).max(60),
  from: z.union([z.enum(reportSources), z.templateLiteral(["constant.", z.string()])]),
  type: z.enum(["string", "code", "datetime", "int"]),
  max: z.int().min(1),
  required: z.boolean(),
  codes: z.record(z.string(), z.string()).optional(),
  desc: z.string().optional(),
});

/** How a province takes reviews (data/reports). Cases go by shared/domain/exchange. */
export const reportProfileSchema = z.object({
  profile: z.string().regex(/^[a-z]{2,20}$/),
  name: z.string(),
  note: z.string(),
  constants: z.record(z.string(), z.string()),
  evaluation: z.array(reportFieldSchema).min(1),
});
export type ReportField = Readonly<z.infer<typeof reportFieldSchema>>;
export type ReportProfile = Readonly<z.infer<typeof reportProfileSchema>>;

/** What is known of a review or a case; null or absent: not known. */
export type ReportFacts = Readonly<Partial<Record<ReportSource, string | number | null>>>;

export interface ReportProblem {
  readonly field: string;
  readonly problem: "required" | "length" | "type" | "code";
}

const DATETIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** What is wrong with a value of a field, or null. The receiving side checks the same. */
export const problemOf = (field: ReportField, value: unknown): ReportProblem["problem"] | null => {
  if (value === undefined || value === null || value === "") return field.required ? "required" : null;
  if (field.type === "int") return typeof value === "number" && Number.isSafeInteger(value) ? null : "type";
  if (typeof value !== "string") return "type";
  if (value.length > field.max) return "length";
  if (field.type === "datetime" && !DATETIME.test(value)) return "type";
  if (field.codes !== undefined && !Object.values(field.codes).includes(value)) return "code";
  return null;
};

/**
 * A record as a platform takes it, with the platform's own field names and codes, and what is wrong with it. A value that
 * the platform has no code for stays out and is told as a problem: nothing is guessed.
 */
export const mapRecord = (
  fields: readonly ReportField[],
  constants: Readonly<Record<string, string>>,
  facts: ReportFacts,
): { readonly record: Readonly<Record<string, string | number>>; readonly problems: readonly ReportProblem[] } => {
  const record: Record<string, string | number> = {};
  const problems: ReportProblem[] = [];
  for (const field of fields) {
    const raw = field.from.startsWith("constant.")
      ? constants[field.from.slice("constant.".length)]
      : facts[field.from as ReportSource];
    if (raw !== undefined && raw !== null && raw !== "") {
      const value = field.codes === undefined ? raw : field.codes[String(raw)];
      if (value === undefined) {
        problems.push({ field: field.name, problem: "code" });
        continue;
      }
      record[field.name] = value;
    }
    const problem = problemOf(field, record[field.name]);
    if (problem !== null) problems.push({ field: field.name, problem });
  }
  return { record, problems };
};
