import { z } from "zod";
import { materialFormSchema, materialSourceSchema, necessitySchema } from "../case/material.ts";
import { subjectSchema } from "./catalogue.ts";

/** A material: its name, or also what the exchange tables tell of it (codes as in case/material.ts). */
const rawMaterialSchema = z.union([
  z.string(),
  z.object({
    name: z.string().trim().min(1),
    necessity: necessitySchema.optional(),
    form: materialFormSchema.optional(),
    source: materialSourceSchema.optional(),
    copies: z.int().min(0).max(99).optional(),
  }),
]);
export type RawMaterial = z.infer<typeof rawMaterialSchema>;

/** One row of `data/sample/items.json`, in the words of the province's portal it was taken from. */
export const rawItemSchema = z.object({
  task_code: z.string().trim().min(1),
  task_name: z.string().trim().min(1),
  main_item: z.string().trim().nullish(),
  department: z.string().trim().min(1),
  task_type: z.string().trim().min(1),
  legal_days: z.number().int().min(0).nullish(),
  legal_unit: z.enum(["工作日", "自然日"]).nullish(),
  promise_days: z.number().int().min(0).nullish(),
  promise_unit: z.enum(["工作日", "自然日"]).nullish(),
  visits: z.number().int().min(0).nullish(),
  fee: z.string().trim().nullish(),
  themes: z.array(z.string().trim().min(1)).default([]),
  service_objects: z.array(z.string()),
  materials: z.array(rawMaterialSchema).default([]),
});
export type RawItem = z.infer<typeof rawItemSchema>;

/** One row of `data/sample/packages.json`; an empty string or list means not published. */
export const rawPackageSchema = z.object({
  id: z.string().trim().min(1),
  name: z.string().trim().min(1),
  target: z.enum(["个人", "经营主体"]),
  area: z.string().trim().default(""),
  lead_dept: z.string().trim().default(""),
  member_items: z
    .array(
      z.object({
        item: z.string().trim().min(1),
        dept: z.string().trim().default(""),
        limit: z.string().trim().default(""),
      }),
    )
    .min(1),
  overall_limit: z.string().trim().default(""),
  materials: z.array(z.string()).default([]),
  note: z.string().trim().default(""),
});

const conditionSchema = z.strictObject({
  /** Contained in the name. */
  names: z.array(z.string().min(1)).min(1).optional(),
  /** Contained in the department's name. */
  departments: z.array(z.string().min(1)).min(1).optional(),
  themes: z.array(z.string().min(1)).min(1).optional(),
  kinds: z.array(z.string().min(1)).min(1).optional(),
  subject: subjectSchema.optional(),
});
export type RuleCondition = z.infer<typeof conditionSchema>;

const businessRuleSchema = z.object({
  id: z.string().min(1),
  business: z.string().min(1),
  /** The reason, for whoever has to defend the assignment. */
  why: z.string().min(1),
  when: conditionSchema,
});
export type BusinessRule = z.infer<typeof businessRuleSchema>;

/** `data/sample/business-rules.json`: the first rule that holds decides; the last one must hold for everything. */
export const businessRulesSchema = z.object({
  note: z.string(),
  items: z.array(businessRuleSchema).min(1),
  packages: z.array(businessRuleSchema).min(1),
});

const lifeEventRuleSchema = z.object({
  id: z.string().min(1),
  audience: subjectSchema,
  zh: z.string().min(1),
  en: z.string().min(1),
  inLanguages: z.record(z.string().max(12), z.string().min(1).max(80)).optional(),
  icon: z.string().min(1),
  themes: z.array(z.string().min(1)),
  names: z.array(z.string().min(1)),
  unlessNames: z.array(z.string().min(1)),
});
export type LifeEventRule = z.infer<typeof lifeEventRuleSchema>;

/** `data/sample/life-events.json`. */
export const lifeEventRulesSchema = z.object({ note: z.string(), events: z.array(lifeEventRuleSchema) });

/** What the assignment of a business looks at. */
export interface RuleSubject {
  readonly name: string;
  readonly department: string;
  readonly themes: readonly string[];
  readonly kind: string;
  readonly subjects: readonly z.infer<typeof subjectSchema>[];
}

const holds = (when: RuleCondition, subject: RuleSubject): boolean =>
  (!when.names || when.names.some((word) => subject.name.includes(word))) &&
  (!when.departments || when.departments.some((word) => subject.department.includes(word))) &&
  (!when.themes || when.themes.some((theme) => subject.themes.includes(theme))) &&
  (!when.kinds || when.kinds.includes(subject.kind)) &&
  (!when.subject || subject.subjects.includes(when.subject));

/** The first rule that holds for `subject`, or undefined when none does: the rules then lack a last one for all. */
export const findBusinessRule = (rules: readonly BusinessRule[], subject: RuleSubject): BusinessRule | undefined =>
  rules.find((rule) => holds(rule.when, subject));

/** True when the event lists one of the themes or a word of the name, and none of `unlessNames` forbids it. */
export const belongsToLifeEvent = (
  event: LifeEventRule,
  subject: Pick<RuleSubject, "name" | "themes" | "subjects">,
): boolean =>
  subject.subjects.includes(event.audience) &&
  !event.unlessNames.some((word) => subject.name.includes(word)) &&
  (event.themes.some((theme) => subject.themes.includes(theme)) ||
    event.names.some((word) => subject.name.includes(word)));
