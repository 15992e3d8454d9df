import type { Day } from "../../basics/time.ts";
import type { LightStep } from "../deadline/clock.ts";
import type { FilingKind, OrderReport } from "./filing.ts";
import type { ResponseLevel } from "./rules.ts";
import type {
  AskedBefore,
  OrderCallOutcome,
  OrderChannel,
  OrderClock,
  OrderProblem,
  OrderResult,
  SupervisionGround,
  WorkOrder,
} from "./work-order.ts";

/** `department`: who works on it when it happens; such desks and the duty desk are told. */
interface OfOrder {
  orderId: string;
  department: string | null;
  by: string | null;
}

/** Everything about what could not be done, in the past tense. */
export interface WorkOrderEventData {
  WorkOrderRaised: OfOrder & {
    number: string;
    flow: string;
    channel: OrderChannel;
    externalId: string | null;
    problem: OrderProblem;
    itemCode: string | null;
    itemName: string | null;
    asked: AskedBefore | null;
    ticketNumber: string | null;
    wordsId: string | null;
    contactId: string | null;
    openedDay: Day;
    clock: OrderClock;
  };
  /** So that whoever raised it can tell the person the number; it says nothing else. */
  WorkOrderNumbered: { orderId: string; number: string };
  WorkOrderEdited: OfOrder & {
    problem: OrderProblem;
    itemCode: string | null;
    itemName: string | null;
    summary: string;
  };
  WorkOrderTakenIn: OfOrder & {
    flow: string;
    level: ResponseLevel;
    summary: string;
    stage: string;
    clock: OrderClock;
    solve: OrderClock;
  };
  WorkOrderRejected: OfOrder & { exclusion: string; reason: string; turnTo: string };
  /** `brief`: the order as the department finds it, which saw nothing of it before. */
  WorkOrderDispatched: OfOrder & {
    from: string | null;
    stage: string;
    level: ResponseLevel;
    note: string;
    clock: OrderClock;
    brief: WorkOrder;
  };
  /** What the department gets that it was taken from. Never written to the log. */
  WorkOrderLeft: { orderId: string };
  WorkOrderAccepted: OfOrder;
  WorkOrderReturned: OfOrder & { reason: string; clock: OrderClock };
  WorkOrderExtended: OfOrder & { until: Day; reason: string; clock: OrderClock };
  WorkOrderPaused: OfOrder & { reason: string; note: string; day: Day; clock: OrderClock };
  WorkOrderResumed: OfOrder & { note: string; day: Day; clock: OrderClock };
  OrderMeetingHeld: OfOrder & {
    meetingId: string;
    day: Day;
    participants: readonly string[];
    minutes: string;
    decision: string;
  };
  OrderReportedToCity: OfOrder & { reason: string };
  CityAnswerRecorded: OfOrder & { answer: string };
  WorkOrderAnswered: OfOrder & {
    result: OrderResult;
    cause: string;
    answer: string;
    guideChange: string | null;
    isOnTime: boolean;
    clock: OrderClock;
  };
  GuideTextChanged: OfOrder & { what: string };
  /** Not right: it goes back to whoever answered, and the limit of the answer runs on as it was. */
  WorkOrderVerified: OfOrder & { isRight: boolean; finding: string };
  OrderCalledBack: OfOrder & { outcome: OrderCallOutcome; note: string };
  WorkOrderClosed: OfOrder & { isOnTime: boolean };
  WorkOrderReopened: OfOrder & { reason: string; clock: OrderClock };
  WorkOrderEscalated: OfOrder & { clock: number; step: LightStep; to: string };
  WorkOrderSupervised: OfOrder & { ground: SupervisionGround; note: string };
  WorkOrderStruck: OfOrder & { finding: string };
  OrderReportFiled: { report: OrderReport };
  /** All reports of a kind that were due at that instant are filed. */
  OrderWeekFiled: { kind: FilingKind; dueAt: number };
  OrderReportCorrected: { reportId: string; department: string | null; text: string; by: string | null };
}

export type WorkOrderEventType = keyof WorkOrderEventData;

/** The one list of the event types of this matter, each at its version. */
export const workOrderEventVersions: Readonly<Record<WorkOrderEventType, 1>> = {
  WorkOrderRaised: 1,
  WorkOrderNumbered: 1,
  WorkOrderEdited: 1,
  WorkOrderTakenIn: 1,
  WorkOrderRejected: 1,
  WorkOrderDispatched: 1,
  WorkOrderLeft: 1,
  WorkOrderAccepted: 1,
  WorkOrderReturned: 1,
  WorkOrderExtended: 1,
  WorkOrderPaused: 1,
  WorkOrderResumed: 1,
  OrderMeetingHeld: 1,
  OrderReportedToCity: 1,
  CityAnswerRecorded: 1,
  WorkOrderAnswered: 1,
  GuideTextChanged: 1,
  WorkOrderVerified: 1,
  OrderCalledBack: 1,
  WorkOrderClosed: 1,
  WorkOrderReopened: 1,
  WorkOrderEscalated: 1,
  WorkOrderSupervised: 1,
  WorkOrderStruck: 1,
  OrderReportFiled: 1,
  OrderWeekFiled: 1,
  OrderReportCorrected: 1,
};

/** Whether an event is of this matter. */
export const isWorkOrderEvent = <E extends { readonly type: string }>(
  event: E,
): event is Extract<E, { readonly type: WorkOrderEventType }> => Object.hasOwn(workOrderEventVersions, event.type);
