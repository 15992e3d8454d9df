import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, dayOf } from "../../../../shared/basics/time.ts";
import {
  TOO_FEW,
  type ReviewFigures,
  type Satisfaction,
  type Share,
} from "../../../../shared/domain/review/figures.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import type { ChartOption } from "./chart.tsx";
import { DayRange } from "./day-range.tsx";
import { exportFigures, readFigures, type Days } from "./desk-api.ts";
import { later } from "../../../ui/later.tsx";

// Half a megabyte: comes when somebody looks at figures, never at the start.
const Chart = later(async () => (await import("./chart.tsx")).Chart);

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

const ShareCell = ({ share, given }: { readonly share: Share | null; readonly given?: number }) => {
  const { t } = useTranslation();
  if (share === null)
    return <>{given === undefined ? "–" : t("deskReviews:figures.tooFew", { count: given, least: TOO_FEW })}</>;
  return (
    <>
      <b>{percent(share.share)}</b>{" "}
      <small>{t("deskReviews:figures.interval", { from: percent(share.from), to: percent(share.to) })}</small>
    </>
  );
};

const GroupTable = ({
  heading,
  rows,
  nameOf,
}: {
  readonly heading: string;
  readonly rows: readonly Satisfaction[];
  readonly nameOf: (row: Satisfaction) => string;
}) => {
  const { t } = useTranslation();
  return (
    <section className="desk-card">
      <h3>{heading}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("deskReviews:figures.name")}</th>
            <th scope="col">{t("deskReviews:figures.given")}</th>
            <th scope="col">{t("deskReviews:figures.satisfied")}</th>
            <th scope="col">{t("deskReviews:figures.excluded")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{nameOf(row)}</th>
              <td className="desk-number">{row.given}</td>
              <td>
                <ShareCell share={row.satisfied} given={row.given} />
              </td>
              <td className="desk-number">{row.excluded}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="desk-empty">{t("deskReviews:figures.none")}</p> : null}
    </section>
  );
};

