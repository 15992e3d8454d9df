import { useEffect, useEffectEvent } from "react";

/** A scanner types like a keyboard, only faster than any hand, and ends with Enter. */
const BETWEEN_KEYS_MS = 60;
const SHORTEST = 6;
const LONGEST = 300;

/** Calls back with each code that a QR scanner types (as a keyboard: the way they are sold). */
export const useScanner = (onCode: (code: string) => void): void => {
  const tell = useEffectEvent(onCode);
  useEffect(() => {
    let code = "";
    let lastAt = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.timeStamp - lastAt > BETWEEN_KEYS_MS) code = "";
      lastAt = event.timeStamp;
      if (event.key === "Enter") {
        if (code.length >= SHORTEST) {
          event.preventDefault();
          tell(code);
        }
        code = "";
      } else if (event.key.length === 1 && code.length < LONGEST) code += event.key;
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
};
