import { useCallback, useEffect, useRef, useState } from "react";
import type { FleetOrder, TerminalAnswer } from "../../../../shared/contract/fleet-orders.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { carryOut } from "./fleet-api.ts";

/** What came of the last order. */
export interface Said {
  readonly key: string;
  readonly isFault: boolean;
  /** The order that takes it back, and who is told then. */
  readonly undo: { readonly order: FleetOrder; readonly done: Done; readonly key: string } | null;
}

type Done = (answer: TerminalAnswer | null) => void;

export interface Orders {
  readonly said: Said | null;
  /** What is being waited for. */
  readonly busy: FleetOrder["what"] | null;
  /** Gives an order; `done` is called with the answer when it was carried out, `key` is the sentence that is said then. */
  readonly give: (order: FleetOrder, undo?: FleetOrder | null, done?: Done, key?: string) => void;
}

const doneKey = ({ what }: FleetOrder): string => `fleet:done.${what}`;

/** Orders for one terminal: one at a time, each waited for. */
export const useOrders = (hallId: string | null, terminalId: string, again: () => void): Orders => {
  const terminal = useTerminal();
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState<FleetOrder["what"] | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);
  const give = useCallback<Orders["give"]>(
    (order, undo = null, done = () => undefined, key = doneKey(order)) => {
      setBusy(order.what);
      setSaid(null);
      const { signal } = stop.current;
      void carryOut(terminal, hallId, terminalId, order, signal).then((outcome) => {
        if (signal.aborted) return;
        setBusy(null);
        again();
        if ("fault" in outcome) return setSaid({ key: outcome.fault, isFault: true, undo: null });
        // What waits for a screen has a place of its own there (waiting-use.tsx).
        if (outcome.isPending && order.what === "role") return;
        setSaid({
          key: outcome.isPending ? "fleet:pending" : key,
          isFault: false,
          // The way back of the same kind is told alike.
          undo: undo === null ? null : { order: undo, done, key: undo.what === order.what ? key : doneKey(undo) },
        });
        done(outcome.answer);
      });
    },
    [terminal, hallId, terminalId, again],
  );
  return { said, busy, give };
};
