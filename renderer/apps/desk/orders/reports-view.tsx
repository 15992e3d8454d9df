import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { mayIssue } from "../../../../shared/domain/identity/permissions.ts";
import type { FiledReport, OrderReportHead } from "../../../../shared/domain/work-order/filing.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { ColumnHeads } from "../../../ui/staff/column-heads.tsx";
import { SentenceForm } from "../act-form.tsx";
import { FaultLine } from "../floor/fault-line.tsx";
import { DayField } from "../../../ui/staff/day-field.tsx";
import { useDeskAct } from "../reviews/use-desk-act.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { PaperButtons } from "../paper-buttons.tsx";
import { exportOrders, printOrderPaper, readOrderReport, readOrderReports, saveOrderPaper } from "./order-api.ts";

const totals = ["raised", "closed", "open", "overdue", "supervised"] as const;

interface ReportProps {
  readonly head: OrderReportHead;
  readonly offset: number;
  /** May still be corrected. */
  readonly isOpen: boolean;
}

const Report = ({ head, offset, isOpen }: ReportProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const actor = useDeskActor();
  const { run, fault, isBusy } = useDeskAct();
  const [report, setReport] = useState<FiledReport | null>(null);
  const at = (ms: number): string => `${dayOf(ms, offset)} ${clockOf(ms, offset)}`;
  const look = async (): Promise<string | null> => {
    const read = await readOrderReport(terminal, head.id);
    setReport(read.ok ? read.value : null);
    return read.ok ? null : "orders:report.failed";
  };
  const take = async (): Promise<string | null> => {
    const name = head.id.replaceAll("/", "-");
    const kept = await exportOrders(terminal, { kind: "report", reportId: head.id }, name);
    return kept.ok ? null : "orders:paper.failed";
  };
  const what = { kind: "report", reportId: head.id } as const;
  const acts = [
    ["orders:report.look", look],
    ["orders:report.print", () => printOrderPaper(terminal, what)],
    ["orders:paper.pdf", () => saveOrderPaper(terminal, what)],
    ["orders:paper.export", take],
  ] as const;
  return (
    <li className="desk-card order-report">
      <h3>
        {head.department ?? t("orders:report.lead")} <small>{at(head.dueAt)}</small>
      </h3>
      <p>
        {totals.map((key) => `${t(`orders:total.${key}`)} ${String(head.totals[key])}`).join("　")}
        {"　"}
        <small>{t("orders:report.filedAt", { time: at(head.filedAt) })}</small>
      </p>
      <div className="orders-bar">
        <PaperButtons acts={acts} />
      </div>
      {report === null ? null : (
        <table className="reviews-table">
          <ColumnHeads
            titles={(["number", "item", "department", "status", "due"] as const).map((key) =>
              t(`orders:column.${key}`),
            )}
          />
          <tbody>
            {report.rows.map((row) => (
              <tr key={row.orderId}>
                <th scope="row">{row.number}</th>
                <td>{row.itemName ?? row.summary ?? "–"}</td>
                <td>{row.department ?? t("orders:fact.nobody")}</td>
                <td>
                  {t(`orders:status.${row.status}`)}
                  {row.light === null ? "" : ` · ${t(`orders:light.${row.light}`)}`}
                </td>
                <td>{row.dueAt === null ? t("orders:light.paused") : dayOf(row.dueAt, offset)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {head.corrections.map((correction) => (
        <p key={correction.at}>
          <b>{t("orders:report.correction")}</b> {correction.text} <small>{at(correction.at)}</small>
        </p>
      ))}
      {isOpen && mayIssue(actor, "CorrectOrderReport") ? (
        <details>
          <summary>{t("orders:report.correct")}</summary>
          <FaultLine fault={fault} />
          <SentenceForm
            label={t("orders:report.correctWhat")}
            confirm={t("orders:report.correct")}
            isBusy={isBusy}
            onSend={(text) => run("CorrectOrderReport", { reportId: head.id, text })}
          />
        </details>
      ) : null}
    </li>
  );
};

/** Reports that left this desk's own copy: read at the node, by the days on which they were due. */
const EarlierReports = ({
  known,
  offset,
}: {
  readonly known: ReadonlyMap<string, OrderReportHead>;
  readonly offset: number;
}) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const today = dayOf(terminal.now(), offset);
  const [days, setDays] = useState({ from: addDays(today, -365), to: today });
  const [found, setFound] = useState<readonly OrderReportHead[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const look = async (): Promise<void> => {
    const read = await readOrderReports(terminal, days);
    setFailed(!read.ok);
    setFound(read.ok ? read.value.reports.filter(({ id }) => !known.has(id)) : null);
  };
  return (
    <details className="order-reports-earlier">
      <summary>{t("orders:report.earlier")}</summary>
      <div className="reviews-range">
        {(["from", "to"] as const).map((end) => (
          <label key={end}>
            {t(`orders:figures.${end}`)}
            <DayField value={days[end]} onChange={(day) => setDays({ ...days, [end]: day })} />
          </label>
        ))}
        <button
          type="button"
          className="small-button"
          disabled={days.from === "" || days.to === ""}
          onClick={() => void look()}
        >
          {t("orders:report.find")}
        </button>
        <span role="status">
          {isFailed ? t("orders:report.failed") : found?.length === 0 ? t("orders:report.noEarlier") : ""}
        </span>
      </div>
      <ul className="reviews-cards">
        {found?.map((head) => (
          <Report key={head.id} head={head} offset={offset} isOpen={false} />
        ))}
      </ul>
    </details>
  );
};

/** The weekly reports as they were filed, newest first; what was wrong is added, nothing is changed. */
export const OrderReportsView = () => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const heads = [...hall.orderReports.values()].sort(
    (left, right) => right.dueAt - left.dueAt || (left.id < right.id ? -1 : 1),
  );
  return (
    <div className="reviews-scroll">
      {heads.length === 0 ? <p className="desk-empty">{t("orders:report.none")}</p> : null}
      <ul className="reviews-cards">
        {heads.map((head) => (
          <Report key={head.id} head={head} offset={offset} isOpen />
        ))}
      </ul>
      <EarlierReports known={hall.orderReports} offset={offset} />
    </div>
  );
};
