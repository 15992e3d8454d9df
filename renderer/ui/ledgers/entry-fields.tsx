import { useTranslation } from "react-i18next";
import {
  isSealed,
  type LedgerAsk,
  type LedgerDefinition,
  type LedgerField,
} from "../../../shared/domain/ledger/definition.ts";
import type { LedgerValue } from "../../../shared/domain/ledger/entry.ts";
import type { LedgerFieldFault } from "../../../shared/domain/ledger/values.ts";
import { FilesField } from "./files-field.tsx";
import { nameOf } from "./ledger-model.ts";
import { scanPlace } from "./ledger-scans.ts";
import { DayField } from "../staff/day-field.tsx";

export type Written = Readonly<Record<string, LedgerValue | undefined>>;

/** A new value out of what stands there when it arrives: a file may arrive long after it was picked. */
export type ValueChange = (before: LedgerValue | undefined) => LedgerValue | undefined;

interface FieldsProps {
  readonly definition: LedgerDefinition;
  readonly asks: readonly LedgerAsk[];
  readonly written: Written;
  readonly faults: readonly LedgerFieldFault[];
  /** Names this form among all; see `formPlace`. */
  readonly place: string;
  readonly onChange: (field: string, change: ValueChange) => void;
}

interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly field: LedgerField;
  readonly value: LedgerValue | undefined;
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly onEdit: (change: ValueChange) => void;
}

const marksIn = (value: LedgerValue | undefined): readonly string[] => (typeof value === "object" ? value : []);

const linesOf = (text: string): readonly string[] => text.split("\n").map((line) => line.trimStart());

const Control = ({ id, name, place, field, value, describedBy, isWrong, onEdit }: ControlProps) => {
  const { t, i18n } = useTranslation();
  const common = { id, "aria-describedby": describedBy, "aria-invalid": isWrong } as const;
  const onChange = (next: LedgerValue | undefined): void => onEdit(() => next);
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  switch (field.kind) {
    case "longText":
      return (
        <textarea
          {...common}
          rows={3}
          maxLength={2_000}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "lines":
    case "departments":
      return (
        <textarea
          {...common}
          rows={3}
          value={typeof value === "object" ? value.join("\n") : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : linesOf(event.target.value))}
        />
      );
    case "files":
      return (
        <FilesField
          id={id}
          name={name}
          describedBy={describedBy}
          place={place}
          marks={marksIn(value)}
          onChange={(change) => onEdit((before) => change(marksIn(before)))}
        />
      );
    case "choice":
      return (
        <select {...common} value={text} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("ledgers:form.choose")}</option>
          {field.choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {nameOf(choice, i18n.language)}
            </option>
          ))}
        </select>
      );
    case "rating":
      return (
        <select
          {...common}
          value={text}
          onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))}
        >
          <option value="">{t("ledgers:form.choose")}</option>
          {[5, 4, 3, 2, 1].map((rating) => (
            <option key={rating}>{rating}</option>
          ))}
        </select>
      );
    case "yesNo":
      return (
        <select
          {...common}
          value={value === undefined ? "" : value === true ? "yes" : "no"}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value === "yes")}
        >
          <option value="">{t("ledgers:form.choose")}</option>
          <option value="yes">{t("ledgers:yes")}</option>
          <option value="no">{t("ledgers:no")}</option>
        </select>
      );
    case "choices": {
      const chosen = typeof value === "object" ? value : [];
      return (
        <span id={id} role="group" aria-describedby={describedBy} className="ledger-choices">
          {field.choices.map((choice) => (
            <label key={choice.id}>
              <input
                type="checkbox"
                checked={chosen.includes(choice.id)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...chosen, choice.id] : chosen.filter((each) => each !== choice.id))
                }
              />
              {nameOf(choice, i18n.language)}
            </label>
          ))}
        </span>
      );
    }
    case "number":
      return (
        <input
          {...common}
          type="number"
          value={text}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
      );
    case "day":
      return <DayField id={id} value={text} isWrong={isWrong} describedBy={describedBy} onChange={onChange} />;
    default:
      return (
        <input
          {...common}
          type={field.kind === "phone" ? "tel" : "text"}
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
};

/** The fields of one step, in the order of its definition, each with its own fault. Sealed ones say so. */
export const EntryFields = ({ definition, asks, written, faults, place, onChange }: FieldsProps) => {
  const { t, i18n } = useTranslation();
  return asks.map(({ field: id, isRequired }) => {
    const field = definition.fields.find((each) => each.id === id);
    if (!field) return null;
    const fault = faults.find((each) => each.field === id);
    const hint = i18n.language === "en" ? field.hintEn : field.hint;
    const controlId = `${place}-${id}`;
    return (
      <div
        key={id}
        className="ledger-field"
        data-wide={["longText", "lines", "departments", "choices", "files"].includes(field.kind)}
      >
        <label htmlFor={controlId}>
          {nameOf(field, i18n.language)}
          {isRequired ? <span className="ledger-required">{t("ledgers:form.required")}</span> : null}
          {isSealed(field) ? <span className="ledger-sealed">{t("ledgers:form.sealed")}</span> : null}
        </label>
        <Control
          id={controlId}
          name={nameOf(field, i18n.language)}
          place={scanPlace(place, id)}
          field={field}
          value={written[id]}
          describedBy={`${controlId}-hint`}
          isWrong={fault !== undefined}
          onEdit={(change) => onChange(id, change)}
        />
        <small id={`${controlId}-hint`} className={fault ? "ledger-fault" : "ledger-hint"}>
          {fault ? t(`ledgers:fault.${fault.fault}`) : (hint ?? "")}
        </small>
      </div>
    );
  });
};
