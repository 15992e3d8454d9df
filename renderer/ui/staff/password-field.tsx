import type { Ref } from "react";
import { TextInput } from "./text-input.tsx";
import { useTranslation } from "react-i18next";

interface PasswordFieldProps {
  readonly value: string;
  /** Id of the sentence that says what is wrong; null: nothing is. */
  readonly errorId: string | null;
  readonly onChange: (password: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A clerk's password: never kept by the browser. */
export const PasswordField = ({ value, errorId, onChange, ref }: PasswordFieldProps) => {
  const { t } = useTranslation();
  return (
    <label className="staff-field">
      <span>{t("staff:login.password")}</span>
      <TextInput
        {...(ref === undefined ? {} : { ref })}
        type="password"
        large
        autoComplete="off"
        maxLength={200}
        value={value}
        {...(errorId === null ? {} : { wrong: true, "aria-describedby": errorId })}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
};
