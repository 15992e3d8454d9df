import { useTranslation } from "react-i18next";
import { countSteps, type HallCounts } from "../../../../shared/domain/city/hall-counts.ts";

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

const kinds = ["visits", "cases", "bad", "work", "ledgers"] as const;

/** What became of what came in: each step with its number, as wide as its share of the largest. */
export const Funnels = ({ counts }: { readonly counts: HallCounts }) => {
  const { t } = useTranslation();
  return (
    <div className="city-funnels">
      {kinds.map((kind) => (
        <Funnel
          key={kind}
          heading={t(`city:funnel.${kind}`)}
          steps={countSteps[kind].map((name) => [t(`city:count.${name}`), counts[name]])}
        />
      ))}
    </div>
  );
};
