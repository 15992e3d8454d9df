import { useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DayField } from "../../../ui/staff/day-field.tsx";
import type { DraftFault } from "./plan-draft.ts";

/** A labelled field of the settings with what is wrong with it under it. */
export const Field = ({
  label,
  value,
  fault,
  unit = "",
  width = "5em",
  isDay = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly fault: DraftFault | undefined;
  readonly unit?: string;
  readonly width?: string;
  readonly isDay?: boolean;
  readonly onChange: (value: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="plan-field">
      <label htmlFor={id}>{label}</label>
      <span>
        {isDay ? (
          <DayField
            id={id}
            value={value}
            isWrong={fault !== undefined}
            describedBy={`${id}-fault`}
            onChange={onChange}
          />
        ) : (
          <input
            id={id}
            value={value}
            maxLength={80}
            autoComplete="off"
            style={{ inlineSize: width }}
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-fault`}
            onChange={(event) => onChange(event.target.value)}
          />
        )}{" "}
        {unit}
      </span>
      <span id={`${id}-fault`} className={fault === undefined ? "desk-hidden" : "floor-fault"}>
        {fault === undefined ? "" : t(`deskPlan:fault.${fault.key}`, fault.params)}
      </span>
    </div>
  );
};
