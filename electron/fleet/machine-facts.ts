import { release, type } from "node:os";
import type { MachineFacts } from "../../shared/domain/fleet/terminal-report.ts";
import { freeDiskMb } from "../free-disk.ts";
import type { Terminal } from "../terminal.ts";

/** A printer is asked at most this often: it answers nobody else meanwhile. */
const PRINTER_EVERY_MS = 60_000;

type PrinterState = MachineFacts["printer"];

const askPrinter = async ({ identity, printer }: Pick<Terminal, "identity" | "printer">): Promise<PrinterState> => {
  if (identity.settings.get().printer.kind === "none") return "none";
  const outcome = await printer.check();
  if (outcome.ok) return outcome.value.paperLow ? "paper_low" : "ok";
  return outcome.error.code === "no_printer" ? "none" : outcome.error.code;
};

/** How long ago that was, in milliseconds; null: never. */
const ageOf = (at: number | null): number | null => (at === null ? null : Math.round(performance.now() - at));

/** What the desk is told of this computer, by asking the disk and, now and then, the printer. */
export const openMachineFacts = (
  terminal: Pick<Terminal, "identity" | "printer" | "log">,
): (() => Promise<MachineFacts>) => {
  let printer: { readonly kind: string; readonly at: number; readonly state: Promise<PrinterState> } | null = null;
  const printerState = (): Promise<PrinterState> => {
    // Another printer is another question.
    const kind = JSON.stringify(terminal.identity.settings.get().printer);
    const now = performance.now();
    if (printer === null || printer.kind !== kind || now - printer.at > PRINTER_EVERY_MS)
      printer = { kind, at: now, state: askPrinter(terminal).catch(() => "failed" as const) };
    return printer.state;
  };
  return async () => {
    const { errorLines, certificateRefusedAt, escapeTriedAt } = terminal.log.faults();
    return {
      electron: process.versions.electron,
      os: `${type()} ${release()}`.slice(0, 80),
      upMs: Math.round(process.uptime() * 1_000),
      printer: await printerState(),
      diskFreeMb: await freeDiskMb().catch(() => null),
      errorLines,
      certificateRefusedMs: ageOf(certificateRefusedAt),
      escapeTriedMs: ageOf(escapeTriedAt),
    };
  };
};
