import type { Day } from "../../basics/time.ts";
import type {
  AcceptedHow,
  AppliedItem,
  CaseOutcome,
  Correction,
  DocumentKind,
  DueDays,
  FormError,
  HandOut,
  Intake,
  Procedure,
  Signer,
} from "./intake.ts";
import type { Receipt, Requirement } from "./material.ts";

/** Whose trays it concerns: how the node knows which departments may see it. */
interface OfIntake {
  intakeId: string;
  departments: readonly string[];
}

interface OfCase extends OfIntake {
  caseId: string;
}

/** What happens to intakes and cases; `docs/actions.md` tells each in words. */
export interface CaseEventData {
  CaseNumbersLeased: { deviceId: string; from: number; to: number };
  IntakeOpened: OfIntake & {
    number: string;
    serial: number | null;
    receivedDay: Day;
    ticketId: string | null;
    counterId: string;
    clerkId: string | null;
    deviceId: string | null;
    subject: Intake["subject"];
    personKey: string | null;
    applicantId: string;
    agentId: string | null;
    package: Intake["package"];
    items: (AppliedItem & { number: string })[];
    materials: Requirement[];
  };
  ApplicantChanged: OfIntake & {
    subject: Intake["subject"];
    personKey: string | null;
    applicantId: string;
    agentId: string | null;
  };
  FormFilled: OfIntake & { formId: string; formHash: string; errors: FormError[] };
  MaterialReceived: OfIntake & { key: string; receipt: Receipt };
  MaterialGivenBack: OfIntake & { key: string; reason: string };
  CorrectionIssued: OfIntake & Omit<Correction, "id" | "at"> & { correctionId: string };
  IntakeAccepted: OfIntake & {
    how: AcceptedHow;
    acceptedDay: Day;
    due: { caseId: string; due: DueDays }[];
    owed: Intake["owed"];
    committedKeys: readonly string[];
  };
  /** All that was owed after a tolerance has come in. */
  OwedMaterialsComplete: OfIntake;
  IntakeRefused: OfIntake & { reason: string; remedies: readonly string[]; day: Day };
  IntakeWithdrawn: OfIntake & { reason: string; day: Day };
  DocumentIssued: OfIntake & {
    documentId: string;
    caseId: string | null;
    kind: DocumentKind;
    number: string;
    textHash: string;
    template: string;
  };
  DocumentSigned: OfIntake & { documentId: string; signatureHash: string; by: Signer };
  DocumentPrinted: OfIntake & { documentId: string; outcome: "printed" | "failed"; copy: number };
  /** `clerkId` null: nobody edits it now. */
  IntakeEditorChanged: OfIntake & { clerkId: string | null; deviceId: string | null; takeOver: string | null };
  CaseEditorChanged: OfCase & { clerkId: string | null; deviceId: string | null; takeOver: string | null };
  PlatformNumberSet: OfCase & { platformNo: string };
  CaseReturned: OfCase & { reason: string };
  CaseResubmitted: OfCase & { note: string };
  SpecialProcedureStarted: OfCase & { kind: Procedure; reason: string; day: Day };
  SpecialProcedureEnded: OfCase & { result: string; day: Day; due: DueDays };
  CaseDecided: OfCase & {
    outcome: CaseOutcome;
    day: Day;
    resultName: string | null;
    resultNo: string | null;
    note: string | null;
  };
  ResultHandedOut: OfCase & Omit<HandOut, "at"> & { day: Day };
  ResultDelivered: OfCase & { day: Day };
}

export type CaseEventType = keyof CaseEventData;

/** Versions of the event types, for `upcast.ts`. */
export const caseEventVersions: Readonly<Record<CaseEventType, 1>> = {
  CaseNumbersLeased: 1,
  IntakeOpened: 1,
  ApplicantChanged: 1,
  FormFilled: 1,
  MaterialReceived: 1,
  MaterialGivenBack: 1,
  CorrectionIssued: 1,
  IntakeAccepted: 1,
  OwedMaterialsComplete: 1,
  IntakeRefused: 1,
  IntakeWithdrawn: 1,
  DocumentIssued: 1,
  DocumentSigned: 1,
  DocumentPrinted: 1,
  IntakeEditorChanged: 1,
  CaseEditorChanged: 1,
  PlatformNumberSet: 1,
  CaseReturned: 1,
  CaseResubmitted: 1,
  SpecialProcedureStarted: 1,
  SpecialProcedureEnded: 1,
  CaseDecided: 1,
  ResultHandedOut: 1,
  ResultDelivered: 1,
};

/** Whether an event is one of these. */
export const isCaseEventType = (type: string): type is CaseEventType => Object.hasOwn(caseEventVersions, type);
