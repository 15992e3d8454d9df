import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { idlePhaseAfter } from "./idle.ts";

const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/**
 * Watches for the time that nobody touches the screen.
 * @param isWatching false while nothing of a person is on the screen
 * @param forget called once when the countdown is over
 * @returns seconds left while counting down, else null
 */
export const useIdle = (
  isWatching: boolean,
  forget: () => void,
): { readonly secondsLeft: number | null; readonly stay: () => void } => {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const touchedAt = useRef(0);
  const onOver = useEffectEvent(forget);
  const stay = useCallback(() => {
    touchedAt.current = performance.now();
    setSecondsLeft(null);
  }, []);

  useEffect(() => {
    if (!isWatching) return;
    stay();
    // The dialog's own buttons decide for themselves: it must not vanish under the finger that presses "leave".
    const onTouch = (event: Event): void => {
      if (!(event.target instanceof Element && event.target.closest(".public-dialog"))) stay();
    };
    for (const touch of TOUCHES) window.addEventListener(touch, onTouch, { passive: true });
    const timer = setInterval(() => {
      const phase = idlePhaseAfter(performance.now() - touchedAt.current);
      setSecondsLeft(phase.kind === "counting" ? phase.secondsLeft : null);
      if (phase.kind === "over") {
        touchedAt.current = performance.now();
        onOver();
      }
    }, 250);
    return () => {
      clearInterval(timer);
      for (const touch of TOUCHES) window.removeEventListener(touch, onTouch);
      setSecondsLeft(null);
    };
  }, [isWatching, stay]);
  return { secondsLeft, stay };
};
