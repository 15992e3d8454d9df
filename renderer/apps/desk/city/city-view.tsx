import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { addDays, clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { sumOf, type HallLine } from "../../../../shared/domain/city/overview.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { useNow } from "../../../ui/use-now.ts";
import { DayField } from "../../../ui/staff/day-field.tsx";
import { exportHalls, readHalls, type CityRange } from "./city-api.ts";
import { Funnels } from "./funnels.tsx";
import { HallDetail } from "./hall-detail.tsx";
import { HallTable } from "./hall-table.tsx";
import { Rates } from "./rates.tsx";
import { ShareText } from "./share-text.tsx";
import "./city.css";

const CITY_OFFSET_MINUTES = 480;

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
      <form className="city-range plain-fields" onSubmit={show} noValidate>
        <label>
          {t("city:from")}
          <DayField value={wish.from} onChange={(from) => setWish({ ...wish, from })} />
        </label>
        <label>
          {t("city:to")}
          <DayField value={wish.to} onChange={(to) => setWish({ ...wish, to })} />
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
          <header className="city-paper">
            <h1>{t("city:paper.title")}</h1>
            <p>
              {t("city:paper.of", {
                from: range.from,
                to: range.to,
                area: range.area === "" ? t("city:paper.all") : range.area,
                made: `${today} ${clockOf(terminal.now(), CITY_OFFSET_MINUTES)}`,
              })}
            </p>
          </header>
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
          {chosen === undefined ? null : <HallDetail key={chosen.hallId} hall={chosen} range={range} />}
          <Funnels counts={chosen?.counts ?? all.counts} />
          {chosen === undefined ? <Rates halls={halls} /> : null}
          <HallTable halls={halls} now={now} />
          <p className="desk-more">{t("city:howToRead")}</p>
        </>
      )}
    </main>
  );
};
