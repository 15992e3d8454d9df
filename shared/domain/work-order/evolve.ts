import { assertNever } from "../../basics/assert-never.ts";
import { DAY_MS } from "../../basics/time.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { HallState } from "../hall/state.ts";
import type { WorkOrderEventType } from "./events.ts";
import type { OrderReportHead } from "./filing.ts";
import { lacksGuideChange, type OrderClock, type OrderNote, type WorkOrder } from "./work-order.ts";

export type WorkOrderEvent = Extract<DomainEvent, { type: WorkOrderEventType }>;
type BesideOrders =
  "WorkOrderNumbered" | "WorkOrderLeft" | "OrderReportFiled" | "OrderWeekFiled" | "OrderReportCorrected";
type OrderEvent = Extract<WorkOrderEvent, { type: Exclude<WorkOrderEventType, BesideOrders> }>;

/** What the hall's fold offers: maps that are copied before their first change. */
export interface WorkOrderDraft {
  readonly next: Pick<HallState, "workOrders" | "orderReceipts" | "orderReports"> & {
    orderSerial: HallState["orderSerial"];
    orderFiled: HallState["orderFiled"];
  };
  map<K extends "workOrders" | "orderReceipts" | "orderReports">(
    key: K,
  ): HallState[K] extends ReadonlyMap<string, infer V> ? Map<string, V> : never;
}

/** Closed orders and filed reports stay in sight for so long; then the center's read tables tell of them. */
const CLOSED_KEPT_MS = 62 * DAY_MS;
/** One whose guide still has to be changed stays until that is done, for a year and a month at most. */
const GUIDE_KEPT_MS = 396 * DAY_MS;
const REPORTS_KEPT_MS = 92 * DAY_MS;

/** What was written in an act; null where the act says it all. */
const textOf = (event: OrderEvent): string | null => {
  switch (event.type) {
    case "WorkOrderTakenIn":
    case "WorkOrderEdited":
      return event.data.summary;
    case "WorkOrderRejected":
    case "WorkOrderReturned":
    case "OrderReportedToCity":
    case "WorkOrderReopened":
      return event.data.reason;
    case "GuideTextChanged":
      return event.data.what;
    case "WorkOrderExtended":
      return `${event.data.until} ${event.data.reason}`;
    case "WorkOrderDispatched":
    case "WorkOrderPaused":
    case "WorkOrderResumed":
    case "OrderCalledBack":
    case "WorkOrderSupervised":
      return event.data.note;
    case "OrderMeetingHeld":
      return event.data.decision;
    case "CityAnswerRecorded":
    case "WorkOrderAnswered":
      return event.data.answer;
    case "WorkOrderVerified":
    case "WorkOrderStruck":
      return event.data.finding;
    case "WorkOrderRaised":
      return event.data.asked?.reason ?? null;
    case "WorkOrderAccepted":
    case "WorkOrderClosed":
    case "WorkOrderEscalated":
      return null;
    default:
      return assertNever(event);
  }
};

const noteOf = (event: OrderEvent): OrderNote => ({
  // A light and a "not right" are lines of their own.
  type:
    event.type === "WorkOrderEscalated"
      ? `${event.type}.${event.data.step}`
      : event.type === "WorkOrderVerified" && !event.data.isRight
        ? `${event.type}.wrong`
        : event.type,
  at: event.at,
  by: event.data.by,
  department: event.data.department,
  text: textOf(event),
});

const raised = (event: Extract<OrderEvent, { type: "WorkOrderRaised" }>): WorkOrder => {
  const { orderId, by: _by, ...facts } = event.data;
  return {
    ...facts,
    id: orderId,
    summary: null,
    openedAt: event.at,
    status: "recorded",
    round: 1,
    isInScope: null,
    outOfScope: null,
    level: null,
    stage: null,
    solve: null,
    clocks: facts.clock.no,
    pauses: [],
    extensions: [],
    meetings: [],
    city: null,
    answer: null,
    verification: null,
    callBacks: [],
    supervision: null,
    closedAt: null,
    notes: [],
  };
};

const running = (order: WorkOrder, clock: OrderClock): Pick<WorkOrder, "clock" | "clocks"> => ({
  clock,
  clocks: Math.max(order.clocks, clock.no),
});

