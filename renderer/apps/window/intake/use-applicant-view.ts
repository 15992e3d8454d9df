import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Lacks } from "../../../../shared/domain/case/intake.ts";
import type { FormSection } from "../../../../shared/domain/form/case-form.ts";
import { filledForm, showMasked, showToApplicant } from "../../../../shared/domain/form/filled-form.ts";
import { applicantSide } from "../../../papers/applicant-side.ts";
import { titleOf } from "../../../ui/forms/rjsf-schema.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import type { Draft } from "./draft.ts";

/** Not with every key: the person reads, and the clerk's typing must not wait for it. */
const PAUSE_MS = 250;
/** As many as `applicantViewSchema` takes. */
const MOST_SECTIONS = 40;
const MOST_MISSING = 200;

const missingOf = ({ materials, formErrors }: Lacks): string[] =>
  [...materials.map(({ name }) => name), ...formErrors.map(({ title }) => title)].slice(0, MOST_MISSING);

/** How far the applicant is with checking what was typed. */
export type Checking = "no" | "asked" | "confirmed" | "objected";

/**
 * The second screen follows what the clerk types, masked, and asks the applicant to check it when the clerk wishes: then with
 * names whole, which nobody can check by their first character. What
 * is changed after that has not been checked.
 * @param isTried what is missing is told when the clerk has tried to end it or asks for a check, not while the first name is typed
 * @param isOn false once there is an outcome: its papers are what the person reads then
 */
export const useApplicantView = (
  draft: Draft,
  sections: readonly FormSection[],
  lacks: Lacks,
  isTried: boolean,
  isOn: boolean,
): { readonly checking: Checking; readonly askToCheck: () => void } => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const [asked, setAsked] = useState<{
    readonly requestId: string;
    readonly form: Draft["form"];
    readonly answer: Checking;
  } | null>(null);
  const current = asked?.form === draft.form ? asked : null;
  const requestId = current?.requestId ?? draft.intakeId;

  useEffect(() => {
    if (!isOn) {
      applicantSide.clear(requestId);
      return undefined;
    }
    const words = {
      titleOf: (schema: Parameters<typeof titleOf>[0]) => titleOf(schema, i18n.language),
      yes: t("intake:check.yes"),
      no: t("intake:check.no"),
    };
    const timer = setTimeout(
      () => {
        // A paper that is being read or signed there is not taken away.
        if (applicantSide.view.get()?.kind === "paper") return;
        const isDraft = requestId === draft.intakeId;
        applicantSide.show({
          kind: "typed",
          requestId,
          sections: filledForm(sections, draft.form, words, isDraft ? showMasked : showToApplicant)
            .slice(0, MOST_SECTIONS)
            .map(({ title, rows }) => ({ title, rows: rows.map(([label, text]): [string, string] => [label, text]) })),
          missing: isDraft && !isTried ? [] : missingOf(lacks),
          isDraft,
        });
      },
      requestId === draft.intakeId ? PAUSE_MS : 0,
    );
    return () => clearTimeout(timer);
  }, [isOn, isTried, draft.form, draft.intakeId, requestId, sections, lacks, i18n.language, t]);
  // What a person sees there never outlasts the clerk's own view of it.
  useEffect(() => () => applicantSide.clear(requestId), [requestId]);
  useEffect(
    () =>
      applicantSide.onAnswer((answer) => {
        if (answer.kind !== "confirmed" && answer.kind !== "objected") return;
        const { kind } = answer;
        setAsked((before) => (before?.requestId === answer.requestId ? { ...before, answer: kind } : before));
      }),
    [],
  );

  return {
    checking: current?.answer ?? "no",
    askToCheck: () => setAsked({ requestId: terminal.newId(), form: draft.form, answer: "asked" }),
  };
};
