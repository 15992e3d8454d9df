import { dayOf, type Day } from "../../basics/time.ts";
import type { Progress, ProgressStep, ProgressStepKind } from "../case/progress.ts";
import type { HallPlan } from "../hall/plan.ts";
import { dueDayOf, makeClock } from "./clock.ts";
import { workOrderRulesOf } from "./rules.ts";
import { isOpenOrder, type WorkOrder } from "./work-order.ts";

/** What of an order's course concerns the person who told of it. */
const steps: Readonly<Record<string, ProgressStepKind>> = {
  WorkOrderRaised: "received",
  WorkOrderTakenIn: "accepted",
  WorkOrderRejected: "refused",
  WorkOrderPaused: "procedureStarted",
  WorkOrderResumed: "procedureEnded",
  WorkOrderAnswered: "decided",
};

/** How far an order is, as the person who told of it may read it: no words, no clerk, no reason. */
export const orderProgressOf = (order: WorkOrder, plan: HallPlan): Progress => ({
  number: order.number,
  itemName: order.itemName ?? "",
  department: order.department ?? plan.settings.rectification.leadDepartment,
  steps: order.notes.flatMap(({ type, at }): readonly ProgressStep[] => {
    const kind = steps[type];
    return kind === undefined ? [] : [{ kind, at, day: null }];
  }),
  dueDay: isOpenOrder(order) && order.answer === null && order.solve !== null ? dueDayOf(plan, order.solve) : null,
  owedBy: null,
  isOver: !isOpenOrder(order),
});

/** The day before which whoever tells of something on a day may expect an answer, where it is not a special one (level 2). */
export const answerExpectedBy = (plan: HallPlan, now: number): Day | null => {
  const start = dayOf(now, plan.utcOffsetMinutes);
  const { level2: days } = workOrderRulesOf(plan).limitDays;
  return dueDayOf(plan, makeClock(plan, { kind: "solve", no: 1, start, days }));
};
