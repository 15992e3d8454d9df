import { err, ok } from "../../shared/basics/result.ts";
import type { PaperPrint, PrintOutcome } from "../../shared/contract/ipc.ts";
import type { PrinterSettings } from "../../shared/contract/device-settings.ts";
import { layOutPaper, printsAsText } from "./paper-layout.ts";
import { layOutPicture, type PaperPicture } from "./paper-picture.ts";
import { checkOverLine, printOverLine } from "./print-over-line.ts";
import { PrinterFault } from "./printer-fault.ts";
import { openDeviceLine, openTcpLine, type PrinterLine } from "./printer-line.ts";
import { checkQueue, printToQueue } from "./system-queue.ts";

export interface TicketPrinter {
  /** `ok` only when the printer itself said that the paper has come out and that it is well. */
  print(paper: PaperPrint): Promise<PrintOutcome>;
  /** Whether it could print now, without printing. */
  check(): Promise<PrintOutcome>;
}

const overLine = async <T>(settings: PrinterSettings, work: (line: PrinterLine) => Promise<T>): Promise<T> => {
  const line = await (settings.kind === "usb"
    ? openDeviceLine(settings.device)
    : openTcpLine(settings.host, settings.port));
  try {
    return await work(line);
  } finally {
    line.close();
  }
};

/**
 * A ticket printer on the network, at USB, or behind the system's print queue. One paper at a time.
 * @param draw makes a picture of what the printer has no letters for
 */
export const openTicketPrinter = (
  settings: () => PrinterSettings,
  draw: (paper: PaperPrint) => Promise<PaperPicture>,
): TicketPrinter => {
  const bytesOf = async (paper: PaperPrint): Promise<Uint8Array> =>
    printsAsText(paper) ? layOutPaper(paper) : layOutPicture(await draw(paper), "qr" in paper ? paper.qr : undefined);

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (
    work: (current: PrinterSettings) => Promise<{ readonly paperLow: boolean }>,
  ): Promise<PrintOutcome> => {
    const turn = last.then(async (): Promise<PrintOutcome> => {
      const current = settings();
      if (current.kind === "none") return err({ code: "no_printer" as const });
      try {
        return ok(await work(current));
      } catch (error) {
        if (error instanceof PrinterFault) return err({ code: error.code });
        throw error;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    print: (paper) =>
      inTurn(async (current) => {
        const bytes = await bytesOf(paper);
        return current.kind === "queue"
          ? printToQueue(current.queue, bytes)
          : overLine(current, (line) => printOverLine(line, bytes));
      }),
    check: () =>
      inTurn(async (current) => {
        if (current.kind !== "queue") return overLine(current, checkOverLine);
        await checkQueue(current.queue);
        return { paperLow: false };
      }),
  };
};
