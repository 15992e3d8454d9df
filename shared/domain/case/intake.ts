import { z } from "zod";
import { idSchema as id } from "../../basics/id.ts";
import type { Day } from "../../basics/time.ts";
import { type subjectSchema, timeLimitSchema } from "../catalogue/catalogue.ts";
import type { Pause } from "../deadline/deadline.ts";
import { materialLacks, type IntakeMaterial, type MaterialLack } from "./material.ts";

/** A service item that is applied for, as the catalogue had it at that time. */
export const appliedItemSchema = z.object({
  /** Id of the case that stands behind it. */
  caseId: id,
  itemCode: z.string().min(1).max(64),
  itemName: z.string().min(1).max(200),
  /** Whose tray the case goes to. */
  department: z.string().min(1).max(100),
  /** 行政许可, 公共服务 … as published. */
  kind: z.string().min(1).max(40),
  /** 即办件: decided at the counter. */
  onTheSpot: z.boolean(),
  legalLimit: timeLimitSchema.nullable(),
  promisedLimit: timeLimitSchema.nullable(),
});
export type AppliedItem = Readonly<z.infer<typeof appliedItemSchema>>;

/** An error of the form: where, and what is wrong, in the words shown to the applicant. Never what was typed. */
export const formErrorSchema = z.object({
  field: z.string().min(1).max(120),
  title: z.string().min(1).max(100),
  problem: z.string().min(1).max(200),
});
export type FormError = Readonly<z.infer<typeof formErrorSchema>>;

/** 受理通知书, 补正告知书, 不予受理通知书, 容缺承诺书 … The first three have the national codes 001, 002, 003. */
export const documentKinds = [
  "acceptance",
  "correction",
  "refusal",
  "toleranceLetter",
  "toleranceNotice",
  "commitmentLetter",
  "materialReceipt",
  "specialProcedure",
  "decision",
  "handOutSlip",
] as const;
export const documentKindSchema = z.enum(documentKinds);
export type DocumentKind = z.infer<typeof documentKindSchema>;

export interface DocumentPrint {
  readonly at: number;
  readonly outcome: "printed" | "failed";
  /** 0: the original; from 1 on copies, marked as such. */
  readonly copy: number;
}

/** A document given to the applicant. Its text is not in the log, only its hash. */
export interface IssuedDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string;
  /** Null: about the whole intake. */
  readonly caseId: string | null;
  readonly issuedAt: number;
  readonly textHash: string;
  readonly template: string;
  readonly signature: { readonly hash: string; readonly by: Signer; readonly at: number } | null;
  readonly prints: readonly DocumentPrint[];
}

export const signerSchema = z.enum(["applicant", "agent", "clerk"]);
export type Signer = z.infer<typeof signerSchema>;

/** A one-time notification (一次性告知): everything that was missing then. */
export interface Correction {
  readonly id: string;
  readonly at: number;
  readonly materials: readonly MaterialLack[];
  readonly formErrors: readonly FormError[];
  readonly formMissing: boolean;
  /** Why there had to be another one; null on the first. */
  readonly repeatReason: string | null;
}

/** Who has it open for editing. */
export interface Editor {
  readonly clerkId: string | null;
  readonly deviceId: string | null;
  readonly since: number;
}

/** "late": the time for telling what is missing ran out, so it counts as accepted from the day of receipt. */
export type AcceptedHow = "complete" | "tolerance" | "commitment" | "late";

export type IntakeState = "open" | "correcting" | "accepted" | "refused" | "withdrawn";

/** What an intake has come to: nothing at the counter changes its form any more. */
export type IntakeEnd = Exclude<IntakeState, "open" | "correcting">;

/** @returns what an intake has come to; null while the counter may still work on it */
export const intakeEndOf = ({ state }: Pick<Intake, "state">): IntakeEnd | null =>
  state === "open" || state === "correcting" ? null : state;

/** What an applicant brought to the counter (收件): one form, one list of materials, one acceptance. */
export interface Intake {
  readonly id: string;
  readonly number: string;
  readonly state: IntakeState;
  readonly ticketId: string | null;
  readonly counterId: string;
  readonly clerkId: string | null;
  readonly subject: z.infer<typeof subjectSchema>;
  /** Keyed hash of the ID or credit code, to find the same applicant's cases; made by the node and known to it only. */
  readonly personKey: string | null;
  /** Personal records beside the log (`applicantSchema`). */
  readonly applicantId: string;
  readonly agentId: string | null;
  readonly package: { readonly id: string; readonly name: string } | null;
  readonly caseIds: readonly string[];
  readonly departments: readonly string[];
  /** The day on which it was received: the time for telling what is missing runs from it. */
  readonly receivedDay: Day;
  readonly openedAt: number;
  /** Newest act on it. */
  readonly touchedAt: number;
  readonly formId: string | null;
  readonly formHash: string | null;
  readonly formErrors: readonly FormError[];
  readonly materials: readonly IntakeMaterial[];
  readonly corrections: readonly Correction[];
  readonly acceptedHow: AcceptedHow | null;
  readonly acceptedDay: Day | null;
  /** Until when the missing ones of a tolerance are to be brought; null when none are owed any more. */
  readonly owed: { readonly keys: readonly string[]; readonly by: Day } | null;
  /** Materials that the applicant's commitment stands for. */
  readonly committedKeys: readonly string[];
  readonly refusal: { readonly reason: string; readonly remedies: readonly string[] } | null;
  readonly documents: readonly IssuedDocument[];
  readonly editor: Editor | null;
}

