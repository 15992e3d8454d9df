import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { TextInput } from "./text-input.tsx";
import { useTranslation } from "react-i18next";
import type { FactorEnrolment } from "../../store/terminal.ts";
import { QrCode } from "../public/qr-code.tsx";
import "./factor-step.css";

/** The app is set up: what it scans, what is typed where it cannot, and the codes for when it is lost. */
const Enrolment = ({ enrolment }: { readonly enrolment: FactorEnrolment }): ReactNode => {
  const { t } = useTranslation();
  return (
    <>
      <p>{t("staff:factor.how")}</p>
      <div className="factor-app">
        <QrCode text={enrolment.uri} label={t("staff:factor.qr")} />
        <div>
          <p>{t("staff:factor.typed")}</p>
          <code className="factor-secret">{enrolment.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
          <h2 id="factor-recovery">{t("staff:factor.recovery")}</h2>
          <p>{t("staff:factor.recoveryHow")}</p>
          <ul className="factor-codes" aria-labelledby="factor-recovery">
            {enrolment.recoveryCodes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>
  );
};

interface FactorStepProps {
  readonly clerkNo: string;
  /** What hinders signing in now. */
  readonly notice: ReactNode;
  /** Null: the clerk has an app already. */
  readonly enrolment: FactorEnrolment | null;
  readonly code: string;
  readonly error: string | null;
  readonly isBusy: boolean;
  readonly onChange: (code: string) => void;
  readonly onBack: () => void;
}

/** What comes after the password where a second factor is asked for: a code of the authenticator app. */
export const FactorStep = ({ clerkNo, notice, enrolment, code, error, isBusy, onChange, onBack }: FactorStepProps) => {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [error]);
  return (
    <>
      <h1>{t(enrolment === null ? "staff:factor.title" : "staff:factor.setUp", { clerkNo })}</h1>
      {notice}
      {enrolment === null ? null : <Enrolment enrolment={enrolment} />}
      <label className="staff-field">
        <span>{t("staff:factor.code")}</span>
        <TextInput
          ref={field}
          large
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={40}
          value={code}
          aria-describedby={error === null ? "factor-hint" : "factor-hint factor-error"}
          {...(error === null ? {} : { wrong: true })}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <p id="factor-hint" className="form-hint">
        {t(enrolment === null ? "staff:factor.hint" : "staff:factor.firstHint")}
      </p>
      <p id="factor-error" role="alert" className="staff-error">
        {error === null ? "" : t(error)}
      </p>
      <Button main large wide submit busy={isBusy}>
        {t("staff:login.enter")}
      </Button>
      <button type="button" className="small-button factor-back" onClick={onBack}>
        {t("staff:factor.back")}
      </button>
    </>
  );
};
