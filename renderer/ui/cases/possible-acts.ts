import { allowsCaseAct } from "../../../shared/domain/case/allowed.ts";
import type { Case } from "../../../shared/domain/case/intake.ts";
import type { CaseAct } from "./case-acts.tsx";

/** Acts of the counter and of a department, in the order of their buttons. What is decided on the spot (即办件), the counter decides. */
export const actsOf = (one: Pick<Case, "state" | "onTheSpot">, side: "window" | "desk"): readonly CaseAct[] => {
  const acts: CaseAct[] = [];
  const may = (act: Parameters<typeof allowsCaseAct>[1]): boolean => allowsCaseAct(one.state, act);
  if (may("DecideCase") && (side === "desk" || one.onTheSpot)) acts.push("decide");
  if (side === "desk") {
    if (may("StartSpecialProcedure")) acts.push("procedure");
    if (may("EndSpecialProcedure")) acts.push("endProcedure");
    if (may("ReturnCase")) acts.push("return");
  } else if (may("ResubmitCase")) acts.push("resubmit");
  if (may("HandOutResult")) acts.push("handOut");
  acts.push("platform");
  return acts;
};
