import type { IconDefinition } from "@ant-design/icons-svg/es/types";
import "./controls.css";

interface IconProps {
  readonly of: IconDefinition;
  /** Left out where words beside it say the same. */
  readonly label?: string;
}

/** A drawing of one colour, as large as the letters around it. */
export const Icon = ({ of: { icon }, label }: IconProps) => {
  // Only drawings of two colours are made by a function.
  if (typeof icon === "function") return null;
  const { attrs, children = [] } = icon;
  return (
    <svg
      className="staff-icon"
      viewBox={attrs["viewBox"]}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {children.map(({ attrs: { d } }) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
};
