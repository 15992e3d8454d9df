import { useCallback, useEffect, useState } from "react";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { readFleet } from "./fleet-api.ts";

const EVERY_MS = 10_000;

/** The terminals of a hall, looked at again and again; `isFailed`: the last look was not answered, the list is the one before. */
export interface Fleet {
  readonly list: FleetList | null;
  readonly isFailed: boolean;
  readonly again: () => void;
}

/** @param hallId another hall than the desk's own; null: its own */
export const useFleet = (hallId: string | null): Fleet => {
  const terminal = useTerminal();
  const [list, setList] = useState<FleetList | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    let isCurrent = true;
    const look = (): void => {
      void readFleet(terminal, hallId).then((answer) => {
        if (!isCurrent) return;
        setFailed(!answer.ok);
        if (answer.ok) setList(answer.value);
      });
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [terminal, hallId, turn]);
  return { list, isFailed, again };
};
