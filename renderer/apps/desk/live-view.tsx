import { useTranslation } from "react-i18next";
import { durationText } from "../../ui/staff/duration.ts";
import { localName } from "../../ui/staff/local-name.ts";
import type { DeskCounter, DeskLine, DeskModel } from "./desk-model.ts";

export const counterStateKey = ({ state, ticket }: DeskCounter): string => {
  if (ticket?.state === "serving") return "desk:counter.serving";
  if (ticket?.state === "called") return "desk:counter.called";
  switch (state) {
    case "open":
      return "desk:counter.free";
    case "paused":
      return "desk:counter.paused";
    case "closed":
      return "desk:counter.closed";
  }
};

export const counterTone = ({ state, ticket }: DeskCounter): string =>
  ticket?.state === "called" ? "called" : state === "open" ? "open" : state === "paused" ? "paused" : "closed";

/** Every counter and whom it serves; one without anybody at it can be closed from here. */
export const CountersPanel = ({
  counters,
  onClose,
}: {
  readonly counters: readonly DeskCounter[];
  readonly onClose: (counter: DeskCounter) => void;
}) => {
  const { t, i18n } = useTranslation();
  return (
    <section className="desk-card" aria-labelledby="desk-counters">
      <h2 id="desk-counters">{t("desk:counter.heading")}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("desk:counter.counter")}</th>
            <th scope="col">{t("desk:counter.state")}</th>
            <th scope="col">{t("desk:counter.ticket")}</th>
            <th scope="col">{t("desk:counter.businesses")}</th>
            <th scope="col">
              <span className="desk-hidden">{t("desk:counter.acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {counters.map((counter) => (
            <tr key={counter.id}>
              <th scope="row">
                <b>{counter.number}</b> <span>{localName(counter, i18n.language)}</span>
              </th>
              <td>
                <span className={`state-chip desk-chip state-${counterTone(counter)}`}>
                  {t(counterStateKey(counter))}
                </span>
              </td>
              <td className="desk-number">{counter.ticket?.number ?? ""}</td>
              <td>{counter.businesses.join(" ")}</td>
              <td className="desk-row-acts">
                {counter.state === "closed" || counter.ticket !== undefined ? null : (
                  <button
                    type="button"
                    className="small-button"
                    aria-label={t("desk:counter.closeOf", { counter: counter.number })}
                    onClick={() => onClose(counter)}
                  >
                    {t("desk:counter.close")}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** Every line: how many wait, how long the longest has, what a newcomer may expect. */
export const LinesPanel = ({ lines }: { readonly lines: readonly DeskLine[] }) => {
  const { t, i18n } = useTranslation();
  const wait = (ms: number): string => {
    const text = durationText(ms);
    return t(text.key, text.params);
  };
  return (
    <section className="desk-card" aria-labelledby="desk-lines">
      <h2 id="desk-lines">{t("desk:line.heading")}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("desk:line.business")}</th>
            <th scope="col">{t("desk:line.waiting")}</th>
            <th scope="col">{t("desk:line.longest")}</th>
            <th scope="col">{t("desk:line.estimate")}</th>
            <th scope="col">{t("desk:line.open")}</th>
            <th scope="col">{t("desk:line.taken")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                <b>{line.id}</b> <span>{localName(line, i18n.language)}</span>
              </th>
              <td className="desk-number">{line.waiting}</td>
              <td>{line.waiting === 0 ? "–" : wait(line.longestMs)}</td>
              <td>
                {line.estimate.minutes === null
                  ? t("desk:line.noCounter")
                  : t("desk:line.minutes", { from: line.estimate.minutes.from, to: line.estimate.minutes.to })}
              </td>
              <td>{line.estimate.openCounters}</td>
              <td>{line.taken}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const levels = [5, 4, 3, 2, 1] as const;
const levelKeys = {
  5: "desk:review.level5",
  4: "desk:review.level4",
  3: "desk:review.level3",
  2: "desk:review.level2",
  1: "desk:review.level1",
} as const;

/** Reviews of today by level: how the hall did, never who said so. */
export const ReviewsPanel = ({ reviews }: { readonly reviews: DeskModel["reviews"] }) => {
  const { t } = useTranslation();
  const most = Math.max(1, ...levels.map((level) => reviews[level]));
  return (
    <section className="desk-card" aria-labelledby="desk-reviews">
      <h2 id="desk-reviews">{t("desk:review.heading")}</h2>
      <ul className="desk-levels">
        {levels.map((level) => (
          <li key={level}>
            <span>{t(levelKeys[level])}</span>
            <span className="desk-bar" aria-hidden="true">
              <span style={{ width: `${String((100 * reviews[level]) / most)}%` }} data-bad={level <= 2} />
            </span>
            <b>{reviews[level]}</b>
          </li>
        ))}
      </ul>
      <p className="desk-more">{t("desk:review.rest", { notGiven: reviews.notGiven, flagged: reviews.flagged })}</p>
    </section>
  );
};
