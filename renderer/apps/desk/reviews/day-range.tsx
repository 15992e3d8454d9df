import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Days } from "./desk-api.ts";

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
        <input
          type="date"
          value={days.from}
          max={days.to}
          onChange={(event) => event.target.value !== "" && onChange({ ...days, from: event.target.value })}
        />
      </label>
      <label>
        {t("deskReviews:figures.to")}
        <input
          type="date"
          value={days.to}
          min={days.from}
          max={today}
          onChange={(event) => event.target.value !== "" && onChange({ ...days, to: event.target.value })}
        />
      </label>
      {children}
    </form>
  );
};
