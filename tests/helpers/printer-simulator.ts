import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type Server, type Socket } from "node:net";

export type PrinterState =
  | "ready"
  /** Prints, and says that the roll is nearly at its end. */
  | "paper_low"
  | "out_of_paper"
  | "cover_open"
  | "offline"
  | "silent"
  | "paper_ends_in_print"
  | "cover_opens_in_print"
  /** The line goes dead in the middle of a paper. */
  | "dies_in_print"
  /** Takes everything and says nothing any more, neither in turn nor at once. */
  | "silent_in_print"
  /** Says "done" at once without printing anything; only its paper sensor tells the truth afterwards. */
  | "lies";

export interface PrinterSimulator {
  readonly port: number;
  /** What has been printed since the start, without the status questions. */
  readonly printed: () => Uint8Array;
  /** How many papers have been cut off. */
  readonly cuts: () => number;
  /** Bytes that no ESC/POS printer of this kind would understand; must stay empty. */
  readonly faults: readonly string[];
  set(state: PrinterState): void;
  stop(): Promise<void>;
}

/** Length of a command with its fixed arguments, by its first two bytes. GS V, GS ( k and GS v 0 have lengths of their own. */
const COMMANDS: Readonly<Record<string, number>> = {
  "1b33": 3,
  "1b40": 2,
  "1b45": 3,
  "1b4d": 3,
  "1b61": 3,
  "1b74": 3,
  "1c26": 2,
  "1c2e": 2,
  "1d21": 3,
  "1d72": 3,
};

const STATUS = { fixed: 0x12, offline: 0x08, coverOpen: 0x04, stopped: 0x20, paperEnd: 0x60, paperLow: 0x0c };

/** States in which it stands still from the start. */
const STOPPED: readonly PrinterState[] = ["out_of_paper", "cover_open", "offline"];

const statusByte = (n: number, state: PrinterState): number => {
  if (n === 1) return STATUS.fixed | (STOPPED.includes(state) ? STATUS.offline : 0);
  if (n === 2)
    return STATUS.fixed | (state === "cover_open" ? STATUS.coverOpen : state === "out_of_paper" ? STATUS.stopped : 0);
  if (n === 4)
    return STATUS.fixed | (state === "out_of_paper" ? STATUS.paperEnd : state === "paper_low" ? STATUS.paperLow : 0);
  return STATUS.fixed;
};

/** Length of the command at `at`, or null while it is not whole, or undefined when there is no such command. */
const commandLength = (input: readonly number[], at: number): number | null | undefined => {
  if (input.length - at < 3) return null;
  const name = Buffer.from(input.slice(at, at + 2)).toString("hex");
  if (name === "1d56") return (input[at + 2] ?? 0) >= 65 ? 4 : 3;
  if (name === "1d28" && input[at + 2] === 0x6b)
    return input.length - at < 5 ? null : 5 + (input[at + 3] ?? 0) + 256 * (input[at + 4] ?? 0);
  if (name === "1d76") {
    const [, , mode, , x = 0, xHigh = 0, y = 0, yHigh = 0] = input.slice(at, at + 8);
    if (mode !== 0x30) return undefined;
    return input.length - at < 8 ? null : 8 + (x + 256 * xHigh) * (y + 256 * yHigh);
  }
  return COMMANDS[name];
};

/** A wire to whoever prints. */
interface Wire {
  readonly send: (bytes: Uint8Array) => void;
  readonly cut: () => void;
}

/** A strict ESC/POS printer: answers DLE EOT at once and GS r in its turn, like the real ones. */
class Printer {
  state: PrinterState;
  cuts = 0;
  readonly printed: number[] = [];
  readonly faults: string[] = [];

  constructor(state: PrinterState) {
    this.state = state;
  }

