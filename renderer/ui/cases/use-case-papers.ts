import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case, Intake } from "../../../shared/domain/case/intake.ts";
import { PaperWork } from "../../papers/paper-work.ts";
import { useTerminal } from "../hooks.ts";
import { readRecords } from "./use-records.ts";

/** Papers that follow from what a department does. */
export type CasePaper = "decision" | "specialProcedure";

/** Which of them are still to be made: a decision has one, each procedure has its own. */
export const missingPapers = (one: Case, intake: Intake | undefined): readonly CasePaper[] => {
  const made = (paper: CasePaper): number =>
    intake?.documents.filter(({ kind, caseId }) => kind === paper && caseId === one.id).length ?? 0;
  return [
    ...(one.procedures.length > made("specialProcedure") ? (["specialProcedure"] as const) : []),
    ...(one.decision !== null && one.decision.outcome !== "withdrawn" && made("decision") === 0
      ? (["decision"] as const)
      : []),
  ];
};

/** Makes the papers of a case; without the node nobody knows whom they are for, and they wait. */
export const useCasePapers = (one: Case, intake: Intake | undefined) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [fault, setFault] = useState<string | null>(null);
  const issue = async (kind: CasePaper): Promise<void> => {
    if (!intake) return;
    const records = await readRecords(terminal, { ...intake, formId: null }, t("cases:paper.reason"));
    if (records?.applicant == null) return setFault(t("cases:paper.failed", { why: t("cases:paper.noApplicant") }));
    const { applicant, agent } = records;
    const wish = { kind, intakeId: intake.id, caseId: one.id, applicant, agent };
    const issued = await new PaperWork(terminal).issue(wish);
    setFault(issued.ok ? null : t("cases:paper.failed", { why: t(`papers:fault.${issued.error}`) }));
  };
  return { missing: missingPapers(one, intake), issue, fault };
};
