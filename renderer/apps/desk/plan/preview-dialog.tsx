import { useState, type FormEvent, type ReactElement } from "react";
import { Button } from "../../../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { planEffects } from "../../../../shared/domain/plan-change/effects.ts";
import { planDifferences } from "../../../../shared/domain/plan-change/plan-diff.ts";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { Differences } from "./differences.tsx";

interface PreviewDialogProps {
  readonly hall: HallState;
  readonly next: HallPlan;
  readonly now: number;
  readonly onApply: (reason: string) => void;
  readonly onClose: () => void;
}

const REASON_MAX = 100;

/** What would change and whom it meets, before it is put in force; and why it is done. */
export const PreviewDialog = ({ hall, next, now, onApply, onClose }: PreviewDialogProps): ReactElement => {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const isEmpty = reason.trim() === "";
  const { appointmentsOutside, slotsOverQuota, closing, waitingThere } = planEffects(hall, next, now);
  const effects = [
    ...(closing.length > 0 ? [t("deskPlan:effect.closing", { names: closing.join(" "), n: waitingThere })] : []),
    ...(appointmentsOutside > 0 ? [t("deskPlan:effect.outside", { n: appointmentsOutside })] : []),
    ...(slotsOverQuota > 0 ? [t("deskPlan:effect.over", { n: slotsOverQuota })] : []),
  ];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isEmpty) onApply(reason.trim());
  };
  return (
    <Dialog title={t("deskPlan:preview.title")} onClose={onClose}>
      <form onSubmit={submit}>
        {hall.plan === null ? null : <Differences of={planDifferences(hall.plan, next)} />}
        <h3>{t("deskPlan:preview.effects")}</h3>
        {effects.length === 0 ? (
          <p>{t("deskPlan:effect.none")}</p>
        ) : (
          <ul className="plan-effects">
            {effects.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        )}
        <label className="plan-reason">
          {t("deskPlan:preview.reason")}
          <textarea
            data-autofocus
            rows={2}
            value={reason}
            maxLength={REASON_MAX}
            aria-invalid={isTried && isEmpty}
            aria-describedby="plan-reason-fault"
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <p id="plan-reason-fault" className={isTried && isEmpty ? "floor-fault" : "desk-hidden"}>
          {isTried && isEmpty ? t("deskPlan:preview.needsReason") : ""}
        </p>
        <div className="staff-dialog-foot">
          <Button large onClick={onClose}>
            {t("staff:dialog.back")}
          </Button>
          <Button large main submit>
            {t("deskPlan:preview.apply")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
