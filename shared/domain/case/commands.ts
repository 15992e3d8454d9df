import { z } from "zod";
import { idSchema as id } from "../../basics/id.ts";
import { subjectSchema } from "../catalogue/catalogue.ts";
import {
  appliedItemSchema,
  caseOutcomeSchema,
  documentKindSchema,
  formErrorSchema,
  procedureSchema,
  signerSchema,
} from "./intake.ts";
import { receiptSchema, requirementSchema } from "./material.ts";

const counterId = z.string().min(1).max(8);
const day = z.iso.date();
const reason = z.string().trim().min(1).max(200);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const intakeId = id;
const caseId = id;

/** What is done with intakes and cases; see `docs/actions.md`. */
export const caseCommandSchemas = {
  /** More serials for this terminal, for the time without a network. */
  LeaseCaseNumbers: z.object({}),
  OpenIntake: z.object({
    intakeId,
    /** The next of this terminal's leased serials; null when it has none: the number then comes from the id. */
    serial: z.int().min(1).nullable(),
    ticketId: id.nullable(),
    counterId,
    subject: subjectSchema,
    personKey: z.string().max(64).nullable(),
    applicantId: id,
    agentId: id.nullable(),
    package: z.object({ id, name: z.string().min(1).max(200) }).nullable(),
    items: z.array(appliedItemSchema).min(1).max(20),
    materials: z.array(requirementSchema).max(200),
  }),
  ChangeApplicant: z.object({
    intakeId,
    subject: subjectSchema,
    personKey: z.string().max(64).nullable(),
    applicantId: id,
    agentId: id.nullable(),
  }),
  FillForm: z.object({ intakeId, formId: id, formHash: hash, errors: z.array(formErrorSchema).max(200) }),
  ReceiveMaterial: z.object({ intakeId, key: z.string().min(1).max(64), receipt: receiptSchema }),
  GiveBackMaterial: z.object({ intakeId, key: z.string().min(1).max(64), reason }),

  IssueCorrection: z.object({ intakeId, correctionId: id, repeatReason: reason.nullable() }),
  AcceptIntake: z.object({ intakeId }),
  AcceptWithTolerance: z.object({
    intakeId,
    by: day,
    /** "unrepaired" bad credit rules it out. */
    credit: z.enum(["clear", "repaired", "unrepaired"]),
  }),
  AcceptOnCommitment: z.object({
    intakeId,
    /** Materials that the signed letter stands for. */
    committedKeys: z.array(z.string().min(1).max(64)).max(200),
    results: z
      .array(
        z.object({
          caseId,
          resultName: z.string().max(200).nullable(),
          resultNo: z.string().max(100).nullable(),
        }),
      )
      .max(20),
  }),
  RefuseIntake: z.object({ intakeId, reason, remedies: z.array(z.string().trim().min(1).max(200)).min(1).max(10) }),
  WithdrawIntake: z.object({ intakeId, reason }),

  IssueDocument: z.object({
    intakeId,
    caseId: caseId.nullable(),
    documentId: id,
    kind: documentKindSchema,
    number: z.string().min(1).max(80),
    /** SHA-256 of the text as printed. */
    textHash: hash,
    /** Which template and version made it. */
    template: z.string().min(1).max(60),
  }),
  SignDocument: z.object({
    intakeId,
    documentId: id,
    /** SHA-256 of the signature bound to `textHash`; the picture lies with the files. */
    signatureHash: hash,
    textHash: hash,
    by: signerSchema,
  }),
  PrintDocument: z.object({ intakeId, documentId: id, outcome: z.enum(["printed", "failed"]) }),

  /** Become the editor; `takeOver` tells why when somebody else is. */
  TakeIntake: z.object({ intakeId, takeOver: reason.nullable() }),
  LeaveIntake: z.object({ intakeId }),
  TakeCase: z.object({ caseId, takeOver: reason.nullable() }),
  LeaveCase: z.object({ caseId }),

  SetPlatformNumber: z.object({ caseId, platformNo: z.string().trim().min(1).max(50) }),
  ReturnCase: z.object({ caseId, reason }),
  ResubmitCase: z.object({ caseId, note: z.string().trim().max(200) }),
  StartSpecialProcedure: z.object({ caseId, kind: procedureSchema, reason }),
  EndSpecialProcedure: z.object({ caseId, result: z.string().trim().max(200) }),
  DecideCase: z.object({
    caseId,
    outcome: caseOutcomeSchema,
    resultName: z.string().trim().min(1).max(200).nullable(),
    resultNo: z.string().trim().min(1).max(100).nullable(),
    note: z.string().trim().min(1).max(500).nullable(),
  }),
  HandOutResult: z
    .object({
      caseId,
      counterId: counterId.nullable(),
      way: z.enum(["counter", "courier"]),
      to: z.enum(["applicant", "agent"]),
      courier: z
        .object({ company: z.string().trim().min(1).max(60), trackingNo: z.string().trim().min(1).max(60) })
        .nullable(),
      /** Of the slip signed at the counter. */
      signatureHash: hash.nullable(),
    })
    .refine((data) => (data.way === "courier") === (data.courier !== null), "a courier has a tracking number"),
  ConfirmDelivery: z.object({ caseId }),
} as const;

export type CaseCommandType = keyof typeof caseCommandSchemas;
