import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { addDays, clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { isBelow, sumOf, type HallLine } from "../../../../shared/domain/city/overview.ts";
import type { HallCounts } from "../../../../shared/domain/city/hall-counts.ts";
import type { Share } from "../../../../shared/domain/review/figures.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { useNow } from "../../../ui/use-now.ts";
import { goTo, hashOf } from "../route.ts";
import { exportHalls, readHall, readHalls, type CityRange, type HallDay } from "./city-api.ts";
import "./city.css";

const CITY_OFFSET_MINUTES = 480;
/** A hall that was not heard of for so long is said to be silent. */
const SILENT_MS = 30 * 60_000;

const percent = (share: number): string => String(Math.round(share * 100));

/** A share with what it is worth: its interval and of how many; or that it is of too few. */
const ShareText = ({ share, of }: { readonly share: Share | null; readonly of: number }) => {
  const { t } = useTranslation();
  if (share === null) return <span className="city-few">{t("city:tooFew", { n: of })}</span>;
  return (
    <span title={t("city:interval", { from: percent(share.from), to: percent(share.to), n: of })}>
      {percent(share.share)} % <small>{t("city:between", { from: percent(share.from), to: percent(share.to) })}</small>
    </span>
  );
};

const Funnel = ({
  heading,
  steps,
}: {
  readonly heading: string;
  readonly steps: readonly (readonly [string, number])[];
}) => {
  const most = Math.max(1, ...steps.map(([, value]) => value));
  return (
    <section className="desk-card city-funnel" aria-label={heading}>
      <h2>{heading}</h2>
      <ul>
        {steps.map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <span className="desk-bar" aria-hidden="true">
              <span style={{ width: `${String((100 * value) / most)}%` }} />
            </span>
            <b>{value}</b>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Funnels = ({ counts }: { readonly counts: HallCounts }) => {
  const { t } = useTranslation();
  const of = (names: readonly (keyof HallCounts)[]): readonly (readonly [string, number])[] =>
    names.map((name) => [t(`city:count.${name}`), counts[name]]);
  return (
    <div className="city-funnels">
      <Funnel heading={t("city:funnel.visits")} steps={of(["tickets", "served", "missed"])} />
      <Funnel heading={t("city:funnel.cases")} steps={of(["accepted", "decided", "refused"])} />
      <Funnel
        heading={t("city:funnel.bad")}
        steps={of(["reviews", "bad", "ordersOpened", "ordersClosed", "ordersOnTime", "ordersReopened"])}
      />
      <Funnel
        heading={t("city:funnel.work")}
        steps={of([
          "workRaised",
          "workRejected",
          "workAnswered",
          "workClosed",
          "workOnTime",
          "workReopened",
          "workToCity",
        ])}
      />
      <Funnel heading={t("city:funnel.ledgers")} steps={of(["entriesOpened", "entriesEnded"])} />
    </div>
  );
};

const HallTable = ({ halls, now }: { readonly halls: readonly HallLine[]; readonly now: number }) => {
  const { t } = useTranslation();
  const all = sumOf(halls);
  const silent = ({ heardAt }: HallLine): string | null =>
    heardAt === null
      ? t("city:never")
      : now - heardAt > SILENT_MS
        ? t("city:silent", {
            time: `${dayOf(heardAt, CITY_OFFSET_MINUTES)} ${clockOf(heardAt, CITY_OFFSET_MINUTES)}`,
          })
        : null;
  return (
    <table className="city-halls">
      <caption>{t("city:halls", { n: halls.length })}</caption>
      <thead>
        <tr>
          {(["hall", "area", "lights", "tickets", "served", "decided", "bad", "satisfied", "onTime"] as const).map(
            (name) => (
              <th key={name} scope="col">
                {t(`city:column.${name}`)}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {halls.map((hall) => (
          <tr key={hall.hallId}>
            <th scope="row">
              <a href={hashOf("city", hall.hallId)}>{hall.name}</a>
              {silent(hall) === null ? null : <small> {silent(hall)}</small>}
            </th>
            <td>{hall.areaName === "" ? hall.area : hall.areaName}</td>
            <td>
              {hall.lights.red > 0 ? <b data-light="red">■ {t("home:light.red", { n: hall.lights.red })} </b> : null}
              {hall.lights.yellow > 0 ? (
                <b data-light="yellow">▲ {t("home:light.yellow", { n: hall.lights.yellow })} </b>
              ) : null}
              {hall.lights.red + hall.lights.yellow === 0 ? <span>✓ {t("home:light.none")}</span> : null}
            </td>
            <td>{hall.counts.tickets}</td>
            <td>{hall.counts.served}</td>
            <td>{hall.counts.decided}</td>
            <td>{hall.counts.bad}</td>
            <td>
              <ShareText share={hall.satisfied} of={hall.counts.reviews} />
              {isBelow(hall, all.satisfied) ? <b className="city-below"> {t("city:below")}</b> : null}
            </td>
            <td>
              <ShareText share={hall.onTime} of={hall.counts.ordersClosed} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const HallDays = ({
  hallId,
  name,
  range,
}: {
  readonly hallId: string;
  readonly name: string;
  readonly range: CityRange;
}) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [days, setDays] = useState<readonly HallDay[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void readHall(terminal, hallId, range).then((answer) => {
      if (isCurrent) setDays(answer.ok ? answer.value.days : null);
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, hallId, range]);
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
  return (
    <section className="desk-card" aria-labelledby="city-hall">
      <h2 id="city-hall">
        {name}{" "}
        <button type="button" className="small-button" onClick={() => goTo("city")}>
          {t("home:close")}
        </button>
      </h2>
      {days === null || days.length === 0 ? (
        <p className="desk-empty">{t(days === null ? "city:failed" : "city:noDays")}</p>
      ) : (
        <table className="city-halls">
          <thead>
            <tr>
              <th scope="col">{t("city:column.day")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`city:count.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
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
      )}
    </section>
  );
};

/** All halls of a city: lights first, then how they did, compared with care; a hall's days behind its name. */
export const CityView = ({ path }: { readonly path: readonly string[] }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const now = useNow(60_000);
  const today = dayOf(terminal.now(), CITY_OFFSET_MINUTES);
  const [wish, setWish] = useState<CityRange>({ from: addDays(today, -29), to: today, area: "" });
  const [range, setRange] = useState<CityRange>(wish);
  const [halls, setHalls] = useState<readonly HallLine[] | null>(null);
  const [said, setSaid] = useState<string | null>("city:loading");
  useEffect(() => {
    let isCurrent = true;
    void readHalls(terminal, range).then((answer) => {
      if (!isCurrent) return;
      setSaid(answer.ok ? null : "city:failed");
      if (answer.ok) setHalls(answer.value.halls);
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, range, now]);
  const isWrong = wish.from === "" || wish.to === "" || wish.from > wish.to || !/^\d{0,6}$/.test(wish.area);
  const show = (event: FormEvent): void => {
    event.preventDefault();
    if (isWrong) setSaid("city:wrongRange");
    else setRange(wish);
  };
  const take = async (): Promise<void> => {
    const saved = await exportHalls(terminal, range);
    setSaid(saved.ok ? (saved.value ? "ledgers:archive.saved" : null) : "city:failed");
  };
  const all = sumOf(halls ?? []);
  const [hallId] = path;
  const chosen = halls?.find((hall) => hall.hallId === hallId);
  return (
    <main className="city-main">
      <form className="city-range" onSubmit={show} noValidate>
        <label>
          {t("city:from")}
          <input type="date" value={wish.from} onChange={(event) => setWish({ ...wish, from: event.target.value })} />
        </label>
        <label>
          {t("city:to")}
          <input type="date" value={wish.to} onChange={(event) => setWish({ ...wish, to: event.target.value })} />
        </label>
        <label>
          {t("city:area")}
          <input
            inputMode="numeric"
            maxLength={6}
            value={wish.area}
            placeholder={t("city:areaHint")}
            aria-invalid={isWrong}
            onChange={(event) => setWish({ ...wish, area: event.target.value })}
          />
        </label>
        <button type="submit" className="small-button">
          {t("city:show")}
        </button>
        <button type="button" className="small-button" onClick={() => void take()}>
          {t("ledgers:archive.export")}
        </button>
        <button type="button" className="small-button" onClick={() => print()}>
          {t("city:print")}
        </button>
        <span role="status">{said === null ? "" : t(said)}</span>
      </form>
      {halls === null ? null : halls.length === 0 ? (
        <p className="desk-empty">{t("city:none")}</p>
      ) : (
        <>
          <p className="city-sum">
            <b data-light={all.lights.red > 0 ? "red" : undefined}>■ {t("home:light.red", { n: all.lights.red })}</b>
            <b data-light={all.lights.yellow > 0 ? "yellow" : undefined}>
              ▲ {t("home:light.yellow", { n: all.lights.yellow })}
            </b>
            <span>{t("city:open", { n: all.lights.open })}</span>
            <span>
              {t("city:column.satisfied")} <ShareText share={all.satisfied} of={all.counts.reviews} />
            </span>
          </p>
          {chosen === undefined ? null : <HallDays hallId={chosen.hallId} name={chosen.name} range={range} />}
          <Funnels counts={chosen?.counts ?? all.counts} />
          <HallTable halls={halls} now={now} />
          <p className="desk-more">{t("city:howToRead")}</p>
        </>
      )}
    </main>
  );
};
