import { useTranslation } from "react-i18next";
import { rateNames, type CoverageRates } from "../../../../shared/domain/city/coverage.ts";
import { sumOf, type HallLine } from "../../../../shared/domain/city/overview.ts";
import { RateText } from "./share-text.tsx";

/** So many halls without figures are named; of more only how many. */
const NAMED = 8;

/** 进驻率, 一窗率 and 网办率, each with how it is counted. */
export const RatesList = ({ rates }: { readonly rates: CoverageRates }) => {
  const { t } = useTranslation();
  return (
    <dl className="fact-grid city-rates">
      {rateNames.map((name) => (
        <div key={name}>
          <dt>{t(`city:column.${name}`)}</dt>
          <dd>
            <b>
              <RateText rate={rates[name]} />
            </b>
            <small>{t(`city:rate.how.${name}`)}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** The rates of all halls that have given their figures, and which have not. */
export const Rates = ({ halls }: { readonly halls: readonly HallLine[] }) => {
  const { t, i18n } = useTranslation();
  const { rates, given } = sumOf(halls);
  const without = halls.filter(({ coverage }) => coverage === null).map(({ name }) => name);
  const named = without.length > NAMED ? [...without.slice(0, NAMED), "…"] : without;
  const names = new Intl.ListFormat(i18n.language).format(named);
  return (
    <section className="desk-card" aria-labelledby="city-rates">
      <h2 id="city-rates">{t("city:rate.heading")}</h2>
      <RatesList rates={rates} />
      <p className="desk-more">
        {t("city:rate.source", { given, n: halls.length })}
        {without.length === 0 ? "" : " "}
        {without.length === 0 ? null : t("city:rate.missing", { names, n: without.length })}
      </p>
    </section>
  );
};
