import { z } from "zod";
import { calendarYearSchema, makeCalendar, type WorkCalendar } from "../deadline/calendar.ts";
import { yellowRuleSchema } from "../deadline/light.ts";
import { ownTextsSchema } from "../document/template.ts";
import { exchangeMappingSchema } from "../exchange/mapping.ts";
import { numberFormatSchema } from "./case-number.ts";

/** The part of the local plan that intake goes by. Defaults follow domain.md, Intake. */
export const intakeRulesSchema = z.object({
  /** Working days for telling what is missing; later it counts as accepted from the day of receipt. */
  correctionDays: z.int().min(1).max(30).default(5),
  yellow: yellowRuleSchema.prefault({ by: "days", days: 1 }),
  /** Minutes without an act after which somebody else may take over an intake or a case. */
  takeOverMinutes: z.int().min(1).max(1440).default(30),
  /** Serials that a terminal holds for its intakes. */
  caseLeaseSize: z.int().min(10).max(1000).default(100),
  caseNumber: numberFormatSchema.default("{yyyy}{MM}{dd}{serial:6}"),
  /** Items that may be decided on notification and commitment (告知承诺): beginnings of their codes. */
  commitmentItems: z.array(z.string().min(1).max(33)).max(5000).default([]),
  /** Years of the holiday notice that the program does not know yet, or knows wrongly. */
  calendars: z.array(calendarYearSchema).max(20).default([]),
  /** Texts of documents in the place of the built-in ones. */
  documentTexts: ownTextsSchema.optional(),
  /** How cases are told to the national platform, with its code tables; left out: `builtInMapping`. */
  exchange: exchangeMappingSchema.optional(),
});
export type IntakeRules = Readonly<z.infer<typeof intakeRulesSchema>>;

/** Read when they are first asked for: most terminals never do. */
let defaults: IntakeRules | undefined;

/** The rules of a plan; a plan from before there was intake has the defaults. */
export const intakeRulesOf = (plan: { readonly intake?: IntakeRules | undefined } | null): IntakeRules =>
  plan?.intake ?? (defaults ??= intakeRulesSchema.parse({}));

const calendars = new WeakMap<IntakeRules, WorkCalendar>();

/** The hall's calendar: what the program knows, and the years of the plan before it. */
export const calendarOf = (plan: Parameters<typeof intakeRulesOf>[0]): WorkCalendar => {
  const rules = intakeRulesOf(plan);
  let calendar = calendars.get(rules);
  if (!calendar) {
    calendar = makeCalendar(rules.calendars);
    calendars.set(rules, calendar);
  }
  return calendar;
};

/** Whether an item may be decided on notification and commitment in this hall. */
export const mayCommit = (rules: IntakeRules, itemCode: string): boolean =>
  rules.commitmentItems.some((beginning) => itemCode.startsWith(beginning));
