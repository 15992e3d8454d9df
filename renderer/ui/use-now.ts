import { useEffect, useState } from "react";
import { useTerminal } from "./hooks.ts";

/** Hall time, renewed every `everyMs` milliseconds. Use it in small components: each tick draws them again. */
export const useNow = (everyMs = 1_000): number => {
  const terminal = useTerminal();
  const [now, setNow] = useState(() => terminal.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(terminal.now()), everyMs);
    return () => clearInterval(timer);
  }, [terminal, everyMs]);
  return now;
};
