import { useCallback, useEffect, useRef, useState } from "react";
import type { PrintOutcome, TicketPrint } from "../../../shared/contract/ipc.ts";
import { useTerminal } from "../../ui/hooks.ts";

/** Which ticket's paper is on its way: a kiosk that goes down in the middle says so at its next start. */
const PRINTING_DRAFT = "kiosk.printing";

/** `asked`: the printer cannot tell; the person is asked. */
export type PrintState = "printing" | "printed" | "noPrinter" | "outOfPaper" | "coverOpen" | "failed" | "asked";

const stateOf = (outcome: PrintOutcome): PrintState => {
  if (outcome.ok) return "printed";
  switch (outcome.error.code) {
    case "no_printer":
      return "noPrinter";
    case "out_of_paper":
      return "outOfPaper";
    case "cover_open":
      return "coverOpen";
    case "unknown":
      return "asked";
    case "offline":
    case "failed":
      return "failed";
    default:
      return outcome.error.code satisfies never;
  }
};

const recorded = (state: PrintState): "printed" | "failed" | "unknown" =>
  state === "printed" ? "printed" : state === "asked" ? "unknown" : "failed";

/**
 * Prints a ticket once, and keeps what became of its paper: what the printer says, and what the person says where the
 * printer cannot.
 */
export const useTicketPrint = (
  ticketId: string,
): {
  readonly state: PrintState;
  readonly start: (sheet: TicketPrint) => void;
  /** Prints again: the first paper did not come out. */
  readonly again: () => void;
  /** The person says whether the paper came out. */
  readonly tell: (cameOut: boolean) => void;
} => {
  const terminal = useTerminal();
  const [state, setState] = useState<PrintState>("printing");
  const sheet = useRef<TicketPrint | null>(null);
  const isPrinting = useRef(false);
  const record = useCallback(
    (next: PrintState): void => {
      setState(next);
      terminal
        .send("RecordPrint", { ticketId, outcome: recorded(next) }, { mode: "record" })
        .then(() => terminal.writeDraft(PRINTING_DRAFT, null))
        .catch(() => undefined);
    },
    [terminal, ticketId],
  );
  const print = useCallback((): void => {
    if (sheet.current === null || isPrinting.current) return;
    isPrinting.current = true;
    setState("printing");
    terminal.writeDraft(PRINTING_DRAFT, ticketId).catch(() => undefined);
    terminal
      .print(sheet.current)
      .then(
        (outcome) => {
          record(stateOf(outcome));
          if (outcome.ok && outcome.value.paperLow) warnPaperLow(terminal);
        },
        () => record("failed"),
      )
      .finally(() => {
        isPrinting.current = false;
      });
  }, [terminal, ticketId, record]);
  const start = useCallback(
    (first: TicketPrint): void => {
      // Once per ticket, whatever React mounts again and whatever changes on the screen meanwhile.
      if (sheet.current !== null) return;
      sheet.current = first;
      print();
    },
    [print],
  );
  const tell = useCallback((cameOut: boolean): void => record(cameOut ? "printed" : "failed"), [record]);
  return { state, start, again: print, tell };
};

const PAPER_LOW_PAUSE_MS = 3_600_000;
let paperLowToldAt = -PAPER_LOW_PAUSE_MS;

/** Tells the staff once an hour, before the roll is empty and people stand there without a paper. */
const warnPaperLow = (terminal: ReturnType<typeof useTerminal>): void => {
  const now = performance.now();
  if (now - paperLowToldAt < PAPER_LOW_PAUSE_MS) return;
  paperLowToldAt = now;
  const place = `${terminal.standing.get().name ?? ""} 打印纸将尽`.trim().slice(0, 60);
  terminal.send("RequestHelp", { helpId: terminal.newId(), place }, { mode: "record" }).catch(() => undefined);
};

/** At the start: a paper that was on its way when the kiosk went down has an unknown end, and it is written down. */
export const useUnfinishedPrint = (): void => {
  const terminal = useTerminal();
  useEffect(() => {
    void terminal
      .readDraft(PRINTING_DRAFT)
      .then(async (ticketId) => {
        if (typeof ticketId !== "string") return;
        await terminal.send("RecordPrint", { ticketId, outcome: "unknown" }, { mode: "record" });
        await terminal.writeDraft(PRINTING_DRAFT, null);
      })
      .catch(() => undefined);
  }, [terminal]);
};
