import { assertNever } from "../../basics/assert-never.ts";
import { addDays } from "../../basics/time.ts";
import { ok } from "../../basics/result.ts";
import { decideAppointment } from "../appointment/decide.ts";
import { mayIssue } from "../identity/permissions.ts";
import { acceptLate, decideCase } from "../case/decide.ts";
import { decideLedger } from "../ledger/decide.ts";
import { decidePlanChange } from "../plan-change/decide.ts";
import { decideQueue } from "../queue/decide.ts";
import { decideRectification } from "../rectification/decide.ts";
import { decideReview } from "../review/decide.ts";
import { decideWorkOrder } from "../work-order/decide.ts";
import type { Command } from "./commands.ts";
import { anomalyOf, happened, instantOf, refuse, type DecideContext, type Decision } from "./decision.ts";
import type { DomainEvent } from "./events.ts";
import type { HallState } from "./state.ts";

const openDay = (state: HallState, day: string, now: number): Decision => {
  if (state.day !== null && day <= state.day) return ok([]);
  const events: DomainEvent[] = [];
  if (state.day !== null) {
    for (const ticket of state.tickets.values()) {
      if (ticket.day === state.day && ["waiting", "called", "serving", "parked"].includes(ticket.state))
        events.push(
          happened("TicketMissed", now, { ticketId: ticket.id, counterId: ticket.counterId, reason: "day_closed" }),
        );
    }
    for (const review of state.reviews.values()) {
      if (review.state === "invited")
        events.push(
          happened("ReviewNotGiven", now, { reviewId: review.id, counterId: review.counterId, reason: "superseded" }),
        );
    }
    for (const counter of state.counters.values()) {
      if (counter.state !== "closed") events.push(happened("CounterClosed", now, { counterId: counter.id }));
    }
    for (const { id, day: booked, state: stands } of state.appointments.values()) {
      if (stands !== "booked" || booked >= day) continue;
      // Days between were never opened here: nobody could check in, so nobody is blamed.
      events.push(
        booked <= state.day
          ? happened("AppointmentMissed", now, { appointmentId: id })
          : happened("AppointmentCancelled", now, { appointmentId: id, reason: "hallClosed" }),
      );
    }
    events.push(happened("DayClosed", now, { day: state.day }));
    events.push(...acceptLate(state, day, now));
  }
  events.push(happened("DayOpened", now, { day }));
  return ok(events);
};

