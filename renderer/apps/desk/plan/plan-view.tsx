import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import { changePlan, type PlanChange } from "../../../../shared/domain/plan-change/plan-change.ts";
import { mayIssue } from "../../../../shared/domain/identity/permissions.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import { useNow } from "../../../ui/use-now.ts";
import { FaultLine } from "../floor/fault-line.tsx";
import { useDeskActor } from "../use-desk-actor.ts";
import { useDeskAct } from "../reviews/use-desk-act.ts";
import { CoverageForm } from "./coverage-form.tsx";
import { FactorsPanel } from "./factors-panel.tsx";
import { Field } from "./field.tsx";
import { GreenCodes } from "./green-codes.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { HoursForm } from "./hours-form.tsx";
import { numberFields, planDraftOf, readDraft, type NumberGroup, type PlanDraft } from "./plan-draft.ts";
import { PreviewDialog } from "./preview-dialog.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { Button } from "../../../ui/staff/button.tsx";
import "../floor/floor.css";
import "./plan.css";

/** Numbers of these are not minutes. */
const COUNTS: Readonly<Record<string, string>> = {
  daysAhead: "deskPlan:days",
  noShowLimit: "deskPlan:times",
  noShowWithinDays: "deskPlan:days",
  barredDays: "deskPlan:days",
};
const groups: readonly NumberGroup[] = ["creditMinutes", "waitLimitMinutes", "appointments"];

interface Preview {
  readonly change: PlanChange;
  readonly next: HallPlan;
}

const Settings = ({ plan }: { readonly plan: HallPlan }): ReactElement => {
  const { t, i18n } = useTranslation();
  const mayChange = mayIssue(useDeskActor(), "ChangeHallPlan");
  const hall = useLive(useTerminal().hall);
  const now = useNow(5_000);
  const { run, fault, isBusy } = useDeskAct();
  const [draft, setDraft] = useState<PlanDraft>(() => planDraftOf(plan));
  const [issued, setIssued] = useState<readonly string[]>([]);
  const [isTried, setTried] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [isDone, setDone] = useState(false);
  const read = readDraft(plan, draft);
  const faults = isTried ? read.faults : {};
  const isUnchanged = Object.keys(read.change).length === 0 && Object.keys(read.faults).length === 0;

  const edit = (more: Partial<PlanDraft>): void => {
    setDone(false);
    setDraft({ ...draft, ...more });
  };
  const look = (): void => {
    setTried(true);
    setProblems([]);
    if (Object.keys(read.faults).length > 0) return;
    const changed = changePlan(plan, read.change);
    if (changed.ok) setPreview({ change: read.change, next: changed.value });
    else setProblems(changed.error);
  };
  const apply = async (reason: string): Promise<void> => {
    if (preview === null) return;
    setPreview(null);
    if (!(await run("ChangeHallPlan", { change: preview.change, reason }))) return;
    setIssued((before) => [...before, ...draft.newCodes]);
    setDraft(planDraftOf(preview.next));
    setTried(false);
    setDone(true);
  };

  return (
    <>
      <div className="floor-left">
        <HoursForm
          hours={draft.hours}
          businesses={plan.businesses}
          faults={faults}
          onChange={(owner, hours) => edit({ hours: { ...draft.hours, [owner]: hours } })}
        />
        {groups.map((group) => (
          <section key={group} className="desk-card" aria-labelledby={`plan-${group}`}>
            <h2 id={`plan-${group}`}>{t(`deskPlan:group.${group}`)}</h2>
            <p className="desk-more">{t(`deskPlan:how.${group}`)}</p>
            <div className="plan-fields">
              {Object.keys(numberFields[group]).map((name) => (
                <Field
                  key={name}
                  label={t(`deskPlan:place.settings_${group}_${name}`)}
                  unit={t(COUNTS[name] ?? "deskPlan:minutes")}
                  value={draft.numbers[group][name] ?? ""}
                  fault={faults[`${group}.${name}`]}
                  onChange={(value) =>
                    edit({ numbers: { ...draft.numbers, [group]: { ...draft.numbers[group], [name]: value } } })
                  }
                />
              ))}
              {group === "appointments"
                ? plan.businesses.map((business) => (
                    <Field
                      key={business.id}
                      label={t("deskPlan:quota", { name: `${business.id} ${localName(business, i18n.language)}` })}
                      unit={t("deskPlan:places")}
                      value={draft.quotas[business.id] ?? ""}
                      fault={faults[`quota.${business.id}`]}
                      onChange={(value) => edit({ quotas: { ...draft.quotas, [business.id]: value } })}
                    />
                  ))
                : null}
            </div>
          </section>
        ))}
        <CoverageForm draft={draft.coverage} faults={faults} onChange={(coverage) => edit({ coverage })} />
        <SignInForm draft={draft} faults={faults} onChange={edit} />
        <GreenCodes plan={plan} draft={draft} issued={issued} onChange={edit} />
      </div>
      <div className="floor-right">
        <section className="desk-card plan-apply" aria-labelledby="plan-apply">
          <h2 id="plan-apply">{t("deskPlan:apply.heading")}</h2>
          <p>{t(mayChange ? "deskPlan:apply.how" : "deskPlan:apply.notYours")}</p>
          <FaultLine fault={fault} />
          {Object.keys(faults).length > 0 ? <p className="floor-fault">{t("deskPlan:apply.wrong")}</p> : null}
          {problems.map((each) => (
            <p key={each} className="floor-fault">
              {each}
            </p>
          ))}
          <p aria-live="polite" className={isDone ? "book-done" : "desk-hidden"}>
            {isDone ? t("deskPlan:apply.done") : ""}
          </p>
          <div className="floor-form-row">
            <Button main disabled={isBusy || isUnchanged || !mayChange} onClick={look}>
              {t("deskPlan:apply.preview")}
            </Button>
            <Button
              disabled={isBusy || isUnchanged}
              onClick={() => {
                setDraft(planDraftOf(plan));
                setTried(false);
                setProblems([]);
              }}
            >
              {t("deskPlan:apply.discard")}
            </Button>
          </div>
        </section>
        {mayChange ? <FactorsPanel plan={plan} /> : null}
        <HistoryPanel plan={plan} />
      </div>
      {preview === null ? null : (
        <PreviewDialog
          hall={hall}
          next={preview.next}
          now={now}
          onApply={(reason) => void apply(reason)}
          onClose={() => setPreview(null)}
        />
      )}
    </>
  );
};

/** The settings that the desk may change while the hall runs. */
export const PlanView = (): ReactElement => {
  const { t } = useTranslation();
  const { plan } = useLive(useTerminal().hall);
  return (
    <main className="floor" aria-label={t("deskPlan:title")}>
      {plan === null ? <p>{t("deskPlan:history.waits")}</p> : <Settings plan={plan} />}
    </main>
  );
};
