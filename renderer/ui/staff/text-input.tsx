import type { ComponentProps } from "react";
import "./controls.css";

interface FieldProps {
  readonly value: string;
  readonly large?: boolean;
  /** What stands in it cannot be taken as it is. */
  readonly wrong?: boolean;
  /** Tells how much of `maxLength` is written. */
  readonly counted?: boolean;
}

const classesOf = (large: boolean, className: string): string =>
  ["text-input", large ? "text-input-large" : "", className].filter((name) => name !== "").join(" ");

const Count = ({ value, max }: { readonly value: string; readonly max: number | undefined }) => (
  <span className="text-input-count" aria-hidden="true">
    {value.length}
    {max === undefined ? null : ` / ${String(max)}`}
  </span>
);

interface TextInputProps extends Omit<ComponentProps<"input">, "value">, FieldProps {
  /** What its number counts, behind it. */
  readonly unit?: string;
}

/** A line to write in, of a staff screen. */
export const TextInput = (props: TextInputProps) => {
  const { large = false, wrong = false, counted = false, unit, className = "", ...rest } = props;
  const field = (
    <input type="text" {...rest} aria-invalid={wrong || rest["aria-invalid"]} className={classesOf(large, className)} />
  );
  if (!counted && unit === undefined) return field;
  return (
    <span className="text-input-row">
      {field}
      {unit === undefined ? null : <span className="text-input-unit">{unit}</span>}
      {counted ? <Count value={rest.value} max={rest.maxLength} /> : null}
    </span>
  );
};

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "value">, FieldProps {
  /** Of a text that may be longer for a while, and is refused then. */
  readonly limit?: number;
}

/** Some lines to write in, of a staff screen. */
export const TextArea = (props: TextAreaProps) => {
  const { large = false, wrong = false, counted = false, limit, className = "", ...rest } = props;
  const isTooLong = limit !== undefined && rest.value.length > limit;
  const field = (
    <textarea
      {...rest}
      aria-invalid={wrong || isTooLong || rest["aria-invalid"]}
      className={classesOf(large, className)}
    />
  );
  if (!counted && limit === undefined) return field;
  return (
    <span className="text-input-column">
      {field}
      <Count value={rest.value} max={limit ?? rest.maxLength} />
    </span>
  );
};
