import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { Button } from "../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import { moveSide, WHOLE, type Sides } from "./scan-model.ts";

const SIDES = ["top", "right", "bottom", "left"] as const satisfies readonly (keyof Sides)[];
const STEP = 0.01;
const BIG_STEP = 0.05;

/** How an arrow key moves a side: towards the middle is more. */
const arrowOf = (side: keyof Sides, key: string): number => {
  const towards = { top: "ArrowDown", bottom: "ArrowUp", left: "ArrowRight", right: "ArrowLeft" }[side];
  const away = { top: "ArrowUp", bottom: "ArrowDown", left: "ArrowLeft", right: "ArrowRight" }[side];
  return key === towards ? 1 : key === away ? -1 : 0;
};

const placeOf = (side: keyof Sides, event: PointerEvent, frame: DOMRect): number => {
  if (side === "top") return (event.clientY - frame.top) / frame.height;
  if (side === "bottom") return (frame.bottom - event.clientY) / frame.height;
  if (side === "left") return (event.clientX - frame.left) / frame.width;
  return (frame.right - event.clientX) / frame.width;
};

const percent = (share: number): string => `${String(Math.round(share * 10_000) / 100)}%`;

/** Cuts the edges off a page: four bars that are dragged, or moved with the arrow keys. */
export const CropEditor = ({
  picture,
  sides: given,
  onDone,
  onBack,
}: {
  /** Address of the page as it lies now, not cropped. */
  readonly picture: string;
  readonly sides: Sides;
  readonly onDone: (sides: Sides) => void;
  readonly onBack: () => void;
}) => {
  const { t } = useTranslation();
  const [sides, setSides] = useState(given);
  const drag = (side: keyof Sides) => (event: PointerEvent<HTMLDivElement>) => {
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!frame || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setSides((before) => moveSide(before, side, placeOf(side, event, frame)));
  };
  const press = (side: keyof Sides) => (event: KeyboardEvent) => {
    const direction = arrowOf(side, event.key);
    if (direction === 0) return;
    event.preventDefault();
    const step = event.shiftKey ? BIG_STEP : STEP;
    setSides((before) => moveSide(before, side, before[side] + direction * step));
  };
  return (
    <div className="crop">
      <div className="crop-stage">
        <div className="crop-frame">
          <img src={picture} alt={t("papers:scan.page")} draggable={false} />
          <div
            className="crop-left-over"
            style={{
              top: percent(sides.top),
              right: percent(sides.right),
              bottom: percent(sides.bottom),
              left: percent(sides.left),
            }}
          />
          {SIDES.map((side) => (
            <div
              key={side}
              className={`crop-bar crop-${side}`}
              role="slider"
              tabIndex={0}
              aria-label={t(`papers:crop.${side}`)}
              aria-orientation={side === "top" || side === "bottom" ? "vertical" : "horizontal"}
              aria-valuemin={0}
              aria-valuemax={90}
              aria-valuenow={Math.round(sides[side] * 100)}
              style={{ [side]: percent(sides[side]) }}
              onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
              onPointerMove={drag(side)}
              onKeyDown={press(side)}
            />
          ))}
        </div>
      </div>
      <p className="paper-quiet">{t("papers:crop.how")}</p>
      <div className="paper-acts paper-acts-row">
        <Button large main onClick={() => onDone(sides)}>
          {t("papers:crop.done")}
        </Button>
        <Button large onClick={() => setSides(WHOLE)}>
          {t("papers:crop.whole")}
        </Button>
        <Button large onClick={onBack}>
          {t("papers:crop.back")}
        </Button>
      </div>
    </div>
  );
};
