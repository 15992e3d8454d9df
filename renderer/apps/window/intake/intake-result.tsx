import { useTranslation } from "react-i18next";
import type { Intake } from "../../../../shared/domain/case/intake.ts";
import { stillOwed } from "../../../../shared/domain/case/make-up.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { dueText } from "../../../ui/cases/due-text.ts";
import { useConnection, useLive, useTerminal } from "../../../ui/hooks.ts";
import type { PaperFault } from "../../../papers/paper-work.ts";
import { PapersPanel } from "../../../papers/papers-panel.tsx";
import type { Draft } from "./draft.ts";
import { outcomeTitleKey } from "./outcome-dialog.tsx";
import type { OutcomeKind } from "./outcomes.ts";
import { RaiseOrder } from "./raise-order.tsx";

/** How the case goes on after something was brought later. */
const makeUpKey = (hall: HallState, intake: Intake): string => {
  if (intake.owed !== null) return "intake:makeUp.stillOwed";
  return intake.caseIds.some((caseId) => hall.cases.get(caseId)?.state === "returned")
    ? "intake:makeUp.sendIn"
    : "intake:makeUp.complete";
};

interface IntakeResultProps {
  readonly kind: OutcomeKind | "makeUp";
  readonly intake: Intake;
  readonly draft: Draft;
  /** Why a paper could not be made; null when all were. */
  readonly fault: PaperFault | null;
  /** To one of its cases. */
  readonly onCase: (caseId: string) => void;
  readonly onClose: () => void;
}

/** What came of it: the number, the cases with their days, and what the applicant takes along. */
export const IntakeResult = ({ kind, intake, draft, fault, onCase, onClose }: IntakeResultProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const { link } = useConnection();
  // What is not accepted has no day by which it is done.
  const hasDays = kind !== "correct" && kind !== "refuse";
  const onTheSpot = intake.caseIds.flatMap((caseId) => {
    const one = hall.cases.get(caseId);
    return one?.onTheSpot === true && one.state === "inTray" ? [one] : [];
  });
  return (
    <>
      <section className="intake intake-result" aria-label={t("intake:result.label")}>
        <p className="result-kind" data-outcome={kind}>
          {t(kind === "makeUp" ? "intake:makeUp.title" : outcomeTitleKey(kind))}
        </p>
        <p className="result-number" data-testid="intake-number">
          {intake.number}
        </p>
        <p className="result-title">{draft.package?.name ?? draft.items[0]?.itemName}</p>
        {kind === "makeUp" ? (
          <p className="staff-hint">
            {t(makeUpKey(hall, intake), { n: stillOwed(intake).length, day: intake.owed?.by })}
          </p>
        ) : null}
        {link === "online" ? null : <p className="staff-hint staff-hint-warn">{t("intake:result.offline")}</p>}
        <table className="due-table">
          <thead>
            <tr>
              <th>{t("cases:column.number")}</th>
              <th>{t("intake:due.item")}</th>
              {hasDays ? <th className="due-day">{t("intake:due.promised")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {intake.caseIds.map((caseId) => {
              const one = hall.cases.get(caseId);
              return (
                <tr key={caseId}>
                  <td>{one?.number}</td>
                  <td>{one?.itemName}</td>
                  {hasDays ? (
                    <td className="due-day">
                      {dueText(one?.due?.promised, one?.promisedLimit, one?.due?.unknownYear, t("intake:due.none"), t)}
                    </td>
                  ) : null}
                </tr>
              );
            })}
          </tbody>
        </table>
        {onTheSpot.map((one) => (
          <p key={one.id} className="result-on-the-spot">
            {t("intake:result.onTheSpot")}
            <button type="button" className="small-button" onClick={() => onCase(one.id)}>
              {t("intake:result.decideNow", { number: one.number })}
            </button>
          </p>
        ))}
        {kind === "refuse" ? <RaiseOrder intake={intake} draft={draft} /> : null}
        <button type="button" className="key-button key-button-main result-close" autoFocus onClick={onClose}>
          <span className="key-button-label">{t("intake:result.next")}</span>
        </button>
      </section>
      <aside className="side-panel" aria-label={t("papers:panel.heading")}>
        {fault === null ? null : (
          <p className="staff-hint staff-hint-alarm" role="alert">
            {t("intake:papers.fault", { why: t(`papers:fault.${fault}`) })}
          </p>
        )}
        <PapersPanel
          intake={intake}
          papers={intake.documents}
          signer={draft.form["agent"]?.["present"] === true ? "agent" : "applicant"}
        />
      </aside>
    </>
  );
};
