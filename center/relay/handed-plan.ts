import { hallPlanSchema, type HallPlan } from "../../shared/domain/hall/plan.ts";
import type { Database } from "../db/database.ts";

export interface HandedPlan {
  readonly version: number;
  readonly plan: HallPlan;
}

/** At the city: the plan it hands down to a hall. At a hall: the one it took over last. */
export const readHandedPlan = async (database: Database, hallId: string): Promise<HandedPlan | undefined> => {
  const { rows } = await database.query<{ version: number; plan: string }>(
    "SELECT version, plan FROM handed_plans WHERE hall_id = $1",
    [hallId],
  );
  const row = rows[0];
  return row && { version: row.version, plan: hallPlanSchema.parse(JSON.parse(row.plan)) };
};

/** Keeps a plan. @param version at the city left out: one more than before */
export const putHandedPlan = async (database: Database, plan: HallPlan, version: number | null): Promise<void> => {
  await database.query(
    `INSERT INTO handed_plans (hall_id, version, plan) VALUES ($1, coalesce($2, 1), $3)
     ON CONFLICT (hall_id) DO UPDATE SET version = coalesce($2, handed_plans.version + 1), plan = excluded.plan`,
    [plan.hallId, version, JSON.stringify(plan)],
  );
};
