import { uuidv7 } from "uuidv7";
import { canonicalJson } from "../shared/basics/canonical-json.ts";
import { hallPlanSchema, type HallPlan } from "../shared/domain/hall/plan.ts";
import type { Database } from "./db/database.ts";
import type { HallRegistry } from "./hall-registry.ts";
import { lastGivenPlan } from "./log/plan-history.ts";
import { ensureHall } from "./log/store.ts";

/**
 * Makes the hall of a plan when it is missing, and sets the plan when it is another one than was given last: a restart with
 * the same file leaves what the desk has changed since. @returns the hall's id
 */
export const setUpHall = async (database: Database, halls: HallRegistry, input: unknown): Promise<string> => {
  const plan: HallPlan = hallPlanSchema.parse(input);
  await ensureHall(database, plan.hallId, plan.name, uuidv7());
  await database.query("UPDATE halls SET name = $2 WHERE hall_id = $1 AND name <> $2", [plan.hallId, plan.name]);
  const { hall } = await halls.get(plan.hallId);
  const given = await lastGivenPlan(database, plan.hallId);
  if (given === undefined || canonicalJson(given) !== canonicalJson(plan)) {
    const result = await hall.execute({
      id: uuidv7(),
      type: "SetHallPlan",
      mode: "claim",
      at: Date.now(),
      data: { plan },
    });
    if (result.status === "refused") throw new Error(`the plan was refused: ${result.refusal.code}`);
  }
  return plan.hallId;
};
