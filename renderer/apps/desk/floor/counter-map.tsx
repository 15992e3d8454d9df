import { useTranslation } from "react-i18next";
import { durationText } from "../../../ui/staff/duration.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import type { DeskCounter, DeskLine } from "../desk-model.ts";
import type { CounterAct } from "./counter-dialog.tsx";
import { counterStateKey, counterTone } from "../live-view.tsx";

interface CounterMapProps {
  readonly counters: readonly DeskCounter[];
  readonly lines: readonly DeskLine[];
  readonly names: ReadonlyMap<string, string>;
  readonly now: number;
  readonly onWish: (counter: DeskCounter, act: CounterAct) => void;
}

/** Served for longer than this asks for a look: help may be needed there. */
const LONG_SERVICE_MS = 45 * 60_000;

/** The counters zone by zone, as they stand in the hall. */
export const CounterMap = ({ counters, lines, names, now, onWish }: CounterMapProps) => {
  const { t, i18n } = useTranslation();
  const zones = [...new Set(counters.map(({ zone }) => zone))];
  const since = (counter: DeskCounter): string | null => {
    const from = counter.ticket?.servingSince ?? counter.ticket?.calledAt ?? null;
    if (from === null) return null;
    const { key, params } = durationText(now - from);
    return t(key, params);
  };
  const isLong = ({ ticket }: DeskCounter): boolean =>
    ticket?.servingSince != null && now - ticket.servingSince > LONG_SERVICE_MS;
  return (
    <section className="desk-card" aria-labelledby="floor-map">
      <h2 id="floor-map">{t("deskFloor:map.heading")}</h2>
      {zones.map((zone) => (
        <div key={zone} className="floor-zone">
          <h3>{t("deskFloor:map.zone", { zone })}</h3>
          <ul>
            {counters
              .filter((counter) => counter.zone === zone)
              .map((counter) => (
                <li key={counter.id} className="floor-tile" data-tone={counterTone(counter)}>
                  <div className="floor-tile-head">
                    <b>{counter.number}</b>
                    <span>{localName(counter, i18n.language)}</span>
                    <span className={`state-chip desk-chip state-${counterTone(counter)}`}>
                      {t(counterStateKey(counter))}
                    </span>
                  </div>
                  <p className="floor-tile-who">
                    {counter.state === "closed"
                      ? t("deskFloor:map.nobody")
                      : counter.clerkId === null
                        ? t("deskFloor:map.waitsForClerk")
                        : (names.get(counter.clerkId) ?? t("deskFloor:map.unnamed"))}
                  </p>
                  <p className="floor-tile-ticket">
                    {counter.ticket === undefined ? "–" : <b>{counter.ticket.number}</b>}{" "}
                    <span data-long={isLong(counter)}>
                      {since(counter)}
                      {isLong(counter) ? ` ${t("deskFloor:map.long")}` : ""}
                    </span>
                  </p>
                  <ul className="floor-chips" aria-label={t("deskFloor:map.businesses")}>
                    {counter.businesses.map((id) => {
                      const line = lines.find((each) => each.id === id);
                      return (
                        <li key={id}>
                          <b>{id}</b> {line === undefined ? "" : localName(line, i18n.language)}
                          <span>{t("deskFloor:map.waiting", { n: line?.waiting ?? 0 })}</span>
                        </li>
                      );
                    })}
                  </ul>
                  <div className="floor-tile-acts">
                    {counter.state === "closed" ? (
                      <button
                        type="button"
                        className="small-button"
                        aria-label={t("deskFloor:act.openOf", { counter: counter.number })}
                        onClick={() => onWish(counter, "open")}
                      >
                        {t("deskFloor:act.open")}
                      </button>
                    ) : (
                      <>
                        <button
                          type="button"
                          className="small-button"
                          aria-label={t("deskFloor:act.moveOf", { counter: counter.number })}
                          onClick={() => onWish(counter, "move")}
                        >
                          {t("deskFloor:act.move")}
                        </button>
                        {counter.ticket === undefined ? (
                          <button
                            type="button"
                            className="small-button small-danger"
                            aria-label={t("desk:counter.closeOf", { counter: counter.number })}
                            onClick={() => onWish(counter, "close")}
                          >
                            {t("desk:counter.close")}
                          </button>
                        ) : (
                          <button
                            type="button"
                            className="small-button"
                            aria-label={t("deskFloor:act.sendOnOf", { number: counter.ticket.number })}
                            onClick={() => onWish(counter, "sendOn")}
                          >
                            {t("deskFloor:act.sendOn")}
                          </button>
                        )}
                      </>
                    )}
                  </div>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
};
