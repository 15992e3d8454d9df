import { useEffect } from "react";

/** How long each button holds the focus: long enough for a slow hand, short enough for eight tags. */
const SCAN_STEP_MS = 1_500;

const buttons = (): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("main button:not(:disabled), .review button:not(:disabled)")].filter(
    (button) => button.offsetParent !== null,
  );

const isControl = (element: Element | null): boolean =>
  element !== null && element.closest("button, input, textarea, a, select") !== null;

/**
 * One switch is enough (space or Enter, as adapted switches send it): the first press, while nothing has the focus, starts
 * the focus walking from button to button; the next one presses the button it has reached. A touch, Tab or an arrow key
 * ends it: then somebody uses the screen another way.
 */
export const useSwitchScan = (isOn: boolean): void => {
  useEffect(() => {
    if (!isOn) return undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const stop = (): void => {
      clearInterval(timer);
      timer = undefined;
    };
    const step = (): void => {
      const all = buttons();
      const at = all.findIndex((button) => button === document.activeElement);
      all[(at + 1) % all.length]?.focus();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Tab" || event.key.startsWith("Arrow")) return stop();
      if (event.key !== " " && event.key !== "Enter") return;
      if (timer === undefined && isControl(document.activeElement)) return;
      if (timer !== undefined && isControl(document.activeElement)) {
        // The browser presses the button; the walk goes on with what appears then, a whole step later.
        stop();
        timer = setInterval(step, SCAN_STEP_MS);
        return;
      }
      event.preventDefault();
      stop();
      step();
      timer = setInterval(step, SCAN_STEP_MS);
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointerdown", stop);
    return () => {
      stop();
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("pointerdown", stop);
    };
  }, [isOn]);
};
