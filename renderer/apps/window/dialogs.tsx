import { useState, type FormEvent } from "react";
import { Button } from "../../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../shared/domain/hall/plan.ts";
import type { CounterState, Ticket } from "../../../shared/domain/queue/ticket.ts";
import { ConfirmDialog } from "../../ui/staff/confirm-dialog.tsx";
import { Dialog } from "../../ui/staff/dialog.tsx";
import { localName } from "../../ui/staff/local-name.ts";
import { ReasonDialog } from "../../ui/staff/reason-dialog.tsx";
import { TransferDialog, type TransferTarget } from "../../ui/staff/transfer-dialog.tsx";
import { keyOf } from "./keys.ts";

/** The dialogs of the window, loaded after the first paint. */
export type DialogWish =
  | { readonly kind: "miss" | "park" | "pin" | "cancel" | "transfer"; readonly ticket: Ticket }
  | { readonly kind: "pause" | "closeCounter" | "logout" | "businesses" | "help" | "offlineCall" | "unansweredCall" };

interface WindowDialogsProps {
  readonly wish: DialogWish;
  readonly plan: HallPlan;
  readonly counters: ReadonlyMap<string, CounterState>;
  readonly counterId: string;
  readonly onClose: () => void;
  readonly onReason: (
    kind: "miss" | "park" | "pin" | "cancel" | "pause",
    ticket: Ticket | null,
    reason: string,
  ) => void;
  readonly onTransfer: (ticket: Ticket, target: TransferTarget, reason: string) => void;
  readonly onBusinesses: (businesses: readonly string[]) => void;
  readonly onCloseCounter: () => void;
  readonly onLogout: () => void;
  readonly onCallAlone: () => void;
}

