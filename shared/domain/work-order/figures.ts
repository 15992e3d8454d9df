import { isOpenOrder, isOnline, lacksGuideChange, orderLight, type GuideDone, type WorkOrder } from "./work-order.ts";

/** How many orders, how many of them ended, how many in time, by whatever they are grouped. */
export interface OrderCount {
  readonly key: string;
  readonly name: string | null;
  readonly raised: number;
  readonly closed: number;
  readonly onTime: number;
  readonly overdue: number;
}

/** Something that fails again and again for the same reason, and what has to change in the guide because of it. */
export interface GuideFault {
  readonly itemCode: string | null;
  readonly itemName: string | null;
  readonly cause: string;
  readonly orders: readonly string[];
  /** As the departments wrote it, each once; what is still to be done first, then newest first. */
  readonly changes: readonly GuideChange[];
}

/** One thing that has to change in the guide's text. */
export interface GuideChange {
  readonly change: string;
  /** The orders that ask for it and have not been told yet that it is done. */
  readonly openOrders: readonly string[];
  /** The newest of what was done about it; null: nothing. */
  readonly done: GuideDone | null;
}

export interface OrderFigures {
  readonly all: OrderCount;
  readonly online: number;
  readonly outOfScope: number;
  readonly supervised: number;
  readonly calledBack: { readonly satisfied: number; readonly asked: number };
  readonly byCause: readonly OrderCount[];
  readonly byDepartment: readonly OrderCount[];
  readonly byItem: readonly OrderCount[];
  readonly byProblem: readonly OrderCount[];
  /** Those with something still to be changed first, then most often first. */
  readonly guideFaults: readonly GuideFault[];
}

const countOf = (key: string, name: string | null, orders: readonly WorkOrder[], now: number): OrderCount => ({
  key,
  name,
  raised: orders.length,
  closed: orders.filter(({ status }) => status === "closed").length,
  onTime: orders.filter(({ status, answer }) => status === "closed" && answer?.isOnTime === true).length,
  overdue: orders.filter((order) => orderLight(order, now) === "red").length,
});

const groupsOf = (
  orders: readonly WorkOrder[],
  now: number,
  keyOf: (order: WorkOrder) => string | null,
  nameOf: (order: WorkOrder) => string | null = () => null,
): readonly OrderCount[] => {
  const groups = new Map<string, WorkOrder[]>();
  for (const order of orders) {
    const key = keyOf(order);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(order);
    else groups.set(key, [order]);
  }
  return [...groups]
    .map(([key, group]) => countOf(key, group[0] ? nameOf(group[0]) : null, group, now))
    .sort((left, right) => right.raised - left.raised || (left.key < right.key ? -1 : 1));
};

/** @param orders newest first */
const guideChangesOf = (orders: readonly WorkOrder[]): readonly GuideChange[] =>
  [...new Set(orders.flatMap(({ answer }) => answer?.guideChange ?? []))]
    .map((change): GuideChange => {
      const asking = orders.filter(({ answer }) => answer?.guideChange === change);
      const openOrders = asking.filter(lacksGuideChange).map(({ id }) => id);
      return { change, openOrders, done: asking.find(({ answer }) => answer?.guideDone)?.answer?.guideDone ?? null };
    })
    .sort((left, right) => Number(right.openOrders.length > 0) - Number(left.openOrders.length > 0));

const hasOpenChange = ({ changes }: GuideFault): boolean => changes.some(({ openOrders }) => openOrders.length > 0);

const guideFaultsOf = (orders: readonly WorkOrder[]): readonly GuideFault[] => {
  const faults = new Map<string, WorkOrder[]>();
  for (const order of orders) {
    if (order.answer == null || order.answer.guideChange === null) continue;
    const key = `${order.itemCode ?? order.itemName ?? ""}\n${order.answer.cause}`;
    faults.set(key, [...(faults.get(key) ?? []), order]);
  }
  return [...faults.values()]
    .map((group): GuideFault => {
      const newest = [...group].sort((left, right) => (right.answer?.at ?? 0) - (left.answer?.at ?? 0));
      return {
        itemCode: newest[0]?.itemCode ?? null,
        itemName: newest[0]?.itemName ?? null,
        cause: newest[0]?.answer?.cause ?? "",
        orders: newest.map(({ number }) => number),
        changes: guideChangesOf(newest),
      };
    })
    .sort(
      (left, right) =>
        Number(hasOpenChange(right)) - Number(hasOpenChange(left)) || right.orders.length - left.orders.length,
    );
};

/** What the orders of a stretch of days say together, and why things fail here. */
export const orderFiguresOf = (orders: readonly WorkOrder[], now: number): OrderFigures => ({
  all: countOf("all", null, orders, now),
  online: orders.filter(({ channel }) => isOnline(channel)).length,
  outOfScope: orders.filter(({ status }) => status === "outOfScope").length,
  supervised: orders.filter((order) => isOpenOrder(order) && order.supervision?.struck === null).length,
  calledBack: {
    satisfied: orders.filter(({ callBacks }) => callBacks.at(-1)?.outcome === "satisfied").length,
    asked: orders.filter(({ callBacks }) => callBacks.length > 0).length,
  },
  byCause: groupsOf(orders, now, ({ answer }) => answer?.cause ?? null),
  byDepartment: groupsOf(orders, now, ({ department }) => department),
  byItem: groupsOf(
    orders,
    now,
    ({ itemCode, itemName }) => itemCode ?? itemName,
    ({ itemName }) => itemName,
  ),
  byProblem: groupsOf(orders, now, ({ problem }) => problem),
  guideFaults: guideFaultsOf(orders),
});
