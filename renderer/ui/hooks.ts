import { createContext, useContext, useRef, useSyncExternalStore } from "react";
import type { HallState } from "../../shared/domain/hall/state.ts";
import type { Connection, Live, Terminal } from "../store/terminal.ts";

export const TerminalContext = createContext<Terminal | null>(null);

/** The terminal of this window. */
export const useTerminal = (): Terminal => {
  const terminal = useContext(TerminalContext);
  if (!terminal) throw new Error("a screen was shown outside TerminalContext");
  return terminal;
};

/** A live value of the terminal; the screen redraws when it changes. */
export const useLive = <T>(live: Live<T>): T =>
  useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.get(),
  );

export const useConnection = (): Connection => useLive(useTerminal().connection);

/**
 * A part of the hall's state; the screen redraws when that part changes.
 * @param select computes the part; recomputed only when the state changes
 */
export const useHall = <T>(select: (state: HallState) => T): T => {
  const { hall } = useTerminal();
  const cache = useRef<{ state: HallState; select: unknown; value: T } | null>(null);
  return useSyncExternalStore(
    (listener) => hall.subscribe(listener),
    () => {
      const state = hall.get();
      if (cache.current?.state !== state || cache.current.select !== select)
        cache.current = { state, select, value: select(state) };
      return cache.current.value;
    },
  );
};

/** One member of the connection. Unlike `useConnection` it does not redraw the screen for each act that waits or arrives. */
export const useConnectionPart = <K extends keyof Connection>(part: K): Connection[K] => {
  const { connection } = useTerminal();
  return useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.get()[part],
  );
};

/** Whether the node is reachable. */
export const useLink = (): Connection["link"] => useConnectionPart("link");
