import { z } from "zod";
import { sha256Hex } from "../../../../shared/basics/sha256.ts";
import { canonicalJson } from "../../../../shared/basics/canonical-json.ts";
import type { Applicant } from "../../../../shared/domain/case/applicant.ts";
import {
  appliedItemSchema,
  lacksOf,
  type FormError,
  type Intake,
  type Lacks,
} from "../../../../shared/domain/case/intake.ts";
import { receiptSchema, requirementSchema, type Receipt } from "../../../../shared/domain/case/material.ts";
import { subjectSchema, type Catalogue } from "../../../../shared/domain/catalogue/catalogue.ts";
import { appliedForm } from "../../../../shared/domain/form/applied-form.ts";
import { applicantSection, type FormSection } from "../../../../shared/domain/form/case-form.ts";
import { checkForm, tidyValues, type FormFault } from "../../../../shared/domain/form/check-form.ts";

/**
 * What a clerk has typed and received so far for one intake. It rests sealed on this terminal, in every state, until the
 * intake is over; the hall's log knows nothing of it before the first outcome.
 */
export const draftSchema = z.object({
  intakeId: z.string(),
  startedAt: z.number(),
  touchedAt: z.number(),
  counterId: z.string(),
  ticketId: z.string().nullable(),
  subject: subjectSchema,
  package: z.object({ id: z.string(), name: z.string() }).nullable(),
  items: z.array(appliedItemSchema),
  requirements: z.array(requirementSchema),
  form: z.record(z.string(), z.record(z.string(), z.unknown())),
  identity: z.object({
    source: z.enum(["reader", "qr", "typed"]),
    overrideReason: z.string().nullable(),
  }),
  receipts: z.record(z.string(), receiptSchema),
  /** What was authorised, by the id of its personal record. */
  licences: z.record(z.string(), z.string()),
  /** `hallMarkOf` the intake when this draft last said the same as the hall; null before the first outcome. */
  hallMark: z.string().nullable().default(null),
  /** `peopleMarkOf` the draft when the hall was last told who applies; null before the first outcome. */
  peopleMark: z.string().nullable().default(null),
});
export type Draft = Readonly<z.infer<typeof draftSchema>>;

/** The form of a draft, out of the catalogue that the terminal has now. */
export const formOf = (
  { items, package: pack, subject }: Pick<Draft, "items" | "package" | "subject">,
  catalogue: Catalogue,
) => appliedForm({ itemCodes: items.map(({ itemCode }) => itemCode), packageId: pack?.id ?? null, subject }, catalogue);

const text = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** Who applies, as typed; null while name or number is missing. */
export const applicantOf = (draft: Draft): Applicant | null => {
  const values = draft.form[applicantSection[draft.subject]] ?? {};
  const isPerson = draft.subject === "person";
  const name = text(values["name"]);
  const idNo = text(values[isPerson ? "idNumber" : "creditCode"]);
  if (name === "" || idNo === "") return null;
  return {
    kind: isPerson ? "person" : "firm",
    name,
    idType: isPerson ? text(values["idType"]) || "111" : "001",
    idNo,
    phone: text(values["phone"]).slice(0, 20),
    address: text(values["address"]).slice(0, 200),
    representative: text(values["representative"]),
    source: draft.identity.source,
    overrideReason: isOverridden(draft) ? (draft.identity.overrideReason ?? "").trim() : null,
  };
};

/** Who comes for the applicant, when somebody does. */
export const agentOf = (draft: Draft): Applicant | null => {
  const values = draft.form["agent"] ?? {};
  if (values["present"] !== true || text(values["name"]) === "" || text(values["idNumber"]) === "") return null;
  return {
    kind: "person",
    name: text(values["name"]),
    idType: text(values["idType"]) || "111",
    idNo: text(values["idNumber"]),
    phone: text(values["phone"]).slice(0, 20),
    address: "",
    representative: "",
    source: "typed",
    overrideReason: null,
  };
};

/** Tells whether who applies, or who comes for them, was corrected since. */
export const peopleMarkOf = (draft: Draft): string =>
  sha256Hex(canonicalJson([draft.subject, applicantOf(draft), agentOf(draft)]));

/** The form as it is kept and hashed: tidy, and only the sections that count. */
export const formTextOf = (draft: Draft, sections: readonly FormSection[]): string =>
  canonicalJson(Object.fromEntries(sections.map(({ id }) => [id, tidyValues(draft.form[id] ?? {})])));

export const formHashOf = (formText: string): string => sha256Hex(formText);

/** A fault's field in words, for the notification: 申请人 · 联系电话. */
export const faultTitle = (sections: readonly FormSection[], fault: FormFault): string => {
  const section = sections.find(({ id }) => id === fault.section)?.schema;
  if (section === undefined) return fault.section;
  const [name, row, inner] = fault.path;
  const field = { ...section.properties, ...section.then?.properties }[String(name)];
  if (field === undefined) return section.title;
  if (field.type !== "array" || row === undefined) return `${section.title} · ${field.title}`;
  const cell = inner === undefined ? undefined : field.items.properties[String(inner)];
  return `${section.title} · ${field.title} ${String(Number(row) + 1)}${cell === undefined ? "" : ` · ${cell.title}`}`;
};

/** A credit code that fails its check (domain.md): it blocks, unless the clerk says why it stands. */
export const isCreditCodeFault = ({ section, path, code }: FormFault): boolean =>
  section === applicantSection.legal && path[0] === "creditCode" && code === "format.credit-code";

/** Whether a credit code that fails its check stands, with the clerk's reason. */
export const isOverridden = ({ identity }: Pick<Draft, "identity">): boolean =>
  (identity.overrideReason ?? "").trim() !== "";

export const faultsOf = (draft: Draft, sections: readonly FormSection[]): readonly FormFault[] =>
  checkForm(sections, draft.form).filter((fault) => !(isCreditCodeFault(fault) && isOverridden(draft)));

/** A file that is still to be chosen has not been received. */
export const countingReceipt = (receipt: Receipt | undefined): Receipt | null =>
  receipt === undefined || ((receipt.way === "upload" || receipt.way === "scan") && receipt.files.length === 0)
    ? null
    : receipt;

/** What a one-time notification would have to tell now. */
export const lacksOfDraft = (draft: Draft, formErrors: readonly FormError[]): Lacks =>
  lacksOf({
    formId: "draft",
    formErrors,
    materials: draft.requirements.map((requirement) => ({
      ...requirement,
      receipt: countingReceipt(draft.receipts[requirement.key]),
      receivedAt: null,
    })),
  });

/** Nothing typed and nothing received: not worth keeping. */
export const isEmptyDraft = (draft: Draft): boolean =>
  Object.keys(draft.receipts).length === 0 &&
  Object.values(draft.form).every((values) => Object.keys(tidyValues(values)).length === 0);

export const paperReceipt = (copies: number): Receipt => ({
  way: "paper",
  copies,
  originalChecked: true,
  files: [],
  authorisation: null,
  defect: null,
});

/** Tells whether somebody else has changed form or materials since. */
export const hallMarkOf = ({ formHash, materials }: Pick<Intake, "formHash" | "materials">): string =>
  sha256Hex(canonicalJson([formHash, materials.map(({ key, receipt }) => [key, receipt])]));

/** Under which unfinished pages of a material are kept. */
export const scanPlace = (intakeId: string, key: string): string => `${intakeId}.${key}`;
