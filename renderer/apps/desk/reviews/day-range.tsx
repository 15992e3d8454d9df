import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Days } from "./desk-api.ts";
import { DayField } from "../../../ui/staff/day-field.tsx";

/** From which day to which day a list reads; `children` are the acts beside it. */
export const DayRange = ({
  days,
  today,
  onChange,
  children,
}: {
  readonly days: Days;
  readonly today: string;
  readonly onChange: (days: Days) => void;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <form className="reviews-range" onSubmit={(event) => event.preventDefault()}>
      <label>
        {t("deskReviews:figures.from")}
        <DayField value={days.from} max={days.to} onChange={(from) => from !== "" && onChange({ ...days, from })} />
      </label>
      <label>
        {t("deskReviews:figures.to")}
        <DayField
          value={days.to}
          min={days.from}
          max={today}
          onChange={(to) => to !== "" && onChange({ ...days, to })}
        />
      </label>
      {children}
    </form>
  );
};
