import { useCallback, useEffect, useState } from "react";
import { Button } from "../../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import type { Diagnostic, DisplayInfo, StaffBridge } from "../../../shared/contract/ipc.ts";
import { diagnosticKey } from "./fault-key.ts";

const signs: Readonly<Record<Diagnostic["state"], string>> = { ok: "✓", warn: "!", fault: "✕" };
const tones: Readonly<Record<Diagnostic["state"], string>> = { ok: "ok", warn: "warn", fault: "alarm" };

/** What is well and what is not on this terminal, and what to do about it. */
export const DiagnosticsPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly Diagnostic[] | null>(null);
  const [busy, setBusy] = useState(false);
  const run = useCallback(async (): Promise<void> => {
    setBusy(true);
    setLines(await bridge["setup.diagnostics"]());
    setBusy(false);
  }, [bridge]);
  useEffect(() => void run(), [run]);
  return (
    <section className="staff-card" aria-labelledby="diagnostics">
      <h2 id="diagnostics">{t("setup:diagnostics.heading")}</h2>
      {lines === null ? (
        <p className="staff-hint">{t("setup:diagnostics.running")}</p>
      ) : (
        <ul className="diagnostics">
          {lines.map((line) => (
            <li key={line.id} className={`lamp-${tones[line.state]}`}>
              <span className="lamp-sign" aria-hidden="true">
                {signs[line.state]}
              </span>
              <b>{t(`setup:diagnostics.${line.id}.name`)}</b>
              <span>{t(diagnosticKey(line), { by: line.detail })}</span>
              {line.detail === "" || line.id === "clock" ? null : <small>{line.detail}</small>}
            </li>
          ))}
        </ul>
      )}
      <Button busy={busy} onClick={() => void run()}>
        {t("setup:diagnostics.again")}
      </Button>
    </section>
  );
};

/** The displays that the system sees; the counter needs two. */
export const DisplaysPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [displays, setDisplays] = useState<readonly DisplayInfo[]>([]);
  useEffect(() => void bridge["setup.displays"]().then(setDisplays), [bridge]);
  return (
    <section className="staff-card" aria-labelledby="displays">
      <h2 id="displays">{t("setup:displays.heading")}</h2>
      <ul className="setup-displays">
        {displays.map((display, index) => (
          <li key={display.id}>
            <b>{display.label === "" ? t("setup:displays.unnamed", { n: index + 1 }) : display.label}</b>
            <span>
              {display.width} × {display.height}
            </span>
            <span>{display.primary ? t("setup:displays.primary") : t("setup:displays.second")}</span>
          </li>
        ))}
      </ul>
      <p className="staff-hint">{displays.length < 2 ? t("setup:displays.one") : t("setup:displays.two")}</p>
    </section>
  );
};
