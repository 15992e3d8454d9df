import { PrinterFault } from "./printer-fault.ts";
import type { PrinterLine } from "./printer-line.ts";

/** Times of a printer in the same hall; a ticket takes about a second to print and cut, one as a picture up to four. */
const STATUS_MS = 1_500;
const PRINT_MS = 8_000;
const LOOK_MS = 1_000;

/** DLE EOT n: answered at once, even when the printer stands still. */
const askStatus = (n: number): Uint8Array => Uint8Array.of(0x10, 0x04, n);
/** GS r 1: answered in its turn, that is when everything before it has been carried out. */
const ASK_DONE = Uint8Array.of(0x1d, 0x72, 0x01);

const isStatusByte = (byte: number): boolean => (byte & 0x93) === 0x12;
const isDoneByte = (byte: number): boolean => (byte & 0x90) === 0;

/** What the printer answers, one question at a time. */
class Talk {
  private waiting: ((byte: number) => void) | null = null;

  constructor(readonly line: PrinterLine) {
    line.onBytes((bytes) => {
      for (const byte of bytes) this.waiting?.(byte);
    });
  }

  /** Sends `bytes` and waits for the first answer byte that `isAnswer` knows; null when none comes in time. */
  async exchange(bytes: Uint8Array, isAnswer: (byte: number) => boolean, waitMs: number): Promise<number | null> {
    let late: NodeJS.Timeout | undefined;
    const answer = new Promise<number | null>((resolve) => {
      late = setTimeout(() => resolve(null), waitMs);
      this.waiting = (byte) => {
        if (isAnswer(byte)) resolve(byte);
      };
    });
    try {
      await this.line.write(bytes);
      return await answer;
    } catch {
      return null;
    } finally {
      clearTimeout(late);
      this.waiting = null;
    }
  }

  /**
   * Asks for all four real-time statuses. Silence is not a good status.
   * @returns whether the paper is near its end
   */
  async checkStatus(): Promise<{ readonly paperLow: boolean }> {
    const status = async (n: number): Promise<number> => {
      const byte = await this.exchange(askStatus(n), isStatusByte, STATUS_MS);
      if (byte === null) throw new PrinterFault(this.line.isOpen() ? "failed" : "offline");
      return byte;
    };
    const printer = await status(1);
    const cause = await status(2);
    const errors = await status(3);
    const paper = await status(4);
    if (cause & 0x04) throw new PrinterFault("cover_open");
    if (paper & 0x60 || cause & 0x20) throw new PrinterFault("out_of_paper");
    // Cutter stuck, unrecoverable, and errors that go away by themselves when the head has cooled down.
    if (errors & 0x68 || cause & 0x40) throw new PrinterFault("failed");
    if (printer & 0x08) throw new PrinterFault("offline");
    return { paperLow: (paper & 0x0c) !== 0 };
  }
}

/** Whether it could print now. @throws PrinterFault */
export const checkOverLine = (line: PrinterLine): Promise<{ readonly paperLow: boolean }> =>
  new Talk(line).checkStatus();

/**
 * Prints and watches until the printer says that it is done. Before the first byte every trouble means "nothing came
 * out"; after it only the printer's own word does: a line that dies or falls silent leaves it unknown.
 * @throws PrinterFault
 */
export const printOverLine = async (line: PrinterLine, bytes: Uint8Array): Promise<{ readonly paperLow: boolean }> => {
  const talk = new Talk(line);
  await talk.checkStatus();
  const statusWhilePrinting = async (): Promise<{ readonly paperLow: boolean }> => {
    try {
      return await talk.checkStatus();
    } catch (error) {
      // Out of paper or cover open is the printer's own word that the paper did not come out whole.
      if (error instanceof PrinterFault && (error.code === "out_of_paper" || error.code === "cover_open")) throw error;
      throw new PrinterFault("unknown");
    }
  };
  let done = await talk.exchange(Buffer.concat([bytes, ASK_DONE]), isDoneByte, LOOK_MS);
  // A printer that stands still (paper at its end) does not answer in turn, but says why when asked at once.
  for (let waited = LOOK_MS; done === null && waited < PRINT_MS; waited += LOOK_MS) {
    await statusWhilePrinting();
    done = await talk.exchange(ASK_DONE, isDoneByte, LOOK_MS);
  }
  const status = await statusWhilePrinting();
  if (done === null) throw new PrinterFault("unknown");
  return status;
};
