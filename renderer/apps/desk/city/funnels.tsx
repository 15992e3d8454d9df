import { useTranslation } from "react-i18next";
import type { HallCounts } from "../../../../shared/domain/city/hall-counts.ts";

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

/** What became of what came in: each step with its number, as wide as its share of the largest. */
export const Funnels = ({ counts }: { readonly counts: HallCounts }) => {
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
