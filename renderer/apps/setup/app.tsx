import { useState } from "react";
import { Button } from "../../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../../ui/hooks.ts";
import { findStaffBridge } from "../../ui/staff/bridge.ts";
import { ConfirmDialog } from "../../ui/staff/confirm-dialog.tsx";
import { LanguageSwitch } from "../../ui/staff/language-switch.tsx";
import { StartNotices } from "../../ui/staff/start-notices.tsx";
import { StaffShell } from "../../ui/staff/staff-shell.tsx";
import { CounterDisplayPanel } from "./counter-display-panel.tsx";
import { DiagnosticsPanel, DisplaysPanel } from "./diagnostics-panel.tsx";
import { EnrolPanel } from "./enrol-panel.tsx";
import { IdReaderPanel } from "./id-reader-panel.tsx";
import { DocumentPrinterPanel } from "./document-printer-panel.tsx";
import { PrinterPanel } from "./printer-panel.tsx";
import "./setup.css";

/** An enrolled terminal: what it is, and the way out. */
const EnrolledPanel = () => {
  const { t } = useTranslation();
  const { info } = useTerminal();
  const bridge = findStaffBridge();
  const [asks, setAsks] = useState(false);
  const [unsent, setUnsent] = useState<number | null>(null);
  const leave = async (): Promise<void> => {
    const { countUnsent } = await import("./unsent.ts");
    const outbox = await countUnsent(info.credentials?.deviceId ?? "");
    const outcome = await bridge?.["setup.leaveHall"](outbox);
    setUnsent(outcome?.ok === false ? outcome.error.unsent : null);
    if (outcome?.ok === true) await bridge?.["setup.restart"]();
  };
  return (
    <section className="staff-card" aria-labelledby="enrolled">
      <h2 id="enrolled">{t("setup:enrolled.heading")}</h2>
      <dl className="setup-facts">
        <div>
          <dt>{t("setup:enrolled.hall")}</dt>
          <dd>{info.hallName ?? "–"}</dd>
        </div>
        <div>
          <dt>{t("setup:enrolled.name")}</dt>
          <dd>{info.terminalName ?? "–"}</dd>
        </div>
        <div>
          <dt>{t("setup:enrolled.node")}</dt>
          <dd>{info.nodeUrl ?? "–"}</dd>
        </div>
        <div>
          <dt>{t("setup:enrolled.version")}</dt>
          <dd>{info.appVersion}</dd>
        </div>
      </dl>
      <p role="alert" className="staff-error">
        {unsent === null ? "" : t("setup:enrolled.outbox", { n: unsent })}
      </p>
      {bridge ? (
        <div className="setup-buttons">
          <Button main onClick={() => void bridge["setup.restart"]()}>
            {t("setup:enrolled.restart")}
          </Button>
          <Button danger onClick={() => setAsks(true)}>
            {t("setup:enrolled.leave")}
          </Button>
        </div>
      ) : null}
      {asks ? (
        <ConfirmDialog
          question={t("setup:enrolled.question", { hall: info.hallName ?? "" })}
          consequence={t("setup:enrolled.consequence")}
          confirm={t("setup:enrolled.leave")}
          danger
          onClose={() => setAsks(false)}
          onConfirm={() => void leave()}
        />
      ) : null}
    </section>
  );
};

/** Installing a terminal: enrol it, then printer, displays, and what is well or not. */
export const App = () => {
  const { t } = useTranslation();
  const { info } = useTerminal();
  const bridge = findStaffBridge();
  return (
    <StaffShell title={t("setup:title")}>
      <div className="staff-page">
        <header className="staff-page-head">
          <h1>{t("setup:title")}</h1>
          <span className="status-gap" />
          <LanguageSwitch />
        </header>
        <main className="setup-main">
          <div className="setup-column">
            <StartNotices />
            {info.credentials === null ? <EnrolPanel /> : <EnrolledPanel />}
            {bridge ? <DisplaysPanel bridge={bridge} /> : null}
          </div>
          {bridge ? (
            <div className="setup-column">
              <DiagnosticsPanel bridge={bridge} />
              <PrinterPanel bridge={bridge} />
              <DocumentPrinterPanel bridge={bridge} />
              <IdReaderPanel bridge={bridge} />
              <CounterDisplayPanel bridge={bridge} />
            </div>
          ) : null}
        </main>
      </div>
    </StaffShell>
  );
};
