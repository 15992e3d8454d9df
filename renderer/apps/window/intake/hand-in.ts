import type { PersonalRecord } from "../../../../shared/contract/api.ts";
import type { FormError } from "../../../../shared/domain/case/intake.ts";
import { nextCaseSerial } from "../../../../shared/domain/case/case-number.ts";
import type { CommandData, CommandType } from "../../../../shared/domain/hall/commands.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import type { FormSection } from "../../../../shared/domain/form/case-form.ts";
import { agentOf, applicantOf, countingReceipt, formHashOf, formTextOf, type Draft } from "./draft.ts";

/** One record to send. */
export type Step = {
  [T in CommandType]: {
    readonly type: T;
    readonly data: CommandData<T>;
    readonly personal: readonly PersonalRecord[];
  };
}[CommandType];

const step = <T extends CommandType>(type: T, data: CommandData<T>, personal: readonly PersonalRecord[] = []): Step =>
  ({ type, data, personal }) as unknown as Step;

interface HandIn {
  readonly draft: Draft;
  readonly sections: readonly FormSection[];
  readonly formErrors: readonly FormError[];
  readonly deviceId: string | null;
  readonly newId: () => string;
}

const licenceOf = (draft: Draft, recordId: string | undefined): readonly PersonalRecord[] => {
  const value = recordId === undefined ? undefined : draft.licences[recordId];
  return recordId === undefined || value === undefined ? [] : [{ id: recordId, kind: "licence", value }];
};

/**
 * What the hall does not know yet of a draft, as records in their order: the intake itself, its form, its materials. Worked
 * out from the state each time, so that it may be broken off anywhere (a cut power line) and taken up again without
 * anything told twice.
 * @returns null while name or number of the applicant is missing
 */
export const stepsOf = (
  state: HallState,
  { draft, sections, formErrors, deviceId, newId }: HandIn,
): readonly Step[] | null => {
  const applicant = applicantOf(draft);
  if (applicant === null) return null;
  const agent = agentOf(draft);
  const steps: Step[] = [];
  const known = state.intakes.get(draft.intakeId);
  const { intakeId } = draft;
  if (known === undefined) {
    const applicantId = newId();
    const agentId = agent === null ? null : newId();
    steps.push(
      step(
        "OpenIntake",
        {
          intakeId,
          serial: nextCaseSerial(state.caseLeases, deviceId),
          ticketId: draft.ticketId,
          counterId: draft.counterId,
          subject: draft.subject,
          personKey: null,
          applicantId,
          agentId,
          package: draft.package,
          items: [...draft.items],
          materials: [...draft.requirements],
        },
        [
          { id: applicantId, kind: "applicant", value: JSON.stringify(applicant) },
          ...(agentId === null || agent === null
            ? []
            : [{ id: agentId, kind: "applicant" as const, value: JSON.stringify(agent) }]),
        ],
      ),
    );
  }
  const formText = formTextOf(draft, sections);
  const formHash = formHashOf(formText);
  const told = JSON.stringify(known?.formErrors ?? []);
  if (known?.formHash !== formHash || told !== JSON.stringify(formErrors)) {
    const formId = newId();
    steps.push(
      step("FillForm", { intakeId, formId, formHash, errors: [...formErrors] }, [
        { id: formId, kind: "form", value: formText },
      ]),
    );
  }
  const before = new Map(known?.materials.map((material) => [material.key, material.receipt]));
  for (const { key } of draft.requirements) {
    const receipt = countingReceipt(draft.receipts[key]);
    const had = before.get(key) ?? null;
    if (receipt !== null && JSON.stringify(had) !== JSON.stringify(receipt))
      steps.push(
        step("ReceiveMaterial", { intakeId, key, receipt }, licenceOf(draft, receipt.authorisation?.recordId)),
      );
  }
  return steps;
};
