import { useId } from "react";
import { TextArea, TextInput } from "../staff/text-input.tsx";

/** One of a few, all to be seen at once. */
export const ChoiceField = <V extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  readonly label: string;
  readonly choices: readonly (readonly [V, string])[];
  /** Null: nobody has chosen yet. */
  readonly value: V | null;
  readonly onChange: (value: V) => void;
}) => {
  const name = useId();
  return (
    <fieldset className="form-radios case-choice">
      <legend>{label}</legend>
      {choices.map(([each, title]) => (
        <label key={each}>
          <input type="radio" name={name} checked={value === each} onChange={() => onChange(each)} />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
};

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A short text. */
export const LineField = ({ label, value, onChange }: TextFieldProps) => (
  <label className="staff-field">
    <span>{label}</span>
    <TextInput value={value} maxLength={60} onChange={(event) => onChange(event.target.value)} />
  </label>
);

/** Words of one's own, where the dialog begins. */
export const WordsField = ({ label, max, value, onChange }: TextFieldProps & { readonly max: number }) => (
  <label className="staff-field">
    <span>{label}</span>
    <TextArea rows={2} maxLength={max} counted value={value} onChange={(event) => onChange(event.target.value)} />
  </label>
);
