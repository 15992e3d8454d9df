import { useCallback, useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { TextInput } from "./text-input.tsx";
import { useTranslation } from "react-i18next";
import { useLink, useTerminal } from "../hooks.ts";
import { PasswordField } from "./password-field.tsx";
import { FactorStep } from "./factor-step.tsx";
import { useQuiet } from "./use-quiet.ts";
import type { ClerkSession, FactorEnrolment } from "../../store/terminal.ts";

/** The sentence for a refused login: what is wrong and what to do. */
const loginErrorKey = (code: string): string => {
  switch (code) {
    case "login_failed":
      return "staff:login.failed";
    case "login_locked":
      return "staff:login.locked";
    case "too_many_requests":
      return "staff:login.tooMany";
    case "code_wrong":
      return "staff:factor.wrong";
    case "unauthorised":
      return "staff:login.terminalUnknown";
    case "unavailable":
      return "staff:login.unavailable";
    default:
      return "staff:login.unexpected";
  }
};

interface LoginPanelProps {
  readonly heading: string;
  /** More to choose before the button, e.g. the counter. */
  readonly children?: ReactNode;
  readonly onSignedIn: (session: ClerkSession) => void;
}

const LAST_CLERK = "staff.lastClerkNo";

/** A Chinese input method writes １００１ as readily as 1001. */
const plainNumber = (typed: string): string => typed.normalize("NFKC").trim();

/** Clerk number and password. The last number is remembered, a password never. */
export const LoginPanel = ({ heading, children, onSignedIn }: LoginPanelProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const link = useLink();
  const [clerkNo, setClerkNo] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<{ readonly key: string } | null>(null);
  const [busy, setBusy] = useState(false);
  /** What the node wants besides the password. */
  const [factor, setFactor] = useState<{ readonly enrolment: FactorEnrolment | null } | null>(null);
  const [code, setCode] = useState("");
  const numberField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void terminal.readDraft(LAST_CLERK).then((last) => {
      if (typeof last !== "string" || last === "") return;
      setClerkNo((typed) => (typed === "" ? last : typed));
      passwordField.current?.focus();
    });
  }, [terminal]);

  const leaveFactor = useCallback((): void => {
    setFactor(null);
    setError(null);
    setCode("");
    setPassword("");
  }, []);
  // A key or recovery codes are not left on the screen of somebody who went away, nor a password behind it.
  useQuiet(factor !== null, leaveFactor);

  const submit = async (): Promise<void> => {
    if (busy) return;
    const first = plainNumber(clerkNo) === "" ? numberField.current : password === "" ? passwordField.current : null;
    if (first !== null) {
      // Enter in the one field leads to the other that is still empty; a password typed on would be read by everybody.
      if (document.activeElement === first || plainNumber(clerkNo) === "") setError({ key: "staff:login.empty" });
      first.focus();
      return;
    }
    if (factor !== null && code.trim() === "") {
      setError({ key: "staff:factor.empty" });
      return;
    }
    setBusy(true);
    setError(null);
    const session = await terminal.login(plainNumber(clerkNo), password, ...(factor === null ? [] : [code.trim()]));
    setBusy(false);
    if (session.ok) {
      leaveFactor();
      await terminal.writeDraft(LAST_CLERK, session.value.clerkNo);
      onSignedIn(session.value);
      return;
    }
    const fault = session.error;
    if (fault.code === "code_needed" || fault.code === "factor_enrol") {
      setFactor({ enrolment: fault.enrolment ?? null });
      return;
    }
    // A code that nobody looked at is sent again as it stands: a recovery code is long.
    if (fault.code === "code_wrong") setCode("");
    // Who is at the second step has shown the right password, unless it was changed since: only the code is typed again.
    if (factor === null || fault.code === "login_failed") leaveFactor();
    setError({ key: loginErrorKey(fault.code) });
    passwordField.current?.focus();
  };

  const offline = link === "offline" ? <p className="staff-hint staff-hint-warn">{t("staff:login.offline")}</p> : null;
  return (
    <form
      className="staff-card login-panel"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      {factor === null ? (
        <>
          <h1>{heading}</h1>
          {offline}
          {link === "rejected" ? (
            <p className="staff-hint staff-hint-alarm">{t("staff:login.terminalUnknown")}</p>
          ) : null}
          <label className="staff-field">
            <span>{t("staff:login.clerkNo")}</span>
            <TextInput
              ref={numberField}
              large
              autoFocus
              autoComplete="off"
              spellCheck={false}
              maxLength={20}
              value={clerkNo}
              onChange={(event) => setClerkNo(event.target.value)}
            />
          </label>
          <PasswordField
            ref={passwordField}
            value={password}
            errorId={error === null ? null : "login-error"}
            onChange={setPassword}
          />
          {children}
          <p id="login-error" role="alert" className="staff-error">
            {error === null ? "" : t(error.key)}
          </p>
          <Button main large wide submit busy={busy} data-home-focus>
            {t("staff:login.enter")}
          </Button>
        </>
      ) : (
        <FactorStep
          clerkNo={plainNumber(clerkNo)}
          notice={offline}
          enrolment={factor.enrolment}
          code={code}
          error={error?.key ?? null}
          isBusy={busy}
          onChange={setCode}
          onBack={leaveFactor}
        />
      )}
    </form>
  );
};
