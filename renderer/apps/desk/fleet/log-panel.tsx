import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { TerminalAnswer } from "../../../../shared/contract/fleet-orders.ts";
import { faultEvents, isLogCode } from "../../../../shared/contract/log-events.ts";
import { keepSheet } from "../keep-sheet.ts";
import type { Orders } from "./use-orders.ts";

type Lines = Extract<TerminalAnswer, { kind: "logs" }>["lines"];

const fieldsOf = ({ at: _at, event: _event, ...fields }: Lines[number]): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");

/** The last lines of a terminal's log, fetched when somebody asks for them. */
export const LogPanel = ({
  orders,
  name,
  offset,
}: {
  readonly orders: Orders;
  readonly name: string;
  readonly offset: number;
}) => {
  const { t } = useTranslation();
  const [lines, setLines] = useState<Lines | null>(null);
  const [onlyFaults, setOnlyFaults] = useState(false);
  const fetchLines = (): void =>
    orders.give({ what: "logs" }, null, (answer) => {
      if (answer?.kind === "logs") setLines(answer.lines);
    });
  const keep = (): void => {
    const text = (lines ?? []).map((line) => JSON.stringify(line)).join("\n");
    void keepSheet(new TextEncoder().encode(`${text}\n`), `terminal-log-${String(Date.now())}.log`);
  };
  const shown = (lines ?? []).filter(({ event }) => !onlyFaults || faultEvents.has(event)).reverse();
  return (
    <section aria-labelledby="fleet-log">
      <h3 id="fleet-log">{t("fleet:log.heading")}</h3>
      <p className="desk-more">{t("fleet:log.what")}</p>
      <div className="fleet-acts">
        <button type="button" className="small-button" disabled={orders.busy !== null} onClick={fetchLines}>
          {t("fleet:act.logs")}
        </button>
        {lines === null ? null : (
          <>
            <button type="button" className="small-button" onClick={keep}>
              {t("fleet:log.keep")}
            </button>
            <label>
              <input type="checkbox" checked={onlyFaults} onChange={(event) => setOnlyFaults(event.target.checked)} />{" "}
              {t("fleet:log.onlyFaults")}
            </label>
          </>
        )}
      </div>
      {lines === null ? null : shown.length === 0 ? (
        <p className="desk-empty">{t("fleet:log.none")}</p>
      ) : (
        <ol className="fleet-log" aria-label={t("fleet:log.of", { name })} tabIndex={0}>
          {shown.map((line, index) => {
            const at = Date.parse(line.at);
            return (
              <li key={index} data-fault={faultEvents.has(line.event) || undefined}>
                <span>
                  {dayOf(at, offset)} {clockOf(at, offset)}
                </span>{" "}
                <b>{isLogCode(line.event) ? t(`logEvent:${line.event}`) : line.event}</b> <code>{line.event}</code>{" "}
                {fieldsOf(line)}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
};
