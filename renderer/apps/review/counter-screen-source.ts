import { counterScreenSchema, type PublicBridge } from "../../../shared/contract/ipc.ts";
import type { CounterScreen } from "../../../shared/domain/queue/counter-screen.ts";

/** In a plain browser the window terminal is another tab of the same origin; the name is that of apps/window. */
const CHANNEL = "service-hall-counter-screen";

/**
 * Listens to the window terminal beside this screen: over the Electron bridge, or to another tab of the browser.
 * @returns the way to stop listening
 */
export const listenToWindow = (listener: (screen: CounterScreen) => void): (() => void) => {
  const bridge = (globalThis as { readonly terminal?: Partial<PublicBridge> }).terminal;
  const stopBridge = bridge?.onCounterScreen?.(listener);
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  if (channel) {
    channel.onmessage = (event: MessageEvent<unknown>) => {
      const screen = counterScreenSchema.safeParse(event.data);
      if (screen.success) listener(screen.data);
    };
    channel.postMessage("ask");
  }
  return () => {
    stopBridge?.();
    channel?.close();
  };
};
