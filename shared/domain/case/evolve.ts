import { assertNever } from "../../basics/assert-never.ts";
import { addDays, type Day } from "../../basics/time.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { HallState } from "../hall/state.ts";
import { isCaseEventType, type CaseEventType } from "./events.ts";
import type { Case, Intake } from "./intake.ts";
import type { IntakeMaterial } from "./material.ts";

export type CaseEvent = Extract<DomainEvent, { type: CaseEventType }>;

export const isCaseEvent = (event: DomainEvent): event is CaseEvent => isCaseEventType(event.type);

/** What the hall's fold offers: maps that are copied before their first change. */
export interface CaseDraft {
  readonly next: { caseLeases: HallState["caseLeases"] } & Pick<HallState, "intakes" | "cases">;
  map<K extends "intakes" | "cases">(
    key: K,
  ): HallState[K] extends ReadonlyMap<string, infer V> ? Map<string, V> : never;
}

/** Cases stay in the state for so many days after they ended; later the center's read tables tell of them. */
const ENDED_DAYS_KEPT = 30;

const change = (draft: CaseDraft, event: CaseEvent, intakeId: string, what: Partial<Intake>): void => {
  const intake = draft.next.intakes.get(intakeId);
  if (intake) draft.map("intakes").set(intakeId, { ...intake, touchedAt: event.at, ...what });
};

const changeCase = (draft: CaseDraft, event: CaseEvent, caseId: string, what: Partial<Case>): void => {
  const one = draft.next.cases.get(caseId);
  if (one) draft.map("cases").set(caseId, { ...one, touchedAt: event.at, ...what });
};

const changeMaterial = (
  draft: CaseDraft,
  event: CaseEvent,
  intakeId: string,
  key: string,
  what: Partial<IntakeMaterial>,
): void => {
  const intake = draft.next.intakes.get(intakeId);
  if (!intake) return;
  change(draft, event, intakeId, {
    materials: intake.materials.map((material) => (material.key === key ? { ...material, ...what } : material)),
  });
};

const changeDocument = (
  draft: CaseDraft,
  event: CaseEvent,
  intakeId: string,
  documentId: string,
  what: (document: Intake["documents"][number]) => Partial<Intake["documents"][number]>,
): void => {
  const intake = draft.next.intakes.get(intakeId);
  if (!intake) return;
  change(draft, event, intakeId, {
    documents: intake.documents.map((document) =>
      document.id === documentId ? { ...document, ...what(document) } : document,
    ),
  });
};

const endAll = (
  draft: CaseDraft,
  event: CaseEvent,
  intakeId: string,
  state: "refused" | "withdrawn",
  day: Day,
): void => {
  for (const caseId of draft.next.intakes.get(intakeId)?.caseIds ?? [])
    changeCase(draft, event, caseId, { state, endedDay: day, editor: null });
};

/** Drops what ended long ago: case by case, so that a department that sees only some of an intake's drops the same. */
export const dropEndedCases = (draft: CaseDraft, today: Day): void => {
  const oldest = addDays(today, -ENDED_DAYS_KEPT);
  for (const one of [...draft.next.cases.values()]) {
    if (one.endedDay === null || one.endedDay >= oldest) continue;
    draft.map("cases").delete(one.id);
    const intake = draft.next.intakes.get(one.intakeId);
    if (!intake) continue;
    const caseIds = intake.caseIds.filter((caseId) => caseId !== one.id);
    if (caseIds.length > 0) draft.map("intakes").set(intake.id, { ...intake, caseIds });
    else draft.map("intakes").delete(intake.id);
  }
};

