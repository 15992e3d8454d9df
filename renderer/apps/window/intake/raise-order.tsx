import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonalRecord } from "../../../../shared/contract/api.ts";
import { orderContactSchema } from "../../../../shared/contract/work-orders.ts";
import type { Intake } from "../../../../shared/domain/case/intake.ts";
import { workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
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
  const [isFailed, setFailed] = useState(false);
  const number = orderId === null ? undefined : hall.orderReceipts.get(orderId);

  const raise = async (): Promise<void> => {
    const id = terminal.newId();
    const applicant = applicantOf(draft);
    const contact = orderContactSchema.safeParse({
      name: applicant?.name.slice(0, 40) ?? "",
      phone: applicant?.phone ?? "",
    });
    const contactId = contact.success ? `${id}.contact` : null;
    const personal: readonly PersonalRecord[] =
      contactId === null ? [] : [{ id: contactId, kind: "orderContact", value: JSON.stringify(contact.data) }];
    const flows = workOrderRulesOf(hall.plan).flows;
    const flow = flows.find((each) => each.id === (draft.subject === "legal" ? "business" : "government")) ?? flows[0];
    // A record: the person stands here, with the node or without it.
    const sent = await terminal.send(
      "RaiseWorkOrder",
      {
        orderId: id,
        flow: flow?.id ?? "",
        channel: "counter",
        problem: "notAccepted",
        itemCode: null,
        itemName: null,
        intakeId: intake.id,
        caseId: null,
        ticketNumber: hall.tickets.get(intake.ticketId ?? "")?.number ?? null,
        externalId: null,
        wordsId: null,
        contactId,
      },
      { mode: "record", personal },
    );
    const isKept = sent.status === "kept" || sent.status === "accepted";
    setFailed(!isKept);
    if (isKept) setOrderId(id);
  };

  return (
    <div className="staff-hint">
      <p>{t("intake:result.offerDesk")}</p>
      {orderId === null ? (
        <button type="button" className="small-button" onClick={() => void raise()}>
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
