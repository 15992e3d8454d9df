import { useCallback, useId, useLayoutEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "./button.tsx";
import { useTranslation } from "react-i18next";
import type { ClerkSession } from "../../store/terminal.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { PasswordField } from "./password-field.tsx";
import { useQuiet } from "./use-quiet.ts";

type Said = { readonly key: string; readonly params?: Readonly<Record<string, number | string>> };

/** Signs the clerk out for somebody else, or says why that cannot be. */
export type LeaveLocked = () => Promise<Said | null>;

interface LockProps {
  readonly session: ClerkSession;
  readonly leave: LeaveLocked;
}

/**
 * Over everything: the screen below stays as it is and is neither seen nor reached, by no finger and (boot/deaf-while-locked.ts) by
 * no key.
 */
const LockedScreen = ({ session, leave }: LockProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [password, setPassword] = useState("");
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const before = document.activeElement;
    const keepOpen = (event: Event): void => event.preventDefault();
    // Esc a second time closes a dialog whatever was answered the first time.
    const openAgain = (): void => dialog.showModal();
    dialog.addEventListener("cancel", keepOpen);
    dialog.addEventListener("close", openAgain);
    dialog.showModal();
    dialog.querySelector("input")?.focus();
    return () => {
      dialog.removeEventListener("cancel", keepOpen);
      dialog.removeEventListener("close", openAgain);
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const submit = async (): Promise<void> => {
    if (busy) return;
    if (password === "") return setSaid({ key: "staff:lock.empty" });
    setBusy(true);
    const outcome = await terminal.unlock(password);
    setBusy(false);
    setPassword("");
    if (outcome.kind === "wrong") setSaid({ key: "staff:lock.wrong", params: { n: outcome.triesLeft } });
    else if (outcome.kind === "unavailable") setSaid({ key: "staff:login.unavailable" });
    ref.current?.querySelector("input")?.focus();
  };

  const leaveForOther = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setSaid(await leave());
    setBusy(false);
  };

  return (
    <dialog ref={ref} className="idle-lock" aria-labelledby={titleId}>
      <div className="gate">
        <header className="gate-head">{terminal.info.hallName ?? ""}</header>
        <main className="gate-main">
          <form
            className="staff-card login-panel"
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              void submit();
            }}
          >
            <h1 id={titleId}>{t("staff:lock.title", { name: session.name, clerkNo: session.clerkNo })}</h1>
            <p>{t("staff:lock.text")}</p>
            <PasswordField value={password} errorId={said === null ? null : "lock-error"} onChange={setPassword} />
            <p id="lock-error" role="alert" className="staff-error">
              {said === null ? "" : t(said.key, said.params ?? {})}
            </p>
            <Button main large wide submit busy={busy}>
              {t("staff:lock.open")}
            </Button>
            <button type="button" className="small-button" onClick={() => void leaveForOther()}>
              {t("staff:lock.leave")}
            </button>
          </form>
        </main>
      </div>
    </dialog>
  );
};

const Watch = ({ session, leave }: LockProps) => {
  const terminal = useTerminal();
  const locked = useLive(terminal.locked);
  const lock = useCallback(() => terminal.lock(), [terminal]);
  useQuiet(!locked, lock);
  return locked ? <LockedScreen session={session} leave={leave} /> : null;
};

/** Locks the screen of a clerk who has gone away; nothing while nobody is signed in. */
export const IdleLock = ({ leave }: { readonly leave: LeaveLocked }) => {
  const session = useLive(useTerminal().clerk);
  return session === null ? null : <Watch session={session} leave={leave} />;
};
