import { useId } from "react";
import "./radios.css";

/** One of a few, all in sight. */
export const Radios = <V extends string>({
  legend,
  values,
  value,
  nameOf,
  onChange,
}: {
  readonly legend: string;
  readonly values: readonly V[];
  readonly value: V | null;
  readonly nameOf: (value: V) => string;
  readonly onChange: (value: V) => void;
}) => {
  const name = useId();
  return (
    <fieldset className="staff-radios">
      <legend>{legend}</legend>
      {values.map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={value === each} onChange={() => onChange(each)} />
          {nameOf(each)}
        </label>
      ))}
    </fieldset>
  );
};
