import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockOf } from "../../../shared/basics/time.ts";
import { useConnection, useLive, useTerminal } from "../hooks.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { lampsOf, type Tone } from "./status-model.ts";
import { useNow } from "../use-now.ts";

/** A sign beside every colour (look.md): shapes that are told apart without it. */
const signs: Readonly<Record<Tone, string>> = { ok: "✓", warn: "!", alarm: "✕", quiet: "–" };

interface StatusBarProps {
  /** Open refusals that the screen itself shows, beside those of the terminal. */
  readonly refusals?: number;
  readonly children?: ReactNode;
}

/** One line at the foot of every staff screen: how the terminal is, and the hall's clock. */
export const StatusBar = ({ refusals = 0, children }: StatusBarProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const connection = useConnection();
  const notices = useLive(terminal.notices);
  const uploads = useLive(terminal.files.uploads);
  const plan = useLive(terminal.hall).plan;
  const now = useNow(1_000);
  const lamps = lampsOf(connection, notices.length + refusals, now, now - Date.now(), uploads);
  return (
    <footer className="status-bar" aria-label={t("staff:status.label")}>
      {lamps.map(({ id, tone, key, params, age }) => (
        <span key={id} className={`lamp lamp-${tone}`} data-lamp={id} data-tone={tone}>
          <span className="lamp-sign" aria-hidden="true">
            {signs[tone]}
          </span>
          {t(key, { ...params, ...(age === undefined ? {} : { age: t(age.key, age.params) }) })}
        </span>
      ))}
      {children}
      <span className="status-gap" />
      <time className="status-clock">{clockOf(now, plan?.utcOffsetMinutes ?? 480)}</time>
      <LanguageSwitch />
    </footer>
  );
};
