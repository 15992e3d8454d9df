import { useTranslation } from "react-i18next";
import type { LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import type { LedgerEntry } from "../../../shared/domain/ledger/entry.ts";
import { nameOf } from "./ledger-model.ts";

/** Fewer answers than this tell more about who answered than about the hall. */
const LEAST = 10;

interface SurveyProps {
  readonly definition: LedgerDefinition;
  readonly entries: readonly LedgerEntry[];
}

/** What the ratings of the answers come to; with a handful of answers only their number. */
export const SurveyFigures = ({ definition, entries }: SurveyProps) => {
  const { t, i18n } = useTranslation();
  if (entries.length === 0) return <p className="desk-empty">{t("ledgers:survey.none")}</p>;
  if (entries.length < LEAST)
    return <p className="desk-more">{t("ledgers:survey.tooFew", { n: entries.length, least: LEAST })}</p>;
  return (
    <table className="ledger-clocks">
      <caption>{t("ledgers:survey.figures", { n: entries.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("ledgers:survey.question")}</th>
          <th scope="col">{t("ledgers:survey.answers")}</th>
          <th scope="col">{t("ledgers:survey.mean")}</th>
          <th scope="col">{t("ledgers:survey.good")}</th>
        </tr>
      </thead>
      <tbody>
        {definition.fields
          .filter(({ kind }) => kind === "rating")
          .map((field) => {
            const given = entries.map(({ values }) => values[field.id]).filter((value) => typeof value === "number");
            const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
            const good = given.filter((value) => value >= 4).length;
            const isEnough = given.length >= LEAST;
            return (
              <tr key={field.id}>
                <th scope="row">{nameOf(field, i18n.language)}</th>
                <td>{given.length}</td>
                <td>{isEnough ? mean.toFixed(1) : "–"}</td>
                <td>{isEnough ? `${String(Math.round((100 * good) / given.length))} %` : "–"}</td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
};
