import { useEffect, useReducer, useRef } from "react";
import type { BoardCall, HallState } from "../../../shared/domain/hall/state.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import {
  advance,
  hearCalls,
  newCallQueue,
  SHOWN_MS,
  timesSaid,
  type BoardScope,
  type CallQueue,
} from "./board-model.ts";

/** Speaks a call so many times; resolves when it has been spoken, or at once when it cannot be. */
export type Speak = (call: BoardCall, times: number) => Promise<void>;

type QueueAction =
  | {
      readonly do: "hear";
      readonly calls: readonly BoardCall[];
      readonly scope: BoardScope | null;
      readonly now: number;
    }
  | { readonly do: "advance"; readonly state: HallState; readonly now: number };

const reduce = (queue: CallQueue, action: QueueAction): CallQueue =>
  action.do === "hear"
    ? hearCalls(queue, action.calls, action.now, action.scope)
    : advance(queue, action.state, action.now);

/** Announces the calls of a board's scope one after the other, screen and voice in step. */
export const useAnnouncements = (speak: Speak, scope: BoardScope | null): CallQueue => {
  const terminal = useTerminal();
  const state = useLive(terminal.hall);
  const [queue, dispatch] = useReducer(reduce, null, () => newCallQueue(terminal.now()));
  const speakNow = useRef(speak);
  useEffect(() => {
    speakNow.current = speak;
  }, [speak]);

  useEffect(() => {
    dispatch({ do: "hear", calls: state.calls, scope, now: terminal.now() });
  }, [state.calls, scope, terminal]);

  const { current } = queue;
  const times = useRef(timesSaid(queue));
  useEffect(() => {
    times.current = timesSaid(queue);
  });
  const isWaiting = queue.coming.length > 0;
  useEffect(() => {
    if (current !== null || !isWaiting) return;
    dispatch({ do: "advance", state: terminal.hall.get(), now: terminal.now() });
  }, [current, isWaiting, terminal]);

  useEffect(() => {
    if (current === null) return;
    let isOver = false;
    const shown = new Promise<void>((done) => setTimeout(done, SHOWN_MS));
    const spoken = speakNow.current(current, times.current).catch(() => undefined);
    void Promise.all([shown, spoken]).then(() => {
      if (!isOver) dispatch({ do: "advance", state: terminal.hall.get(), now: terminal.now() });
    });
    return () => {
      isOver = true;
    };
  }, [current, terminal]);
  return queue;
};
