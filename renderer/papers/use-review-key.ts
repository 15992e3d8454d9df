import { useEffect } from "react";
import { useLink, useTerminal } from "../ui/hooks.ts";
import { loadReviewKey } from "./review-code.ts";

/** Sees to it that papers get review codes also when the network is away later. */
export const useReviewKey = (): void => {
  const terminal = useTerminal();
  const isOnline = useLink() === "online";
  useEffect(() => {
    // When it cannot be kept now, the next start or the next paper asks again.
    if (isOnline) loadReviewKey(terminal).catch(() => undefined);
  }, [terminal, isOnline]);
};
