import { createServer, type Socket } from "node:net";

export interface CounterDisplaySimulator {
  readonly port: number;
  /** What people see: `cells` half-width characters. */
  readonly shown: () => string;
  /** Every line that was written, in order. */
  readonly history: readonly string[];
  /** Bytes that no display of this kind would understand, or a text too long for it; must stay empty. */
  readonly faults: readonly string[];
  readonly connections: () => number;
  /** Pulls the cable: the open connections end. */
  cut(): void;
  stop(): Promise<void>;
}

const CELLS_OF_THE_COMMAND = 20;
const cellsOf = (text: string): number => [...text].reduce((sum, char) => sum + (char < "\u0080" ? 1 : 2), 0);

/**
 * A strict display of `cells` characters that speaks the CD5220 standard mode on a TCP port of 127.0.0.1. In the string mode
 * (after ESC Q A) it understands nothing but ESC Q A again and CLR, as the manual says.
 */
export const startCounterDisplaySimulator = async (cells: 8 | 12, port = 0): Promise<CounterDisplaySimulator> => {
  let shown = " ".repeat(cells);
  let isStringMode = false;
  let connections = 0;
  const history: string[] = [];
  const faults: string[] = [];
  const sockets = new Set<Socket>();
  const decoder = new TextDecoder("gb18030", { fatal: true });

  const writeLine = (bytes: readonly number[]): void => {
    let text: string;
    try {
      text = decoder.decode(Uint8Array.from(bytes));
    } catch {
      faults.push("not GB 18030");
      return;
    }
    if (bytes.length > CELLS_OF_THE_COMMAND) faults.push(`more than ${CELLS_OF_THE_COMMAND} bytes: ${text}`);
    if (cellsOf(text) > cells) faults.push(`wider than ${cells} cells: ${text}`);
    shown = text;
    history.push(text);
    isStringMode = true;
  };

  /** Handles what is whole and returns the rest. */
  const eat = (input: readonly number[]): number[] => {
    let at = 0;
    while (at < input.length) {
      const [byte, second, third] = input.slice(at, at + 3);
      if (byte === 0x0c) {
        shown = " ".repeat(cells);
        isStringMode = false;
        at += 1;
      } else if (byte === 0x1b) {
        if (second === undefined || (second === 0x51 && third === undefined)) break;
        if (second === 0x40) {
          if (isStringMode) faults.push("ESC @ in string mode");
          at += 2;
        } else if (second === 0x51 && third === 0x41) {
          const end = input.indexOf(0x0d, at + 3);
          if (end < 0) break;
          writeLine(input.slice(at + 3, end));
          at = end + 1;
        } else {
          faults.push(`ESC ${second.toString(16)} ${(third ?? 0).toString(16)}`);
          at += 2;
        }
      } else {
        faults.push(`byte ${(byte ?? 0).toString(16)} outside a command`);
        at += 1;
      }
    }
    return [...input.slice(at)];
  };

  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let rest: number[] = [];
    socket.on("data", (chunk) => {
      rest = eat([...rest, ...chunk]);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      if (rest.length > 0) faults.push("ended in the middle of a command");
    });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    shown: () => shown,
    history,
    faults,
    connections: () => connections,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
};