  /** Handles what is whole and returns the rest. */
  eat(wire: Wire, input: readonly number[]): number[] {
    let at = 0;
    while (at < input.length) {
      const byte = input[at] ?? 0;
      if (byte === 0x10) {
        if (input.length - at < 3) break;
        const [second, n = 0] = [input[at + 1], input[at + 2]];
        if (second !== 0x04 || n < 1 || n > 4) this.faults.push(`DLE ${second} ${n}`);
        else if (this.state !== "silent") wire.send(Uint8Array.of(statusByte(n, this.state)));
        at += 3;
      } else if (byte === 0x1b || byte === 0x1c || byte === 0x1d) {
        const length = commandLength(input, at);
        if (length === null || (length !== undefined && input.length - at < length)) break;
        if (length === undefined) {
          this.faults.push(`unknown command ${Buffer.from(input.slice(at, at + 2)).toString("hex")}`);
          at += 2;
          continue;
        }
        this.command(wire, input.slice(at, at + length));
        at += length;
      } else {
        if (byte < 0x20 && byte !== 0x0a) this.faults.push(`control byte ${byte}`);
        this.text(wire, byte);
        at += 1;
      }
    }
    return input.slice(at);
  }

  private isPrinting(): boolean {
    return ["ready", "paper_low", "paper_ends_in_print", "cover_opens_in_print", "dies_in_print"].includes(this.state);
  }

  private command(wire: Wire, bytes: readonly number[]): void {
    const name = Buffer.from(bytes.slice(0, 2)).toString("hex");
    if (name === "1d72") {
      if (this.state === "lies") {
        wire.send(Uint8Array.of(0x00));
        this.state = "out_of_paper";
      } else if (this.isPrinting()) wire.send(Uint8Array.of(0x00));
    } else if (this.isPrinting()) {
      for (const byte of bytes) this.printed.push(byte);
      if (name === "1d56") this.cuts += 1;
      if (name === "1d76") this.inPrint(wire);
    }
  }

  private text(wire: Wire, byte: number): void {
    if (this.isPrinting()) this.printed.push(byte);
    this.inPrint(wire);
  }

  /** What goes wrong once paper moves. */
  private inPrint(wire: Wire): void {
    if (this.state === "paper_ends_in_print") this.state = "out_of_paper";
    if (this.state === "cover_opens_in_print") this.state = "cover_open";
    if (this.state === "silent_in_print") this.state = "silent";
    if (this.state === "dies_in_print") {
      this.state = "silent";
      wire.cut();
    }
  }
}

const viewOf = (printer: Printer) => ({
  printed: () => Uint8Array.from(printer.printed),
  cuts: () => printer.cuts,
  faults: printer.faults,
  set: (next: PrinterState) => (printer.state = next),
});

/** The printer on a TCP port of 127.0.0.1. When it is not ready it keeps what comes and prints nothing. */
export const startPrinterSimulator = async (initial: PrinterState = "ready"): Promise<PrinterSimulator> => {
  const printer = new Printer(initial);
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const wire: Wire = { send: (bytes) => void socket.write(bytes), cut: () => void socket.destroy() };
    let rest: number[] = [];
    socket.on("data", (chunk) => (rest = printer.eat(wire, [...rest, ...chunk])));
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    ...viewOf(printer),
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
};

/**
 * The printer behind a real character device, as the kernel's USB driver offers one: a pseudo-terminal that `script`
 * (util-linux) opens, so that no native module is needed. Linux only.
 * @returns the simulator with the path of its device
 */
export const startDevicePrinterSimulator = async (
  initial: PrinterState = "ready",
): Promise<Omit<PrinterSimulator, "port"> & { readonly device: string }> => {
  const printer = new Printer(initial);
  const child: ChildProcess = spawn("script", ["-qfc", "stty raw -echo; tty; sleep 600", "/dev/null"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const wire: Wire = {
    send: (bytes) => void child.stdin?.write(bytes),
    cut: () => void child.kill("SIGKILL"),
  };
  let rest: number[] = [];
  let device = "";
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("no pseudo-terminal")));
    child.stdout?.on("data", (chunk: Buffer) => {
      if (device !== "") {
        rest = printer.eat(wire, [...rest, ...chunk]);
        return;
      }
      device = /\/dev\/pts\/\d+/.exec(chunk.toString("latin1"))?.[0] ?? "";
      if (device !== "") resolve();
    });
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ...viewOf(printer),
    device,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
};
