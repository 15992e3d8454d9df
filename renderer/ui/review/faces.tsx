import type { ReactElement } from "react";
import type { ReviewLevel } from "../../../shared/domain/review/review.ts";

const mouths: Readonly<Record<ReviewLevel, string>> = {
  5: "M28 58c10 18 34 18 44 0 -14 3-30 3-44 0",
  4: "M30 60c9 11 31 11 40 0",
  3: "M31 65h38",
  2: "M31 70c8-10 30-10 38 0",
  1: "M29 74c10-19 32-19 42 0",
};
const brows: Readonly<Record<ReviewLevel, string>> = {
  5: "M28 36c3-5 9-5 12 0M60 36c3-5 9-5 12 0",
  4: "",
  3: "",
  2: "",
  1: "M27 31l13 5M73 31l-13 5",
};

/** A face of one line width and no colour of its own: none of the five praises or warns. */
export const Face = ({ level }: { readonly level: ReviewLevel }): ReactElement => (
  <svg className="face" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
    <g fill="none" stroke="currentColor" strokeWidth="4.5" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="50" cy="50" r="44" />
      <path d={mouths[level]} />
      <path d={brows[level]} />
    </g>
    {level === 5 ? null : (
      <g fill="currentColor">
        <circle cx="35" cy="42" r="5" />
        <circle cx="65" cy="42" r="5" />
      </g>
    )}
  </svg>
);
