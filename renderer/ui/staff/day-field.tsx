import { useId, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { readDay } from "./day-text.ts";
import { dayTyped, fitsDay } from "./day-typing.ts";

/** Whether a field of the form says that what stands in it is no day it takes. */
export const holdsWrongDay = (form: HTMLFormElement): boolean => form.querySelector(".day-fault") !== null;

/**
 * A day, written as 2026-11-22 on every screen: a browser's own field writes it in the order of the system's language,
 * whatever the language of the page. The calendar beside it is the browser's.
 */
export const DayField = ({
  id,
  label,
  value,
  min,
  max,
  isWrong = false,
  describedBy,
  onChange,
}: {
  readonly id?: string | undefined;
  /** What is asked, where no label stands around it. */
  readonly label?: string;
  /** YYYY-MM-DD, or empty. */
  readonly value: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly isWrong?: boolean;
  readonly describedBy?: string | undefined;
  /** Gets a real day between `min` and `max`, or an empty text: also while what stands in the field is no such day. */
  readonly onChange: (day: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const faultId = useId();
  const calendar = useRef<HTMLInputElement>(null);
  /** What is being typed; null while it is `value`. */
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const bounds = { min, max };
  const day = typed === null ? value : readDay(typed);
  const fault =
    typed === null || typed.trim() === ""
      ? null
      : day === null
        ? "staff:day.how"
        : fitsDay(day, bounds)
          ? null
          : "staff:day.range";

  const tell = (text: string, isDone: boolean): void => {
    const told = dayTyped(text, bounds, isDone);
    if (told !== value) onChange(told);
  };
  const type = (text: string): void => {
    setTyped(text);
    setLeft(false);
    tell(text, false);
  };
  const leave = (): void => {
    if (typed !== null) tell(typed, true);
    if (fault === null) setTyped(null);
    setLeft(true);
  };
  const isFaultShown = isLeft && fault !== null;
  return (
    <span className="day-field">
      <input
        id={id}
        aria-label={label}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t("staff:day.placeholder")}
        maxLength={20}
        value={typed ?? value}
        aria-invalid={isWrong || isFaultShown}
        aria-describedby={isFaultShown ? faultId : describedBy}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          // A form is sent by Enter without the field being left.
          if (event.key === "Enter") leave();
        }}
      />
      <button
        type="button"
        className="day-calendar"
        title={t("staff:day.calendar")}
        aria-label={t("staff:day.calendar")}
        onClick={() => calendar.current?.showPicker()}
      >
        <span aria-hidden="true">▾</span>
      </button>
      <input
        ref={calendar}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        min={min}
        max={max}
        onChange={(event) => {
          if (event.target.value === "") return;
          setTyped(null);
          onChange(event.target.value);
        }}
      />
      {isFaultShown ? (
        <span id={faultId} role="alert" className="day-fault">
          {t(fault, { min: min ?? "", max: max ?? "" })}
        </span>
      ) : null}
    </span>
  );
};
