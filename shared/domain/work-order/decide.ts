import { assertNever } from "../../basics/assert-never.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { dayOf } from "../../basics/time.ts";
import { calendarOf } from "../case/intake-rules.ts";
import type { Pause } from "../deadline/deadline.ts";
import { mayRaiseBy } from "../identity/permissions.ts";
import type { CommandOf } from "../hall/commands.ts";
import { happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { HallPlan } from "../hall/plan.ts";
import type { Refusal } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import { isAllowed } from "./allowed.ts";
import { askedBefore } from "./asked-before.ts";
import { daysUntil, dueDayOf, makeClock } from "./clock.ts";
import type { WorkOrderCommandType } from "./commands.ts";
import { makeReports } from "./filing.ts";
import { stagesOf, workOrderRulesOf, type ResponseLevel, type Stage, type WorkOrderRules } from "./rules.ts";
import { isPaused, orderLacks, orderSteps, type OrderClock, type WorkOrder } from "./work-order.ts";

export type WorkOrderCommand = CommandOf<WorkOrderCommandType>;
type OnOrder = Exclude<
  WorkOrderCommand,
  { type: "RaiseWorkOrder" | "FileOrderReports" | "CorrectOrderReport" | "EscalateWorkOrder" }
>;

/** What every act on an order goes by. */
interface Act {
  readonly plan: HallPlan;
  readonly rules: WorkOrderRules;
  readonly order: WorkOrder;
  readonly at: number;
  readonly by: string | null;
  readonly base: { readonly orderId: string; readonly department: string | null; readonly by: string | null };
}

const planOf = (state: HallState): HallPlan => {
  if (state.plan === null) throw new Error("decide was called before the hall had a plan");
  return state.plan;
};

const stageOf = ({ rules, order }: Act): Stage | undefined =>
  stagesOf(rules, order.flow).find(({ id }) => id === order.stage);

const limitOf = ({ limitDays }: WorkOrderRules, level: ResponseLevel): number => limitDays[`level${level}`];

const nextNo = ({ clocks }: WorkOrder): number => clocks + 1;

/** The limit of the answer at a level. It always runs from the day of record, whoever works on it and however often that changes. */
const solveClock = ({ plan, rules, order }: Act, level: ResponseLevel): OrderClock => {
  const start = order.solve?.start ?? order.openedDay;
  const extended = order.extensions.length > 0 ? (order.solve?.days ?? 0) : 0;
  const days = Math.max(limitOf(rules, level), extended);
  if (order.solve?.days === days) return order.solve;
  return makeClock(plan, { kind: "solve", no: nextNo(order), start, days }, order.pauses);
};

/** Somebody has to be made responsible in so many days, and before the answer itself is due. */
const assignClock = ({ plan, rules, order, at }: Act): OrderClock => {
  const start = dayOf(at, plan.utcOffsetMinutes);
  const clock = makeClock(plan, { kind: "assign", no: nextNo(order), start, days: rules.assignDays });
  const limit = order.solve?.due;
  if (limit == null || clock.due === null) return clock;
  const due = {
    dueAt: Math.min(clock.due.dueAt, limit.dueAt),
    yellowAt: Math.min(clock.due.yellowAt, limit.yellowAt),
  };
  return { ...clock, due };
};

/** Raises an order. The same id once more changes nothing, so that a platform may send it as often as it likes. */
const raise = (state: HallState, command: CommandOf<"RaiseWorkOrder">, context: DecideContext): Decision => {
  const plan = planOf(state);
  const rules = workOrderRulesOf(plan);
  const { orderId, intakeId, caseId, ...told } = command.data;
  if (state.workOrders.has(orderId) || state.orderReceipts.has(orderId)) return ok([]);
  if (!mayRaiseBy(context.actor, told.channel)) return refuse("order_channel_wrong");
  if (stagesOf(rules, told.flow).length === 0) return refuse("order_flow_unknown");
  const at = instantOf(command, context);
  const asked = askedBefore(state, intakeId, caseId);
  const openedDay = dayOf(at, plan.utcOffsetMinutes);
  const year = Number(openedDay.slice(0, 4));
  const last = state.orderSerial?.year === year ? state.orderSerial.last : 0;
  const number = `${String(year)}-${String(last + 1).padStart(4, "0")}`;
  return ok([
    happened("WorkOrderRaised", at, {
      ...told,
      orderId,
      itemCode: told.itemCode ?? asked?.itemCode ?? null,
      itemName: told.itemName ?? asked?.itemName ?? null,
      asked: asked?.asked ?? null,
      number,
      openedDay,
      clock: makeClock(plan, { kind: "assign", no: 1, start: openedDay, days: rules.assignDays }),
      department: null,
      by: context.actor.clerkId,
    }),
    happened("WorkOrderNumbered", at, { orderId, number }),
  ]);
};

const dispatch = (act: Act, { stage: stageId, department, note }: CommandOf<"DispatchWorkOrder">["data"]): Decision => {
  const { order, rules, at, by } = act;
  const stage = stagesOf(rules, order.flow).find(({ id }) => id === stageId);
  if (!stage) return refuse("order_stage_unknown", { number: order.number });
  const clock = solveClock(act, stage.level);
  return ok([
    happened("WorkOrderDispatched", at, {
      orderId: order.id,
      department,
      from: order.department,
      stage: stageId,
      level: stage.level,
      note,
      by,
      clock,
      brief: order,
    }),
  ]);
};

/** A new date: later than the one before, a working day, said before the old one has passed, and not too often. */
const extend = (act: Act, until: string, reason: string): Decision => {
  const { plan, rules, order, at, base } = act;
  const params = { number: order.number };
  const { clock } = order;
  if (clock.due === null) return refuse("order_not_now", params);
  if (order.extensions.length >= rules.maxExtensions)
    return refuse("order_extensions_used", { ...params, most: rules.maxExtensions });
  if (at > clock.due.dueAt) return refuse("order_extension_late", params);
  if (until <= (dueDayOf(plan, clock) ?? "")) return refuse("order_extension_day", params);
  if (calendarOf(plan).isWorkday(until) !== true) return refuse("order_extension_day_off", { ...params, day: until });
  const days = daysUntil(plan, clock.start, until, order.pauses);
  if (days === null) return refuse("year_unknown", { year: until.slice(0, 4) });
  const longer = makeClock(plan, { kind: "solve", no: nextNo(order), start: clock.start, days }, order.pauses);
  return ok([happened("WorkOrderExtended", at, { ...base, until, reason, clock: longer })]);
};

/** The running limit with other times that do not count; what was told stays told. */
const withPauses = ({ plan, order }: Act, pauses: readonly Pause[]): OrderClock => {
  const { kind, no, start, days, told } = order.clock;
  return { ...makeClock(plan, { kind, no, start, days }, pauses), told };
};

/** A pause hides no limit that has passed. */
const pause = (act: Act, reason: string, note: string): Decision => {
  const { plan, rules, order, at, base } = act;
  const params = { number: order.number };
  if (!rules.pauseReasons.some(({ id }) => id === reason)) return refuse("order_pause_unknown", params);
  if (order.clock.due === null || at > order.clock.due.dueAt) return refuse("order_pause_late", params);
  const day = dayOf(at, plan.utcOffsetMinutes);
  const clock = withPauses(act, [...order.pauses, { start: day, end: null }]);
  return ok([happened("WorkOrderPaused", at, { ...base, reason, note, day, clock })]);
};

const resume = (act: Act, note: string): Decision => {
  const { plan, order, at, base } = act;
  const day = dayOf(at, plan.utcOffsetMinutes);
  const clock = withPauses(
    act,
    order.pauses.map((each) => (each.end === null ? { ...each, end: day } : each)),
  );
  return ok([happened("WorkOrderResumed", at, { ...base, note, day, clock })]);
};

const answer = (act: Act, data: CommandOf<"AnswerWorkOrder">["data"]): Decision => {
  const { plan, rules, order, at, base } = act;
  const params = { number: order.number };
  const stage = stageOf(act);
  if (order.status === "recorded" && order.level !== 3) return refuse("order_not_now", params);
  if (stage?.meets === true && order.meetings.length === 0) return refuse("order_lacks_meeting", params);
  if (data.result === "denied" && stage?.mayDeny !== true) return refuse("order_denied_too_low", params);
  const cause = rules.causes.find(({ id }) => id === data.cause);
  if (!cause) return refuse("order_cause_unknown", params);
  if (cause.inGuide && data.guideChange === null) return refuse("order_lacks_guide_change", params);
  const start = dayOf(at, plan.utcOffsetMinutes);
  const { orderId: _id, ...told } = data;
  return ok([
    happened("WorkOrderAnswered", at, {
      ...base,
      ...told,
      isOnTime: order.solve?.due != null && at <= order.solve.due.dueAt,
      clock: makeClock(plan, { kind: "verify", no: nextNo(order), start, days: rules.verifyDays }),
    }),
  ]);
};

const reopened = (act: Act, reason: string): DomainEvent => {
  const { plan, rules, order, at, base } = act;
  const start = dayOf(at, plan.utcOffsetMinutes);
  const clock =
    order.level === null || order.isInScope === false
      ? makeClock(plan, { kind: "assign", no: nextNo(order), start, days: rules.assignDays })
      : makeClock(plan, { kind: "solve", no: nextNo(order), start, days: limitOf(rules, order.level) });
  return happened("WorkOrderReopened", at, { ...base, reason, clock });
};

const close = (act: Act): Decision => {
  const { rules, order, at, base } = act;
  const params = { number: order.number };
  const stageMeets = stageOf(act)?.meets === true;
  const [lack] = orderLacks(order, { callBackTries: rules.callBackTries, stageMeets });
  switch (lack) {
    case undefined:
      return ok([happened("WorkOrderClosed", at, { ...base, isOnTime: order.answer?.isOnTime === true })]);
    case "callBack":
      return refuse("order_lacks_call_back", params);
    case "strike":
      return refuse("order_lacks_strike", params);
    case "verify":
      return refuse("order_lacks_verification", params);
    default:
      return refuse("order_lacks_answer", params);
  }
};

const decideOnOrder = (act: Act, command: OnOrder): Decision => {
  const { plan, rules, order, at, by, base } = act;
  const params = { number: order.number };
  const one = (event: DomainEvent): Decision => ok([event]);
  switch (command.type) {
    case "EditWorkOrder": {
      const { problem, itemCode, itemName, summary } = command.data;
      return one(happened("WorkOrderEdited", at, { ...base, problem, itemCode, itemName, summary }));
    }
    case "TakeWorkOrderIn": {
      const { flow, level, summary } = command.data;
      const stage = stagesOf(rules, flow).find((each) => each.level === level);
      if (!stage) return refuse("order_stage_unknown", params);
      const solve = solveClock(act, level);
      const clock = level === 3 ? solve : order.clock;
      return one(happened("WorkOrderTakenIn", at, { ...base, flow, level, summary, stage: stage.id, clock, solve }));
    }
    case "RejectWorkOrder": {
      const { exclusion, reason, turnTo } = command.data;
      if (!rules.exclusions.some(({ id }) => id === exclusion)) return refuse("order_exclusion_unknown", params);
      return one(happened("WorkOrderRejected", at, { ...base, exclusion, reason, turnTo }));
    }
    case "DispatchWorkOrder":
      return dispatch(act, command.data);
    case "AcceptWorkOrder":
      return one(happened("WorkOrderAccepted", at, base));
    case "ReturnWorkOrder":
      return one(happened("WorkOrderReturned", at, { ...base, reason: command.data.reason, clock: assignClock(act) }));
    case "ExtendWorkOrder":
      return extend(act, command.data.until, command.data.reason);
    case "PauseWorkOrder":
      return pause(act, command.data.reason, command.data.note);
    case "ResumeWorkOrder":
      return resume(act, command.data.note);
    case "HoldOrderMeeting": {
      const { meetingId, day, participants, minutes, decision } = command.data;
      if (day > dayOf(at, plan.utcOffsetMinutes)) return refuse("order_meeting_ahead", params);
      if (order.meetings.some(({ id }) => id === meetingId)) return ok([]);
      return one(happened("OrderMeetingHeld", at, { ...base, meetingId, day, participants, minutes, decision }));
    }
    case "ReportOrderToCity":
      return one(happened("OrderReportedToCity", at, { ...base, reason: command.data.reason }));
    case "RecordCityAnswer":
      if (order.city === null || order.city.answer !== null) return refuse("order_not_now", params);
      return one(happened("CityAnswerRecorded", at, { ...base, answer: command.data.answer }));
    case "AnswerWorkOrder":
      return answer(act, command.data);
    case "RecordGuideChange":
      return one(happened("GuideTextChanged", at, { ...base, what: command.data.what }));
    case "VerifyWorkOrder": {
      if (order.answer?.by === by) return refuse("order_same_person", params);
      const { isRight, finding } = command.data;
      return one(happened("WorkOrderVerified", at, { ...base, isRight, finding }));
    }
    case "CallBackOrder": {
      if (order.contactId === null) return refuse("order_anonymous", params);
      const { outcome, note } = command.data;
      const called = happened("OrderCalledBack", at, { ...base, outcome, note });
      return ok(outcome === "notSatisfied" ? [called, reopened(act, note)] : [called]);
    }
    case "CloseWorkOrder":
      return close(act);
    case "ReopenWorkOrder":
      return one(reopened(act, command.data.reason));
    case "SuperviseWorkOrder": {
      if (order.supervision !== null && order.supervision.struck === null) return refuse("order_supervised", params);
      const { ground, note } = command.data;
      return one(happened("WorkOrderSupervised", at, { ...base, ground, note }));
    }
    case "StrikeWorkOrder":
      if (order.supervision === null || order.supervision.struck !== null)
        return refuse("order_not_supervised", params);
      if (order.answer?.by === by) return refuse("order_same_person", params);
      return one(happened("WorkOrderStruck", at, { ...base, finding: command.data.finding }));
    default:
      return assertNever(command);
  }
};

/** The order if it is there and this act of this actor fits it now. */
const findOrder = (state: HallState, command: OnOrder, { actor }: DecideContext): Result<WorkOrder, Refusal> => {
  const order = state.workOrders.get(command.data.orderId);
  if (!order) return err({ code: "order_unknown", params: {} });
  const params = { number: order.number };
  if (actor.department != null && actor.department !== order.department)
    return err({ code: "order_other_department", params });
  if (actor.clerkId === null) return err({ code: "not_permitted", params: { type: command.type } });
  return isAllowed(order, command.type) ? ok(order) : err({ code: "order_not_now", params });
};

/** A light that has come on, once; the red one of an answer puts the order on the list of supervision. */
const escalate = (state: HallState, command: CommandOf<"EscalateWorkOrder">, context: DecideContext): Decision => {
  const { orderId, clock, step } = command.data;
  const order = state.workOrders.get(orderId);
  if (!order) return refuse("order_unknown");
  if (order.clock.no !== clock || !orderSteps(order, context.now).includes(step)) return ok([]);
  const { department } = order;
  const base = { orderId, department, by: null };
  const lead = planOf(state).settings.rectification.leadDepartment;
  const to = step === "red" ? lead : (department ?? lead);
  const events = [happened("WorkOrderEscalated", context.now, { ...base, clock, step, to })];
  if (step === "red" && order.clock.kind === "solve" && (order.supervision === null || order.supervision.struck))
    events.push(happened("WorkOrderSupervised", context.now, { ...base, ground: "overdue", note: "" }));
  return ok(events);
};

const fileReports = (state: HallState, command: CommandOf<"FileOrderReports">, context: DecideContext): Decision => {
  const { kind, dueAt } = command.data;
  const { now } = context;
  const before = state.orderFiled[kind];
  if (dueAt > now || (before !== null && dueAt <= before)) return ok([]);
  const reports = makeReports(planOf(state), state.workOrders.values(), { kind, dueAt }, before ?? 0, now);
  return ok([
    ...reports.map((report) => happened("OrderReportFiled", now, { report })),
    happened("OrderWeekFiled", now, { kind, dueAt }),
  ]);
};

/** Decides everything about what could not be done. */
export const decideWorkOrder = (state: HallState, command: WorkOrderCommand, context: DecideContext): Decision => {
  switch (command.type) {
    case "RaiseWorkOrder":
      return raise(state, command, context);
    case "EscalateWorkOrder":
      return escalate(state, command, context);
    case "FileOrderReports":
      return fileReports(state, command, context);
    case "CorrectOrderReport": {
      const report = state.orderReports.get(command.data.reportId);
      if (!report) return refuse("order_report_unknown");
      const by = context.actor.clerkId;
      return ok([
        happened("OrderReportCorrected", instantOf(command, context), {
          ...command.data,
          department: report.department,
          by,
        }),
      ]);
    }
    default: {
      const found = findOrder(state, command, context);
      if (!found.ok) return found;
      const order = found.value;
      const plan = planOf(state);
      const by = context.actor.clerkId;
      const act: Act = {
        plan,
        rules: workOrderRulesOf(plan),
        order,
        at: instantOf(command, context),
        by,
        base: { orderId: order.id, department: order.department, by },
      };
      if (command.type !== "ResumeWorkOrder" && isPaused(order) && command.type !== "RecordCityAnswer")
        return refuse("order_paused", { number: order.number });
      return decideOnOrder(act, command);
    }
  }
};
