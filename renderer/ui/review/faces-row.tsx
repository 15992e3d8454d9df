import { useRef, type KeyboardEvent, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { reviewLevelSchema, type ReviewLevel } from "../../../shared/domain/review/review.ts";
import { Face } from "./faces.tsx";

const levels: readonly ReviewLevel[] = [5, 4, 3, 2, 1];

/** Five faces of one size; arrows move, Enter or space chooses, 1 to 5 choose at once. Moving alone chooses nothing. */
export const FacesRow = ({
  chosen,
  isSmall,
  onChoose,
}: {
  readonly chosen: ReviewLevel | null;
  /** After the choice the faces step back, and can still be changed. */
  readonly isSmall: boolean;
  readonly onChoose: (level: ReviewLevel) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const row = useRef<HTMLDivElement>(null);
  const names: Readonly<Record<ReviewLevel, string>> = {
    5: t("review:level.5"),
    4: t("review:level.4"),
    3: t("review:level.3"),
    2: t("review:level.2"),
    1: t("review:level.1"),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const buttons = [...(row.current?.querySelectorAll("button") ?? [])];
      const at = buttons.findIndex((button) => button === document.activeElement);
      buttons.at((at + step + buttons.length) % buttons.length)?.focus();
      return;
    }
    const level = reviewLevelSchema.safeParse(Number(event.key));
    if (level.success) onChoose(level.data);
  };
  return (
    <div
      ref={row}
      className={isSmall ? "faces faces-small" : "faces"}
      role="radiogroup"
      aria-label={t("review:question")}
      onKeyDown={onKeyDown}
    >
      {levels.map((level) => (
        <button
          key={level}
          type="button"
          role="radio"
          aria-checked={chosen === level}
          tabIndex={chosen === level || (chosen === null && level === 5) ? 0 : -1}
          data-level={level}
          onClick={() => onChoose(level)}
        >
          <Face level={level} />
          <span>{names[level]}</span>
        </button>
      ))}
    </div>
  );
};
