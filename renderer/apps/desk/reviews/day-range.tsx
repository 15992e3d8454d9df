import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Days } from "./desk-api.ts";
import { DayField } from "../../../ui/staff/day-field.tsx";

/** From which day to which day a list reads; `children` are the acts beside it, which wait until both days stand. */
export const DayRange = ({
  days,
  today,
  onChange,
  children,
}: {
  readonly days: Days;
  readonly today: string;
  /** Gets two whole days only. */
  readonly onChange: (days: Days) => void;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  /** As the fields have it: empty while a day is being typed. */
  const [wish, setWish] = useState(days);
  const change = (next: Days): void => {
    setWish(next);
    if (next.from !== "" && next.to !== "") onChange(next);
  };
  return (
    <form className="reviews-range" onSubmit={(event) => event.preventDefault()}>
      <label>
        {t("deskReviews:figures.from")}
        <DayField
          value={wish.from}
          max={wish.to === "" ? today : wish.to}
          onChange={(from) => change({ ...wish, from })}
        />
      </label>
      <label>
        {t("deskReviews:figures.to")}
        <DayField
          value={wish.to}
          min={wish.from === "" ? undefined : wish.from}
          max={today}
          onChange={(to) => change({ ...wish, to })}
        />
      </label>
      <fieldset className="reviews-range-acts" disabled={wish.from === "" || wish.to === ""}>
        {children}
      </fieldset>
    </form>
  );
};
