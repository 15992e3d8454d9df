import { useEffect, useState } from "react";
import { useTerminal } from "../hooks.ts";

/** Hall time, redrawn every `everyMs`. */
export const useNow = (everyMs = 1000): number => {
  const terminal = useTerminal();
  const [now, setNow] = useState(() => terminal.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(terminal.now()), everyMs);
    return () => clearInterval(timer);
  }, [terminal, everyMs]);
  return now;
};
