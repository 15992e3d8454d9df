import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf, type Day } from "../../../shared/basics/time.ts";
import { stillOwed, wantedLater } from "../../../shared/domain/case/make-up.ts";
import { allowsCaseAct, allowsIntakeAct } from "../../../shared/domain/case/allowed.ts";
import { caseLight, dueDaysNow } from "../../../shared/domain/case/due.ts";
import { intakeEndOf, type Case } from "../../../shared/domain/case/intake.ts";
import type { CommandData, CommandType } from "../../../shared/domain/hall/commands.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { mayIssue } from "../../../shared/domain/identity/permissions.ts";
import { failedBefore } from "../../../shared/domain/work-order/asked-before.ts";
import { flowOf, workOrderRulesOf } from "../../../shared/domain/work-order/rules.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { RaiseDialog } from "../orders/raise-dialog.tsx";
import { CaseActDialog, caseActKey, caseOutcomeKey, type CaseAct, type CaseWish } from "./case-acts.tsx";
import { LightMark } from "./case-list.tsx";
import { CasePerson } from "./case-person.tsx";
import { HandOutDialog } from "./hand-out-dialog.tsx";
import { MaterialList } from "./material-list.tsx";
import { useCasePapers } from "./use-case-papers.ts";
import { PapersPanel } from "../../papers/papers-panel.tsx";
import { ReasonDialog } from "../staff/reason-dialog.tsx";
import { caseStateKey } from "./case-words.ts";
import { actsOf } from "./possible-acts.ts";
import { dueText } from "./due-text.ts";

interface CaseDetailProps {
  readonly hall: HallState;
  readonly one: Case;
  readonly today: Day;
  readonly side: "window" | "desk";
  readonly counterId: string | null;
  /** Goes on with the intake behind the case. */
  readonly onIntake?: (intakeId: string) => void;
}

