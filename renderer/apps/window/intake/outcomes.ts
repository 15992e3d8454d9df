import { addDays, dayOf, type Day } from "../../../../shared/basics/time.ts";
import { dueDaysOf } from "../../../../shared/domain/case/due.ts";
import { calendarOf, intakeRulesOf, mayCommit } from "../../../../shared/domain/case/intake-rules.ts";
import {
  isComplete,
  isTolerable,
  type AppliedItem,
  type DueDays,
  type Lacks,
} from "../../../../shared/domain/case/intake.ts";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";

/** The five ends of an intake at the counter, in the order of their buttons. */
export type OutcomeKind = "accept" | "correct" | "tolerate" | "commit" | "refuse";
export const outcomeKinds: readonly OutcomeKind[] = ["accept", "correct", "tolerate", "commit", "refuse"];

/** Why an outcome is not possible now, or null: the sentence stands beside its button (`intake:outcome.not.<code>`). */
export type NotPossible =
  "noApplicant" | "lacks" | "nothingLacks" | "notTolerable" | "noLimit" | "noCommitment" | "formFaults";

export const possibleOutcomes = (
  plan: HallPlan | null,
  items: readonly AppliedItem[],
  lacks: Lacks,
  hasApplicant: boolean,
): Readonly<Record<OutcomeKind, NotPossible | null>> => {
  if (!hasApplicant)
    return {
      accept: "noApplicant",
      correct: "noApplicant",
      tolerate: "noApplicant",
      commit: "noApplicant",
      refuse: "noApplicant",
    };
  const rules = intakeRulesOf(plan);
  const hasLimits = items.every((item) => item.promisedLimit !== null || item.legalLimit !== null);
  return {
    accept: isComplete(lacks) ? null : "lacks",
    correct: isComplete(lacks) ? "nothingLacks" : null,
    tolerate: isComplete(lacks) ? "nothingLacks" : !isTolerable(lacks) ? "notTolerable" : hasLimits ? null : "noLimit",
    commit: !items.every((item) => mayCommit(rules, item.itemCode))
      ? "noCommitment"
      : lacks.formErrors.length > 0
        ? "formFaults"
        : null,
    refuse: null,
  };
};

export interface ItemDue {
  readonly item: AppliedItem;
  readonly due: DueDays;
}

/** When each item will have to be decided if it is accepted today. */
export const duesToday = (plan: HallPlan | null, items: readonly AppliedItem[], now: number): readonly ItemDue[] => {
  const today = dayOf(now, plan?.utcOffsetMinutes ?? 480);
  return items.map((item) => ({ item, due: dueDaysOf(item, today, calendarOf(plan)) }));
};

/** The last day for bringing what follows: the earliest promised day of all items; null where that is not known. */
export const latestMakeUpDay = (dues: readonly ItemDue[]): Day | null => {
  const days = dues.map(({ item, due }) => (item.promisedLimit !== null ? due.promised : due.legal));
  return days.some((day) => day === null) ? null : (days.flatMap((day) => day ?? []).sort()[0] ?? null);
};

/** A usual make-up day: five days on, but never after the last one. */
export const usualMakeUpDay = (today: Day, latest: Day): Day => {
  const usual = addDays(today, 7);
  return usual < latest ? usual : latest;
};