const BusinessesDialog = ({
  plan,
  counters,
  counterId,
  onBusinesses,
  onClose,
}: Pick<WindowDialogsProps, "plan" | "counters" | "counterId" | "onBusinesses" | "onClose">) => {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(counters.get(counterId)?.businesses ?? []));
  return (
    <Dialog title={t("window:businesses.question")} onClose={onClose}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (chosen.size === 0) return;
          onClose();
          onBusinesses(plan.businesses.map((business) => business.id).filter((id) => chosen.has(id)));
        }}
      >
        <fieldset className="staff-options">
          <legend>{t("window:businesses.legend")}</legend>
          {plan.businesses.map((business, index) => (
            <label key={business.id} className="staff-option">
              <input
                type="checkbox"
                checked={chosen.has(business.id)}
                {...(index === 0 ? { "data-autofocus": true } : {})}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.target.checked) next.add(business.id);
                  else next.delete(business.id);
                  setChosen(next);
                }}
              />
              <b>{business.id}</b>
              <span>{localName(business, i18n.language)}</span>
            </label>
          ))}
        </fieldset>
        <p role="alert" className="staff-error">
          {chosen.size === 0 ? t("window:businesses.none") : ""}
        </p>
        <div className="staff-dialog-foot">
          <Button large onClick={onClose}>
            {t("staff:dialog.back")}
          </Button>
          <Button large main submit disabled={chosen.size === 0}>
            {t("window:businesses.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const HelpDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const rows: readonly (readonly [string, string])[] = [
    ["F1", t("window:keys.help")],
    [keyOf.callNext, t("window:keys.callNext")],
    [keyOf.recall, t("window:keys.recall")],
    [keyOf.miss, t("window:keys.miss")],
    [keyOf.begin, t("window:keys.begin")],
    [keyOf.end, t("window:keys.end")],
    [keyOf.park, t("window:keys.park")],
    [keyOf.transfer, t("window:keys.transfer")],
    [keyOf.pause, t("window:keys.pause")],
    ["Alt+1 … Alt+3", t("window:keys.tabs")],
    ["F10", t("window:keys.intake")],
    ["F11", t("window:keys.cases")],
    ["Alt+R", t("intake:identity.readCard")],
    ["Alt+S G K C B", t("window:keys.outcomes")],
    ["Alt+Z", t("window:keys.putAside")],
    ["↑ ↓", t("window:keys.rows")],
    ["Tab", t("window:keys.tab")],
    ["Enter / Esc", t("window:keys.dialog")],
    ["1 … 9", t("window:keys.digits")],
  ];
  return (
    <Dialog title={t("window:keys.title")} onClose={onClose} wide>
      <dl className="key-table">
        {rows.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div className="staff-dialog-foot">
        <Button large main data-autofocus onClick={onClose}>
          {t("staff:dialog.close")}
        </Button>
      </div>
    </Dialog>
  );
};

/** The dialog that is wished for. */
export const WindowDialogs = (props: WindowDialogsProps) => {
  const { wish, onClose, onReason, plan, counterId } = props;
  const { t } = useTranslation();
  const number = plan.counters.find((counter) => counter.id === counterId)?.number ?? counterId;
  switch (wish.kind) {
    case "miss":
      return (
        <ReasonDialog
          question={t("window:miss.question", { number: wish.ticket.number })}
          presets={[t("window:miss.absent"), t("window:miss.left"), t("window:miss.asked")]}
          confirm={t("window:miss.confirm")}
          danger
          onClose={onClose}
          onConfirm={(reason) => onReason("miss", wish.ticket, reason)}
        />
      );
    case "park":
      return (
        <ReasonDialog
          question={t("window:park.question", { number: wish.ticket.number })}
          presets={[
            t("window:park.materials"),
            t("window:park.form"),
            t("window:park.payment"),
            t("window:park.system"),
          ]}
          confirm={t("window:park.confirm")}
          onClose={onClose}
          onConfirm={(reason) => onReason("park", wish.ticket, reason)}
        />
      );
    case "pin":
      return (
        <ReasonDialog
          question={t("window:pin.question", { number: wish.ticket.number })}
          presets={[t("window:pin.frail"), t("window:pin.resumed"), t("window:pin.mistake")]}
          confirm={t("window:pin.confirm")}
          onClose={onClose}
          onConfirm={(reason) => onReason("pin", wish.ticket, reason)}
        />
      );
    case "cancel":
      return (
        <ReasonDialog
          question={t("window:cancel.question", { number: wish.ticket.number })}
          presets={[t("window:cancel.asked"), t("window:cancel.twice"), t("window:cancel.notNeeded")]}
          confirm={t("window:cancel.confirm")}
          danger
          onClose={onClose}
          onConfirm={(reason) => onReason("cancel", wish.ticket, reason)}
        />
      );
    case "transfer":
      return (
        <TransferDialog
          {...props}
          ticket={wish.ticket}
          presets={[t("staff:transfer.wrongBusiness"), t("staff:transfer.otherCounter"), t("staff:transfer.continues")]}
          onTransfer={(target, reason) => props.onTransfer(wish.ticket, target, reason)}
        />
      );
    case "pause":
      return (
        <ReasonDialog
          question={t("window:pause.question", { counter: number })}
          presets={[
            t("window:pause.rest"),
            t("window:pause.meeting"),
            t("window:pause.system"),
            t("window:pause.errand"),
          ]}
          confirm={t("window:pause.confirm")}
          onClose={onClose}
          onConfirm={(reason) => onReason("pause", null, reason)}
        />
      );
    case "closeCounter":
      return (
        <ConfirmDialog
          question={t("window:close.question", { counter: number })}
          consequence={t("window:close.consequence")}
          confirm={t("window:close.confirm")}
          danger
          onClose={onClose}
          onConfirm={props.onCloseCounter}
        />
      );
    case "logout":
      return (
        <ConfirmDialog
          question={t("window:logout.question", { counter: number })}
          consequence={t("window:logout.consequence")}
          confirm={t("window:logout.confirm")}
          danger
          onClose={onClose}
          onConfirm={props.onLogout}
        />
      );
    case "offlineCall":
      return (
        <ConfirmDialog
          question={t("window:offline.question")}
          consequence={t("window:offline.consequence")}
          confirm={t("window:offline.confirm")}
          onClose={onClose}
          onConfirm={props.onCallAlone}
        />
      );
    case "unansweredCall":
      return (
        <ConfirmDialog
          question={t("window:unanswered.question")}
          consequence={t("window:unanswered.consequence")}
          confirm={t("window:unanswered.confirm")}
          onClose={onClose}
          onConfirm={props.onCallAlone}
        />
      );
    case "businesses":
      return <BusinessesDialog {...props} />;
    case "help":
      return <HelpDialog onClose={onClose} />;
  }
};
