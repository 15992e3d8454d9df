import { useEffect, useState } from "react";
import type { PublicBridge } from "../../../shared/contract/ipc.ts";

/**
 * Whether this screen rests because somebody tried again and again to get out of it.
 * @returns seconds left, else null
 */
export const usePause = (): number | null => {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const bridge = (globalThis as { readonly terminal?: Partial<PublicBridge> }).terminal;
    const stop = bridge?.onInputPaused?.((ms) => {
      const until = performance.now() + ms;
      const count = (): void => {
        const left = Math.ceil((until - performance.now()) / 1_000);
        setSecondsLeft(left > 0 ? left : null);
        if (left <= 0) clearInterval(timer);
      };
      clearInterval(timer);
      timer = setInterval(count, 250);
      count();
    });
    return () => {
      clearInterval(timer);
      stop?.();
    };
  }, []);
  return secondsLeft;
};