/** The effect of one event on intakes and cases. Never fails on a known event. */
export const applyCase = (draft: CaseDraft, event: CaseEvent): void => {
  const state = draft.next;
  switch (event.type) {
    case "CaseNumbersLeased": {
      const { deviceId, from, to } = event.data;
      // The used-up ones of a terminal may go when it has a higher one: the highest tells where the next block begins.
      state.caseLeases = [
        ...state.caseLeases.filter((lease) => lease.deviceId !== deviceId || lease.next <= lease.to),
        { deviceId, from, to, next: from },
      ];
      return;
    }
    case "IntakeOpened": {
      const { intakeId, number, serial, receivedDay, departments, items, materials } = event.data;
      const { ticketId, counterId, clerkId, deviceId, subject, personKey, applicantId, agentId } = event.data;
      if (serial !== null && state.caseLeases.some((lease) => lease.next <= serial && serial <= lease.to))
        state.caseLeases = state.caseLeases.map((lease) =>
          lease.next <= serial && serial <= lease.to ? { ...lease, next: serial + 1 } : lease,
        );
      for (const item of items) {
        const { caseId, itemCode, itemName, department, kind, onTheSpot, legalLimit, promisedLimit } = item;
        draft.map("cases").set(caseId, {
          id: caseId,
          number: item.number,
          platformNo: null,
          intakeId,
          itemCode,
          itemName,
          department,
          kind,
          onTheSpot,
          legalLimit,
          promisedLimit,
          state: "intake",
          acceptedDay: null,
          acceptedAt: null,
          due: null,
          procedures: [],
          returns: [],
          editor: null,
          touchedAt: event.at,
          decision: null,
          handOut: null,
          endedDay: null,
        });
      }
      draft.map("intakes").set(intakeId, {
        id: intakeId,
        number,
        state: "open",
        ticketId,
        counterId,
        clerkId,
        subject,
        personKey,
        applicantId,
        agentId,
        package: event.data.package,
        caseIds: items.map((item) => item.caseId),
        departments,
        receivedDay,
        openedAt: event.at,
        touchedAt: event.at,
        formId: null,
        formHash: null,
        formErrors: [],
        materials: materials.map((material) => ({ ...material, receipt: null, receivedAt: null })),
        corrections: [],
        acceptedHow: null,
        acceptedDay: null,
        owed: null,
        committedKeys: [],
        refusal: null,
        documents: [],
        editor: { clerkId, deviceId, since: event.at },
      });
      return;
    }
    case "ApplicantChanged": {
      const { intakeId, subject, personKey, applicantId, agentId } = event.data;
      return change(draft, event, intakeId, { subject, personKey, applicantId, agentId });
    }
    case "FormFilled": {
      const { intakeId, formId, formHash, errors } = event.data;
      return change(draft, event, intakeId, { formId, formHash, formErrors: errors });
    }
    case "MaterialReceived": {
      const { intakeId, key, receipt } = event.data;
      return changeMaterial(draft, event, intakeId, key, { receipt, receivedAt: event.at });
    }
    case "MaterialGivenBack":
      return changeMaterial(draft, event, event.data.intakeId, event.data.key, { receipt: null, receivedAt: null });
    case "CorrectionIssued": {
      const { intakeId, correctionId, materials, formErrors, formMissing, repeatReason } = event.data;
      const correction = { id: correctionId, at: event.at, materials, formErrors, formMissing, repeatReason };
      const corrections = [...(state.intakes.get(intakeId)?.corrections ?? []), correction];
      return change(draft, event, intakeId, { state: "correcting", corrections, editor: null });
    }
    case "IntakeAccepted": {
      const { intakeId, how, acceptedDay, due, owed, committedKeys } = event.data;
      change(draft, event, intakeId, {
        state: "accepted",
        acceptedHow: how,
        acceptedDay,
        owed,
        committedKeys,
        editor: null,
      });
      for (const each of due)
        changeCase(draft, event, each.caseId, {
          state: "inTray",
          acceptedDay,
          acceptedAt: event.at,
          due: each.due,
          editor: null,
        });
      return;
    }
    case "OwedMaterialsComplete":
      return change(draft, event, event.data.intakeId, { owed: null });
    case "IntakeRefused": {
      const { intakeId, reason, remedies, day } = event.data;
      endAll(draft, event, intakeId, "refused", day);
      return change(draft, event, intakeId, {
        state: "refused",
        refusal: { reason, remedies },
        editor: null,
      });
    }
    case "IntakeWithdrawn": {
      const { intakeId, day } = event.data;
      endAll(draft, event, intakeId, "withdrawn", day);
      return change(draft, event, intakeId, { state: "withdrawn", editor: null });
    }
    case "DocumentIssued": {
      const { intakeId, documentId, caseId, kind, number, textHash, template } = event.data;
      const documents = [
        ...(state.intakes.get(intakeId)?.documents ?? []),
        {
          id: documentId,
          kind,
          number,
          caseId,
          issuedAt: event.at,
          textHash,
          template,
          signature: null,
          prints: [],
        },
      ];
      return change(draft, event, intakeId, { documents });
    }
    case "DocumentSigned": {
      const { intakeId, documentId, signatureHash, by } = event.data;
      const signature = { hash: signatureHash, by, at: event.at };
      return changeDocument(draft, event, intakeId, documentId, () => ({ signature }));
    }
    case "DocumentPrinted": {
      const { intakeId, documentId, outcome, copy } = event.data;
      return changeDocument(draft, event, intakeId, documentId, ({ prints }) => ({
        prints: [...prints, { at: event.at, outcome, copy }],
      }));
    }
    case "IntakeEditorChanged": {
      const { intakeId, clerkId, deviceId } = event.data;
      const editor = clerkId === null ? null : { clerkId, deviceId, since: event.at };
      return change(draft, event, intakeId, { editor });
    }
    case "CaseEditorChanged": {
      const { caseId, clerkId, deviceId } = event.data;
      const editor = clerkId === null ? null : { clerkId, deviceId, since: event.at };
      return changeCase(draft, event, caseId, { editor });
    }
    case "PlatformNumberSet":
      return changeCase(draft, event, event.data.caseId, { platformNo: event.data.platformNo });
    case "CaseReturned": {
      const { caseId, reason } = event.data;
      const returns = [...(state.cases.get(caseId)?.returns ?? []), { at: event.at, reason }];
      return changeCase(draft, event, caseId, { state: "returned", returns, editor: null });
    }
    case "CaseResubmitted":
      return changeCase(draft, event, event.data.caseId, { state: "inTray" });
    case "SpecialProcedureStarted": {
      const { caseId, kind, reason, day } = event.data;
      const one = state.cases.get(caseId);
      return changeCase(draft, event, caseId, {
        state: "special",
        procedures: [...(one?.procedures ?? []), { kind, reason, start: day, end: null, result: null }],
        due: one?.due ? { ...one.due, promised: null, legal: null } : null,
      });
    }
    case "SpecialProcedureEnded": {
      const { caseId, result, day, due } = event.data;
      const procedures = (state.cases.get(caseId)?.procedures ?? []).map((procedure) =>
        procedure.end === null ? { ...procedure, end: day, result } : procedure,
      );
      return changeCase(draft, event, caseId, { state: "inTray", procedures, due });
    }
    case "CaseDecided": {
      const { caseId, outcome, day, resultName, resultNo, note } = event.data;
      const decision = { outcome, at: event.at, day, resultName, resultNo, note };
      return changeCase(
        draft,
        event,
        caseId,
        outcome === "withdrawn"
          ? { state: "withdrawn", decision, editor: null, endedDay: day }
          : { state: "decided", decision, editor: null },
      );
    }
    case "ResultHandedOut": {
      const { caseId, way, counterId, to, courier, signatureHash, day } = event.data;
      const handOut = { at: event.at, way, counterId, to, courier, signatureHash };
      if (way === "courier") return changeCase(draft, event, caseId, { state: "sent", handOut });
      return changeCase(draft, event, caseId, { state: "handedOut", handOut, endedDay: day });
    }
    case "ResultDelivered": {
      const { caseId, day } = event.data;
      return changeCase(draft, event, caseId, { state: "delivered", endedDay: day });
    }
    default:
      return assertNever(event);
  }
};
