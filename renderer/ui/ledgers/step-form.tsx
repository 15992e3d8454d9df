import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { LedgerAsk, LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import { checkAsked, isEmpty, type LedgerFieldFault } from "../../../shared/domain/ledger/values.ts";
import { EntryFields, type Written } from "./entry-fields.tsx";

interface StepFormProps {
  readonly definition: LedgerDefinition;
  readonly asks: readonly LedgerAsk[];
  readonly note: "none" | "optional" | "required";
  readonly noteLabel: string;
  readonly confirm: string;
  readonly onCancel: () => void;
  /** @returns whether it was done; then the form is emptied by going away */
  readonly onSend: (written: Written, note: string) => Promise<boolean>;
}

/** Lines end where they were left open; what is empty was not written. */
const cleaned = (written: Written): Written =>
  Object.fromEntries(
    Object.entries(written)
      .map(
        ([id, value]) =>
          [
            id,
            typeof value === "string"
              ? value.trim()
              : typeof value === "object"
                ? value.map((line) => line.trim()).filter((line) => line !== "")
                : value,
          ] as const,
      )
      .filter(([, value]) => !isEmpty(value)),
  );

/** What one step of a ledger asks for. Bad input is answered at its field, before anything is sent. */
export const StepForm = ({ definition, asks, note, noteLabel, confirm, onCancel, onSend }: StepFormProps) => {
  const { t } = useTranslation();
  const [written, setWritten] = useState<Written>({});
  const [text, setText] = useState("");
  const [faults, setFaults] = useState<readonly LedgerFieldFault[]>([]);
  const [isNoteMissing, setNoteMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = cleaned(written);
    const found = checkAsked(definition, asks, values);
    const lacksNote = note === "required" && text.trim().length < 2;
    setFaults(found);
    setNoteMissing(lacksNote);
    if (found.length > 0 || lacksNote) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      await onSend(values, text.trim());
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="ledger-form" noValidate onSubmit={(event) => void submit(event)}>
      <EntryFields
        definition={definition}
        asks={asks}
        written={written}
        faults={faults}
        onChange={(next) => {
          setWritten(next);
          setFaults((before) => before.filter(({ field }) => next[field] === written[field]));
        }}
      />
      {note === "none" ? null : (
        <label className="ledger-field" data-wide="true">
          <span>
            {noteLabel}
            {note === "required" ? <span className="ledger-required">{t("ledgers:form.required")}</span> : null}
          </span>
          <textarea
            rows={2}
            maxLength={500}
            value={text}
            aria-invalid={isNoteMissing}
            onChange={(event) => setText(event.target.value)}
          />
          <small className={isNoteMissing ? "ledger-fault" : "ledger-hint"}>
            {isNoteMissing ? t("ledgers:fault.required") : t("ledgers:form.noNames")}
          </small>
        </label>
      )}
      <div className="ledger-acts">
        <button type="submit" className="small-button ledger-main-act" disabled={isBusy}>
          {confirm}
        </button>
        <button type="button" className="small-button" onClick={onCancel}>
          {t("ledgers:form.cancel")}
        </button>
      </div>
    </form>
  );
};
