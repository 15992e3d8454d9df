import { useCallback, useEffect, useRef, useState } from "react";
import type { FleetOrder, TerminalAnswer } from "../../../../shared/contract/fleet-orders.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { carryOut } from "./fleet-api.ts";

/** What came of the last order. */
export interface Said {
  readonly key: string;
  readonly isFault: boolean;
  /** The order that takes it back. */
  readonly undo: FleetOrder | null;
}

export interface Orders {
  readonly said: Said | null;
  /** What is being waited for. */
  readonly busy: FleetOrder["what"] | null;
  /** Gives an order; `done` is called with the answer when it was carried out. */
  readonly give: (order: FleetOrder, undo?: FleetOrder | null, done?: (answer: TerminalAnswer | null) => void) => void;
}

/** Orders for one terminal: one at a time, each waited for. */
export const useOrders = (hallId: string | null, terminalId: string, again: () => void): Orders => {
  const terminal = useTerminal();
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState<FleetOrder["what"] | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const { current } = stop;
    return () => current.abort();
  }, []);
  const give = useCallback<Orders["give"]>(
    (order, undo = null, done = () => undefined) => {
      setBusy(order.what);
      setSaid(null);
      void carryOut(terminal, hallId, terminalId, order, stop.current.signal).then((outcome) => {
        if (stop.current.signal.aborted) return;
        setBusy(null);
        again();
        if ("fault" in outcome) return setSaid({ key: outcome.fault, isFault: true, undo: null });
        setSaid({ key: `fleet:done.${order.what}`, isFault: false, undo });
        done(outcome.answer);
      });
    },
    [terminal, hallId, terminalId, again],
  );
  return { said, busy, give };
};