/** One case: how it stands, what has happened, and what may be done with it now. */
export const CaseDetail = ({ hall, one, today, side, counterId, onIntake }: CaseDetailProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [act, setAct] = useState<CaseAct | "takeOver" | "withdraw" | "raise" | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const intake = hall.intakes.get(one.intakeId);
  const papers = useCasePapers(one, intake, side);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const when = (at: number): string => `${dayOf(at, offset)} ${clockOf(at, offset)}`;
  const light = caseLight(one, hall.plan, today);

  const send = async <T extends CommandType>(type: T, data: CommandData<T>): Promise<boolean> => {
    // What is done at the counter with the person there is a fact; what a department decides, others may have decided.
    let outcome = await terminal.send(type, data, { mode: side === "window" ? "record" : "claim" });
    if (outcome.status === "offline") outcome = await terminal.send(type, data, { mode: "record" });
    setFault(
      outcome.status === "refused"
        ? t(`refusal:${outcome.refusal.code}`, outcome.refusal.params)
        : outcome.status === "notKept"
          ? t("cases:notKept")
          : null,
    );
    return outcome.status !== "refused" && outcome.status !== "notKept";
  };
  const confirm = async ({ type, ...rest }: CaseWish): Promise<void> => {
    if (!(await send(type, { caseId: one.id, ...rest }))) return;
    setAct(null);
    if (type === "DecideCase") await papers.issue("decision");
    if (type === "StartSpecialProcedure") await papers.issue("specialProcedure");
  };

  const actor = { role: side, department: useLive(terminal.department) };
  const failed = mayIssue(actor, "RaiseWorkOrder") ? failedBefore(hall, one) : null;
  const acts = actsOf(one, side);
  const due = dueDaysNow(one, hall.plan);
  const close = (): void => {
    setAct(null);
    setFault(null);
  };
  const isHeld = one.editor !== null && one.editor.clerkId !== terminal.clerk.get()?.clerkId;
  const mayTake = side === "desk" && allowsCaseAct(one.state, "TakeCase");
  return (
    <section className="case-detail" aria-label={t("cases:detail.label")}>
      <header>
        <p className="case-detail-number">{one.number}</p>
        <LightMark light={light} />
        <span className="state-chip">{t(caseStateKey(one.state))}</span>
      </header>
      <h2>{one.itemName}</h2>
      <dl className="guide-facts">
        <div>
          <dt>{t("cases:column.department")}</dt>
          <dd>{one.department}</dd>
        </div>
        <div>
          <dt>{t("cases:detail.accepted")}</dt>
          <dd>{one.acceptedDay ?? t("cases:detail.notYet")}</dd>
        </div>
        <div>
          <dt>{t("cases:column.due")}</dt>
          <dd>{dueText(due?.promised, one.promisedLimit, due?.unknownYear, "–", t)}</dd>
        </div>
        <div>
          <dt>{t("cases:detail.legal")}</dt>
          <dd>{dueText(due?.legal, one.legalLimit, due?.unknownYear, "–", t)}</dd>
        </div>
        <div>
          <dt>{t("cases:ask.platform")}</dt>
          <dd>{one.platformNo ?? "–"}</dd>
        </div>
        {intake?.owed == null ? null : (
          <div>
            <dt>{t("cases:detail.owed")}</dt>
            <dd>{t("cases:detail.owedBy", { n: stillOwed(intake).length, day: intake.owed.by })}</dd>
          </div>
        )}
        {one.editor === null ? null : (
          <div>
            <dt>{t("cases:detail.editor")}</dt>
            <dd>{isHeld ? t("cases:detail.heldByOther") : t("cases:detail.heldByMe")}</dd>
          </div>
        )}
      </dl>
      <div className="case-acts" role="group" aria-label={t("cases:act.label")}>
        {mayTake && one.editor === null ? (
          <button
            type="button"
            className="small-button"
            onClick={() => void send("TakeCase", { caseId: one.id, takeOver: null })}
          >
            {t("cases:act.take")}
          </button>
        ) : null}
        {mayTake && isHeld ? (
          <button type="button" className="small-button" onClick={() => setAct("takeOver")}>
            {t("cases:act.takeOver")}
          </button>
        ) : null}
        {mayTake && one.editor !== null && !isHeld ? (
          <button type="button" className="small-button" onClick={() => void send("LeaveCase", { caseId: one.id })}>
            {t("cases:act.leave")}
          </button>
        ) : null}
        {onIntake !== undefined &&
        intake !== undefined &&
        intake.state !== "refused" &&
        intake.state !== "withdrawn" ? (
          <button type="button" className="small-button" onClick={() => onIntake(intake.id)}>
            {intakeEndOf(intake) === null
              ? t("cases:act.goOn")
              : wantedLater(hall, intake).length > 0
                ? t("cases:act.makeUp")
                : t("cases:act.openIntake")}
          </button>
        ) : null}
        {onIntake !== undefined && intake !== undefined && allowsIntakeAct(intake.state, "WithdrawIntake") ? (
          <button type="button" className="small-button small-danger" onClick={() => setAct("withdraw")}>
            {t("cases:act.withdraw")}
          </button>
        ) : null}
        {acts.map((each) => (
          <button
            key={each}
            type="button"
            className={each === "return" ? "small-button small-danger" : "small-button"}
            onClick={() => {
              setFault(null);
              setAct(each);
            }}
          >
            {t(caseActKey(each))}
          </button>
        ))}
        {failed === null ? null : (
          <button type="button" className="small-button" onClick={() => setAct("raise")}>
            {t("orders:raise.fromCase")}
          </button>
        )}
        {papers.missing.map((kind) => (
          <button key={kind} type="button" className="small-button" onClick={() => void papers.issue(kind)}>
            {t("cases:paper.issue", { kind: t(`papers:kind.${kind}`) })}
          </button>
        ))}
        {allowsCaseAct(one.state, "ConfirmDelivery") ? (
          <button
            type="button"
            className="small-button"
            onClick={() => void send("ConfirmDelivery", { caseId: one.id })}
          >
            {t("cases:act.delivered")}
          </button>
        ) : null}
      </div>
      <p role="alert" className="staff-error">
        {act === null ? (fault ?? papers.fault ?? "") : ""}
      </p>
      {one.decision === null ? null : (
        <p className="case-decision">
          <b>{t(caseOutcomeKey(one.decision.outcome))}</b> {one.decision.day} {one.decision.resultName ?? ""}{" "}
          {one.decision.resultNo ?? ""} {one.decision.note ?? ""}
        </p>
      )}
      <ol className="case-history">
        {one.procedures.map((procedure) => (
          <li key={`${procedure.kind} ${procedure.start}`}>
            {t("cases:detail.procedure", {
              kind: t(`cases:procedure.${procedure.kind}`),
              from: procedure.start,
              to: procedure.end ?? t("cases:detail.running"),
            })}{" "}
            {procedure.reason}
          </li>
        ))}
        {one.returns.map((returned) => (
          <li key={returned.at}>{t("cases:detail.returned", { time: when(returned.at), reason: returned.reason })}</li>
        ))}
        {intake?.corrections.map((correction) => (
          <li key={correction.id}>{t("cases:detail.corrected", { time: when(correction.at) })}</li>
        ))}
      </ol>
      {intake === undefined ? null : (
        <>
          <CasePerson intake={intake} cases={[one]} />
          <h3>{t("cases:detail.materials", { n: intake.materials.length })}</h3>
          <MaterialList materials={intake.materials} />
          <PapersPanel
            intake={intake}
            papers={intake.documents.filter(({ caseId }) => caseId === null || caseId === one.id)}
            signer={intake.agentId === null ? "applicant" : "agent"}
          />
        </>
      )}
      {act === "raise" && failed !== null && intake !== undefined ? (
        <RaiseDialog
          about={{ ...failed, flow: flowOf(workOrderRulesOf(hall.plan), intake.subject) }}
          channel={side === "window" ? "counter" : "desk"}
          onClose={close}
        />
      ) : null}
      {act === "handOut" && intake !== undefined ? (
        <HandOutDialog
          one={one}
          intake={intake}
          counterId={counterId}
          fault={fault}
          onHandOut={(data) =>
            void send("HandOutResult", data).then((isDone) => {
              // At the counter the slip stays open, to be printed.
              if (isDone && data.way === "courier") close();
            })
          }
          onClose={close}
        />
      ) : null}
      {act === "takeOver" ? (
        <ReasonDialog
          question={t("cases:act.question", { act: t("cases:act.takeOver"), number: one.number })}
          presets={[t("intake:takeOver.away"), t("intake:takeOver.agreed"), t("intake:takeOver.ended")]}
          confirm={t("cases:act.takeOver")}
          onConfirm={(takeOver) => void send("TakeCase", { caseId: one.id, takeOver })}
          onClose={() => setAct(null)}
        />
      ) : null}
      {act === "withdraw" && intake !== undefined ? (
        <ReasonDialog
          question={t("cases:withdraw.question", { number: intake.number })}
          presets={[t("cases:withdraw.mind"), t("cases:withdraw.cannot"), t("cases:withdraw.double")]}
          confirm={t("cases:withdraw.confirm")}
          danger
          onConfirm={(reason) => void send("WithdrawIntake", { intakeId: intake.id, reason })}
          onClose={() => setAct(null)}
        >
          {intake.caseIds.length > 1 ? (
            <p className="staff-hint">{t("cases:withdraw.all", { n: intake.caseIds.length })}</p>
          ) : null}
        </ReasonDialog>
      ) : null}
      {act === null || act === "handOut" || act === "takeOver" || act === "withdraw" || act === "raise" ? null : (
        <CaseActDialog act={act} about={one} fault={fault} onConfirm={(wish) => void confirm(wish)} onClose={close} />
      )}
    </section>
  );
};
