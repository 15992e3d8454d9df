import type { Diagnostic } from "../shared/contract/ipc.ts";

/** The HTTP date has whole seconds; the sync line measures finer and corrects the terminal's clock anyway. */
const CLOCK_WARN_MS = 5_000;
const CLOCK_FAULT_MS = 5 * 60_000;

/** An offset as a person says it: `12 s`, `3 min 12 s`, `24 h 0 min`. */
const durationText = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** How this computer's clock stands to the node's (milliseconds, ours minus theirs; null: the node did not say). */
export const clockLine = (offset: number | null): Diagnostic => {
  if (offset === null) return { id: "clock", state: "warn", why: "notCompared", detail: "" };
  const off = Math.abs(offset);
  if (off <= CLOCK_WARN_MS) return { id: "clock", state: "ok", detail: "" };
  return {
    id: "clock",
    state: off > CLOCK_FAULT_MS ? "fault" : "warn",
    why: offset > 0 ? "fast" : "slow",
    detail: durationText(offset),
  };
};