/** What an event changes in an order that is there. */
const changes = (order: WorkOrder, event: OrderEvent): Partial<WorkOrder> => {
  const { at } = event;
  switch (event.type) {
    case "WorkOrderRaised":
      return {};
    case "WorkOrderEdited": {
      const { problem, itemCode, itemName, summary } = event.data;
      return { problem, itemCode, itemName, summary };
    }
    case "WorkOrderTakenIn": {
      const { flow, level, stage, summary, clock, solve } = event.data;
      const clocks = Math.max(order.clocks, clock.no, solve.no);
      return { flow, level, stage, summary, clock, solve, clocks, isInScope: true };
    }
    case "WorkOrderRejected": {
      const { exclusion, reason, turnTo } = event.data;
      const outOfScope = { exclusion, reason, turnTo };
      return { status: "outOfScope", isInScope: false, outOfScope, closedAt: at };
    }
    case "WorkOrderDispatched": {
      const { stage, level, department, clock } = event.data;
      return { status: "dispatched", stage, level, department, solve: clock, ...running(order, clock) };
    }
    case "WorkOrderAccepted":
      return { status: "inWork" };
    case "WorkOrderReturned":
      return { status: "recorded", department: null, ...running(order, event.data.clock) };
    case "WorkOrderExtended": {
      const { until, reason, clock } = event.data;
      const extensions = [...order.extensions, { until, reason, at }];
      return { extensions, solve: clock, ...running(order, clock) };
    }
    case "WorkOrderPaused": {
      const { day, reason, clock } = event.data;
      const pauses = [...order.pauses, { start: day, end: null, reason }];
      return { pauses, solve: clock, ...running(order, clock) };
    }
    case "WorkOrderResumed": {
      const { day, clock } = event.data;
      const pauses = order.pauses.map((pause) => (pause.end === null ? { ...pause, end: day } : pause));
      return { pauses, solve: clock, ...running(order, clock) };
    }
    case "OrderMeetingHeld": {
      const { meetingId, day, participants, minutes, decision } = event.data;
      return { meetings: [...order.meetings, { id: meetingId, day, participants, minutes, decision, at }] };
    }
    case "OrderReportedToCity":
      return { city: { reason: event.data.reason, at, answer: null } };
    case "CityAnswerRecorded":
      return { city: order.city && { ...order.city, answer: event.data.answer } };
    case "WorkOrderAnswered": {
      const { result, cause, answer: text, guideChange, isOnTime, by, clock } = event.data;
      const answer = { result, cause, text, guideChange, guideDone: null, at, by, isOnTime };
      return { status: "answered", answer, ...running(order, clock) };
    }
    case "GuideTextChanged": {
      const { what, by } = event.data;
      return { answer: order.answer && { ...order.answer, guideDone: { what, at, by } } };
    }
    case "WorkOrderVerified": {
      const { isRight, finding, by } = event.data;
      if (isRight) return { status: "verified", verification: { finding, at, by } };
      const status = order.department === null ? "recorded" : "inWork";
      return { status, answer: null, clock: order.solve ?? order.clock };
    }
    case "OrderCalledBack": {
      const { outcome, note } = event.data;
      return { callBacks: [...order.callBacks, { outcome, note, at }] };
    }
    case "WorkOrderClosed":
      return { status: "closed", closedAt: at };
    case "WorkOrderReopened": {
      const { clock } = event.data;
      const again = { round: order.round + 1, answer: null, verification: null, callBacks: [], closedAt: null };
      if (clock.kind === "assign")
        return { ...again, ...running(order, clock), status: "recorded", isInScope: null, outOfScope: null };
      const status = order.department === null ? "recorded" : "inWork";
      return { ...again, ...running(order, clock), status, solve: clock };
    }
    case "WorkOrderEscalated": {
      const { clock: no, step } = event.data;
      const told = (clock: OrderClock): OrderClock =>
        clock.no === no ? { ...clock, told: [...clock.told, step] } : clock;
      return { clock: told(order.clock), solve: order.solve && told(order.solve) };
    }
    case "WorkOrderSupervised": {
      const { ground, note } = event.data;
      return { supervision: { ground, listedAt: at, note, struck: null } };
    }
    case "WorkOrderStruck": {
      const { finding, by } = event.data;
      return { supervision: order.supervision && { ...order.supervision, struck: { at, finding, by } } };
    }
    default:
      return assertNever(event);
  }
};

/** The order after an event; undefined when there is none and the event does not bring it. */
export const evolveWorkOrder = (order: WorkOrder | undefined, event: OrderEvent): WorkOrder | undefined => {
  const before =
    event.type === "WorkOrderRaised"
      ? raised(event)
      : (order ?? (event.type === "WorkOrderDispatched" ? event.data.brief : undefined));
  return before && { ...before, ...changes(before, event), notes: [...before.notes, noteOf(event)] };
};

const serialOf = (number: string): HallState["orderSerial"] => {
  const [year = "0", serial = "0"] = number.split("-");
  return { year: Number(year), last: Number(serial) };
};

/** The effect of one event on orders and their reports. Never fails on a known event. */
export const applyWorkOrder = (draft: WorkOrderDraft, event: WorkOrderEvent): void => {
  const state = draft.next;
  switch (event.type) {
    case "WorkOrderNumbered":
      draft.map("orderReceipts").set(event.data.orderId, event.data.number);
      state.orderSerial = serialOf(event.data.number);
      return;
    case "WorkOrderLeft":
      draft.map("workOrders").delete(event.data.orderId);
      return;
    case "OrderReportFiled": {
      const { rows: _rows, ...report } = event.data.report;
      const head: OrderReportHead = { ...report, corrections: [] };
      draft.map("orderReports").set(head.id, head);
      return;
    }
    case "OrderWeekFiled":
      state.orderFiled = { ...state.orderFiled, [event.data.kind]: event.data.dueAt };
      return;
    case "OrderReportCorrected": {
      const { reportId, text, by } = event.data;
      const head = state.orderReports.get(reportId);
      if (!head) return;
      const corrections = [...head.corrections, { at: event.at, text, by }];
      draft.map("orderReports").set(reportId, { ...head, corrections });
      return;
    }
    default: {
      const order = evolveWorkOrder(state.workOrders.get(event.data.orderId), event);
      if (order) draft.map("workOrders").set(order.id, order);
    }
  }
};

/** What goes out of sight when a day opens. */
export const dropSettledOrders = (draft: WorkOrderDraft, now: number): void => {
  for (const order of [...draft.next.workOrders.values()]) {
    const keptMs = lacksGuideChange(order) ? GUIDE_KEPT_MS : CLOSED_KEPT_MS;
    if (order.closedAt !== null && order.closedAt < now - keptMs) draft.map("workOrders").delete(order.id);
  }
  for (const { id, dueAt } of [...draft.next.orderReports.values()])
    if (dueAt < now - REPORTS_KEPT_MS) draft.map("orderReports").delete(id);
  if (draft.next.orderReceipts.size > 0) draft.map("orderReceipts").clear();
};
