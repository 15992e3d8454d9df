import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";

const NAME_MAX = 60;

/** Another name for a terminal. Boards show what the hall's settings say for their name. */
export const NameDialog = ({
  name,
  onConfirm,
  onClose,
}: {
  readonly name: string;
  readonly onConfirm: (name: string) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const next = typed.trim();
  const isReady = next !== "" && next !== name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onClose();
    onConfirm(next);
  };
  return (
    <Dialog title={t("fleet:ask.rename", { name })} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="plain-field plain-fields">
          {t("fleet:newName")}
          <input
            data-autofocus
            value={typed}
            maxLength={NAME_MAX}
            aria-invalid={next === ""}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <p className="fleet-fault">{next === "" ? t("fleet:nameNeeded") : ""}</p>
        <p className="desk-more">{t("fleet:nameMeans")}</p>
        <DialogFoot confirm={t("fleet:act.rename")} disabled={!isReady} onBack={onClose} />
      </form>
    </Dialog>
  );
};
