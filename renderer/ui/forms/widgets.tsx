import { TextArea, TextInput } from "../staff/text-input.tsx";
import { ariaDescribedByIds, type RegistryWidgetsType, type RJSFSchema } from "@rjsf/utils";
import { useTranslation } from "react-i18next";

/** The part of the library's widget props that is used here, without its `any`. */
interface Props {
  readonly id: string;
  readonly label: string;
  readonly value?: unknown;
  readonly required?: boolean | undefined;
  readonly schema: RJSFSchema;
  readonly rawErrors?: readonly string[] | undefined;
  readonly options: {
    readonly enumOptions?: readonly { readonly value?: unknown; readonly label: string }[];
    readonly unit?: unknown;
  };
  readonly onChange: (value: unknown) => void;
  readonly onBlur: (id: string, value: unknown) => void;
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** What a screen reader hears about a field beside its label. */
const described = ({ id, rawErrors }: Props) => ({
  "aria-describedby": ariaDescribedByIds(id),
  "aria-invalid": (rawErrors?.length ?? 0) > 0,
});

const TextWidget = (props: Props) => {
  const { id, value, required, onChange, onBlur, schema, options } = props;
  const { unit } = options;
  return (
    <TextInput
      id={id}
      value={textOf(value)}
      required={required === true}
      autoComplete="off"
      spellCheck={false}
      {...(schema.type === "string" ? {} : { inputMode: "decimal" as const })}
      {...(typeof unit === "string" ? { unit } : {})}
      {...described(props)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      onBlur={(event) => onBlur(id, event.target.value)}
    />
  );
};

const LinesWidget = (props: Props) => {
  const { id, value, required, onChange, onBlur, schema } = props;
  return (
    <TextArea
      id={id}
      value={textOf(value)}
      required={required === true}
      rows={2}
      spellCheck={false}
      {...(schema.maxLength === undefined ? {} : { limit: schema.maxLength })}
      {...described(props)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      onBlur={(event) => onBlur(id, event.target.value)}
    />
  );
};

/** 20261122, 2026/11/22, 2026.11.22 and 2026年11月22日 are all how people write a day. */
export const readDay = (text: string): string => {
  const parts =
    /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text) ?? /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*$/.exec(text);
  if (!parts) return text;
  const [, year = "", month = "", day = ""] = parts;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
};

const DayWidget = (props: Props) => {
  const { id, value, required, onChange, onBlur } = props;
  const { t } = useTranslation();
  return (
    <TextInput
      id={id}
      value={textOf(value)}
      required={required === true}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t("form:dayHint")}
      {...described(props)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      onBlur={(event) => {
        const day = readDay(event.target.value);
        if (day !== event.target.value) onChange(day);
        onBlur(id, day);
      }}
    />
  );
};

const SelectWidget = (props: Props) => {
  const { id, value, required, onChange, onBlur, options } = props;
  const { t } = useTranslation();
  const chosen = textOf(value);
  const known = options.enumOptions?.some((option) => option.value === chosen) === true;
  return (
    <select
      id={id}
      className="form-select"
      value={chosen}
      required={required === true}
      {...described(props)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      onBlur={(event) => onBlur(id, event.target.value)}
    >
      <option value="">{t("form:choose")}</option>
      {/* A draft may hold a choice that the catalogue has dropped since: it is shown, and told to be wrong. */}
      {chosen !== "" && !known ? <option value={chosen}>{chosen}</option> : null}
      {options.enumOptions?.map((option) => (
        <option key={String(option.value)} value={String(option.value)}>
          {option.label}
        </option>
      ))}
    </select>
  );
};

const RadioWidget = (props: Props) => {
  const { id, value, onChange, onBlur, options, label } = props;
  return (
    <div className="form-radios" role="radiogroup" id={id} tabIndex={-1} aria-label={label} {...described(props)}>
      {options.enumOptions?.map((option) => (
        <label key={String(option.value)}>
          <input
            type="radio"
            name={id}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            onBlur={() => onBlur(id, value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
};

const CheckboxWidget = (props: Props) => {
  const { id, value, onChange, onBlur, label } = props;
  return (
    <label className="form-check">
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        {...described(props)}
        onChange={(event) => onChange(event.target.checked)}
        onBlur={() => onBlur(id, value)}
      />
      <span>{label}</span>
    </label>
  );
};

/** Fields as clerks type them: no pop-ups that need a mouse; native where the browser is quick and known. */
export const formWidgets: RegistryWidgetsType<Record<string, unknown>> = {
  TextWidget,
  TextareaWidget: LinesWidget,
  SelectWidget,
  RadioWidget,
  CheckboxWidget,
  day: DayWidget,
};
