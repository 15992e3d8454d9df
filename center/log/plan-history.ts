import { z } from "zod";
import { completePlan, type HallPlan } from "../../shared/domain/hall/plan.ts";
import type { Database } from "../db/database.ts";

/** A plan as it came into force. */
export interface PlanSet {
  readonly seq: number;
  readonly at: number;
  readonly plan: HallPlan;
  /** Who changed it at the desk and why; null: it came as a whole. */
  readonly change: { readonly reason: string; readonly clerkId: string | null } | null;
}

const dataSchema = z.object({
  plan: z.custom<HallPlan>(),
  change: z.object({ reason: z.string(), clerkId: z.string().nullable() }).optional(),
});

/** The last plans of a hall, newest first. */
export const lastPlans = async (database: Database, hallId: string, limit: number): Promise<readonly PlanSet[]> => {
  const { rows } = await database.query<{ seq: string; at: string; data: string }>(
    "SELECT seq, at, data FROM events WHERE hall_id = $1 AND type = 'HallPlanSet' ORDER BY seq DESC LIMIT $2",
    [hallId, limit],
  );
  return rows.map(({ seq, at, data }) => {
    const { plan, change = null } = dataSchema.parse(JSON.parse(data));
    return { seq: Number(seq), at: Number(at), plan: completePlan(plan), change };
  });
};

/** The plan that the hall was last given as a whole, whatever the desk has changed since; undefined: none yet. */
export const lastGivenPlan = async (database: Database, hallId: string): Promise<HallPlan | undefined> => {
  const { rows } = await database.query<{ data: string }>(
    `SELECT data FROM events WHERE hall_id = $1 AND type = 'HallPlanSet' AND (data::json -> 'change') IS NULL
     ORDER BY seq DESC LIMIT 1`,
    [hallId],
  );
  return rows[0] && completePlan(dataSchema.parse(JSON.parse(rows[0].data)).plan);
};