const decideClaim = (state: HallState, command: Command, context: DecideContext): Decision => {
  switch (command.type) {
    case "SetHallPlan":
      return ok([happened("HallPlanSet", context.now, { plan: command.data.plan })]);
    case "ChangeHallPlan":
      return decidePlanChange(state, command, context);
    case "OpenDay":
      return openDay(state, command.data.day, context.now);
    case "RequestHelp": {
      if (state.help.has(command.data.helpId)) return ok([]);
      const { helpId, place } = command.data;
      const deviceId = context.actor.deviceId ?? "";
      return ok([happened("HelpRequested", instantOf(command, context), { helpId, deviceId, place })]);
    }
    case "AnswerHelp": {
      const help = state.help.get(command.data.helpId);
      if (!help) return refuse("help_unknown");
      return ok(help.answered ? [] : [happened("HelpAnswered", instantOf(command, context), { helpId: help.id })]);
    }
    case "BookAppointment":
    case "CancelAppointment":
      return decideAppointment(state, command, context);
    case "PublishNotice":
      return ok(
        state.notices.has(command.data.noticeId)
          ? []
          : [happened("NoticePublished", instantOf(command, context), command.data)],
      );
    case "WithdrawNotice":
      return state.notices.has(command.data.noticeId)
        ? ok([happened("NoticeWithdrawn", instantOf(command, context), command.data)])
        : refuse("notice_unknown");
    case "GiveReview":
    case "CloseReview":
      return decideReview(state, command, context);
    case "ClaimReview":
      return ok([happened("ReviewClaimed", instantOf(command, context), command.data)]);
    case "LeaseNumbers":
    case "OpenCounter":
    case "PauseCounter":
    case "ResumeCounter":
    case "CloseCounter":
    case "TakeTicket":
    case "RecordPrint":
    case "CallNext":
    case "WithdrawCall":
    case "RecallTicket":
    case "MissTicket":
    case "ReturnTicket":
    case "CancelTicket":
    case "PinTicket":
    case "TransferTicket":
    case "BeginService":
    case "ParkService":
    case "ResumeService":
    case "EndService":
    case "ReopenService":
    case "SetCounterBusinesses":
      return decideQueue(state, command, context);
    case "AssignRectification":
    case "VerifyRectification":
    case "MeasureRectification":
    case "AnswerRectification":
    case "RecordCallBack":
    case "CloseRectification":
    case "ReopenRectification":
    case "AppealReview":
    case "DecideAppeal":
    case "JudgeReview":
    case "EscalateRectification":
      return decideRectification(state, command, context);
    case "OpenLedgerEntry":
    case "MoveLedgerEntry":
    case "AmendLedgerEntry":
    case "RemindLedgerEntry":
    case "EscalateLedgerEntry":
      return decideLedger(state, command, context);
    case "LeaseCaseNumbers":
    case "OpenIntake":
    case "ChangeApplicant":
    case "FillForm":
    case "ReceiveMaterial":
    case "GiveBackMaterial":
    case "IssueCorrection":
    case "AcceptIntake":
    case "AcceptWithTolerance":
    case "AcceptOnCommitment":
    case "RefuseIntake":
    case "WithdrawIntake":
    case "IssueDocument":
    case "SignDocument":
    case "PrintDocument":
    case "TakeIntake":
    case "LeaveIntake":
    case "TakeCase":
    case "LeaveCase":
    case "SetPlatformNumber":
    case "ReturnCase":
    case "ResubmitCase":
    case "StartSpecialProcedure":
    case "EndSpecialProcedure":
    case "DecideCase":
    case "HandOutResult":
    case "ConfirmDelivery":
      return decideCase(state, command, context);
    case "RaiseWorkOrder":
    case "EditWorkOrder":
    case "TakeWorkOrderIn":
    case "RejectWorkOrder":
    case "DispatchWorkOrder":
    case "AcceptWorkOrder":
    case "ReturnWorkOrder":
    case "ExtendWorkOrder":
    case "PauseWorkOrder":
    case "ResumeWorkOrder":
    case "HoldOrderMeeting":
    case "ReportOrderToCity":
    case "RecordCityAnswer":
    case "AnswerWorkOrder":
    case "RecordGuideChange":
    case "VerifyWorkOrder":
    case "CallBackOrder":
    case "CloseWorkOrder":
    case "ReopenWorkOrder":
    case "SuperviseWorkOrder":
    case "StrikeWorkOrder":
    case "EscalateWorkOrder":
    case "FileOrderReports":
    case "CorrectOrderReport":
      return decideWorkOrder(state, command, context);
    default:
      return assertNever(command);
  }
};

/**
 * What a command leads to: events, or for a claim a refusal. The node and the terminal run this very function.
 * A record is never refused: what does not fit becomes an anomaly that the desk sees. Only a command that the sender's
 * role may never send is refused whatever its mode.
 */
export const decide = (state: HallState, command: Command, context: DecideContext): Decision => {
  if (!mayIssue(context.actor, command.type)) return refuse("not_permitted", { type: command.type });
  if (state.plan === null && command.type !== "SetHallPlan") {
    if (command.mode === "claim") return refuse("hall_not_set_up");
    return ok([anomalyOf(state, command, context, "hall_not_set_up")]);
  }
  const decision = decideClaim(state, command, context);
  if (decision.ok || command.mode === "claim") return decision;
  return ok([anomalyOf(state, command, context, decision.error.code)]);
};

/** The days for which a kiosk should hold leased numbers. */
export const leaseDays = (state: HallState): readonly string[] => {
  if (state.plan === null || state.day === null) return [];
  const { day } = state;
  return Array.from({ length: state.plan.settings.leaseDaysAhead + 1 }, (_, ahead) => addDays(day, ahead));
};
