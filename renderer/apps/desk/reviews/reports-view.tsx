import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { DeskReports, ListedReport } from "../../../../shared/contract/desk-reviews.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { actOnReport, readReports } from "./desk-api.ts";

/** How the reports to the platform stand; the refused ones with what is wrong, to be tried again or let go. */
export const ReportsView = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const offset = terminal.hall.get().plan?.utcOffsetMinutes ?? 480;
  const [reports, setReports] = useState<DeskReports | null>(null);
  const [isFailed, setFailed] = useState(false);
  const load = useCallback(() => {
    void readReports(terminal).then((answer) => {
      setFailed(!answer.ok);
      if (answer.ok) setReports(answer.value);
    });
  }, [terminal]);
  useEffect(load, [load]);
  const act = (report: ListedReport, what: "retry" | "drop"): void =>
    void actOnReport(terminal, report, what).then((answer) => {
      setFailed(!answer);
      load();
    });
  return (
    <div className="reviews-scroll" role="region" aria-label={t("deskReviews:tab.reports")} tabIndex={0}>
      {isFailed ? <p className="reviews-fault">{t("deskReviews:figures.failed")}</p> : null}
      {reports === null ? null : reports.profile === null ? (
        <p className="desk-empty">{t("deskReviews:reports.off")}</p>
      ) : (
        <>
          <p>
            {t("deskReviews:reports.counts", {
              waiting: reports.waiting,
              sent: reports.sent,
              dead: reports.dead.length,
            })}
          </p>
          {reports.dead.length === 0 ? <p className="desk-empty">{t("deskReviews:reports.none")}</p> : null}
          <ul className="reviews-cards">
            {reports.dead.map((report) => (
              <li key={report.reportId} className="desk-card">
                <p>
                  <b>
                    {dayOf(report.queuedAt, offset)} {clockOf(report.queuedAt, offset)}
                  </b>{" "}
                  {report.reportId.startsWith("case ")
                    ? t("deskReviews:reports.case")
                    : t("deskReviews:reports.review")}
                </p>
                <p>{report.fault}</p>
                <div className="reviews-words-acts">
                  <button type="button" className="small-button" onClick={() => act(report, "retry")}>
                    {t("deskReviews:reports.retry")}
                  </button>
                  <button type="button" className="small-button" onClick={() => act(report, "drop")}>
                    {t("deskReviews:reports.drop")}
                  </button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
