import type { CounterScreen } from "../../../shared/domain/queue/counter-screen.ts";
import { findStaffBridge } from "../../ui/staff/bridge.ts";

/** In a plain browser the applicant's side is another tab of the same origin. */
const CHANNEL = "service-hall-counter-screen";

/** The applicant's side of the counter: told what to show by this window. */
export interface SecondDisplay {
  show(screen: CounterScreen): void;
  close(): void;
}

/**
 * Opens the way to the applicant's side: the main process when there is one, else a BroadcastChannel. A side that opens
 * later posts "ask" and gets the last screen.
 */
export const openSecondDisplay = (): SecondDisplay => {
  const bridge = findStaffBridge();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  let shown: CounterScreen | null = null;
  let text = "";
  if (channel)
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data === "ask" && shown !== null) channel.postMessage(shown);
    };
  return {
    show: (screen) => {
      const next = JSON.stringify(screen);
      if (next === text) return;
      text = next;
      shown = screen;
      channel?.postMessage(screen);
      // A second display that is unplugged must not stop the clerk: the main process shows it again when it is back.
      bridge?.["counterScreen.show"](screen).catch(() => undefined);
    },
    close: () => channel?.close(),
  };
};
