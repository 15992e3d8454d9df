import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { NotedAct } from "../../../../shared/contract/desk-audit.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { DayRange } from "./day-range.tsx";
import { readAudit, type Days } from "./desk-api.ts";

/** The book of who looked at, took out or sent what; no applicant stands in it. */
export const AuditView = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const offset = terminal.hall.get().plan?.utcOffsetMinutes ?? 480;
  const today = dayOf(terminal.now(), offset);
  const [days, setDays] = useState<Days>({ from: addDays(today, -29), to: today });
  const [found, setFound] = useState<{ readonly acts: readonly NotedAct[]; readonly more: boolean } | null>(null);
  const [isFailed, setFailed] = useState(false);
  const load = useCallback(() => {
    void readAudit(terminal, days).then((answer) => {
      setFailed(!answer.ok);
      if (answer.ok) setFound(answer.value);
    });
  }, [terminal, days]);
  useEffect(load, [load]);
  return (
    <div className="reviews-scroll" role="region" aria-label={t("deskReviews:tab.audit")} tabIndex={0}>
      <DayRange days={days} today={today} onChange={setDays}>
        <button type="button" className="small-button" onClick={load}>
          {t("deskReviews:audit.again")}
        </button>
      </DayRange>
      <p>{t("deskReviews:audit.why")}</p>
      {isFailed ? (
        <p className="reviews-fault" role="alert">
          {t("deskReviews:figures.failed")}
        </p>
      ) : null}
      {found?.acts.length === 0 ? <p className="desk-empty">{t("deskReviews:audit.none")}</p> : null}
      {found === null || found.acts.length === 0 ? null : (
        <table className="reviews-table">
          <thead>
            <tr>
              <th scope="col">{t("deskReviews:list.time")}</th>
              <th scope="col">{t("deskReviews:audit.who")}</th>
              <th scope="col">{t("deskReviews:audit.where")}</th>
              <th scope="col">{t("deskReviews:audit.act")}</th>
              <th scope="col">{t("deskReviews:audit.about")}</th>
              <th scope="col">{t("deskReviews:audit.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {found.acts.map((each) => (
              <tr key={each.id}>
                <td>
                  {dayOf(each.at, offset)} {clockOf(each.at, offset)}
                </td>
                <th scope="row">
                  {each.clerkName} {each.clerkNo}
                </th>
                <td>{each.terminalName}</td>
                <td>{t(`deskReviews:act.${each.act}`)}</td>
                <td>{each.about}</td>
                <td>{each.reason === "" ? "–" : each.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found?.more === true ? <p>{t("deskReviews:audit.more", { count: found.acts.length })}</p> : null}
    </div>
  );
};
