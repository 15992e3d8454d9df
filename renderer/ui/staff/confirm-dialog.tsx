import Button from "antd/es/button";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog.tsx";

interface ConfirmDialogProps {
  /** The question, with the number it is about. */
  readonly question: string;
  /** What will follow, in a sentence. */
  readonly consequence: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once: Enter does it, Esc does not. */
export const ConfirmDialog = ({ question, consequence, confirm, danger, onConfirm, onClose }: ConfirmDialogProps) => {
  const { t } = useTranslation();
  return (
    <Dialog title={question} onClose={onClose}>
      <p className="staff-dialog-text">{consequence}</p>
      <div className="staff-dialog-foot">
        <Button size="large" onClick={onClose}>
          {t("staff:dialog.back")}
        </Button>
        <Button
          size="large"
          type="primary"
          danger={danger === true}
          data-autofocus
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
};
