import { useEffect, useEffectEvent, useRef, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";

/** A part that may be longer than the screen: it can be pushed, and big keys appear when there is more. */
export const ScrollArea = ({
  label,
  onEnd,
  children,
}: {
  readonly label: string;
  /** Called when the end has been seen. */
  readonly onEnd?: () => void;
  readonly children: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  const view = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ fits: true, atTop: true, atEnd: true });

  const seen = useEffectEvent(() => onEnd?.());
  useEffect(() => {
    const element = view.current;
    if (!element) return;
    const look = (): void => {
      const next = {
        fits: element.scrollHeight <= element.clientHeight + 8,
        atTop: element.scrollTop <= 2,
        atEnd: element.scrollTop + element.clientHeight >= element.scrollHeight - 2,
      };
      if (next.fits || next.atEnd) seen();
      setPlace((previous) =>
        previous.fits === next.fits && previous.atTop === next.atTop && previous.atEnd === next.atEnd ? previous : next,
      );
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    if (element.firstElementChild) sizes.observe(element.firstElementChild);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);

  const push = (direction: 1 | -1): void =>
    view.current?.scrollBy({ top: direction * view.current.clientHeight * 0.8, behavior: "smooth" });
  return (
    <div className="scroll-area">
      <div className="scroll-area-view" ref={view} role="region" aria-label={label} tabIndex={place.fits ? -1 : 0}>
        <div>{children}</div>
      </div>
      {!place.fits && (
        <div className="scroll-area-keys">
          <button type="button" className="big-button" disabled={place.atTop} onClick={() => push(-1)}>
            <Icon name="up" />
            <span>{t("public:scroll.up")}</span>
          </button>
          <button type="button" className="big-button" disabled={place.atEnd} onClick={() => push(1)}>
            <Icon name="down" />
            <span>{t("public:scroll.down")}</span>
          </button>
        </div>
      )}
    </div>
  );
};
