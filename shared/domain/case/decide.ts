import { assertNever } from "../../basics/assert-never.ts";
import { ok, type Result } from "../../basics/result.ts";
import { dayOf, type Day } from "../../basics/time.ts";
import type { CommandOf } from "../hall/commands.ts";
import { anomalyOf, happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { Refusal, RefusalCode } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import { dueDay } from "../deadline/deadline.ts";
import { allowsCaseAct, allowsIntakeAct, type CaseAct, type IntakeAct } from "./allowed.ts";
import { caseSerialsLeft, formatCaseNumber, memberNumber } from "./case-number.ts";
import type { CaseCommandType } from "./commands.ts";
import { settledDue } from "./due.ts";
import { calendarOf, intakeRulesOf, mayCommit } from "./intake-rules.ts";
import { isComplete, isTolerable, lacksOf, type AcceptedHow, type Case, type Editor, type Intake } from "./intake.ts";

export type CaseCommand = CommandOf<CaseCommandType>;

/** The hall's calendar day of a command. */
const dayOfCommand = (state: HallState, command: CaseCommand, context: DecideContext): Day =>
  dayOf(instantOf(command, context), state.plan?.utcOffsetMinutes ?? 480);

/** Whether somebody else edits it who may not be interrupted yet. */
const isEditedByOther = (editor: Editor | null, context: DecideContext): editor is Editor =>
  editor !== null && editor.clerkId !== context.actor.clerkId;

type Found<T> = Result<T, Refusal>;

const findIntake = (state: HallState, intakeId: string, act: IntakeAct | null): Found<Intake> => {
  const intake = state.intakes.get(intakeId);
  if (!intake) return refuse("intake_unknown");
  if (act !== null && !allowsIntakeAct(intake.state, act))
    return refuse("intake_not_open", { number: intake.number, state: intake.state });
  return ok(intake);
};

const findCase = (state: HallState, caseId: string, context: DecideContext, act: CaseAct | null): Found<Case> => {
  const one = state.cases.get(caseId);
  if (!one) return refuse("case_unknown");
  if (context.actor.department != null && context.actor.department !== one.department)
    return refuse("case_of_other_department", { number: one.number, department: one.department });
  if (act !== null && !allowsCaseAct(one.state, act))
    return refuse("case_not_ready", { number: one.number, state: one.state });
  return ok(one);
};

/**
 * The events of an act on something that has one editor. A claim against another editor is refused; a record stays, with an
 * anomaly beside it: what was done with the applicant present cannot be undone by a rule.
 */
const guarded = (
  state: HallState,
  command: CaseCommand,
  context: DecideContext,
  held: { readonly number: string; readonly editor: Editor | null },
  events: readonly DomainEvent[],
): Decision => {
  if (!isEditedByOther(held.editor, context)) return ok(events);
  if (command.mode === "claim") return refuse("being_edited", { number: held.number });
  return ok([...events, anomalyOf(state, command, context, "being_edited")]);
};

const leaseCaseNumbers = (state: HallState, context: DecideContext): Decision => {
  const { deviceId } = context.actor;
  if (deviceId === null) return refuse("not_permitted", { type: "LeaseCaseNumbers" });
  const { caseLeaseSize } = intakeRulesOf(state.plan);
  if (caseSerialsLeft(state.caseLeases, deviceId) >= caseLeaseSize / 2) return ok([]);
  const from = state.caseLeases.reduce((highest, lease) => Math.max(highest, lease.to), 0) + 1;
  return ok([happened("CaseNumbersLeased", context.now, { deviceId, from, to: from + caseLeaseSize - 1 })]);
};

/** The number of a new intake; with what is odd about its serial. */
const numberFor = (
  state: HallState,
  command: CommandOf<"OpenIntake">,
  context: DecideContext,
  day: Day,
): { readonly number: string; readonly odd: RefusalCode | null } => {
  const { intakeId, serial, counterId } = command.data;
  const parts = { intakeId, serial, day, hallId: state.plan?.hallId ?? "", counterId };
  const number = formatCaseNumber(intakeRulesOf(state.plan).caseNumber, parts);
  if (serial === null) return { number, odd: null };
  const { deviceId } = context.actor;
  if (state.caseLeases.some((lease) => lease.deviceId === deviceId && lease.next <= serial && serial <= lease.to))
    return { number, odd: null };
  // Two papers may carry the same number (a terminal put back from an image): the later one is told apart by its id.
  return { number: `${number}+${intakeId.slice(-4)}`, odd: "case_number_taken" };
};

const openIntake = (state: HallState, command: CommandOf<"OpenIntake">, context: DecideContext): Decision => {
  const { data } = command;
  if (state.intakes.has(data.intakeId) || data.items.some((item) => state.cases.has(item.caseId)))
    return refuse("intake_exists");
  const caseIds = new Set(data.items.map((item) => item.caseId));
  const keys = new Set(data.materials.map((material) => material.key));
  if (caseIds.size !== data.items.length || keys.size !== data.materials.length) return refuse("bad_command");
  const day = dayOfCommand(state, command, context);
  const { number, odd } = numberFor(state, command, context, day);
  const opened = happened("IntakeOpened", instantOf(command, context), {
    intakeId: data.intakeId,
    departments: [...new Set(data.items.map((item) => item.department))].sort(),
    number,
    serial: odd === null ? data.serial : null,
    receivedDay: day,
    ticketId: data.ticketId,
    counterId: data.counterId,
    clerkId: context.actor.clerkId,
    deviceId: context.actor.deviceId,
    subject: data.subject,
    personKey: data.personKey,
    applicantId: data.applicantId,
    agentId: data.agentId,
    package: data.package,
    items: data.items.map((item, index) => ({ ...item, number: memberNumber(number, index, data.items.length) })),
    materials: data.materials,
  });
  if (odd === null) return ok([opened]);
  return command.mode === "claim" ? refuse(odd) : ok([opened, anomalyOf(state, command, context, odd)]);
};

/** The acceptance of all cases of an intake. */
const accepted = (
  state: HallState,
  intake: Intake,
  at: number,
  what: {
    readonly how: AcceptedHow;
    readonly acceptedDay: Day;
    readonly owed?: Intake["owed"];
    readonly committedKeys?: readonly string[];
  },
): DomainEvent =>
  happened("IntakeAccepted", at, {
    intakeId: intake.id,
    departments: intake.departments,
    how: what.how,
    acceptedDay: what.acceptedDay,
    due: intake.caseIds.flatMap((caseId) => {
      const one = state.cases.get(caseId);
      return one ? [{ caseId, due: settledDue(one, what.acceptedDay, state.plan) }] : [];
    }),
    owed: what.owed ?? null,
    committedKeys: what.committedKeys ?? [],
  });

/** Whether the time for telling what is missing has run out; null when the calendar cannot tell. */
export const isToldLate = (
  plan: HallState["plan"],
  intake: Pick<Intake, "receivedDay" | "corrections" | "state">,
  today: Day,
): boolean | null => {
  if (intake.state !== "open" || intake.corrections.length > 0) return false;
  const days = intakeRulesOf(plan).correctionDays;
  const last = dueDay(intake.receivedDay, { days, unit: "working" }, calendarOf(plan));
  if (!last.ok) return null;
  return last.value !== null && today > last.value;
};

/** Intakes whose time for telling what is missing has run out count as accepted from the day of receipt. */
export const acceptLate = (state: HallState, today: Day, now: number): readonly DomainEvent[] =>
  [...state.intakes.values()]
    .filter((intake) => isToldLate(state.plan, intake, today) === true)
    .map((intake) => accepted(state, intake, now, { how: "late", acceptedDay: intake.receivedDay }));

const issueCorrection = (
  state: HallState,
  command: CommandOf<"IssueCorrection">,
  context: DecideContext,
  intake: Intake,
): Decision => {
  const at = instantOf(command, context);
  const today = dayOfCommand(state, command, context);
  if (isToldLate(state.plan, intake, today) === true)
    return command.mode === "claim"
      ? refuse("told_too_late", { number: intake.number, day: intake.receivedDay })
      : ok([
          accepted(state, intake, at, { how: "late", acceptedDay: intake.receivedDay }),
          anomalyOf(state, command, context, "told_too_late"),
        ]);
  const lacks = lacksOf(intake);
  if (isComplete(lacks)) return refuse("nothing_missing", { number: intake.number });
  if (intake.corrections.length > 0 && command.data.repeatReason === null)
    return refuse("told_before", { number: intake.number });
  return guarded(state, command, context, intake, [
    happened("CorrectionIssued", at, {
      intakeId: intake.id,
      departments: intake.departments,
      correctionId: command.data.correctionId,
      ...lacks,
      repeatReason: intake.corrections.length > 0 ? command.data.repeatReason : null,
    }),
  ]);
};

/** The last day on which what is owed after a tolerance may be brought: the earliest promised day of its cases. */
export const latestMakeUp = (state: HallState, intake: Intake, acceptedDay: Day): Found<Day> => {
  let latest: Day | null = null;
  for (const caseId of intake.caseIds) {
    const one = state.cases.get(caseId);
    if (!one) continue;
    const limit = one.promisedLimit ?? one.legalLimit;
    if (limit === null) return refuse("no_promised_limit", { item: one.itemName });
    const due = dueDay(acceptedDay, limit, calendarOf(state.plan));
    if (!due.ok) return refuse("year_unknown", { year: due.error.year });
    if (due.value !== null && (latest === null || due.value < latest)) latest = due.value;
  }
  return latest === null ? refuse("intake_unknown") : ok(latest);
};

const acceptWithTolerance = (
  state: HallState,
  command: CommandOf<"AcceptWithTolerance">,
  context: DecideContext,
  intake: Intake,
): Decision => {
  const { by, credit } = command.data;
  if (credit === "unrepaired") return refuse("bad_credit");
  const lacks = lacksOf(intake);
  if (isComplete(lacks)) return refuse("nothing_missing", { number: intake.number });
  if (!isTolerable(lacks)) return refuse("not_tolerable", { number: intake.number });
  const today = dayOfCommand(state, command, context);
  const latest = latestMakeUp(state, intake, today);
  if (!latest.ok) return latest;
  if (by < today || by > latest.value) return refuse("make_up_too_late", { day: latest.value });
  return guarded(state, command, context, intake, [
    accepted(state, intake, instantOf(command, context), {
      how: "tolerance",
      acceptedDay: today,
      owed: { keys: lacks.materials.map((lack) => lack.key), by },
    }),
  ]);
};

const acceptOnCommitment = (
  state: HallState,
  command: CommandOf<"AcceptOnCommitment">,
  context: DecideContext,
  intake: Intake,
): Decision => {
  const rules = intakeRulesOf(state.plan);
  const cases = intake.caseIds.flatMap((caseId) => state.cases.get(caseId) ?? []);
  const without = cases.find((one) => !mayCommit(rules, one.itemCode));
  if (without) return refuse("no_commitment", { item: without.itemName });
  const committed = new Set(command.data.committedKeys);
  const lacks = lacksOf(intake);
  const left = { ...lacks, materials: lacks.materials.filter((lack) => !committed.has(lack.key)) };
  if (!isComplete(left)) return refuse("not_complete", { number: intake.number });
  const at = instantOf(command, context);
  const today = dayOfCommand(state, command, context);
  return guarded(state, command, context, intake, [
    accepted(state, intake, at, {
      how: "commitment",
      acceptedDay: today,
      committedKeys: lacks.materials.map((lack) => lack.key),
    }),
    ...cases.map((one) => {
      const result = command.data.results.find((each) => each.caseId === one.id);
      return happened("CaseDecided", at, {
        intakeId: intake.id,
        caseId: one.id,
        departments: [one.department],
        outcome: "granted",
        day: today,
        resultName: result?.resultName ?? null,
        resultNo: result?.resultNo ?? null,
        note: null,
      });
    }),
  ]);
};

const receiveMaterial = (
  state: HallState,
  command: CommandOf<"ReceiveMaterial">,
  context: DecideContext,
  intake: Intake,
): Decision => {
  const { key, receipt } = command.data;
  const material = intake.materials.find((each) => each.key === key);
  if (!material) return refuse("material_unknown", { number: intake.number });
  const of = { intakeId: intake.id, departments: intake.departments };
  const at = instantOf(command, context);
  const events: DomainEvent[] = [happened("MaterialReceived", at, { ...of, key, receipt })];
  if (intake.state === "accepted" && intake.owed !== null) {
    const { keys } = intake.owed;
    const after = intake.materials.map((each) => (each.key === key ? { ...each, receipt } : each));
    const lacking = new Set(lacksOf({ ...intake, materials: after }).materials.map((lack) => lack.key));
    if (!keys.some((owed) => lacking.has(owed))) events.push(happened("OwedMaterialsComplete", at, of));
  }
  return guarded(state, command, context, intake, events);
};

const decideIntake = (
  state: HallState,
  command: CommandOf<IntakeAct>,
  context: DecideContext,
  intake: Intake,
): Decision => {
  const at = instantOf(command, context);
  const of = { intakeId: intake.id, departments: intake.departments };
  const done = (event: DomainEvent): Decision => guarded(state, command, context, intake, [event]);
  switch (command.type) {
    case "ChangeApplicant": {
      const { subject, personKey, applicantId, agentId } = command.data;
      return done(happened("ApplicantChanged", at, { ...of, subject, personKey, applicantId, agentId }));
    }
    case "FillForm": {
      const { formId, formHash, errors } = command.data;
      return done(happened("FormFilled", at, { ...of, formId, formHash, errors }));
    }
    case "ReceiveMaterial":
      return receiveMaterial(state, command, context, intake);
    case "GiveBackMaterial": {
      const { key, reason } = command.data;
      if (!intake.materials.some((each) => each.key === key && each.receipt !== null))
        return refuse("material_unknown", { number: intake.number });
      return done(happened("MaterialGivenBack", at, { ...of, key, reason }));
    }
    case "IssueCorrection":
      return issueCorrection(state, command, context, intake);
    case "AcceptIntake": {
      if (!isComplete(lacksOf(intake))) return refuse("not_complete", { number: intake.number });
      const acceptedDay = dayOfCommand(state, command, context);
      return done(accepted(state, intake, at, { how: "complete", acceptedDay }));
    }
    case "AcceptWithTolerance":
      return acceptWithTolerance(state, command, context, intake);
    case "AcceptOnCommitment":
      return acceptOnCommitment(state, command, context, intake);
    case "RefuseIntake": {
      const { reason, remedies } = command.data;
      const day = dayOfCommand(state, command, context);
      return done(happened("IntakeRefused", at, { ...of, reason, remedies, day }));
    }
    case "WithdrawIntake": {
      const day = dayOfCommand(state, command, context);
      return done(happened("IntakeWithdrawn", at, { ...of, reason: command.data.reason, day }));
    }
    case "TakeIntake":
    case "LeaveIntake": {
      const { clerkId, deviceId } = context.actor;
      const next = changeEditor(state, command, context, intake);
      if (!next.ok || next.value === null) return next.ok ? ok([]) : next;
      const takes = command.type === "TakeIntake";
      return ok([
        happened("IntakeEditorChanged", at, {
          ...of,
          clerkId: takes ? clerkId : null,
          deviceId: takes ? deviceId : null,
          takeOver: next.value.takeOver,
        }),
        ...next.value.anomalies,
      ]);
    }
    default:
      return assertNever(command);
  }
};

/**
 * Whether the editor may change. Nobody's: at once. Somebody else's: with a reason, after the hall's time without an act,
 * or at once by the duty desk. A record goes through with an anomaly.
 * @returns null when nothing changes
 */
const changeEditor = (
  state: HallState,
  command: CommandOf<"TakeIntake" | "LeaveIntake" | "TakeCase" | "LeaveCase">,
  context: DecideContext,
  held: { readonly number: string; readonly editor: Editor | null; readonly touchedAt: number },
): Result<{ readonly takeOver: string | null; readonly anomalies: readonly DomainEvent[] } | null, Refusal> => {
  const { actor } = context;
  if (actor.clerkId === null) return refuse("not_permitted", { type: command.type });
  const { editor } = held;
  const isOwn = editor !== null && editor.clerkId === actor.clerkId;
  if (command.type === "LeaveIntake" || command.type === "LeaveCase")
    return ok(isOwn ? { takeOver: null, anomalies: [] } : null);
  if (isOwn && editor.deviceId === actor.deviceId) return ok(null);
  if (editor === null || isOwn) return ok({ takeOver: null, anomalies: [] });
  const { takeOver } = command.data as CommandOf<"TakeIntake">["data"];
  const silentSince = Math.max(held.touchedAt, editor.since);
  const wait = intakeRulesOf(state.plan).takeOverMinutes;
  const isDutyDesk = actor.role === "desk" && actor.department == null;
  const isFree = isDutyDesk || instantOf(command, context) - silentSince >= wait * 60_000;
  if (isFree && takeOver !== null) return ok({ takeOver, anomalies: [] });
  if (command.mode === "claim") return refuse("being_edited", { number: held.number });
  return ok({ takeOver, anomalies: [anomalyOf(state, command, context, "being_edited")] });
};

const decideDocument = (
  state: HallState,
  command: CommandOf<"IssueDocument" | "SignDocument" | "PrintDocument">,
  context: DecideContext,
): Decision => {
  const found = findIntake(state, command.data.intakeId, null);
  if (!found.ok) return found;
  const intake = found.value;
  const of = { intakeId: intake.id, departments: intake.departments };
  const at = instantOf(command, context);
  const { documentId } = command.data;
  const document = intake.documents.find((each) => each.id === documentId);
  switch (command.type) {
    case "IssueDocument": {
      if (document) return refuse("document_exists", { number: document.number });
      const { caseId, kind, number, textHash, template } = command.data;
      if (caseId !== null && !intake.caseIds.includes(caseId)) return refuse("case_unknown");
      const issued = happened("DocumentIssued", at, { ...of, documentId, caseId, kind, number, textHash, template });
      if (!intake.documents.some((each) => each.number === number && each.kind === kind)) return ok([issued]);
      if (command.mode === "claim") return refuse("document_exists", { number });
      return ok([issued, anomalyOf(state, command, context, "document_exists")]);
    }
    case "SignDocument": {
      if (!document) return refuse("document_unknown");
      const { signatureHash, textHash, by } = command.data;
      // A signature holds for the text that was shown, and for no other.
      if (textHash !== document.textHash) return refuse("signed_other_text", { number: document.number });
      return ok([happened("DocumentSigned", at, { ...of, documentId, signatureHash, by })]);
    }
    case "PrintDocument": {
      if (!document) return refuse("document_unknown");
      const copy = document.prints.filter((print) => print.outcome === "printed").length;
      return ok([happened("DocumentPrinted", at, { ...of, documentId, outcome: command.data.outcome, copy })]);
    }
    default:
      return assertNever(command);
  }
};

/** Whether the receiver has signed this case's slip with this signature. */
const isSlipSigned = (state: HallState, { id, intakeId }: Case, signatureHash: string | null): boolean =>
  state.intakes
    .get(intakeId)
    ?.documents.some(
      ({ kind, caseId, signature }) =>
        kind === "handOutSlip" && caseId === id && signature !== null && signature.hash === signatureHash,
    ) === true;

const decideCaseAct = (
  state: HallState,
  command: CommandOf<CaseAct | "SetPlatformNumber">,
  context: DecideContext,
): Decision => {
  const act = command.type === "SetPlatformNumber" ? null : command.type;
  const found = findCase(state, command.data.caseId, context, act);
  if (!found.ok) return found;
  const one = found.value;
  const at = instantOf(command, context);
  const day = dayOfCommand(state, command, context);
  const of = { intakeId: one.intakeId, caseId: one.id, departments: [one.department] };
  const done = (event: DomainEvent): Decision => guarded(state, command, context, one, [event]);
  switch (command.type) {
    case "SetPlatformNumber":
      return ok(
        one.platformNo === command.data.platformNo
          ? []
          : [happened("PlatformNumberSet", at, { ...of, platformNo: command.data.platformNo })],
      );
    case "TakeCase":
    case "LeaveCase": {
      const next = changeEditor(state, command, context, one);
      if (!next.ok || next.value === null) return next.ok ? ok([]) : next;
      const takes = command.type === "TakeCase";
      const { clerkId, deviceId } = context.actor;
      return ok([
        happened("CaseEditorChanged", at, {
          ...of,
          clerkId: takes ? clerkId : null,
          deviceId: takes ? deviceId : null,
          takeOver: next.value.takeOver,
        }),
        ...next.value.anomalies,
      ]);
    }
    case "ReturnCase":
      return done(happened("CaseReturned", at, { ...of, reason: command.data.reason }));
    case "ResubmitCase":
      return done(happened("CaseResubmitted", at, { ...of, note: command.data.note }));
    case "StartSpecialProcedure": {
      const { kind, reason } = command.data;
      return done(happened("SpecialProcedureStarted", at, { ...of, kind, reason, day }));
    }
    case "EndSpecialProcedure": {
      const pauses = one.procedures.map((procedure) =>
        procedure.end === null
          ? { start: procedure.start, end: day < procedure.start ? procedure.start : day }
          : procedure,
      );
      const due = settledDue(one, one.acceptedDay ?? day, state.plan, pauses);
      const last = pauses.at(-1)?.end ?? day;
      return done(happened("SpecialProcedureEnded", at, { ...of, result: command.data.result, day: last, due }));
    }
    case "DecideCase": {
      // Behind the counter, but for what is decided on the spot.
      if (context.actor.role === "window" && !one.onTheSpot)
        return refuse("decided_by_department", { number: one.number, department: one.department });
      const { outcome, resultName, resultNo, note } = command.data;
      return done(happened("CaseDecided", at, { ...of, outcome, day, resultName, resultNo, note }));
    }
    case "HandOutResult": {
      const owed = state.intakes.get(one.intakeId)?.owed;
      if (owed) return refuse("materials_owed", { number: one.number, day: owed.by });
      const { way, to, courier, counterId, signatureHash } = command.data;
      const handedOut = happened("ResultHandedOut", at, { ...of, way, to, courier, counterId, signatureHash, day });
      if (way === "courier" || isSlipSigned(state, one, signatureHash)) return ok([handedOut]);
      if (command.mode === "claim") return refuse("not_signed", { number: one.number });
      return ok([handedOut, anomalyOf(state, command, context, "not_signed")]);
    }
    case "ConfirmDelivery":
      return ok([happened("ResultDelivered", at, { ...of, day })]);
    default:
      return assertNever(command);
  }
};

/** Decides everything about intakes and cases. */
export const decideCase = (state: HallState, command: CaseCommand, context: DecideContext): Decision => {
  switch (command.type) {
    case "LeaseCaseNumbers":
      return leaseCaseNumbers(state, context);
    case "OpenIntake":
      return openIntake(state, command, context);
    case "IssueDocument":
    case "SignDocument":
    case "PrintDocument":
      return decideDocument(state, command, context);
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
      return decideCaseAct(state, command, context);
    default: {
      const intake = findIntake(state, command.data.intakeId, command.type);
      return intake.ok ? decideIntake(state, command, context, intake.value) : intake;
    }
  }
};
