import { connect, type Socket } from "node:net";
import { err, ok } from "../../shared/basics/result.ts";
import type { PrinterSettings, PrintOutcome, TicketPrint } from "../../shared/contract/ipc.ts";
import { layOutTicket } from "./ticket-layout.ts";

/** Times of a printer in the same hall; a ticket of 80 mm takes about a second to print and cut. */
const CONNECT_MS = 2_000;
const STATUS_MS = 1_500;
const PRINT_MS = 8_000;
const LOOK_MS = 1_000;

type Fault = Extract<PrintOutcome, { ok: false }>["error"]["code"];

/** DLE EOT n: answered at once, even when the printer stands still. */
const askStatus = (n: number): Uint8Array => Uint8Array.of(0x10, 0x04, n);
/** GS r 1: answered in its turn, that is when everything before it has been carried out. */
const ASK_DONE = Uint8Array.of(0x1d, 0x72, 0x01);

const isStatusByte = (byte: number): boolean => (byte & 0x93) === 0x12;
const isDoneByte = (byte: number): boolean => (byte & 0x90) === 0;

class PrinterFault extends Error {
  readonly code: Fault;
  constructor(code: Fault) {
    super(code);
    this.code = code;
  }
}

const openSocket = ({ host, port }: PrinterSettings): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new PrinterFault("offline"));
    }, CONNECT_MS);
    socket.once("connect", () => {
      clearTimeout(late);
      resolve(socket);
    });
    socket.once("error", () => {
      clearTimeout(late);
      reject(new PrinterFault("offline"));
    });
  });

/** Sends `bytes` and waits for the first answer byte that `isAnswer` knows; null when none comes in time. */
const exchange = (
  socket: Socket,
  bytes: Uint8Array,
  isAnswer: (byte: number) => boolean,
  waitMs: number,
): Promise<number | null> =>
  new Promise((resolve) => {
    const end = (answer: number | null) => {
      clearTimeout(late);
      socket.off("data", onData).off("close", onClose).off("error", onClose);
      resolve(answer);
    };
    const onData = (chunk: Buffer) => {
      const answer = chunk.find(isAnswer);
      if (answer !== undefined) end(answer);
    };
    const onClose = () => {
      end(null);
    };
    const late = setTimeout(onClose, waitMs);
    socket.on("data", onData).on("close", onClose).on("error", onClose);
    if (socket.destroyed) end(null);
    else socket.write(bytes);
  });

/** Asks for all four statuses. Silence is not a good status. */
const checkStatus = async (socket: Socket): Promise<void> => {
  const status = async (n: number): Promise<number> => {
    const byte = await exchange(socket, askStatus(n), isStatusByte, STATUS_MS);
    if (byte === null) throw new PrinterFault(socket.destroyed ? "offline" : "failed");
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
};

const printNow = async (settings: PrinterSettings, bytes: Uint8Array): Promise<PrintOutcome> => {
  let socket: Socket | null = null;
  try {
    socket = await openSocket(settings);
    // Without a listener an error between two exchanges would end the program.
    socket.on("error", () => undefined);
    await checkStatus(socket);
    let done = await exchange(socket, Uint8Array.of(...bytes, ...ASK_DONE), isDoneByte, LOOK_MS);
    // A printer that stands still (paper at its end) does not answer in turn, but says why when asked at once.
    for (let waited = LOOK_MS; done === null && waited < PRINT_MS; waited += LOOK_MS) {
      await checkStatus(socket);
      done = await exchange(socket, ASK_DONE, isDoneByte, LOOK_MS);
    }
    await checkStatus(socket);
    return done === null ? err({ code: "failed" }) : ok(null);
  } catch (error) {
    if (error instanceof PrinterFault) return err({ code: error.code });
    throw error;
  } finally {
    socket?.destroy();
  }
};

export interface TicketPrinter {
  /** `ok` only when the printer itself said that the ticket has come out and that it is well. */
  print(ticket: TicketPrint): Promise<PrintOutcome>;
  /** Whether it could print now, without printing. */
  check(): Promise<PrintOutcome>;
}

/** A ticket printer on the network (raw port, usually 9100). One ticket at a time. */
export const openTicketPrinter = (settings: () => PrinterSettings): TicketPrinter => {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: (current: PrinterSettings) => Promise<PrintOutcome>): Promise<PrintOutcome> => {
    const turn = last.then(async () => {
      const current = settings();
      return current.kind === "none" ? err({ code: "no_printer" as const }) : work(current);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    print: (ticket) => inTurn((current) => printNow(current, layOutTicket(ticket))),
    check: () => inTurn((current) => printNow(current, new Uint8Array())),
  };
};
