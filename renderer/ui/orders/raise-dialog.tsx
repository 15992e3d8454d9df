import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../hooks.ts";
import { Button } from "../staff/button.tsx";
import { Dialog } from "../staff/dialog.tsx";
import { RaiseForm, type RaiseAbout } from "./raise-form.tsx";

interface RaiseDialogProps {
  readonly about: RaiseAbout;
  readonly channel: "counter" | "desk";
  readonly onClose: () => void;
}

/** Raises an order out of a refused or failed case, and tells its number so that the person can be told. */
export const RaiseDialog = ({ about, channel, onClose }: RaiseDialogProps) => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const [orderId, setOrderId] = useState<string | null>(null);
  const number = orderId === null ? undefined : hall.orderReceipts.get(orderId);
  return (
    <Dialog title={t("orders:raise.fromCase")} onClose={onClose} wide>
      {orderId === null ? (
        <RaiseForm channel={channel} about={about} onRaised={setOrderId} onCancel={onClose} />
      ) : (
        <>
          <p role="status">
            {number === undefined ? t("intake:result.raised") : t("intake:result.raisedAs", { number })}
          </p>
          <div className="staff-dialog-foot">
            <Button large main autoFocus onClick={onClose}>
              {t("orders:raise.close")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
};
