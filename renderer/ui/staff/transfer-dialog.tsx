import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../shared/domain/hall/plan.ts";
import type { CounterState } from "../../../shared/domain/queue/ticket.ts";
import { localName } from "./local-name.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

/** Where a ticket goes. */
export interface TransferTarget {
  readonly toBusinessId: string | null;
  readonly toCounterId: string | null;
}

interface TransferDialogProps {
  readonly ticket: { readonly number: string; readonly businessId: string };
  readonly plan: HallPlan;
  readonly counters: ReadonlyMap<string, CounterState>;
  /** The counter that the person is at. */
  readonly counterId: string;
  readonly presets: readonly string[];
  /** Also back to the line of the same business, for whichever counter comes first: nobody is chosen then but the counter is left. */
  readonly mayStay?: boolean;
  readonly onTransfer: (target: TransferTarget, reason: string) => void;
  readonly onClose: () => void;
}

/** Sends the person at a counter on, to another business or counter, with a reason. */
export const TransferDialog = ({
  ticket,
  plan,
  counters,
  counterId,
  presets,
  mayStay = false,
  onTransfer,
  onClose,
}: TransferDialogProps) => {
  const { t, i18n } = useTranslation();
  const [target, setTarget] = useState<string | null>(mayStay ? `business/${ticket.businessId}` : null);
  const choose = (key: string, head: string, label: string, note: string, first: boolean) => (
    <label key={key} className="staff-option">
      <input
        type="radio"
        name="target"
        checked={target === key}
        onChange={() => setTarget(key)}
        {...(first ? { "data-autofocus": true } : {})}
      />
      <b>{head}</b>
      <span>{label}</span>
      <small>{note}</small>
    </label>
  );
  const businesses = plan.businesses.filter((business) => mayStay || business.id !== ticket.businessId);
  const others = plan.counters.filter((counter) => counter.id !== counterId);
  return (
    <ReasonDialog
      question={t("staff:transfer.question", { number: ticket.number })}
      presets={presets}
      confirm={t("staff:transfer.confirm")}
      ready={target !== null}
      onClose={onClose}
      onConfirm={(reason) => {
        const [kind, id] = (target ?? "").split("/");
        if (id === undefined) return;
        const toBusiness = kind === "business";
        onTransfer({ toBusinessId: toBusiness ? id : null, toCounterId: toBusiness ? null : id }, reason);
      }}
    >
      <fieldset className="staff-options transfer-targets">
        <legend>{t("staff:transfer.toBusiness")}</legend>
        {businesses.map((business, index) => {
          const open = [...counters.values()].some(
            (counter) => counter.state === "open" && counter.businesses.includes(business.id),
          );
          return choose(
            `business/${business.id}`,
            business.id,
            localName(business, i18n.language),
            open ? "" : t("staff:transfer.noCounterOpen"),
            index === 0,
          );
        })}
      </fieldset>
      <fieldset className="staff-options transfer-targets">
        <legend>{t("staff:transfer.toCounter")}</legend>
        {others.map((counter) =>
          choose(
            `counter/${counter.id}`,
            String(counter.number),
            localName(counter, i18n.language),
            (counters.get(counter.id)?.state ?? "closed") === "open" ? "" : t("staff:transfer.counterNotOpen"),
            false,
          ),
        )}
      </fieldset>
    </ReasonDialog>
  );
};
