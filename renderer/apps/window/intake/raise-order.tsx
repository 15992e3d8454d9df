import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intake } from "../../../../shared/domain/case/intake.ts";
import { flowOf, workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { raiseOrder } from "../../../ui/orders/raise-order.ts";
import { applicantOf, type Draft } from "./draft.ts";

/**
 * Whoever was refused may have it registered as "could not be done" at once: what was asked, why it was refused and how to
 * reach the person come along.
 */
export const RaiseOrder = ({ intake, draft }: { readonly intake: Intake; readonly draft: Draft }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const [orderId, setOrderId] = useState<string | null>(null);
  // One tap too many raises the same order again, which is none.
  const [newId] = useState(() => terminal.newId());
  const [isBusy, setBusy] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const number = orderId === null ? undefined : hall.orderReceipts.get(orderId);

  const raise = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const applicant = applicantOf(draft);
    const flow = flowOf(workOrderRulesOf(hall.plan), draft.subject);
    const { orderId: raisedId } = await raiseOrder(terminal, {
      orderId: newId,
      channel: "counter",
      flow,
      problem: "notAccepted",
      itemCode: null,
      itemName: null,
      intakeId: intake.id,
      caseId: null,
      ticketNumber: hall.tickets.get(intake.ticketId ?? "")?.number ?? null,
      words: "",
      contact: { name: applicant?.name ?? "", phone: applicant?.phone ?? "" },
    });
    setBusy(false);
    setFailed(raisedId === null);
    setOrderId(raisedId);
  };

  return (
    <div className="staff-hint">
      <p>{t("intake:result.offerDesk")}</p>
      {orderId === null ? (
        <button type="button" className="small-button" disabled={isBusy} onClick={() => void raise()}>
          {t("intake:result.raise")}
        </button>
      ) : (
        <p role="status">
          {number === undefined ? t("intake:result.raised") : t("intake:result.raisedAs", { number })}
        </p>
      )}
      {isFailed ? <p role="alert">{t("window:say.notKept")}</p> : null}
    </div>
  );
};
