import { createServer, type Server, type Socket } from "node:net";

export type PrinterState = "ready" | "out_of_paper" | "cover_open" | "offline" | "silent" | "paper_ends_in_print";

export interface PrinterSimulator {
  readonly port: number;
  /** What has been printed since the start, without the status questions. */
  readonly printed: () => Uint8Array;
  /** How many tickets have been cut off. */
  readonly cuts: () => number;
  /** Bytes that no ESC/POS printer of this kind would understand; must stay empty. */
  readonly faults: readonly string[];
  set(state: PrinterState): void;
  stop(): Promise<void>;
}

/** Length of a command with its fixed arguments, by its first two bytes. */
const COMMANDS: Readonly<Record<string, number>> = {
  "1b40": 2,
  "1b61": 3,
  "1c26": 2,
  "1d21": 3,
  "1d56": 4,
  "1d72": 3,
};

const STATUS = { fixed: 0x12, offline: 0x08, coverOpen: 0x04, stopped: 0x20, paperEnd: 0x60 };

const statusByte = (n: number, state: PrinterState): number => {
  const isBad = state !== "ready" && state !== "paper_ends_in_print";
  if (n === 1) return STATUS.fixed | (isBad ? STATUS.offline : 0);
  if (n === 2)
    return STATUS.fixed | (state === "cover_open" ? STATUS.coverOpen : state === "out_of_paper" ? STATUS.stopped : 0);
  if (n === 4) return STATUS.fixed | (state === "out_of_paper" ? STATUS.paperEnd : 0);
  return STATUS.fixed;
};

/**
 * A strict ESC/POS printer on a TCP port of 127.0.0.1. It answers DLE EOT at once and GS r in its turn, like the real ones;
 * when it is not ready it keeps what comes and prints nothing.
 */
export const startPrinterSimulator = async (initial: PrinterState = "ready"): Promise<PrinterSimulator> => {
  let state = initial;
  let cuts = 0;
  const printed: number[] = [];
  const faults: string[] = [];
  const sockets = new Set<Socket>();

  /** Handles what is whole and returns the rest. */
  const eat = (socket: Socket, input: readonly number[]): number[] => {
    let at = 0;
    while (at < input.length) {
      const byte = input[at] ?? 0;
      if (byte === 0x10) {
        if (input.length - at < 3) break;
        const [second, n = 0] = [input[at + 1], input[at + 2]];
        if (second !== 0x04 || n < 1 || n > 4) faults.push(`DLE ${second} ${n}`);
        else if (state !== "silent") socket.write(Uint8Array.of(statusByte(n, state)));
        at += 3;
      } else if (byte === 0x1b || byte === 0x1c || byte === 0x1d) {
        if (input.length - at < 2) break;
        const name = Buffer.from(input.slice(at, at + 2)).toString("hex");
        const length = COMMANDS[name];
        if (length === undefined) {
          faults.push(`unknown command ${name}`);
          at += 2;
          continue;
        }
        if (input.length - at < length) break;
        if (name === "1d72") {
          if (state === "ready") socket.write(Uint8Array.of(0x00));
        } else if (state === "ready" || state === "paper_ends_in_print") {
          printed.push(...input.slice(at, at + length));
          if (name === "1d56") cuts += 1;
        }
        at += length;
      } else {
        if (byte < 0x20 && byte !== 0x0a) faults.push(`control byte ${byte}`);
        if (state === "ready") printed.push(byte);
        if (state === "paper_ends_in_print") state = "out_of_paper";
        at += 1;
      }
    }
    return input.slice(at);
  };

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let rest: number[] = [];
    socket.on("data", (chunk) => (rest = eat(socket, [...rest, ...chunk])));
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    printed: () => Uint8Array.from(printed),
    cuts: () => cuts,
    faults,
    set: (next) => (state = next),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
};
