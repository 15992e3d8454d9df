import { canonicalJson } from "../../basics/canonical-json.ts";
import { ok } from "../../basics/result.ts";
import type { CommandOf } from "../hall/commands.ts";
import { happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { HallState } from "../hall/state.ts";
import { changePlan } from "./plan-change.ts";

/** A change of the plan comes into force whole and checked, or not at all: one bad setting takes nothing down. */
export const decidePlanChange = (
  { plan }: HallState,
  command: CommandOf<"ChangeHallPlan">,
  context: DecideContext,
): Decision => {
  if (plan === null) return refuse("hall_not_set_up");
  const { change, reason } = command.data;
  const changed = changePlan(plan, change);
  if (!changed.ok) return refuse("plan_wrong", { problem: changed.error.join("; ") });
  if (canonicalJson(changed.value) === canonicalJson(plan)) return ok([]);
  const { clerkId } = context.actor;
  return ok([
    happened("HallPlanSet", instantOf(command, context), { plan: changed.value, change: { reason, clerkId } }),
  ]);
};
