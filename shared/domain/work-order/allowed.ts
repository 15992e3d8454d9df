import type { WorkOrderCommandType } from "./commands.ts";
import { isPaused, lacksGuideChange, type OrderStatus, type WorkOrder } from "./work-order.ts";

/** Acts of people on one order. */
export type OrderAct = Exclude<
  WorkOrderCommandType,
  "RaiseWorkOrder" | "EscalateWorkOrder" | "FileOrderReports" | "CorrectOrderReport"
>;

const open: readonly OrderStatus[] = ["recorded", "dispatched", "inWork", "answered", "verified"];
const inWork: readonly OrderStatus[] = ["dispatched", "inWork"];
const unanswered: readonly OrderStatus[] = ["recorded", "dispatched", "inWork"];

/** The one table of what may be done in which status: it draws the buttons and refuses on the node. */
const allowedIn: Readonly<Record<OrderAct, readonly OrderStatus[]>> = {
  EditWorkOrder: open,
  TakeWorkOrderIn: ["recorded"],
  RejectWorkOrder: ["recorded"],
  DispatchWorkOrder: unanswered,
  AcceptWorkOrder: ["dispatched"],
  ReturnWorkOrder: inWork,
  ExtendWorkOrder: ["inWork"],
  PauseWorkOrder: inWork,
  ResumeWorkOrder: inWork,
  HoldOrderMeeting: inWork,
  ReportOrderToCity: inWork,
  RecordCityAnswer: inWork,
  AnswerWorkOrder: ["recorded", "inWork"],
  RecordGuideChange: ["answered", "verified", "closed"],
  VerifyWorkOrder: ["answered"],
  CallBackOrder: ["verified"],
  CloseWorkOrder: open,
  ReopenWorkOrder: ["closed", "outOfScope"],
  SuperviseWorkOrder: ["dispatched", "inWork", "answered", "verified"],
  StrikeWorkOrder: ["verified"],
};

/** Whether the act fits the order as it is: its status, and what must have come before. */
export const isAllowed = (order: WorkOrder, act: OrderAct): boolean => {
  if (!allowedIn[act].includes(order.status)) return false;
  switch (act) {
    case "DispatchWorkOrder":
      return order.isInScope === true;
    case "AnswerWorkOrder":
      return order.isInScope === true && (order.status === "inWork" || order.level === 3);
    case "RecordGuideChange":
      return lacksGuideChange(order);
    case "PauseWorkOrder":
      return !isPaused(order);
    case "ResumeWorkOrder":
      return isPaused(order);
    case "ReportOrderToCity":
      return order.city === null;
    case "RecordCityAnswer":
      return order.city !== null && order.city.answer === null;
    default:
      return true;
  }
};
