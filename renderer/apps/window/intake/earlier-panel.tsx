import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApplicantCasesResponse } from "../../../../shared/contract/cases.ts";
import { useConnection, useTerminal } from "../../../ui/hooks.ts";
import { caseStateKey, isOver } from "../../../ui/cases/case-words.ts";
import { findApplicantIntakes } from "../../../ui/cases/ask-node.ts";
import type { DraftEntry } from "./draft-shelf.ts";
import type { Draft } from "./draft.ts";

/** Not with every digit that is typed. */
const PAUSE_MS = 300;

type Earlier = ApplicantCasesResponse["intakes"];

interface EarlierPanelProps {
  readonly draft: Draft;
  readonly idNo: string;
  readonly drafts: readonly DraftEntry[];
  readonly onDraft: (intakeId: string) => void;
  readonly onIntake: (intakeId: string) => void;
}

/** The same applicant's drafts here and cases in the hall; an open case for the same item warns. */
export const EarlierPanel = ({ draft, idNo, drafts, onDraft, onIntake }: EarlierPanelProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { link } = useConnection();
  const [found, setFound] = useState<{ readonly idNo: string; readonly intakes: Earlier } | null>(null);
  useEffect(() => {
    if (link !== "online" || idNo === "") return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void findApplicantIntakes(terminal, idNo).then((intakes) => {
        if (isCurrent && intakes !== null) setFound({ idNo, intakes });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [terminal, idNo, link]);

  const others = drafts.filter((entry) => entry.intakeId !== draft.intakeId && entry.idNo === idNo && idNo !== "");
  const earlier = found?.idNo === idNo ? found.intakes.filter(({ intakeId }) => intakeId !== draft.intakeId) : [];
  const codes = new Set(draft.items.map(({ itemCode }) => itemCode));
  const doubles = earlier.flatMap(({ intakeId, cases }) =>
    cases.filter((one) => codes.has(one.itemCode) && !isOver(one.state)).map((one) => ({ ...one, intakeId })),
  );
  if (others.length === 0 && earlier.length === 0) return null;
  return (
    <section className="earlier" aria-label={t("intake:earlier.label")}>
      {doubles.map((one) => (
        <p key={one.caseId} className="staff-hint staff-hint-alarm" role="alert">
          {t("intake:earlier.double", { number: one.number, item: one.itemName })}
          <button type="button" className="staff-link" onClick={() => onIntake(one.intakeId)}>
            {t("intake:earlier.open")}
          </button>
        </p>
      ))}
      <details open={others.length > 0}>
        <summary>{t("intake:earlier.summary", { drafts: others.length, cases: earlier.length })}</summary>
        <ul>
          {others.map((entry) => (
            <li key={entry.intakeId}>
              <span className="mark">{t("intake:earlier.draft")}</span> {entry.title}
              <button type="button" className="staff-link" onClick={() => onDraft(entry.intakeId)}>
                {t("intake:earlier.goOn")}
              </button>
            </li>
          ))}
          {earlier.map((intake) => (
            <li key={intake.intakeId}>
              <b>{intake.number}</b>{" "}
              {intake.cases.map((one) => `${one.itemName}（${t(caseStateKey(one.state))}）`).join("、")}
              <button type="button" className="staff-link" onClick={() => onIntake(intake.intakeId)}>
                {t("intake:earlier.open")}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};
