import { parseJson } from "../../../../shared/basics/parse-json.ts";
import type { Case, Intake } from "../../../../shared/domain/case/intake.ts";
import { formDataSchema } from "../../../../shared/domain/form/case-form.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { hallMarkOf, peopleMarkOf, type Draft } from "./draft.ts";

/** What cannot be read is typed again; the hall's own copy stays as it is. */
const readForm = (text: string | null | undefined): Draft["form"] =>
  formDataSchema.safeParse(parseJson(text)).data ?? {};

const appliedOf = (one: Case): Draft["items"][number] => ({
  caseId: one.id,
  itemCode: one.itemCode,
  itemName: one.itemName,
  department: one.department,
  kind: one.kind,
  onTheSpot: one.onTheSpot,
  legalLimit: one.legalLimit,
  promisedLimit: one.promisedLimit,
});

/** An intake that the hall knows, taken up again: its items, its materials, and its form where it could be read. */
export const draftOfIntake = (
  state: HallState,
  intake: Intake,
  formText: string | null | undefined,
  now: number,
): Draft => {
  const draft: Draft = {
    intakeId: intake.id,
    startedAt: intake.openedAt,
    touchedAt: now,
    counterId: intake.counterId,
    ticketId: intake.ticketId,
    subject: intake.subject,
    package: intake.package,
    items: intake.caseIds.flatMap((caseId) => {
      const one = state.cases.get(caseId);
      return one ? [appliedOf(one)] : [];
    }),
    requirements: intake.materials.map(({ receipt: _, receivedAt: __, ...requirement }) => ({
      ...requirement,
      wishes: [...requirement.wishes],
    })),
    form: readForm(formText),
    identity: { source: "typed", overrideReason: null },
    receipts: Object.fromEntries(intake.materials.flatMap(({ key, receipt }) => (receipt ? [[key, receipt]] : []))),
    licences: {},
    hallMark: hallMarkOf(intake),
    peopleMark: null,
  };
  return { ...draft, peopleMark: peopleMarkOf(draft) };
};
