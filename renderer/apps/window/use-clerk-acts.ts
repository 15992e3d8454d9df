import { useCallback, useEffect, useRef, useState } from "react";
import type { CommandData } from "../../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { useConnection, useTerminal } from "../../ui/hooks.ts";
import {
  callNext,
  goOnWithoutNode,
  isCallOpen,
  perform,
  type ActPort,
  type ActResult,
  type CallResult,
  type ClerkAct,
} from "./act.ts";
import { leaveCounter, type Leaving } from "./leave-counter.ts";

/** Something to tell the clerk about an act that the store does not tell by itself. */
export type Saying = "notKept" | "needsNode" | "onItsWay" | "nobodyOffline" | "offlineCalled" | "holdsTicket";

/** A question of the last call that only the clerk can answer. */
export type CallQuestion =
  { readonly kind: "offline" } | { readonly kind: "unanswered"; readonly callCommandId: string };

/** An act of this clerk that the node refused. */
export interface RefusedAct {
  readonly id: string;
  readonly at: number;
  readonly type: ClerkAct | "CallNext";
  readonly refusal: Refusal;
}

export interface ClerkActs {
  /** The act under way; everything else waits for it. */
  readonly busy: ClerkAct | "CallNext" | null;
  readonly sayings: readonly Saying[];
  /** What the node refused, newest first, until the clerk closes it or, of a call, calls again. */
  readonly refusals: readonly RefusedAct[];
  readonly closeRefusal: (id: string) => void;
  readonly say: (saying: Saying) => void;
  readonly unsay: (saying: Saying) => void;
  /** @returns true when it was done */
  run<T extends ClerkAct>(type: T, data: CommandData<T>): Promise<boolean>;
  /** Closes the own counter, if one is open, and signs out; says nothing by itself. */
  leave(counterId: string | null): Promise<Leaving>;
  call(counterId: string): Promise<void>;
  /** The clerk agrees to call without the network. */
  callAlone(counterId: string): Promise<void>;
  readonly question: CallQuestion | null;
  /** The clerk leaves the question; an unanswered call stays on the screen as a notice. */
  readonly leaveQuestion: () => void;
  /** The call whose answer never came, while it is unknown. */
  readonly openCall: string | null;
  readonly askAboutOpenCall: () => void;
}

const OPEN_CALL = "window.openCall";

/** The clerk's acts: one at a time, with what follows when the network is away. */
export const useClerkActs = (): ClerkActs => {
  const terminal = useTerminal();
  const { link, outbox } = useConnection();
  const [busy, setBusy] = useState<ClerkActs["busy"]>(null);
  const [sayings, setSayings] = useState<readonly Saying[]>([]);
  const [refusals, setRefusals] = useState<readonly RefusedAct[]>([]);
  const [question, setQuestion] = useState<CallQuestion | null>(null);
  const [openCall, setOpenCallState] = useState<string | null>(null);
  const offlineAgreed = useRef(false);
  // State is too late for a second key press in the same frame.
  const underWay = useRef(false);

  const setOpenCall = useCallback(
    (callCommandId: string | null) => {
      setOpenCallState(callCommandId);
      void terminal.writeDraft(OPEN_CALL, callCommandId);
    },
    [terminal],
  );
  useEffect(() => {
    void terminal.readDraft(OPEN_CALL).then((kept) => {
      const settled = terminal.connection.get().link === "online" && terminal.connection.get().outbox === 0;
      if (typeof kept === "string" && !settled && isCallOpen(terminal.hall.get(), kept)) setOpenCallState(kept);
    });
  }, [terminal]);
  useEffect(() => {
    if (link !== "online") return;
    offlineAgreed.current = false;
    setSayings((said) => (said.includes("offlineCalled") ? said.filter((each) => each !== "offlineCalled") : said));
    // Everything has been answered: the call was made, refused or taken back, and the screen shows which.
    if (outbox === 0) {
      setOpenCall(null);
      setQuestion((asked) => (asked?.kind === "unanswered" ? null : asked));
    }
  }, [link, outbox, setOpenCall]);

  const say = useCallback((saying: Saying) => {
    setSayings((said) => [saying, ...said.filter((each) => each !== saying)]);
  }, []);
  const unsay = useCallback((saying: Saying) => setSayings((said) => said.filter((each) => each !== saying)), []);

  const port: ActPort = { send: terminal.send.bind(terminal), state: () => terminal.hall.get() };
  const once = async <R>(type: NonNullable<ClerkActs["busy"]>, act: () => Promise<R>): Promise<R | null> => {
    if (underWay.current) return null;
    underWay.current = true;
    setBusy(type);
    try {
      return await act();
    } finally {
      underWay.current = false;
      setBusy(null);
    }
  };
  const tell = (type: RefusedAct["type"], result: ActResult): boolean => {
    if (result.status === "refused") {
      const refused = { id: terminal.newId(), at: terminal.now(), type, refusal: result.refusal };
      setRefusals((before) => [refused, ...before]);
    } else if (result.status !== "done") say(result.status);
    return result.status === "done";
  };
  const tellCall = (result: CallResult): void => {
    // A call answers the one before it: "nobody is waiting" must not stand beside the person who came since.
    setRefusals((before) => before.filter(({ type }) => type !== "CallNext"));
    switch (result.status) {
      case "askOffline":
        setQuestion({ kind: "offline" });
        return;
      case "unansweredCall":
        setOpenCall(result.callCommandId);
        setQuestion({ kind: "unanswered", callCommandId: result.callCommandId });
        return;
      case "nobodyOffline":
        say("nobodyOffline");
        return;
      case "done":
      case "refused":
      case "notKept":
      case "needsNode":
      case "onItsWay":
        tell("CallNext", result);
    }
  };

  const askAboutOpenCall = (): void => {
    if (openCall !== null) setQuestion({ kind: "unanswered", callCommandId: openCall });
  };

  return {
    busy,
    sayings,
    refusals,
    closeRefusal: (id) => setRefusals((before) => before.filter((each) => each.id !== id)),
    say,
    unsay,
    question,
    openCall: openCall !== null && isCallOpen(terminal.hall.get(), openCall) ? openCall : null,
    leaveQuestion: () => setQuestion(null),
    askAboutOpenCall,
    run: async (type, data) => {
      const result = await once(type, () => perform(port, type, data));
      return result !== null && tell(type, result);
    },
    leave: (counterId) => leaveCounter(port, counterId, () => terminal.logout()),
    call: async (counterId) => {
      if (openCall !== null && isCallOpen(terminal.hall.get(), openCall)) {
        askAboutOpenCall();
        return;
      }
      unsay("nobodyOffline");
      const result = await once("CallNext", () => callNext(port, counterId, { offlineAgreed: offlineAgreed.current }));
      if (result !== null) tellCall(result);
    },
    callAlone: async (counterId) => {
      setQuestion(null);
      offlineAgreed.current = true;
      const result = await once("CallNext", () => goOnWithoutNode(port, counterId, openCall));
      if (result === null) return;
      setOpenCall(null);
      if (result.status === "done") say("offlineCalled");
      tellCall(result);
    },
  };
};
