import type { ReactElement } from "react";

/** From the number to its counter, along the line of the language. */
export const BoardArrow = (): ReactElement => (
  <svg className="board-arrow along-line" viewBox="0 0 60 40" aria-hidden="true">
    <path d="M2 14h32V3l24 17-24 17V26H2z" fill="currentColor" />
  </svg>
);
