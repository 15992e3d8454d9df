import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Business } from "../../../../shared/domain/hall/plan.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import { Field } from "./field.tsx";
import { officeHours, weekdays, type DraftFaults, type HoursDraft, type PlanDraft } from "./plan-draft.ts";
import { DayField } from "../../../ui/staff/day-field.tsx";

interface HoursFormProps {
  readonly hours: PlanDraft["hours"];
  readonly businesses: readonly Business[];
  readonly faults: DraftFaults;
  readonly onChange: (owner: string, hours: HoursDraft | null) => void;
}

const SpecialDays = ({
  owner,
  hours,
  faults,
  onChange,
}: {
  readonly owner: string;
  readonly hours: HoursDraft;
  readonly faults: DraftFaults;
  readonly onChange: (days: HoursDraft["days"]) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const change = (index: number, more: Partial<HoursDraft["days"][number]>): void =>
    onChange(hours.days.map((each, at) => (at === index ? { ...each, ...more } : each)));
  return (
    <fieldset>
      <legend>{t("deskPlan:hours.days")}</legend>
      {hours.days.map((each, index) => (
        // The days have no identity of their own: they are what stands in these rows.
        <div key={String(index)} className="plan-day">
          <DayField
            value={each.day}
            label={t("deskPlan:hours.day")}
            isWrong={faults[`${owner}.days.${String(index)}`] !== undefined}
            onChange={(day) => change(index, { day })}
          />
          <Field
            label={t("deskPlan:hours.spans")}
            width="14em"
            value={each.spans}
            fault={faults[`${owner}.days.${String(index)}.spans`] ?? faults[`${owner}.days.${String(index)}`]}
            onChange={(spans) => change(index, { spans })}
          />
          <Field
            label={t("deskPlan:hours.note")}
            width="8em"
            value={each.note}
            fault={undefined}
            onChange={(note) => change(index, { note: note.slice(0, 40) })}
          />
          <button
            type="button"
            className="small-button"
            aria-label={t("deskPlan:hours.removeDay", { day: each.day })}
            onClick={() => onChange(hours.days.filter((_, at) => at !== index))}
          >
            {t("deskPlan:hours.remove")}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="small-button"
        onClick={() => onChange([...hours.days, { day: "", spans: "", note: "" }])}
      >
        {t("deskPlan:hours.addDay")}
      </button>
    </fieldset>
  );
};

/** When the hall, or one business of it, is open. Times are typed as people write them; nothing typed is closed. */
export const HoursForm = ({ hours, businesses, faults, onChange }: HoursFormProps): ReactElement => {
  const { t, i18n } = useTranslation();
  const [owner, setOwner] = useState("hall");
  const own = hours[owner] ?? null;
  const isWrong = (name: string): boolean => Object.keys(faults).some((each) => each.startsWith(`${name}.`));
  const owners = [
    ["hall", t("deskPlan:hours.hall")] as const,
    ...businesses.map((each) => [each.id, `${each.id} ${localName(each, i18n.language)}`] as const),
  ];
  return (
    <section className="desk-card" aria-labelledby="plan-hours">
      <h2 id="plan-hours">{t("deskPlan:hours.heading")}</h2>
      <div className="plan-tabs" role="group" aria-label={t("deskPlan:hours.whose")}>
        {owners.map(([id, name]) => (
          <button
            key={id}
            type="button"
            className="small-button"
            aria-pressed={owner === id}
            onClick={() => setOwner(id)}
          >
            {name}
            {isWrong(id) ? " ⚠" : ""}
          </button>
        ))}
      </div>
      <label className="plan-check">
        <input
          type="checkbox"
          checked={own === null}
          onChange={() => onChange(owner, own === null ? (hours["hall"] ?? officeHours) : null)}
        />{" "}
        {t(owner === "hall" ? "deskPlan:hours.always" : "deskPlan:hours.asHall")}
      </label>
      {own === null ? null : (
        <>
          <p className="desk-more">{t("deskPlan:hours.how")}</p>
          <div className="plan-fields">
            {weekdays.map((name) => (
              <Field
                key={name}
                label={t(`deskPlan:weekday.${name}`)}
                width="15em"
                value={own.week[name]}
                fault={faults[`${owner}.${name}`]}
                onChange={(spans) => onChange(owner, { ...own, week: { ...own.week, [name]: spans } })}
              />
            ))}
            <Field
              label={t("deskPlan:hours.last")}
              unit={t("deskPlan:minutes")}
              value={own.lastTicketMinutes}
              fault={faults[`${owner}.lastTicketMinutes`]}
              onChange={(lastTicketMinutes) => onChange(owner, { ...own, lastTicketMinutes })}
            />
          </div>
          <label className="plan-check">
            <input
              type="checkbox"
              checked={own.followHolidays}
              onChange={() => onChange(owner, { ...own, followHolidays: !own.followHolidays })}
            />{" "}
            {t("deskPlan:hours.holidays")}
          </label>
          <SpecialDays
            owner={owner}
            hours={own}
            faults={faults}
            onChange={(days) => onChange(owner, { ...own, days })}
          />
        </>
      )}
    </section>
  );
};
