import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { TextInput } from "./text-input.tsx";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { DialogFoot } from "./dialog-foot.tsx";
import { Dialog } from "./dialog.tsx";

/** domain.md: a reason is at most this long. */
const REASON_MAX = 50;

interface ReasonDialogProps {
  readonly question: string;
  readonly presets: readonly string[];
  readonly confirm: string;
  readonly danger?: boolean;
  /** Further choices above the reason, e.g. where to transfer to. */
  readonly children?: ReactNode;
  /** False keeps the button from working, e.g. while no place is chosen. */
  readonly ready?: boolean;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks for a reason: a usual one by its digit or the arrow keys, or one's own words. */
export const ReasonDialog = (props: ReasonDialogProps) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const [own, setOwn] = useState("");
  const ownField = useRef<HTMLInputElement>(null);
  const isOwn = chosen === props.presets.length;
  const reason = (isOwn ? own : (props.presets[chosen] ?? "")).trim();
  const ready = reason !== "" && props.ready !== false;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    props.onClose();
    props.onConfirm(reason);
  };
  const chooseByDigit = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
    const digit = Number(event.key);
    if (!Number.isInteger(digit) || digit < 1 || digit > props.presets.length + 1) return;
    event.preventDefault();
    setChosen(digit - 1);
    if (digit - 1 === props.presets.length) ownField.current?.focus();
  };
  const option = (index: number, label: ReactNode): ReactNode => (
    <label key={index} className="staff-option">
      <input
        type="radio"
        name="reason"
        checked={chosen === index}
        onChange={() => setChosen(index)}
        {...(index === 0 && props.children === undefined ? { "data-autofocus": true } : {})}
      />
      <kbd>{index + 1}</kbd>
      <span>{label}</span>
    </label>
  );

  return (
    <Dialog title={props.question} onClose={props.onClose}>
      <form onSubmit={submit} onKeyDown={chooseByDigit}>
        {props.children}
        <fieldset className="staff-options">
          <legend>{t("staff:dialog.reason")}</legend>
          {props.presets.map((preset, index) => option(index, preset))}
          {option(props.presets.length, t("staff:dialog.ownReason"))}
        </fieldset>
        <TextInput
          ref={ownField}
          value={own}
          maxLength={REASON_MAX}
          counted
          aria-label={t("staff:dialog.ownReason")}
          placeholder={t("staff:dialog.ownReasonHint")}
          onFocus={() => setChosen(props.presets.length)}
          onChange={(event) => setOwn(event.target.value)}
        />
        <DialogFoot confirm={props.confirm} danger={props.danger === true} disabled={!ready} onBack={props.onClose} />
      </form>
    </Dialog>
  );
};
