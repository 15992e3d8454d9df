import { dayOf } from "../../basics/time.ts";
import type { Case } from "../case/intake.ts";
import type { HallState } from "../hall/state.ts";
import type { AskedBefore } from "./work-order.ts";

/** What somebody asked for and what became of it. */
export interface Asked {
  readonly asked: AskedBefore;
  readonly itemCode: string;
  readonly itemName: string;
}

/** What was asked and refused, out of the intake or case that an order is about; null: no such one is known here. */
export const askedBefore = (state: HallState, intakeId: string | null, caseId: string | null): Asked | null => {
  const one = caseId === null ? undefined : state.cases.get(caseId);
  const intake = state.intakes.get(one?.intakeId ?? intakeId ?? "");
  if (!intake) return null;
  const first = one ?? state.cases.get(intake.caseIds[0] ?? "");
  if (!first) return null;
  const day = dayOf(intake.touchedAt, state.plan?.utcOffsetMinutes ?? 480);
  const reason = one?.decision?.note ?? intake.refusal?.reason ?? "";
  const names = intake.caseIds.flatMap((id) => state.cases.get(id)?.itemName ?? []);
  return {
    asked: { intakeId: intake.id, caseId, number: one?.number ?? intake.number, day, reason },
    itemCode: first.itemCode,
    itemName: one?.itemName ?? intake.package?.name ?? names.join("、").slice(0, 200),
  };
};

/** A case as an order about it tells of it, if it was refused, denied or ended without a result; null: nothing has failed. */
export const failedBefore = (state: HallState, { id, intakeId, decision }: Case): Asked | null => {
  const isRefused = state.intakes.get(intakeId)?.state === "refused";
  const isDenied = decision?.outcome === "denied" || decision?.outcome === "terminated";
  return isRefused || isDenied ? askedBefore(state, intakeId, isDenied ? id : null) : null;
};
