import type { HallState } from "../../../shared/domain/hall/state.ts";
import { createContext, useCallback, useContext, useRef, useState } from "react";
import { useHall, useLink, useTerminal } from "../hooks.ts";

/** `undelivered`: kept on this terminal, the staff have not got it yet. */
export type HelpStatus = "none" | "asked" | "undelivered" | "answered" | "failed";

/** Set by the shell, for screens that offer a helper at the place where something went wrong. */
export const CallHelpContext = createContext<() => void>(() => undefined);
export const useCallHelp = (): (() => void) => useContext(CallHelpContext);

/**
 * The way to a helper from a public screen.
 * @param place where the person stands, as the staff know it
 */
export const useHelp = (
  place: string,
): { readonly status: HelpStatus; readonly call: () => void; readonly forget: () => void } => {
  const terminal = useTerminal();
  const link = useLink();
  const [asked, setAsked] = useState<{ readonly id: string; readonly isDelivered: boolean } | null>(null);
  const [isFailed, setFailed] = useState(false);
  const isSending = useRef(false);

  const askedId = asked?.id ?? "";
  const answered = useHall(useCallback((state: HallState) => state.help.get(askedId)?.answered === true, [askedId]));
  const call = useCallback(() => {
    // A second press while somebody is on the way is the same call.
    if (isSending.current || (asked !== null && !answered)) return;
    isSending.current = true;
    const id = terminal.newId();
    setFailed(false);
    void terminal
      .send("RequestHelp", { helpId: id, place: place.slice(0, 60) }, { mode: "record" })
      .then((outcome) => {
        if (outcome.status === "accepted" || outcome.status === "kept")
          setAsked({ id, isDelivered: outcome.status === "accepted" });
        else setFailed(true);
      })
      .catch(() => setFailed(true))
      .finally(() => {
        isSending.current = false;
      });
  }, [terminal, place, asked, answered]);
  const forget = useCallback(() => {
    setAsked(null);
    setFailed(false);
  }, []);

  const status = isFailed
    ? "failed"
    : asked === null
      ? "none"
      : answered
        ? "answered"
        : link === "online" || asked.isDelivered
          ? "asked"
          : "undelivered";
  return { status, call, forget };
};