/** Everything that a one-time notification must tell. */
export interface Lacks {
  readonly materials: readonly MaterialLack[];
  readonly formErrors: readonly FormError[];
  /** The form was not filled in at all. */
  readonly formMissing: boolean;
}

/** What still stands between an intake and its acceptance. */
export const lacksOf = (intake: Pick<Intake, "materials" | "formErrors" | "formId">): Lacks => ({
  materials: materialLacks(intake.materials),
  formErrors: intake.formErrors,
  formMissing: intake.formId === null,
});

export const isComplete = (lacks: Lacks): boolean =>
  lacks.materials.length === 0 && lacks.formErrors.length === 0 && !lacks.formMissing;

/** Lacking nothing but what may follow: fit for 容缺受理. */
export const isTolerable = (lacks: Lacks): boolean =>
  lacks.materials.length > 0 &&
  lacks.materials.every((lack) => lack.necessity === 3) &&
  lacks.formErrors.length === 0 &&
  !lacks.formMissing;

/** intake → inTray ⇄ returned, inTray ⇄ special, inTray → decided → handedOut, or → sent → delivered. */
export type CaseState =
  | "intake"
  | "refused"
  | "withdrawn"
  | "inTray"
  | "returned"
  | "special"
  | "decided"
  | "sent"
  | "delivered"
  | "handedOut";

export const caseOutcomes = ["granted", "denied", "withdrawn", "terminated"] as const;
export const caseOutcomeSchema = z.enum(caseOutcomes);
export type CaseOutcome = z.infer<typeof caseOutcomeSchema>;

/** The ways that stop the clock (行政许可法 第四十五条), in the order of the national codes. */
export const procedures = [
  "hearing",
  "tender",
  "auction",
  "inspection",
  "testing",
  "quarantine",
  "appraisal",
  "expertReview",
  "correction",
  "other",
] as const;
export const procedureSchema = z.enum(procedures);
export type Procedure = z.infer<typeof procedureSchema>;

export interface SpecialProcedure extends Pause {
  readonly kind: Procedure;
  readonly reason: string;
  readonly result: string | null;
}

/** Due days; null without a limit, while the clock is stopped, or with `unknownYear`. */
export interface DueDays {
  readonly promised: Day | null;
  readonly legal: Day | null;
  /** The calendar of this year was not known when it was worked out. */
  readonly unknownYear: number | null;
  /** First day of the yellow light by the hall's rule of that day, for who has no plan at hand; absent in older logs. */
  readonly yellow?: Day | null;
}

export interface HandOut {
  readonly at: number;
  readonly way: "counter" | "courier";
  readonly counterId: string | null;
  readonly to: "applicant" | "agent";
  readonly courier: { readonly company: string; readonly trackingNo: string } | null;
  readonly signatureHash: string | null;
}

/** One service item applied for (办件): what the department works on. */
export interface Case {
  readonly id: string;
  readonly number: string;
  /** Its number on the national or provincial platform. */
  readonly platformNo: string | null;
  readonly intakeId: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly department: string;
  readonly kind: string;
  readonly onTheSpot: boolean;
  readonly legalLimit: AppliedItem["legalLimit"];
  readonly promisedLimit: AppliedItem["promisedLimit"];
  readonly state: CaseState;
  readonly acceptedDay: Day | null;
  readonly acceptedAt: number | null;
  readonly due: DueDays | null;
  readonly procedures: readonly SpecialProcedure[];
  readonly returns: readonly { readonly at: number; readonly reason: string }[];
  readonly editor: Editor | null;
  readonly touchedAt: number;
  readonly decision: {
    readonly outcome: CaseOutcome;
    readonly at: number;
    readonly day: Day;
    readonly resultName: string | null;
    readonly resultNo: string | null;
    readonly note: string | null;
  } | null;
  readonly handOut: HandOut | null;
  readonly endedDay: Day | null;
}

/** Serials of the hall that one terminal may give to its intakes without asking; `next` is the first free one. */
export interface CaseNumberLease {
  readonly deviceId: string;
  readonly from: number;
  readonly to: number;
  readonly next: number;
}
