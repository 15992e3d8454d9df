import type { Ref } from "react";
import Input from "antd/es/input";
import type { InputRef } from "antd/es/input";
import { useTranslation } from "react-i18next";

interface PasswordFieldProps {
  readonly value: string;
  /** Id of the sentence that says what is wrong; null: nothing is. */
  readonly errorId: string | null;
  readonly onChange: (password: string) => void;
  readonly ref?: Ref<InputRef>;
}

/** A clerk's password: never kept by the browser. */
export const PasswordField = ({ value, errorId, onChange, ref }: PasswordFieldProps) => {
  const { t } = useTranslation();
  return (
    <label className="staff-field">
      <span>{t("staff:login.password")}</span>
      <Input
        {...(ref === undefined ? {} : { ref })}
        type="password"
        size="large"
        autoComplete="off"
        maxLength={200}
        value={value}
        {...(errorId === null ? {} : { status: "error" as const, "aria-describedby": errorId })}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
};
