import { z } from "zod";
import { yellowRuleSchema } from "../deadline/light.ts";
import rulesOfTheDistrict from "./default-rules.json" with { type: "json" };

const key = z.string().regex(/^[a-z][A-Za-z0-9]{1,29}$/);
const named = { id: key, name: z.string().min(1).max(40), nameEn: z.string().min(1).max(60) };

/** 3: solved at the counter now; 2: for the department; 1: one matter, one meeting (一事一议). */
export const responseLevelSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type ResponseLevel = z.infer<typeof responseLevelSchema>;

/** One step of the ladder on which an order goes up: who works on it there, and what they may decide. */
const stageSchema = z.object({
  ...named,
  level: responseLevelSchema,
  /** Who works on it there; null: the department that is responsible for the matter. */
  unit: z.string().min(1).max(60).nullable(),
  /** Has to hold its meeting before it answers. */
  meets: z.boolean(),
  /** May say that it cannot be done (否定答复); the stages below have to hand it up instead. */
  mayDeny: z.boolean(),
});
export type Stage = Readonly<z.infer<typeof stageSchema>>;

const flowSchema = z.object({ ...named, stages: z.array(stageSchema).min(1).max(8) });

const days = z.int().min(1).max(90);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * How a district deals with what could not be done (办不成事), as data of its plan: both flows with their stages, limits in
 * working days, what is out of scope and where to turn then, causes. The defaults follow domain.md.
 */
export const workOrderRulesSchema = z
  .object({
    flows: z.array(flowSchema).min(1).max(6),
    /** Working days from the day of record to the answer, by level. */
    limitDays: z.object({ level3: days, level2: days, level1: days }),
    /** Working days in which somebody has to be made responsible. */
    assignDays: days,
    /** Working days from the answer to the close: verify, call back. */
    verifyDays: days,
    yellow: yellowRuleSchema,
    maxExtensions: z.int().min(0).max(5),
    /** Tries to reach somebody by telephone before an order may be closed as "not reached". */
    callBackTries: z.int().min(1).max(10),
    exclusions: z.array(z.object({ ...named, turnTo: z.string().max(120), turnToEn: z.string().max(160) })).max(20),
    /** `inGuide`: it is put right by changing the guide's text. */
    causes: z
      .array(z.object({ ...named, inGuide: z.boolean() }))
      .min(1)
      .max(30),
    pauseReasons: z.array(z.object(named)).min(1).max(20),
    /** The weekly filing: departments report first, the lead department files after them. `weekday`: 0 Sunday … 6. */
    filing: z.object({ weekday: z.int().min(0).max(6), departmentsAt: clock, leadAt: clock }),
  })
  .superRefine(({ flows, filing }, context) => {
    if (new Set(flows.map(({ id }) => id)).size !== flows.length)
      context.addIssue({ code: "custom", path: ["flows"], message: "a flow is there twice" });
    flows.forEach(({ stages }, index) => {
      if (new Set(stages.map(({ id }) => id)).size !== stages.length)
        context.addIssue({ code: "custom", path: ["flows", index, "stages"], message: "a stage is there twice" });
      if (!stages.some(({ mayDeny }) => mayDeny))
        context.addIssue({ code: "custom", path: ["flows", index, "stages"], message: "nobody may say no" });
    });
    if (filing.departmentsAt >= filing.leadAt)
      context.addIssue({ code: "custom", path: ["filing"], message: "departments report before the lead files" });
  });
export type WorkOrderRules = Readonly<z.infer<typeof workOrderRulesSchema>>;

/** Read when they are first asked for: most terminals never do. */
let defaults: WorkOrderRules | undefined;

/** The rules of a plan; one that says nothing about work orders has the defaults. */
export const workOrderRulesOf = (
  plan: { readonly settings: { readonly workOrders?: WorkOrderRules | undefined } } | null,
): WorkOrderRules => plan?.settings.workOrders ?? (defaults ??= workOrderRulesSchema.parse(rulesOfTheDistrict));

/** The stages of a flow from the counter up; none for a flow that is not in the plan any more. */
export const stagesOf = (rules: WorkOrderRules, flowId: string): readonly Stage[] =>
  rules.flows.find(({ id }) => id === flowId)?.stages ?? [];

/** The flow that a matter of a person or of a legal person belongs to; empty where the plan has no flow at all. */
export const flowOf = ({ flows }: WorkOrderRules, subject: "person" | "legal"): string =>
  (flows.find(({ id }) => id === (subject === "legal" ? "business" : "government")) ?? flows[0])?.id ?? "";
