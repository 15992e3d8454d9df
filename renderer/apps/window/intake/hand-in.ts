import type { PersonalRecord } from "../../../../shared/contract/api.ts";
import { nextCaseSerial } from "../../../../shared/domain/case/case-number.ts";
import { intakeEndOf, type FormError, type Intake } from "../../../../shared/domain/case/intake.ts";
import { wantedLater } from "../../../../shared/domain/case/make-up.ts";
import type { CommandData, CommandType } from "../../../../shared/domain/hall/commands.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import type { FormSection } from "../../../../shared/domain/form/case-form.ts";
import { agentOf, applicantOf, countingReceipt, formHashOf, formTextOf, peopleMarkOf, type Draft } from "./draft.ts";

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
  /** Why a material that had come in is not there any more. */
  readonly givenBack: string;
}

const licenceOf = (draft: Draft, recordId: string | undefined): readonly PersonalRecord[] => {
  const value = recordId === undefined ? undefined : draft.licences[recordId];
  return recordId === undefined || value === undefined ? [] : [{ id: recordId, kind: "licence", value }];
};

/** Who applies and who comes for them, with their personal records under new ids. */
const peopleOf = (
  draft: Draft,
  newId: () => string,
): {
  readonly ids: { readonly applicantId: string; readonly agentId: string | null };
  readonly records: readonly PersonalRecord[];
} => {
  const agent = agentOf(draft);
  const ids = { applicantId: newId(), agentId: agent === null ? null : newId() };
  const records: PersonalRecord[] = [
    { id: ids.applicantId, kind: "applicant", value: JSON.stringify(applicantOf(draft)) },
  ];
  if (ids.agentId !== null) records.push({ id: ids.agentId, kind: "applicant", value: JSON.stringify(agent) });
  return { ids, records };
};

/** Materials that have come in since, or came in otherwise than the hall knows. */
const receiptSteps = (
  known: Pick<Intake, "materials"> | undefined,
  draft: Draft,
  keys: readonly string[],
): readonly Step[] => {
  const before = new Map(known?.materials.map((material) => [material.key, material.receipt]));
  return keys.flatMap((key) => {
    const receipt = countingReceipt(draft.receipts[key]);
    if (receipt === null || JSON.stringify(before.get(key) ?? null) === JSON.stringify(receipt)) return [];
    const data = { intakeId: draft.intakeId, key, receipt };
    return [step("ReceiveMaterial", data, licenceOf(draft, receipt.authorisation?.recordId))];
  });
};

/**
 * What the hall does not know yet of a draft, as records in their order: the intake itself, its form, its materials. Worked
 * out from the state each time, so that it may be broken off anywhere (a cut power line) and taken up again without
 * anything told twice.
 * @returns null while name or number of the applicant is missing
 */
export const stepsOf = (
  state: HallState,
  { draft, sections, formErrors, deviceId, newId, givenBack }: HandIn,
): readonly Step[] | null => {
  if (applicantOf(draft) === null) return null;
  const steps: Step[] = [];
  const known = state.intakes.get(draft.intakeId);
  const { intakeId, subject } = draft;
  if (known === undefined) {
    const { ids, records } = peopleOf(draft, newId);
    steps.push(
      step(
        "OpenIntake",
        {
          intakeId,
          serial: nextCaseSerial(state.caseLeases, deviceId),
          ticketId: draft.ticketId,
          counterId: draft.counterId,
          subject,
          personKey: null,
          ...ids,
          package: draft.package,
          items: [...draft.items],
          materials: [...draft.requirements],
        },
        records,
      ),
    );
  } else if (draft.peopleMark !== null && draft.peopleMark !== peopleMarkOf(draft)) {
    const { ids, records } = peopleOf(draft, newId);
    steps.push(step("ChangeApplicant", { intakeId, subject, personKey: null, ...ids }, records));
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
  for (const { key, receipt } of known?.materials ?? [])
    if (receipt !== null && countingReceipt(draft.receipts[key]) === null)
      steps.push(step("GiveBackMaterial", { intakeId, key, reason: givenBack }));
  const keys = draft.requirements.map(({ key }) => key);
  return [...steps, ...receiptSteps(known, draft, keys)];
};

/** What has come in after the acceptance (补交材料) and the hall does not know yet. */
export const makeUpStepsOf = (state: HallState, draft: Draft): readonly Step[] => {
  const known = state.intakes.get(draft.intakeId);
  return known === undefined ? [] : receiptSteps(known, draft, wantedLater(state, known));
};

/** Whether a draft may still tell the hall something: one whose intake has come to its end may not, but for what comes in later. */
export const isUnfinished = (state: HallState, draft: Draft): boolean => {
  const known = state.intakes.get(draft.intakeId);
  return known === undefined || intakeEndOf(known) === null || makeUpStepsOf(state, draft).length > 0;
};
