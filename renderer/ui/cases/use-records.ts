import { useEffect, useState } from "react";
import { parseJson } from "../../../shared/basics/parse-json.ts";
import { applicantSchema, type Applicant } from "../../../shared/domain/case/applicant.ts";
import type { Intake } from "../../../shared/domain/case/intake.ts";
import { formDataSchema, type FormData } from "../../../shared/domain/form/case-form.ts";
import type { Terminal } from "../../store/terminal.ts";
import { useTerminal } from "../hooks.ts";
import { revealRecords } from "./ask-node.ts";

/** Who applies, who acts for them, and what they filled in; null: erased, or never sent. */
export interface CaseRecords {
  readonly applicant: Applicant | null;
  readonly agent: Applicant | null;
  readonly form: FormData | null;
}

type Whose = Pick<Intake, "applicantId" | "agentId" | "formId">;

/** The personal records of an intake, read at the node, which notes who read them and why. @returns null without the node */
export const readRecords = async (
  terminal: Pick<Terminal, "info" | "present">,
  { applicantId, agentId, formId }: Whose,
  reason: string,
): Promise<CaseRecords | null> => {
  const ids = [applicantId, agentId, formId].filter((id) => id !== null);
  const found = await revealRecords(terminal, ids, reason);
  const valueOf = (id: string | null): unknown => parseJson(id === null ? null : found?.get(id));
  return (
    found && {
      applicant: applicantSchema.safeParse(valueOf(applicantId)).data ?? null,
      agent: applicantSchema.safeParse(valueOf(agentId)).data ?? null,
      form: formDataSchema.safeParse(valueOf(formId)).data ?? null,
    }
  );
};

/**
 * The personal records of an intake on the screen.
 * @param reason null: not asked for (yet)
 * @returns undefined while asking, null without the node
 */
export const useRecords = (intake: Whose, reason: string | null): CaseRecords | null | undefined => {
  const terminal = useTerminal();
  const [records, setRecords] = useState<CaseRecords | null | undefined>(undefined);
  const { applicantId, agentId, formId } = intake;
  useEffect(() => {
    if (reason === null) return undefined;
    let isCurrent = true;
    void readRecords(terminal, { applicantId, agentId, formId }, reason).then((read) => {
      if (isCurrent) setRecords(read);
    });
    return () => {
      isCurrent = false;
      setRecords(undefined);
    };
  }, [terminal, applicantId, agentId, formId, reason]);
  return records;
};
