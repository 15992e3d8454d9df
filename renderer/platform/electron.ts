import type { PublicBridge } from "../../shared/contract/ipc.ts";
import type { Platform } from "./platform.ts";

/** The bridge of a preload, or undefined in a plain browser. */
export const findBridge = (): PublicBridge | undefined =>
  (globalThis as unknown as { terminal?: PublicBridge }).terminal;

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

const watchTouches = (): (() => number) => {
  let touchedAt = performance.now();
  const touch = (): void => void (touchedAt = performance.now());
  for (const type of TOUCHES) addEventListener(type, touch, { capture: true, passive: true });
  return () => performance.now() - touchedAt;
};

export const electronPlatform = (bridge: PublicBridge): Platform => ({
  kind: "electron",
  journal: {
    read: () => bridge["journal.read"](),
    change: async (kept, dropped) => void (await bridge["journal.change"]([...kept], [...dropped])),
  },
  info: () => bridge["terminal.info"](),
  newSession: () => bridge["terminal.session"](),
  machine: {
    facts: () => bridge["terminal.facts"](),
    attend: () => bridge["terminal.attend"](),
    untouchedMs: watchTouches(),
    beginAnew: () => location.reload(),
  },
  isNodeTrusted: () => bridge["terminal.isNodeTrusted"](),
  log: (code, fields) => {
    // A line of the log must never stop what is being done.
    bridge["terminal.log"](code, { ...fields }).catch(() => undefined);
  },
  print: async (ticket) => {
    try {
      return await bridge["ticket.print"](ticket);
    } catch {
      return { ok: false, error: { code: "failed" } };
    }
  },
  readPersonCard: async () => {
    try {
      return await bridge["personCard.read"]();
    } catch {
      return { ok: false, error: { code: "broken" } };
    }
  },
  cancelPersonCard: () => {
    bridge["personCard.cancel"]().catch(() => undefined);
  },
});
