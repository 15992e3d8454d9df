import { useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DraftFault } from "./plan-draft.ts";

/** A labelled field of the settings with what is wrong with it under it. */
export const Field = ({
  label,
  value,
  fault,
  unit = "",
  width = "5em",
  type = "text",
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly fault: DraftFault | undefined;
  readonly unit?: string;
  readonly width?: string;
  readonly type?: "text" | "date";
  readonly onChange: (value: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="plan-field">
      <label htmlFor={id}>{label}</label>
      <span>
        <input
          id={id}
          type={type}
          value={value}
          maxLength={80}
          autoComplete="off"
          style={{ inlineSize: width }}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-fault`}
          onChange={(event) => onChange(event.target.value)}
        />{" "}
        {unit}
      </span>
      <span id={`${id}-fault`} className={fault === undefined ? "desk-hidden" : "floor-fault"}>
        {fault === undefined ? "" : t(`deskPlan:fault.${fault.key}`, fault.params)}
      </span>
    </div>
  );
};
