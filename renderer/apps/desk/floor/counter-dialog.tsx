import { useState, type FormEvent } from "react";
import { Button } from "../../../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import type { CounterState } from "../../../../shared/domain/queue/ticket.ts";
import { ConfirmDialog } from "../../../ui/staff/confirm-dialog.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { localName } from "../../../ui/staff/local-name.ts";
import { TransferDialog } from "../../../ui/staff/transfer-dialog.tsx";
import type { DeskCounter } from "../desk-model.ts";
import type { RunAct } from "../reviews/use-desk-act.ts";

/** What the duty desk does with a counter. */
export type CounterAct = "open" | "move" | "close" | "sendOn";

interface CounterDialogProps {
  readonly counter: DeskCounter;
  readonly act: CounterAct;
  readonly plan: HallPlan;
  readonly counters: ReadonlyMap<string, CounterState>;
  readonly run: RunAct;
  readonly onClose: () => void;
}

/** Opens a counter for whoever will sit there, moves its businesses, sends on whom it holds, or closes it. */
export const CounterDialog = ({ counter, act, plan, counters, run, onClose }: CounterDialogProps) => {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>(counter.businesses);
  const counterId = counter.id;
  if (act === "close")
    return (
      <ConfirmDialog
        question={t("desk:close.question", { counter: counter.number })}
        consequence={t("desk:close.consequence")}
        confirm={t("desk:counter.close")}
        danger
        onClose={onClose}
        onConfirm={() => void run("CloseCounter", { counterId })}
      />
    );
  const { ticket } = counter;
  if (act === "sendOn")
    return ticket === undefined ? null : (
      <TransferDialog
        ticket={ticket}
        plan={plan}
        counters={counters}
        counterId={counterId}
        presets={[t("staff:transfer.clerkLeft"), t("staff:transfer.away"), t("staff:transfer.otherCounter")]}
        mayStay
        onClose={onClose}
        onTransfer={(target, reason) =>
          void run("TransferTicket", { ticketId: ticket.id, counterId, ...target, reason })
        }
      />
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen.length === 0) return;
    onClose();
    // The chosen order: it breaks ties between businesses.
    const data = { counterId, businesses: [...chosen] };
    void (act === "open" ? run("OpenCounter", data) : run("SetCounterBusinesses", data));
  };
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <Dialog
      title={t(act === "open" ? "deskFloor:act.openOf" : "deskFloor:act.moveOf", { counter: counter.number })}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <p className="staff-dialog-text">{t(act === "open" ? "deskFloor:act.openText" : "deskFloor:act.moveText")}</p>
        <fieldset className="staff-options">
          <legend>{t("deskFloor:map.businesses")}</legend>
          {plan.businesses.map((business, index) => (
            <label key={business.id} className="staff-option">
              <input
                type="checkbox"
                checked={chosen.includes(business.id)}
                onChange={() => toggle(business.id)}
                {...(index === 0 ? { "data-autofocus": true } : {})}
              />
              <kbd>{business.id}</kbd>
              <span>{localName(business, i18n.language)}</span>
            </label>
          ))}
        </fieldset>
        {chosen.length === 0 ? <p className="floor-fault">{t("deskFloor:act.needsOne")}</p> : null}
        <div className="staff-dialog-foot">
          <Button large onClick={onClose}>
            {t("staff:dialog.back")}
          </Button>
          <Button large main submit disabled={chosen.length === 0}>
            {t(act === "open" ? "deskFloor:act.open" : "deskFloor:act.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
