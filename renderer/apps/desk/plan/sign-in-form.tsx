import { useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { secondFactorRules, type SecondFactorRule } from "../../../../shared/domain/identity/second-factor.ts";
import { Field } from "./field.tsx";
import type { DraftFaults, PlanDraft } from "./plan-draft.ts";

type SignInDraft = Pick<PlanDraft, "idleLockMinutes" | "secondFactor">;

/** When clerks' screens lock themselves, and who shows a code besides the password. */
export const SignInForm = ({
  draft,
  faults,
  onChange,
}: {
  readonly draft: SignInDraft;
  readonly faults: DraftFaults;
  readonly onChange: (more: Partial<SignInDraft>) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className="desk-card" aria-labelledby="plan-sign-in">
      <h2 id="plan-sign-in">{t("deskPlan:signIn.heading")}</h2>
      <p className="desk-more">{t("deskPlan:signIn.how")}</p>
      <div className="plan-fields">
        <Field
          label={t("deskPlan:signIn.idleLock")}
          unit={t("deskPlan:minutes")}
          value={draft.idleLockMinutes}
          fault={faults["idleLockMinutes"]}
          onChange={(idleLockMinutes) => onChange({ idleLockMinutes })}
        />
        <div className="plan-field">
          <label htmlFor={id}>{t("deskPlan:place.settings_secondFactor")}</label>
          <select
            id={id}
            value={draft.secondFactor}
            onChange={(event) => onChange({ secondFactor: event.target.value as SecondFactorRule })}
          >
            {secondFactorRules.map((rule) => (
              <option key={rule} value={rule}>
                {t(`deskPlan:value.${rule}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
    </section>
  );
};
