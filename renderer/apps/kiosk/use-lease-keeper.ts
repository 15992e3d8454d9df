import { useEffect, useRef } from "react";
import { useLink, useTerminal } from "../../ui/hooks.ts";
import { daysToLease } from "./lease-need.ts";

const RETRY_MS = 30_000;
/** After "no numbers left to lease": the day's series is nearly given out, asking more often does not help. */
const REFUSED_RETRY_MS = 300_000;

/** Keeps numbers for the time without a network: asks for more whenever those held run low and the node is there. */
export const useLeaseKeeper = (): void => {
  const terminal = useTerminal();
  const link = useLink();
  const isAsking = useRef(false);
  const notBefore = useRef(0);

  useEffect(() => {
    const deviceId = terminal.info.credentials?.deviceId;
    if (link !== "online" || deviceId === undefined) return;
    const keep = (): void => {
      if (isAsking.current || performance.now() < notBefore.current) return;
      const days = daysToLease(terminal.hall.get(), deviceId);
      if (days.length === 0) return;
      isAsking.current = true;
      void terminal
        .send("LeaseNumbers", { days: [...days] }, { mode: "claim" })
        .then((outcome) => {
          const wait = outcome.status === "refused" ? REFUSED_RETRY_MS : RETRY_MS;
          notBefore.current = outcome.status === "accepted" ? 0 : performance.now() + wait;
        })
        .catch(() => {
          notBefore.current = performance.now() + RETRY_MS;
        })
        .finally(() => {
          isAsking.current = false;
        });
    };
    keep();
    const timer = setInterval(keep, RETRY_MS);
    // Not a part of what is drawn: the kiosk would be drawn anew at each call in the hall.
    const stop = terminal.hall.subscribe(keep);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [terminal, link]);
};
