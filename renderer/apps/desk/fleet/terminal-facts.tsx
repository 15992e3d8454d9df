import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { FleetTerminal } from "../../../../shared/domain/fleet/fleet.ts";
import { versionText } from "./terminal-table.tsx";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What a terminal told of itself last, in lines. */
export const TerminalFacts = ({ terminal, offset }: { readonly terminal: FleetTerminal; readonly offset: number }) => {
  const { t } = useTranslation();
  const at = (instant: number | null): string =>
    instant === null ? t("fleet:never") : `${dayOf(instant, offset)} ${clockOf(instant, offset)}`;
  const { report } = terminal;
  const machine = report?.machine ?? null;
  const up = (ms: number): string =>
    ms < HOUR ? t("fleet:minutes", { n: Math.floor(ms / MINUTE) }) : t("fleet:hours", { n: Math.floor(ms / HOUR) });
  const facts: readonly (readonly [string, string])[] = [
    ["seen", at(terminal.seenAt)],
    ["enrolled", at(terminal.enrolledAt)],
    ...(terminal.revokedAt === null ? [] : [["revokedAt", at(terminal.revokedAt)] as const]),
    ...(terminal.lockedAt === null ? [] : [["lockedAt", `${at(terminal.lockedAt)} ${terminal.lockReason}`] as const]),
    ["version", versionText(terminal, t)],
    ...(report === null
      ? []
      : [
          [
            "outbox",
            report.outbox === 0
              ? t("fleet:sent")
              : t("fleet:unsent", { n: report.outbox, minutes: Math.floor(report.oldestMs / MINUTE) }),
          ] as const,
          ["deadLetters", String(report.deadLetters)] as const,
          ["clock", t("fleet:seconds", { n: Math.round(report.clockOffsetMs / 100) / 10 || 0 })] as const,
        ]),
    ...(machine === null
      ? []
      : [
          ["printer", t(`fleet:printer.${machine.printer}`)] as const,
          ["disk", machine.diskFreeMb === null ? "–" : `${(machine.diskFreeMb / 1_000).toFixed(1)} GB`] as const,
          ["up", up(machine.upMs)] as const,
          ["errorLines", String(machine.errorLines)] as const,
          ["system", `${machine.os} · Electron ${machine.electron}`] as const,
        ]),
  ];
  return (
    <>
      {report === null ? <p className="desk-empty">{t("fleet:noReport")}</p> : null}
      <dl className="fact-rows">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fleet:fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};
