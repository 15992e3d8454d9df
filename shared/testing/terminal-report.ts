import type { MachineFacts, TerminalReport } from "../domain/fleet/terminal-report.ts";

/** A computer that lacks nothing. */
export const machineOf = (change: Partial<MachineFacts> = {}): MachineFacts => ({
  electron: "45.4.1",
  os: "Linux 6.1",
  upMs: 60_000,
  printer: "ok",
  diskFreeMb: 10_000,
  errorLines: 0,
  certificateRefusedMs: null,
  escapeTriedMs: null,
  ...change,
});

/** A kiosk that is well. */
export const reportOf = (change: Partial<TerminalReport> = {}): TerminalReport => ({
  version: "0.1.0",
  role: "kiosk",
  outbox: 0,
  oldestMs: 0,
  deadLetters: 0,
  clockOffsetMs: 0,
  machine: machineOf(),
  ...change,
});
