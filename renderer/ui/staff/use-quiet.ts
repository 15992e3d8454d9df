import { useEffect } from "react";
import { IDLE_LOCK_MINUTES } from "../../../shared/domain/hall/plan.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { useHall } from "../hooks.ts";

const LOOK_MS = 1_000;
const TOUCHES = ["pointerdown", "pointermove", "wheel", "keydown"] as const;

const minutesOf = ({ plan }: HallState): number => plan?.settings.idleLockMinutes ?? IDLE_LOCK_MINUTES;

/**
 * Calls when nobody has touched the screen for as long as the hall's screens stay open; the wall clock counts too, as the
 * computer may have slept.
 */
export const useQuiet = (isWatched: boolean, onQuiet: () => void): void => {
  const limitMs = useHall(minutesOf) * 60_000;
  useEffect(() => {
    if (!isWatched) return undefined;
    const nowOf = () => ({ wall: Date.now(), steady: performance.now() });
    let touched = nowOf();
    const touch = (): void => void (touched = nowOf());
    for (const type of TOUCHES) window.addEventListener(type, touch, { capture: true, passive: true });
    const timer = setInterval(() => {
      const now = nowOf();
      if (Math.max(now.wall - touched.wall, now.steady - touched.steady) >= limitMs) onQuiet();
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const type of TOUCHES) window.removeEventListener(type, touch, { capture: true });
    };
  }, [limitMs, isWatched, onQuiet]);
};
