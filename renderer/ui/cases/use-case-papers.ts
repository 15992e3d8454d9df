import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case, DocumentKind, Intake } from "../../../shared/domain/case/intake.ts";
import { PaperWork } from "../../papers/paper-work.ts";
import { useTerminal } from "../hooks.ts";
import { readRecords } from "./use-records.ts";

/** Papers that follow from what a department does. */
const ofCase = ["decision", "specialProcedure"] as const;
const isOfCase = (kind: DocumentKind): boolean => (ofCase as readonly DocumentKind[]).includes(kind);

/** Which of a case's papers are still to be made: a decision has one, each procedure has its own. */
const missingOfCase = (one: Case, intake: Intake): readonly DocumentKind[] => {
  const made = (paper: DocumentKind): number =>
    intake.documents.filter(({ kind, caseId }) => kind === paper && caseId === one.id).length;
  return [
    ...(one.procedures.length > made("specialProcedure") ? (["specialProcedure"] as const) : []),
    ...(one.decision !== null && one.decision.outcome !== "withdrawn" && made("decision") === 0
      ? (["decision"] as const)
      : []),
  ];
};

/** What an outcome at the counter gives the applicant (domain.md: every outcome gives a dated document). */
const papersOfOutcome = (intake: Intake): readonly DocumentKind[] => {
  if (intake.state === "refused") return ["refusal"];
  switch (intake.acceptedHow) {
    case null:
      return [];
    case "complete":
    case "late":
      return intake.materials.some(({ receipt }) => receipt !== null)
        ? ["acceptance", "materialReceipt"]
        : ["acceptance"];
    case "tolerance":
      return ["toleranceLetter", "toleranceNotice"];
    case "commitment":
      return ["commitmentLetter"];
  }
};

/**
 * Which papers of an outcome at the counter were never made: the power went between the outcome and its papers, the disk was full, or
 * nobody stood there when the time for telling what is missing ran out.
 */
const missingOfOutcome = (intake: Intake): readonly DocumentKind[] => {
  const made = (paper: DocumentKind): number => intake.documents.filter(({ kind }) => kind === paper).length;
  const missing = papersOfOutcome(intake).filter((kind) => made(kind) === 0);
  return intake.state === "correcting" && intake.corrections.length > made("correction")
    ? [...missing, "correction"]
    : missing;
};

/** The papers of a case that are still to be made; those of the outcome at a counter, where the applicant comes for them. */
export const missingPapers = (
  one: Case,
  intake: Intake | undefined,
  side: "window" | "desk",
): readonly DocumentKind[] =>
  intake === undefined ? [] : [...(side === "window" ? missingOfOutcome(intake) : []), ...missingOfCase(one, intake)];

/** Makes the papers of a case; without the node nobody knows whom they are for, and they wait. */
export const useCasePapers = (one: Case, intake: Intake | undefined, side: "window" | "desk") => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [fault, setFault] = useState<string | null>(null);
  const issue = async (kind: DocumentKind): Promise<void> => {
    if (!intake) return;
    const records = await readRecords(terminal, { ...intake, formId: null }, t("cases:paper.reason"));
    if (records?.applicant == null) return setFault(t("cases:paper.failed", { why: t("cases:paper.noApplicant") }));
    const { applicant, agent } = records;
    const wish = { kind, intakeId: intake.id, caseId: isOfCase(kind) ? one.id : null, applicant, agent };
    const issued = await new PaperWork(terminal).issue(wish);
    setFault(issued.ok ? null : t("cases:paper.failed", { why: t(`papers:fault.${issued.error}`) }));
  };
  return { missing: missingPapers(one, intake, side), issue, fault };
};
