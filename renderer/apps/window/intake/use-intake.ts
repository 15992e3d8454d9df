import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandData, CommandType } from "../../../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../../../shared/domain/hall/refusal.ts";
import type { Catalogue } from "../../../../shared/domain/catalogue/catalogue.ts";
import { caseSerialsLeft } from "../../../../shared/domain/case/case-number.ts";
import { intakeRulesOf } from "../../../../shared/domain/case/intake-rules.ts";
import type { FormError } from "../../../../shared/domain/case/intake.ts";
import { faultText } from "../../../ui/forms/fault-text.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { faultsOf, faultTitle, formOf, type Draft } from "./draft.ts";
import { makeUpStepsOf, stepsOf, type Step } from "./hand-in.ts";

/** Why a hand-in did not go through; `number` of a refusal is in its params. */
export type HandInFault =
  | { readonly kind: "noApplicant" }
  | { readonly kind: "notKept" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** An outcome of the counter, as its command. */
export type Outcome = {
  [T in OutcomeType]: { readonly type: T; readonly data: CommandData<T> };
}[OutcomeType];

type OutcomeType = Extract<
  CommandType,
  "IssueCorrection" | "AcceptIntake" | "AcceptWithTolerance" | "AcceptOnCommitment" | "RefuseIntake"
>;

/** The draft on the screen with its form, and the way to hand it in. */
export const useIntake = (catalogue: Catalogue, draft: Draft) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [busy, setBusy] = useState(false);
  const { items, package: pack, subject } = draft;
  const sections = useMemo(
    () => formOf({ items, package: pack, subject }, catalogue),
    [items, pack, subject, catalogue],
  );
  const faults = useMemo(() => faultsOf(draft, sections), [draft, sections]);
  const formErrors = useMemo(
    () =>
      faults.map((fault): FormError => ({
        field: [fault.section, ...fault.path].join(".").slice(0, 120),
        title: faultTitle(sections, fault).slice(0, 100),
        problem: faultText(fault, t),
      })),
    [faults, sections, t],
  );

  const sendStep = useCallback(
    async (step: Step): Promise<HandInFault | null> => {
      // What happened with the applicant at the counter is a fact: never refused, also without the node.
      const outcome = await terminal.send(step.type, step.data, { mode: "record", personal: step.personal });
      if (outcome.status === "notKept") return { kind: "notKept" };
      if (outcome.status === "refused") return { kind: "refused", refusal: outcome.refusal };
      return null;
    },
    [terminal],
  );

  /** What the hall does not know yet, then the outcome; null while nobody is named. */
  const actsFor = useCallback(
    (outcome: Outcome): readonly Step[] | null => {
      const deviceId = terminal.info.credentials?.deviceId ?? null;
      const newId = (): string => terminal.newId();
      const givenBack = t("intake:material.givenBack");
      const steps = stepsOf(terminal.hall.get(), { draft, sections, formErrors, deviceId, newId, givenBack });
      return steps === null ? null : [...steps, { ...outcome, personal: [] }];
    },
    [terminal, draft, sections, formErrors, t],
  );

  const sendAll = useCallback(
    async (steps: readonly Step[]): Promise<HandInFault | null> => {
      setBusy(true);
      try {
        for (const step of steps) {
          const fault = await sendStep(step);
          if (fault !== null) return fault;
        }
        return null;
      } finally {
        setBusy(false);
      }
    },
    [sendStep],
  );

  /** Tells the hall what it does not know yet, then the outcome. */
  const handIn = useCallback(
    async (outcome: Outcome): Promise<HandInFault | null> => {
      const steps = actsFor(outcome);
      return steps === null ? { kind: "noApplicant" } : sendAll(steps);
    },
    [actsFor, sendAll],
  );

  /** Tells the hall what has come in after the acceptance. */
  const makeUp = useCallback(
    (): Promise<HandInFault | null> => sendAll(makeUpStepsOf(terminal.hall.get(), draft)),
    [terminal, draft, sendAll],
  );

  return { sections, faults, formErrors, busy, actsFor, handIn, makeUp };
};

/** Keeps this terminal in case numbers for the time without a network. */
export const leaseCaseNumbers = async (terminal: ReturnType<typeof useTerminal>): Promise<void> => {
  const state = terminal.hall.get();
  const deviceId = terminal.info.credentials?.deviceId ?? null;
  const { caseLeaseSize } = intakeRulesOf(state.plan);
  if (state.plan === null || caseSerialsLeft(state.caseLeases, deviceId) >= caseLeaseSize / 2) return;
  await terminal.send("LeaseCaseNumbers", {}, { mode: "claim" });
};
