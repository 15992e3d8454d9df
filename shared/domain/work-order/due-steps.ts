import type { LightStep } from "../deadline/clock.ts";
import { orderSteps, type WorkOrder } from "./work-order.ts";

export interface DueOrderStep {
  readonly orderId: string;
  readonly clock: number;
  readonly step: LightStep;
}

/**
 * Every light of every open order that has to be told of now: orders that nobody is responsible for first, then the
 * oldest limit first, yellow before red.
 */
export const dueOrderSteps = (orders: Iterable<WorkOrder>, now: number): readonly DueOrderStep[] =>
  [...orders]
    .map((order) => ({ order, steps: orderSteps(order, now) }))
    .filter(({ steps }) => steps.length > 0)
    .sort(
      ({ order: left }, { order: right }) =>
        Number(right.clock.kind === "assign") - Number(left.clock.kind === "assign") ||
        (left.clock.due?.dueAt ?? 0) - (right.clock.due?.dueAt ?? 0) ||
        left.openedAt - right.openedAt,
    )
    .flatMap(({ order, steps }) => steps.map((step) => ({ orderId: order.id, clock: order.clock.no, step })));
