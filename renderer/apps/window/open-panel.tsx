import { useState, type FormEvent } from "react";
import { Button } from "../../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import type { ClerkSession } from "../../store/terminal.ts";
import { useLink, useTerminal } from "../../ui/hooks.ts";
import { CounterChoice } from "./counter-choice.tsx";

interface OpenPanelProps {
  readonly session: ClerkSession;
  readonly counterId: string | null;
  readonly busy: boolean;
  readonly onChoose: (counterId: string) => void;
  readonly onOpen: () => void;
}

/** A signed-in clerk without a counter: after closing one, after a restart, or when the chosen one was taken. */
export const OpenPanel = ({ session, counterId, busy, onChoose, onOpen }: OpenPanelProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const link = useLink();
  const [missing, setMissing] = useState(false);
  return (
    <form
      className="staff-card open-panel"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setMissing(counterId === null);
        if (counterId !== null && !busy) onOpen();
      }}
    >
      <h1>{t("window:open.heading", { name: session.name, clerkNo: session.clerkNo })}</h1>
      {link === "offline" ? <p className="staff-hint staff-hint-warn">{t("window:open.offline")}</p> : null}
      <CounterChoice chosen={counterId} clerkId={session.clerkId} onChoose={onChoose} />
      <p role="alert" className="staff-error">
        {missing && counterId === null ? t("window:open.choose") : ""}
      </p>
      <div className="open-panel-foot">
        <Button large onClick={() => void terminal.logout()}>
          {t("window:open.someoneElse")}
        </Button>
        <Button main large submit busy={busy} autoFocus data-home-focus>
          {t("window:open.open")}
        </Button>
      </div>
    </form>
  );
};
