import { assertNever } from "../../basics/assert-never.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { CommandOf } from "../hall/commands.ts";
import { happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { DomainEvent, EventData } from "../hall/events.ts";
import type { Refusal } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import { isBad, type ReviewedService } from "../review/review.ts";
import type { rectificationCommandSchemas } from "./commands.ts";
import { rectificationLimit } from "./limit.ts";
import { lacksOf, stepsDue, type Rectification } from "./rectification.ts";

export type RectificationCommand = CommandOf<keyof typeof rectificationCommandSchemas>;

const limitFrom = (state: HallState, from: number) => {
  if (state.plan === null) throw new Error("decide was called before the hall had a plan");
  return rectificationLimit(state.plan, from);
};

/** Who answers for a service: the item's department, else the counter's, else the lead department. */
export const responsibleFor = (
  state: HallState,
  service: Pick<ReviewedService, "itemCode" | "counterId">,
  context: DecideContext,
): string => {
  const ofItem = service.itemCode === null ? null : (context.departmentOf?.(service.itemCode) ?? null);
  const ofCounter = state.plan?.counters.find(({ id }) => id === service.counterId)?.department;
  return (ofItem ?? ofCounter ?? state.plan?.settings.rectification.leadDepartment ?? "").slice(0, 60);
};

/**
 * What a review leads to besides itself: a bad one opens a work order at once; a bad addition to one whose order was
 * closed opens that anew. Good ones lead to nothing.
 */
export const ordersFor = (
  state: HallState,
  given: EventData["ReviewGiven"],
  service: ReviewedService,
  at: number,
  context: DecideContext,
): readonly DomainEvent[] => {
  if (!isBad(given.level)) return [];
  const isNamed = given.phoneId !== null || service.caseId !== null;
  const order = state.rectifications.get(given.reviewId);
  if (order !== undefined) {
    // An open order goes on, with the number that was left now.
    if (order.closedAt === null && (order.isNamed || !isNamed)) return [];
    const data = { rectificationId: order.id, reason: "addition", isNamed: order.isNamed || isNamed, by: null };
    return [happened("RectificationReopened", at, { ...data, ...limitFrom(state, at) })];
  }
  const { ticketId, caseId, number, counterId, clerkId, businessId, itemCode, itemName } = service;
  const { level, tags, channel } = given;
  return [
    happened("RectificationOpened", at, {
      rectificationId: given.reviewId,
      ticketId,
      caseId,
      number,
      counterId,
      clerkId,
      businessId,
      itemCode,
      itemName,
      department: responsibleFor(state, service, context),
      level,
      tags: [...tags],
      channel,
      isNamed,
      ...limitFrom(state, at),
    }),
  ];
};

/** The order if it is there; for acts of people also: not by the clerk whom the review is about. */
const findOrder = (
  state: HallState,
  rectificationId: string,
  context: DecideContext,
  wanted: "open" | "closed",
): Result<Rectification, Refusal> => {
  const order = state.rectifications.get(rectificationId);
  const number = order?.number ?? "–";
  if (!order) return err({ code: "rectification_unknown", params: {} });
  if (context.actor.role !== "node") {
    if (context.actor.clerkId === null) return err({ code: "not_permitted", params: { type: "Rectification" } });
    if (context.actor.clerkId === order.clerkId) return err({ code: "own_review", params: { number } });
  }
  if (wanted === "open" && order.closedAt !== null) return err({ code: "rectification_closed", params: { number } });
  if (wanted === "closed" && order.closedAt === null) return err({ code: "rectification_open", params: { number } });
  return ok(order);
};

/** Decides what the desk does with bad and doubtful reviews. */
export const decideRectification = (
  state: HallState,
  command: RectificationCommand,
  context: DecideContext,
): Decision => {
  const at = instantOf(command, context);
  const by = context.actor.clerkId;
  if (command.type === "JudgeReview") {
    const { reviewId, counts, reason } = command.data;
    const suspect = state.suspects.get(reviewId);
    if (!suspect) return refuse("review_not_flagged");
    if (by === null) return refuse("not_permitted", { type: command.type });
    if (suspect.clerkId === by) return refuse("own_review", { number: suspect.number ?? "–" });
    return ok([happened("ReviewJudged", at, { reviewId, counts, reason, by })]);
  }
  const { rectificationId } = command.data;
  const found = findOrder(state, rectificationId, context, command.type === "ReopenRectification" ? "closed" : "open");
  if (!found.ok) return found;
  const order = found.value;
  const params = { number: order.number ?? "–" };
  switch (command.type) {
    case "AssignRectification":
      return ok([
        happened("RectificationAssigned", at, {
          rectificationId,
          department: command.data.department,
          reason: command.data.reason,
          by,
        }),
      ]);
    case "VerifyRectification":
      return ok([
        happened("RectificationVerified", at, {
          rectificationId,
          cause: command.data.cause,
          finding: command.data.finding,
          by,
        }),
      ]);
    case "MeasureRectification":
      if (order.cause === null) return refuse("rectification_lacks_cause", params);
      return ok([happened("RectificationMeasured", at, { rectificationId, measure: command.data.measure, by })]);
    case "AnswerRectification":
      if (order.measure === null) return refuse("rectification_lacks_measure", params);
      return ok([happened("RectificationAnswered", at, { rectificationId, answer: command.data.answer, by })]);
    case "RecordCallBack": {
      if (!order.isNamed) return refuse("rectification_anonymous", params);
      if (order.answer === null) return refuse("rectification_lacks_answer", params);
      const { outcome, note } = command.data;
      const events = [happened("CallBackRecorded", at, { rectificationId, outcome, note, by })];
      if (outcome === "notSatisfied") {
        const anew = { rectificationId, reason: "notSatisfied", isNamed: true, by };
        events.push(happened("RectificationReopened", at, { ...anew, ...limitFrom(state, at) }));
      }
      return ok(events);
    }
    case "CloseRectification": {
      const [lack] = lacksOf(order, state.plan?.settings.rectification.callBackTries ?? 1);
      switch (lack) {
        case undefined:
          return ok([happened("RectificationClosed", at, { rectificationId, isOnTime: at <= order.dueAt, by })]);
        case "cause":
          return refuse("rectification_lacks_cause", params);
        case "measure":
          return refuse("rectification_lacks_measure", params);
        case "answer":
          return refuse("rectification_lacks_answer", params);
        case "callBack":
          return refuse("rectification_lacks_call_back", params);
        case "appeal":
          return refuse("rectification_lacks_appeal_decision", params);
        default:
          return assertNever(lack);
      }
    }
    case "ReopenRectification": {
      const anew = { rectificationId, reason: command.data.reason, isNamed: order.isNamed, by };
      return ok([happened("RectificationReopened", at, { ...anew, ...limitFrom(state, at) })]);
    }
    case "AppealReview":
      if (order.appeal !== null) return refuse("appeal_exists", params);
      return ok([
        happened("ReviewAppealed", at, {
          rectificationId,
          ground: command.data.ground,
          reason: command.data.reason,
          by,
        }),
      ]);
    case "DecideAppeal":
      if (order.appeal === null || order.appeal.decision !== null) return refuse("appeal_unknown", params);
      if (order.appeal.by === by) return refuse("same_person", params);
      return ok([
        happened("AppealDecided", at, {
          rectificationId,
          isUpheld: command.data.isUpheld,
          reason: command.data.reason,
          by,
        }),
      ]);
    case "EscalateRectification": {
      const { step, round } = command.data;
      if (round !== order.round || !stepsDue(order, context.now).includes(step)) return ok([]);
      const to =
        step === "red" ? (state.plan?.settings.rectification.leadDepartment ?? order.department) : order.department;
      return ok([happened("RectificationEscalated", at, { rectificationId, step, to })]);
    }
    default:
      return assertNever(command);
  }
};
