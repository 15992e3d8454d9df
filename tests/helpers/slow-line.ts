import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

const PIECE_BYTES = 4 * 1024;

/** One direction of a line: connections take turns piece by piece. */
class Direction {
  private freeAt = 0;
  carried = 0;

  constructor(private readonly bytesPerMs: number) {}

  async pass(bytes: number): Promise<void> {
    const now = performance.now();
    this.freeAt = Math.max(now, this.freeAt) + bytes / this.bytesPerMs;
    this.carried += bytes;
    const wait = this.freeAt - now;
    if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** A line of so many kbit/s in each direction between a terminal and its center, that can be cut and mended. */
export class SlowLine {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private readonly up: Direction;
  private readonly down: Direction;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
    kbits: number,
  ) {
    this.up = new Direction(kbits / 8);
    this.down = new Direction(kbits / 8);
    server.on("connection", (socket) => this.carry(socket));
  }

  /**
   * @param target the center's address, http://127.0.0.1:port
   * @param near where terminals find the line; any free port of this machine
   */
  static async open(target: string, kbits: number, near = { host: "127.0.0.1", port: 0 }): Promise<SlowLine> {
    const server = createServer({ allowHalfOpen: false });
    const line = new SlowLine(server, Number(new URL(target).port), kbits);
    server.listen(near);
    await once(server, "listening");
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Bytes that went from the terminal to the center. */
  get carriedUp(): number {
    return this.up.carried;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, "close");
  }

  private carry(near: Socket): void {
    if (this.isCut) return void near.destroy();
    const far = connect({ port: this.targetPort, host: "127.0.0.1", noDelay: true });
    for (const [from, to, direction] of [
      [near, far, this.up],
      [far, near, this.down],
    ] as const) {
      this.sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.sockets.delete(from);
        to.destroy();
      });
      void pipe(from, to, direction);
    }
  }
}

const pipe = async (from: Socket, to: Socket, direction: Direction): Promise<void> => {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES);
        await direction.pass(piece.length);
        if (!to.write(piece)) await once(to, "drain");
      }
    to.end();
  } catch {
    to.destroy(); // cut
  }
};
