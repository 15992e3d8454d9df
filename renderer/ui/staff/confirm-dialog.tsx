import { DialogFoot } from "./dialog-foot.tsx";
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
export const ConfirmDialog = ({ question, consequence, confirm, danger, onConfirm, onClose }: ConfirmDialogProps) => (
  <Dialog title={question} onClose={onClose}>
    <p className="staff-dialog-text">{consequence}</p>
    <DialogFoot
      confirm={confirm}
      danger={danger === true}
      autoFocus
      onBack={onClose}
      onConfirm={() => {
        onClose();
        onConfirm();
      }}
    />
  </Dialog>
);
