import { useCallback, useEffect, useState } from "react";
import type { Result } from "../../shared/basics/result.ts";
import type { Terminal } from "../store/terminal.ts";
import { useTerminal } from "./hooks.ts";

/** What the node is asked for again and again while it is looked at. */
export interface Looked<T> {
  /** The last answer that came; null before the first. */
  readonly value: T | null;
  /** The last look was not answered; the value is the one before. */
  readonly isFailed: boolean;
  /** Looks now, without waiting for the next turn. */
  readonly again: () => void;
  /** An act has answered with what there is now. */
  readonly know: (value: T) => void;
}

/** @param ask the same function as long as the same is asked for */
export const useLooked = <T>(ask: (terminal: Terminal) => Promise<Result<T, string>>, everyMs: number): Looked<T> => {
  const terminal = useTerminal();
  const [value, setValue] = useState<T | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const look = (): void =>
      void ask(terminal).then((answer) => {
        if (!isCurrent) return;
        setFailed(!answer.ok);
        if (answer.ok) setValue(answer.value);
      });
    look();
    const timer = setInterval(look, everyMs);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [terminal, ask, everyMs, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const know = useCallback((next: T) => setValue(() => next), []);
  return { value, isFailed, again, know };
};