const Loaded = ({ figures }: { readonly figures: ReviewFigures }) => {
  const { t, i18n } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const business = ({ key }: Satisfaction): string => {
    const found = hall.plan?.businesses.find(({ id }) => id === key);
    return found === undefined ? key : `${key} ${localName(found, i18n.language)}`;
  };
  const counter = ({ key }: Satisfaction): string =>
    t("deskReviews:suspects.counter", { counter: hall.plan?.counters.find(({ id }) => id === key)?.number ?? key });
  const levels = useMemo<ChartOption>(() => {
    const of = figures.hall.levels;
    return {
      grid: { left: 8, right: 24, top: 12, bottom: 8, containLabel: true },
      xAxis: { type: "value", minInterval: 1 },
      yAxis: { type: "category", data: [1, 2, 3, 4, 5].map((level) => t(`review:level.${String(level)}`)) },
      series: [
        {
          type: "bar",
          data: [of?.[1] ?? 0, of?.[2] ?? 0, of?.[3] ?? 0, of?.[4] ?? 0, of?.[5] ?? 0],
          itemStyle: { color: "#1b5fbf" },
          label: { show: true, position: "right" },
        },
      ],
    };
  }, [figures, t]);
  const days = useMemo<ChartOption>(
    () => ({
      grid: { left: 8, right: 24, top: 24, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: figures.byDay.map(({ key }) => key.slice(5)) },
      yAxis: { type: "value", minInterval: 1, name: t("deskReviews:figures.given") },
      series: [
        { type: "line", data: figures.byDay.map(({ given }) => given), itemStyle: { color: "#1b5fbf" }, symbolSize: 8 },
      ],
    }),
    [figures, t],
  );
  const shares: readonly (readonly [string, Share | null])[] = [
    [t("deskReviews:figures.responses"), figures.responses],
    [t("deskReviews:figures.onTime"), figures.onTime],
    [t("deskReviews:figures.calledBack"), figures.calledBack],
    [t("deskReviews:figures.flagged"), figures.flagged],
    [t("deskReviews:figures.falseShare"), figures.falseReviews],
  ];
  const { orders } = figures;
  return (
    <>
      <div className="reviews-tiles">
        <section className="desk-card">
          <h3>{t("deskReviews:figures.hall")}</h3>
          <p className="reviews-figure">
            {figures.hall.satisfied === null ? "–" : percent(figures.hall.satisfied.share)}
          </p>
          <p>
            <ShareCell share={figures.hall.satisfied} given={figures.hall.given} />
          </p>
          <p className="desk-more">{t("deskReviews:figures.orders", { ...orders })}</p>
        </section>
        <section className="desk-card">
          <h3>{t("deskReviews:figures.shares")}</h3>
          <table>
            <tbody>
              {shares.map(([name, share]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <ShareCell share={share} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section className="desk-card">
          <h3>{t("deskReviews:figures.levels")}</h3>
          {figures.hall.levels === null ? (
            <p className="desk-empty">{t("deskReviews:figures.hidden")}</p>
          ) : (
            <Chart
              option={levels}
              label={t("deskReviews:figures.levelsLabel", {
                five: figures.hall.levels[5],
                four: figures.hall.levels[4],
                three: figures.hall.levels[3],
                two: figures.hall.levels[2],
                one: figures.hall.levels[1],
              })}
            />
          )}
        </section>
        <section className="desk-card">
          <h3>{t("deskReviews:figures.byDay")}</h3>
          <Chart option={days} label={t("deskReviews:figures.byDayLabel", { count: figures.byDay.length })} />
        </section>
      </div>
      <p className="reviews-formula">{t("deskReviews:figures.formula")}</p>
      <div className="reviews-tiles">
        <GroupTable heading={t("deskReviews:figures.business")} rows={figures.byBusiness} nameOf={business} />
        <GroupTable heading={t("deskReviews:figures.counter")} rows={figures.byCounter} nameOf={counter} />
        <GroupTable
          heading={t("deskReviews:figures.item")}
          rows={figures.byItem.slice(0, 50)}
          nameOf={(row) => row.name ?? row.key}
        />
        <section className="desk-card">
          <h3>{t("deskReviews:figures.tags")}</h3>
          <table>
            <tbody>
              {figures.tags.map(({ code, count }) => (
                <tr key={code}>
                  <th scope="row">{t(`review:tag.${code}`)}</th>
                  <td className="desk-number">{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  );
};

/** The hall's figures for a stretch of days, their formula, and the way to a workbook. */
export const FiguresView = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const today = dayOf(terminal.now(), terminal.hall.get().plan?.utcOffsetMinutes ?? 480);
  const [days, setDays] = useState<Days>({ from: addDays(today, -29), to: today });
  const [figures, setFigures] = useState<ReviewFigures | null>(null);
  const [note, setNote] = useState<"failed" | "saved" | null>(null);
  const load = useCallback(() => {
    void readFigures(terminal, days).then((answer) => {
      setNote(answer.ok ? null : "failed");
      if (answer.ok) setFigures(answer.value);
    });
  }, [terminal, days]);
  useEffect(load, [load]);
  const take = (): void =>
    void exportFigures(terminal, days).then((answer) =>
      setNote(answer.ok ? (answer.value ? "saved" : null) : "failed"),
    );
  return (
    <div className="reviews-scroll" role="region" aria-label={t("deskReviews:tab.figures")} tabIndex={0}>
      <DayRange days={days} today={today} onChange={setDays}>
        <button type="button" className="small-button" onClick={load}>
          {t("deskReviews:figures.again")}
        </button>
        <button type="button" className="small-button" onClick={take}>
          {t("deskReviews:figures.export")}
        </button>
        <span role="status">{note === null ? "" : t(`deskReviews:figures.${note}`)}</span>
      </DayRange>
      {figures === null ? (
        <p className="desk-empty">{t("deskReviews:figures.loading")}</p>
      ) : (
        <Loaded figures={figures} />
      )}
    </div>
  );
};
