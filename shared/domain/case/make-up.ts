import type { HallState } from "../hall/state.ts";
import { intakeEndOf, lacksOf, type Intake } from "./intake.ts";
import type { MaterialLack } from "./material.ts";

/**
 * Materials of an accepted intake that still come in at a counter (补交材料): those owed after a tolerance (容缺), and any of
 * them while a department has given a case back to the counter or has stopped its clock (domain.md, Intake).
 * @returns their keys; none when nothing is waited for, or the intake is not accepted
 */
export const wantedLater = (state: Pick<HallState, "cases">, intake: Intake): readonly string[] => {
  if (intakeEndOf(intake) !== "accepted") return [];
  const isAsked = intake.caseIds.some((caseId) => {
    const caseState = state.cases.get(caseId)?.state;
    return caseState === "returned" || caseState === "special";
  });
  return isAsked ? intake.materials.map(({ key }) => key) : (intake.owed?.keys ?? []);
};

/** @returns what of a tolerance (容缺) has not come in yet; none when nothing is owed */
export const stillOwed = (intake: Intake): readonly MaterialLack[] => {
  const keys = intake.owed?.keys ?? [];
  return lacksOf(intake).materials.filter(({ key }) => keys.includes(key));
};
