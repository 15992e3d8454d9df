import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/staff/confirm-dialog.tsx";
import { ReasonDialog } from "../../ui/staff/reason-dialog.tsx";
import type { DeskWish } from "./app.tsx";

interface DeskDialogProps {
  readonly wish: DeskWish;
  readonly onClose: () => void;
  readonly onReason: (kind: "pin" | "cancel", ticketId: string, reason: string) => void;
  readonly onCloseCounter: (counterId: string) => void;
}

/** The dialogs of the desk, loaded when one is first wished for. */
export const DeskDialog = ({ wish, onClose, onReason, onCloseCounter }: DeskDialogProps) => {
  const { t } = useTranslation();
  switch (wish.kind) {
    case "pin":
      return (
        <ReasonDialog
          question={t("desk:pin.question", { number: wish.ticket.number })}
          presets={[t("desk:pin.frail"), t("desk:pin.mistake"), t("desk:pin.complaint")]}
          confirm={t("desk:ticket.pin")}
          onClose={onClose}
          onConfirm={(reason) => onReason("pin", wish.ticket.id, reason)}
        />
      );
    case "cancel":
      return (
        <ReasonDialog
          question={t("desk:cancel.question", { number: wish.ticket.number })}
          presets={[t("desk:cancel.asked"), t("desk:cancel.twice")]}
          confirm={t("desk:cancel.confirm")}
          danger
          onClose={onClose}
          onConfirm={(reason) => onReason("cancel", wish.ticket.id, reason)}
        />
      );
    case "closeCounter":
      return (
        <ConfirmDialog
          question={t("desk:close.question", { counter: wish.counter.number })}
          consequence={t("desk:close.consequence")}
          confirm={t("desk:counter.close")}
          danger
          onClose={onClose}
          onConfirm={() => onCloseCounter(wish.counter.id)}
        />
      );
  }
};
