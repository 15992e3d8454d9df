import { useTranslation } from "react-i18next";
import { isLanguage, languageName } from "../../../languages.ts";
import type { SettingField } from "./settings-fields.ts";

type Translate = ReturnType<typeof useTranslation>["t"];

/** A choice in words; a language by its own name. */
export const choiceText = (t: Translate, { device }: SettingField, choice: string): string =>
  isLanguage(choice) ? languageName(choice) : t(`fleet:choice.${device}.${choice}`);

interface ControlProps {
  readonly field: SettingField;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onChange: (text: string) => void;
}

/** Any of a few, in the order in which they are listed. */
const Checks = ({ field, value, isWrong, onChange }: ControlProps) => {
  const { t } = useTranslation();
  const chosen = new Set(value.split(","));
  const toggle = (choice: string): void => {
    if (!chosen.delete(choice)) chosen.add(choice);
    onChange((field.choices ?? []).filter((each) => chosen.has(each)).join(","));
  };
  return (
    <span className="fleet-checks" data-wrong={isWrong || undefined}>
      {field.choices?.map((each) => (
        <label key={each} lang={isLanguage(each) ? each : undefined}>
          <input type="checkbox" checked={chosen.has(each)} onChange={() => toggle(each)} />
          <bdi>{choiceText(t, field, each)}</bdi>
        </label>
      ))}
    </span>
  );
};

/** Where one setting is typed or chosen, and what is wrong with it. */
export const SettingControl = (props: ControlProps) => {
  const { t } = useTranslation();
  const { field, value, isWrong, onChange } = props;
  const path = `${field.device}.${field.name}`;
  const fault = isWrong ? <span className="fleet-fault">{t(`fleet:wrong.${path}`)}</span> : null;
  if (field.isList === true)
    return (
      <fieldset className="plain-field fleet-list">
        <legend>{t(`fleet:setting.${path}`)}</legend>
        <Checks {...props} />
        {fault}
      </fieldset>
    );
  return (
    <label className="plain-field plain-fields">
      {t(`fleet:setting.${path}`)}
      {field.choices === undefined ? (
        <input value={value} aria-invalid={isWrong} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((each) => (
            <option key={each} value={each}>
              {choiceText(t, field, each)}
            </option>
          ))}
        </select>
      )}
      {fault}
    </label>
  );
};
