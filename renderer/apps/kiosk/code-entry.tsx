import { useEffect, useRef, type ReactElement } from "react";
import { OnScreenKeyboard } from "../../ui/public/keyboard.tsx";

/** A field for a code or a number, with the keyboard that suits it. What is wrong with it stands under the field. */
export const CodeEntry = ({
  label,
  note,
  isWrong = false,
  value,
  maxLength,
  layout,
  onChange,
}: {
  readonly label: string;
  readonly note: string;
  readonly isWrong?: boolean;
  readonly value: string;
  readonly maxLength: number;
  readonly layout: "codes" | "digits";
  readonly onChange: (value: string) => void;
}): ReactElement => {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="code-entry">
      <label>
        <span>{label}</span>
        <input
          ref={field}
          type="text"
          inputMode="none"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={maxLength}
          value={value.toUpperCase()}
          aria-describedby="code-note"
          aria-invalid={isWrong}
          onChange={(event) => onChange(event.target.value.toUpperCase())}
        />
      </label>
      <p id="code-note" role={isWrong ? "alert" : "status"} className={isWrong ? "code-wrong" : "quiet"}>
        {note}
      </p>
      <OnScreenKeyboard
        layout={layout}
        value={value}
        maxLength={maxLength}
        onChange={(next) => onChange(next.toUpperCase())}
      />
    </div>
  );
};
