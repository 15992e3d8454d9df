import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { ratesOf } from "../../../../shared/domain/city/coverage.ts";
import type { HallLine } from "../../../../shared/domain/city/overview.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { ColumnHeads } from "../../../ui/staff/column-heads.tsx";
import { goTo } from "../route.ts";
import { readHall, type CityRange, type HallAnswer } from "./city-api.ts";
import { DisputeMark } from "./dispute-mark.tsx";
import { LightsText } from "./lights-text.tsx";
import { RatesList } from "./rates.tsx";

const CITY_OFFSET_MINUTES = 480;
const columns = [
  "tickets",
  "served",
  "missed",
  "accepted",
  "decided",
  "reviews",
  "bad",
  "ordersOpened",
  "ordersClosed",
] as const;

/** What of a hall runs out, by kind. */
const OpenKinds = ({ kinds }: Pick<HallAnswer, "kinds">) => {
  const { t } = useTranslation();
  if (kinds.length === 0) return <p className="desk-more">{t("city:kind.none")}</p>;
  return (
    <table className="city-halls">
      <caption>{t("city:kind.heading")}</caption>
      <ColumnHeads
        titles={(["kind", "open", "lights", "oldest"] as const).map((name) => t(`city:kind.column.${name}`))}
      />
      <tbody>
        {kinds.map(({ kind, lights, oldestDueAt }) => (
          <tr key={kind}>
            <th scope="row">{t(`city:kind.${kind}`)}</th>
            <td>{lights.open}</td>
            <td>
              <LightsText lights={lights} />
            </td>
            <td>{oldestDueAt === null ? t("city:kind.noneRuns") : dayOf(oldestDueAt, CITY_OFFSET_MINUTES)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Days = ({ days }: Pick<HallAnswer, "days">) => {
  const { t } = useTranslation();
  if (days.length === 0) return <p className="desk-empty">{t("city:noDays")}</p>;
  return (
    <table className="city-halls">
      <caption>{t("city:days")}</caption>
      <ColumnHeads titles={[t("city:column.day"), ...columns.map((column) => t(`city:count.${column}`))]} />
      <tbody>
        {days.map(({ day, counts }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            {columns.map((column) => (
              <td key={column}>{counts[column]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** One hall behind its name: what runs out there, its items, and its days. */
export const HallDetail = ({ hall, range }: { readonly hall: HallLine; readonly range: CityRange }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { hallId, coverage, dispute } = hall;
  const [answer, setAnswer] = useState<HallAnswer | "loading" | "failed">("loading");
  useEffect(() => {
    let isCurrent = true;
    void readHall(terminal, hallId, range).then((read) => {
      if (isCurrent) setAnswer(read.ok ? read.value : "failed");
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, hallId, range]);
  return (
    <section className="desk-card" aria-labelledby="city-hall">
      <h2 id="city-hall">
        {hall.name}{" "}
        <button type="button" className="small-button" onClick={() => goTo("city")}>
          {t("home:close")}
        </button>
      </h2>
      {dispute === null ? null : (
        <p>
          <DisputeMark dispute={dispute} />{" "}
          {t(`city:disputeWhat.${dispute.kind}`, {
            seq: dispute.seq,
            day: dayOf(dispute.seenAt, CITY_OFFSET_MINUTES),
            time: clockOf(dispute.seenAt, CITY_OFFSET_MINUTES),
          })}
        </p>
      )}
      {coverage === null ? (
        <p className="desk-more">{t("city:rate.hallMissing")}</p>
      ) : (
        <>
          <RatesList rates={ratesOf([coverage])} />
          <p className="desk-more">{t("city:rate.asOf", { day: coverage.asOf })}</p>
        </>
      )}
      {typeof answer === "string" ? (
        <p className="desk-empty" role="status">
          {t(`city:${answer}`)}
        </p>
      ) : (
        <>
          <OpenKinds kinds={answer.kinds} />
          <Days days={answer.days} />
        </>
      )}
    </section>
  );
};
