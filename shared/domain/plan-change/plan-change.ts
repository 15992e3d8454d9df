import { z } from "zod";
import { hoursSchema } from "../hours/hours.ts";
import { businessSchema, hallPlanSchema, settingsSchema, type HallPlan } from "../hall/plan.ts";
import { planProblems } from "../hall/plan-problems.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { kioskSettingsOf } from "../kiosk/kiosk-settings.ts";

const { creditMinutes, waitLimitMinutes, appointments, coverage, idleLockMinutes, secondFactor } = settingsSchema.shape;
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What the desk may change of the hall's plan while the hall runs: only what is named is changed, so that two people who
 * change different things do not undo each other's. Counters, businesses and names stay with who installs the hall.
 */
export const planChangeSchema = z.object({
  /** The hall's hours; null: always open. */
  hours: hoursSchema.nullable().optional(),
  // Without their values for what is left out: those would be named by every change.
  creditMinutes: creditMinutes.unwrap().optional(),
  waitLimitMinutes: waitLimitMinutes.unwrap().optional(),
  appointments: appointments.unwrap().optional(),
  coverage,
  idleLockMinutes,
  secondFactor,
  businesses: z
    .array(
      z.object({
        id: z.string().min(1).max(2),
        /** The business's own hours; null: it keeps the hall's. */
        hours: hoursSchema.nullable().optional(),
        appointmentsPerSlot: businessSchema.shape.appointmentsPerSlot.unwrap().optional(),
      }),
    )
    .max(20)
    .optional(),
  /** Digests of green-channel codes that come in and that go out. */
  greenCodes: z.object({ add: z.array(digest).max(50), remove: z.array(digest).max(500) }).optional(),
});
export type PlanChange = Readonly<z.infer<typeof planChangeSchema>>;

const withoutUndefined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;

/**
 * The plan with a change in it, checked as a whole.
 * @returns the sentences of what is wrong with it, else the plan
 */
export const changePlan = (plan: HallPlan, change: PlanChange): Result<HallPlan, readonly string[]> => {
  const { hours, businesses = [], greenCodes, ...settings } = change;
  const unknown = businesses.find(({ id }) => !plan.businesses.some((each) => each.id === id));
  if (unknown) return err([`unknown business ${unknown.id}`]);
  const codes = kioskSettingsOf(plan).greenCodes;
  const kept = codes.filter((code) => greenCodes?.remove.includes(code) !== true);
  const changed = hallPlanSchema.safeParse({
    ...plan,
    ...(hours === undefined ? {} : { hours }),
    businesses: plan.businesses.map((each) => ({
      ...each,
      ...withoutUndefined(businesses.find(({ id }) => id === each.id) ?? {}),
    })),
    settings: {
      ...plan.settings,
      ...withoutUndefined(settings),
      ...(greenCodes === undefined
        ? {}
        : {
            kiosk: { ...kioskSettingsOf(plan), greenCodes: [...new Set([...kept, ...greenCodes.add])] },
          }),
    },
  });
  return changed.success ? ok(changed.data) : err(planProblems(changed.error));
};
