import { uuidv7 } from "uuidv7";
import { WebSocket } from "ws";
import { SYNC_PATH, type CommandResult, type NodeMessage } from "../../shared/contract/api.ts";
import { helloOf } from "../helpers/hello.ts";
import type { LoadDevice } from "./order.ts";

/** A terminal that is nothing but its line: sends acts, notes when they are answered and up to where it has been told. */
export class LoadTerminal {
  /** Up to where it has been told, and since when. */
  to = 0;
  accepted = 0;
  refused = 0;
  closed = 0;
  readonly waiting = new Map<string, number>();
  private socket: WebSocket | undefined;

  constructor(
    readonly device: LoadDevice,
    private readonly url: string,
    private readonly answered: (result: CommandResult, sentAt: number) => void,
    private readonly told: (to: number) => void,
  ) {}

  connect(): Promise<void> {
    const socket = new WebSocket(`${this.url.replace(/^http/, "ws")}${SYNC_PATH}`, { perMessageDeflate: false });
    this.socket = socket;
    socket.on("error", () => undefined);
    socket.on("close", () => (this.closed += 1));
    return new Promise((done, fail) => {
      socket.once("close", (code) => fail(new Error(`closed: ${String(code)}`)));
      socket.on("open", () => this.tell(helloOf(this.device, "load")));
      socket.on("message", (data: Buffer) => {
        const message = JSON.parse(data.toString("utf8")) as NodeMessage;
        if (message.kind === "welcome") done();
        this.receive(message);
      });
    });
  }

  /** Sends an act: a window's are records, as at a real counter. */
  act(type: string, data: unknown, clerkId: string | null): void {
    const mode = this.device.role === "window" ? "record" : "claim";
    const id = uuidv7();
    this.waiting.set(id, performance.now());
    this.tell({
      kind: "commands",
      commands: [{ command: { id, type, mode, at: Date.now(), data }, clerkId, personal: [] }],
    });
  }

  ping(): void {
    this.tell({ kind: "ping", t: 0 });
  }

  close(): void {
    this.socket?.removeAllListeners("close");
    this.socket?.terminate();
  }

  private tell(message: unknown): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private receive(message: NodeMessage): void {
    if (message.kind === "events" || message.kind === "snapshot") {
      this.to = message.kind === "events" ? message.to : message.seq;
      this.told(this.to);
    }
    if (message.kind !== "results") return;
    for (const result of message.results) {
      const sentAt = this.waiting.get(result.commandId);
      if (sentAt === undefined) continue;
      this.waiting.delete(result.commandId);
      this[result.status] += 1;
      this.answered(result, sentAt);
    }
  }
}
