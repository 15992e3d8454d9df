import { assertNever } from "../../basics/assert-never.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { RectificationEventType } from "./events.ts";
import type { Rectification } from "./rectification.ts";

type RectificationEvent = Extract<DomainEvent, { type: Exclude<RectificationEventType, "ReviewJudged"> }>;

const beginning = {
  cause: null,
  finding: null,
  measure: null,
  answer: null,
  callBacks: [],
  escalated: [],
  closedAt: null,
} as const;

/** The order after an event; undefined when there is none and the event does not open one. */
export const evolveRectification = (
  order: Rectification | undefined,
  event: RectificationEvent,
): Rectification | undefined => {
  if (event.type === "RectificationOpened") {
    const { rectificationId, ...opened } = event.data;
    return { ...opened, id: rectificationId, openedAt: event.at, round: 1, appeal: null, ...beginning };
  }
  if (!order) return undefined;
  const { at } = event;
  switch (event.type) {
    case "RectificationAssigned":
      return { ...order, department: event.data.department };
    case "RectificationVerified":
      return { ...order, cause: event.data.cause, finding: event.data.finding };
    case "RectificationMeasured":
      return { ...order, measure: event.data.measure };
    case "RectificationAnswered":
      return { ...order, answer: event.data.answer };
    case "CallBackRecorded": {
      const { outcome, note, by } = event.data;
      return { ...order, callBacks: [...order.callBacks, { outcome, note, by, at }] };
    }
    case "RectificationClosed":
      return { ...order, closedAt: at };
    case "RectificationReopened": {
      const { dueAt, yellowAt, isNamed } = event.data;
      return { ...order, ...beginning, dueAt, yellowAt, isNamed, round: order.round + 1 };
    }
    case "RectificationEscalated":
      return { ...order, escalated: [...order.escalated, event.data.step] };
    case "ReviewAppealed": {
      const { ground, reason, by } = event.data;
      return { ...order, appeal: { ground, reason, by, at, decision: null } };
    }
    case "AppealDecided": {
      if (order.appeal === null) return order;
      const { isUpheld, reason, by } = event.data;
      return { ...order, appeal: { ...order.appeal, decision: { isUpheld, reason, by, at } } };
    }
    default:
      return assertNever(event);
  }
};
