import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { holdsWrongDay } from "../staff/day-field.tsx";
import type { LedgerAsk, LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import { checkAsked, isEmpty, type LedgerFieldFault } from "../../../shared/domain/ledger/values.ts";
import { useTerminal } from "../hooks.ts";
import { EntryFields, type Written } from "./entry-fields.tsx";
import { isStoringFile } from "./files-field.tsx";
import { forgetScans } from "./ledger-scans.ts";
import { Button } from "../staff/button.tsx";

interface StepFormProps {
  readonly definition: LedgerDefinition;
  readonly asks: readonly LedgerAsk[];
  /** Names this form among all; see `formPlace`. */
  readonly place: string;
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
export const StepForm = ({ definition, asks, place, note, noteLabel, confirm, onCancel, onSend }: StepFormProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [written, setWritten] = useState<Written>({});
  const [text, setText] = useState("");
  const [faults, setFaults] = useState<readonly LedgerFieldFault[]>([]);
  const [isNoteMissing, setNoteMissing] = useState(false);
  const [isTooEarly, setTooEarly] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = cleaned(written);
    const found = checkAsked(definition, asks, values);
    const lacksNote = note === "required" && text.trim().length < 2;
    const isStoring = isStoringFile(form);
    setFaults(found);
    setNoteMissing(lacksNote);
    setTooEarly(isStoring);
    if (isStoring) return;
    // A day that is none is not among the values: without this the entry would go without it.
    if (found.length > 0 || lacksNote || holdsWrongDay(form)) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      if (await onSend(values, text.trim())) await forgetScans(terminal, definition, place);
    } finally {
      setBusy(false);
    }
  };
  const cancel = (): void => {
    void forgetScans(terminal, definition, place);
    onCancel();
  };
  return (
    <form className="ledger-form" noValidate onSubmit={(event) => void submit(event)}>
      <EntryFields
        definition={definition}
        asks={asks}
        written={written}
        faults={faults}
        place={place}
        onChange={(id, change) => {
          setWritten((before) => ({ ...before, [id]: change(before[id]) }));
          setFaults((before) => before.filter(({ field }) => field !== id));
          setTooEarly(false);
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
      {isTooEarly ? (
        <p className="ledger-fault" role="alert">
          {t("ledgers:files.storing")}
        </p>
      ) : null}
      <div className="ledger-acts">
        <Button main submit disabled={isBusy}>
          {confirm}
        </Button>
        <Button onClick={cancel}>{t("ledgers:form.cancel")}</Button>
      </div>
    </form>
  );
};
