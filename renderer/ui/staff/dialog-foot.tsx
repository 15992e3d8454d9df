import { Button } from "./button.tsx";
import { useTranslation } from "react-i18next";

interface DialogFootProps {
  readonly confirm: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly loading?: boolean;
  /** The focus begins here: there is nothing to type first. */
  readonly autoFocus?: boolean;
  /** Left out: the button submits the form that it stands in. */
  readonly onConfirm?: () => void;
  readonly onBack: () => void;
}

/** The end of a dialog: back on the left, the act itself on the right. */
export const DialogFoot = (props: DialogFootProps) => {
  const { confirm, danger = false, disabled = false, loading = false, autoFocus = false, onConfirm, onBack } = props;
  const { t } = useTranslation();
  return (
    <div className="staff-dialog-foot">
      <Button large onClick={onBack}>
        {t("staff:dialog.back")}
      </Button>
      <Button
        large
        main
        danger={danger}
        disabled={disabled}
        busy={loading}
        {...(autoFocus ? { "data-autofocus": true } : {})}
        {...(onConfirm === undefined ? { submit: true } : { onClick: onConfirm })}
      >
        {confirm}
      </Button>
    </div>
  );
};
