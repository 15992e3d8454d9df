import type { LightStep } from "../../../../shared/domain/deadline/clock.ts";
import { stagesOf, type Stage, type WorkOrderRules } from "../../../../shared/domain/work-order/rules.ts";
import {
  isOpenOrder,
  isPaused,
  orderLacks,
  orderLight,
  type OrderLack,
  type WorkOrder,
} from "../../../../shared/domain/work-order/work-order.ts";

export const orderFilters = ["open", "unassigned", "yellow", "red", "supervised", "closed", "all"] as const;
export type OrderFilter = (typeof orderFilters)[number];

/** An order as the list shows it. */
export interface OrderRow {
  readonly order: WorkOrder;
  readonly light: LightStep | null;
  readonly stage: Stage | undefined;
  /** What comes next; null: it can be closed, or is closed. */
  readonly next: OrderLack | null;
  /** Whole days after today until it is due, negative when over; null: paused or closed. */
  readonly daysLeft: number | null;
}

const DAY_MS = 86_400_000;

const isSupervised = ({ supervision }: WorkOrder): boolean => supervision !== null && supervision.struck === null;

const fits = ({ order, light }: OrderRow, filter: OrderFilter): boolean => {
  switch (filter) {
    case "open":
      return isOpenOrder(order);
    case "unassigned":
      return isOpenOrder(order) && order.clock.kind === "assign";
    case "yellow":
    case "red":
      return light === filter;
    case "supervised":
      return isSupervised(order);
    case "closed":
      return !isOpenOrder(order);
    case "all":
      return true;
  }
};

const rank = ({ order, light }: OrderRow): number =>
  !isOpenOrder(order) ? 4 : light === "red" ? 0 : light === "yellow" ? 1 : isPaused(order) ? 3 : 2;

/** How many orders each filter shows. */
export const countRows = (rows: readonly OrderRow[]): Readonly<Record<OrderFilter, number>> =>
  Object.fromEntries(orderFilters.map((filter) => [filter, rows.filter((row) => fits(row, filter)).length])) as Record<
    OrderFilter,
    number
  >;

/** Orders as rows, the most pressing first: red, yellow, by limit, paused; closed ones at the end, the newest first. */
export const orderRows = (orders: Iterable<WorkOrder>, now: number, rules: WorkOrderRules): readonly OrderRow[] =>
  [...orders]
    .map((order): OrderRow => {
      const stage = stagesOf(rules, order.flow).find(({ id }) => id === order.stage);
      const lacks = orderLacks(order, { callBackTries: rules.callBackTries, stageMeets: stage?.meets === true });
      const { due } = order.clock;
      return {
        order,
        light: orderLight(order, now),
        stage,
        next: isOpenOrder(order) ? (lacks[0] ?? null) : null,
        daysLeft: due === null || !isOpenOrder(order) ? null : Math.floor((due.dueAt - now) / DAY_MS),
      };
    })
    .sort(
      (left, right) =>
        rank(left) - rank(right) ||
        (isOpenOrder(left.order)
          ? (left.order.clock.due?.dueAt ?? 0) - (right.order.clock.due?.dueAt ?? 0)
          : (right.order.closedAt ?? 0) - (left.order.closedAt ?? 0)),
    );

/** The rows of a filter in which a word is found: number, matter, department, summary. */
export const findRows = (rows: readonly OrderRow[], filter: OrderFilter, word: string): readonly OrderRow[] => {
  const wanted = word.trim().toLowerCase();
  return rows.filter(
    (row) =>
      fits(row, filter) &&
      (wanted === "" ||
        [row.order.number, row.order.itemName, row.order.department, row.order.summary, row.order.externalId].some(
          (text) => text?.toLowerCase().includes(wanted) === true,
        )),
  );
};

/** Departments that orders may go to: those of the counters, of the catalogue's items and of other orders. */
export const departmentsOf = (
  counters: readonly { readonly department?: string | undefined }[],
  items: readonly { readonly department: string }[],
  orders: Iterable<WorkOrder>,
): readonly string[] =>
  [
    ...new Set([
      ...counters.flatMap(({ department }) => department ?? []),
      ...items.map(({ department }) => department),
      ...[...orders].flatMap(({ department }) => department ?? []),
    ]),
  ]
    .filter((name) => name !== "")
    .sort((left, right) => left.localeCompare(right, "zh-CN"));
