import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case, Intake } from "../../../shared/domain/case/intake.ts";
import { appliedForm } from "../../../shared/domain/form/applied-form.ts";
import { filledForm, type FilledSection } from "../../../shared/domain/form/filled-form.ts";
import { titleOf } from "../forms/rjsf-schema.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { ReasonDialog } from "../staff/reason-dialog.tsx";
import { useRecords, type CaseRecords } from "./use-records.ts";

interface CasePersonProps {
  readonly intake: Intake;
  readonly cases: readonly Case[];
}

const Sections = ({ sections }: { readonly sections: readonly FilledSection[] }) => (
  <>
    {sections.map(({ title, rows }) => (
      <section key={title} className="filled-section">
        <h4>{title}</h4>
        <dl className="guide-facts">
          {rows.map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </>
);

/** What the form says, with the headings of the catalogue that this terminal has. */
const useFilled = (records: CaseRecords | null | undefined, { intake, cases }: CasePersonProps) => {
  const { t, i18n } = useTranslation();
  const catalogue = useLive(useTerminal().catalogue);
  return useMemo((): readonly FilledSection[] => {
    if (records?.form == null || catalogue === null) return [];
    const itemCodes = cases.map(({ itemCode }) => itemCode);
    const about = { itemCodes, packageId: intake.package?.id ?? null, subject: intake.subject };
    return filledForm(appliedForm(about, catalogue), records.form, {
      titleOf: (schema) => titleOf(schema, i18n.language),
      yes: t("intake:check.yes"),
      no: t("intake:check.no"),
    });
  }, [records, catalogue, cases, intake.package, intake.subject, i18n.language, t]);
};

/** Who applies and what they filled in: only after a reason, which the node notes with the reading. */
export const CasePerson = (props: CasePersonProps) => {
  const { intake } = props;
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const records = useRecords(intake, reason);
  const filled = useFilled(records, props);
  const who: readonly FilledSection[] =
    records?.applicant == null
      ? []
      : [records.applicant, records.agent].flatMap((person, at) =>
          person === null
            ? []
            : [
                {
                  title: at === 0 ? t("cases:person.applicant") : t("cases:person.agent"),
                  rows: [
                    [t("cases:person.name"), person.name],
                    [t("cases:person.idNo"), person.idNo],
                    [t("cases:person.phone"), person.phone],
                  ],
                },
              ],
        );
  if (reason === null)
    return (
      <>
        <button type="button" className="small-button" onClick={() => setAsks(true)}>
          {t("cases:person.show")}
        </button>
        {asks ? (
          <ReasonDialog
            question={t("cases:person.why", { number: intake.number })}
            presets={[t("cases:person.review"), t("cases:person.contact")]}
            confirm={t("cases:person.confirm")}
            onConfirm={setReason}
            onClose={() => setAsks(false)}
          />
        ) : null}
      </>
    );
  const sections = filled.length > 0 ? filled : who;
  return (
    <div className="case-person">
      {records === undefined ? <p role="status">{t("cases:person.asking")}</p> : null}
      {records === null ? <p role="alert">{t("cases:person.offline")}</p> : null}
      {records != null && sections.length === 0 ? <p>{t("cases:person.erased")}</p> : null}
      <Sections sections={sections} />
      <button type="button" className="small-button" onClick={() => setReason(null)}>
        {t("cases:person.hide")}
      </button>
    </div>
  );
};
