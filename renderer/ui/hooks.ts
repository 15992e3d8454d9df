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
 * A part of the hall's state.
 * @param select computes the part; recomputed only when the state changes
 */
export const useHall = <T>(select: (state: HallState) => T): T => {
  const state = useLive(useTerminal().hall);
  const cache = useRef<{ state: HallState; select: unknown; value: T } | null>(null);
  if (cache.current?.state !== state || cache.current.select !== select)
    cache.current = { state, select, value: select(state) };
  return cache.current.value;
};
