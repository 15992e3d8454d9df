import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { coverageNumbers, type CoverageDraft } from "./coverage-draft.ts";
import { Field } from "./field.tsx";
import type { DraftFaults } from "./plan-draft.ts";

/** How many items the hall offers: what the city works 进驻率, 一窗率 and 网办率 out from. */
export const CoverageForm = ({
  draft,
  faults,
  onChange,
}: {
  readonly draft: CoverageDraft;
  readonly faults: DraftFaults;
  readonly onChange: (draft: CoverageDraft) => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <section className="desk-card" aria-labelledby="plan-coverage">
      <h2 id="plan-coverage">{t("deskPlan:coverage.heading")}</h2>
      <p className="desk-more">{t("deskPlan:coverage.how")}</p>
      <div className="plan-fields">
        {coverageNumbers.map((name) => (
          <Field
            key={name}
            label={t(`deskPlan:place.settings_coverage_${name}`)}
            unit={t("deskPlan:coverage.items")}
            value={draft[name]}
            fault={faults[`coverage.${name}`]}
            onChange={(value) => onChange({ ...draft, [name]: value })}
          />
        ))}
        <Field
          label={t("deskPlan:place.settings_coverage_asOf")}
          isDay
          value={draft.asOf}
          fault={faults["coverage.asOf"]}
          onChange={(asOf) => onChange({ ...draft, asOf })}
        />
      </div>
    </section>
  );
};
