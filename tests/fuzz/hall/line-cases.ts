import { WebSocket } from "ws";
import { closeCodes, SYNC_PATH, terminalMessageSchema, type NodeMessage } from "../../../shared/contract/api.ts";
import { outboundCommandSchema } from "../../../shared/contract/outbound-command.ts";
import type { CommandType } from "../../../shared/domain/hall/commands.ts";
import { mayIssue } from "../../../shared/domain/identity/permissions.ts";
import { helloOf } from "../../helpers/hello.ts";
import type { Random } from "../../helpers/random.ts";
import { makerOf } from "../generate/from-schema.ts";
import { mutate, mutateText } from "../generate/mutate.ts";
import { nastyValue } from "../generate/nasty.ts";
import type { FuzzContext } from "../harness/faults.ts";
import type { FuzzDevice, World } from "../harness/world.ts";

const ANSWER_MS = 20_000;
const SHOWN_INPUT = 2_000;
const MOST_TRIES = 12;
/** How the node may end a line that it does not want; 1007 and 1009 are the protocol's own (no text, too large). */
const ENDINGS: readonly number[] = [...Object.values(closeCodes), 1002, 1007, 1009];

interface MadeCommand {
  readonly command: Record<string, unknown>;
  clerkId: unknown;
}

/** One terminal's line, opened anew whenever the node has closed it. */
class Line {
  private socket: WebSocket | undefined;
  private heard: (() => void) | undefined;
  private pongs = 0;
  closeCode: number | undefined;
  readonly answered = { accepted: 0, refused: 0 };

  constructor(
    private readonly url: string,
    private readonly device: FuzzDevice,
  ) {}

  async open(): Promise<void> {
    if (this.socket?.readyState === WebSocket.OPEN) return;
    this.socket?.terminate();
    const socket = new WebSocket(`${this.url.replace(/^http/, "ws")}${SYNC_PATH}`, { perMessageDeflate: false });
    this.socket = socket;
    this.closeCode = undefined;
    socket.on("error", () => undefined);
    socket.on("close", (code) => {
      if (this.socket !== socket) return;
      this.closeCode = code;
      this.heard?.();
    });
    socket.on("message", (data: Buffer) => this.receive(JSON.parse(data.toString("utf8")) as NodeMessage));
    await new Promise<void>((done) => {
      socket.once("open", done);
      socket.once("close", () => done());
    });
    this.tell(helloOf(this.device, "fuzz"));
    if (!(await this.pinged())) throw new Error(`a terminal is not let in any more: ${String(this.closeCode)}`);
  }

  /** Sends a message. @returns false when nothing was heard in time, and the line was not closed either */
  async say(text: string | Buffer): Promise<boolean> {
    this.socket?.send(text, { binary: typeof text !== "string" });
    return this.pinged();
  }

  close(): void {
    const { socket } = this;
    this.socket = undefined;
    socket?.terminate();
  }

  private tell(message: unknown): void {
    this.socket?.send(JSON.stringify(message));
  }

  private async pinged(): Promise<boolean> {
    const before = this.pongs;
    this.tell({ kind: "ping", t: 0 });
    const until = performance.now() + ANSWER_MS;
    while (this.pongs === before && this.closeCode === undefined && performance.now() < until)
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 500);
        this.heard = () => {
          clearTimeout(timer);
          done();
        };
      });
    return this.pongs > before || this.closeCode !== undefined;
  }

  private receive(message: NodeMessage): void {
    if (message.kind === "results") for (const { status } of message.results) this.answered[status] += 1;
    if (message.kind !== "pong") return;
    this.pongs += 1;
    this.heard?.();
  }
}

/** Messages over the terminals' WebSocket: by the schema, changed in places, and changed as text. */
export class LineCases {
  private readonly lines: readonly { readonly device: FuzzDevice; readonly line: Line }[];
  private readonly makeMessage = makerOf(terminalMessageSchema);
  private readonly makeCommand = makerOf(outboundCommandSchema);

  constructor({ hall, devices }: World) {
    this.lines = devices.map((device) => ({ device, line: new Line(hall.url, device) }));
  }

  get answered(): { accepted: number; refused: number } {
    const sum = { accepted: 0, refused: 0 };
    for (const { line } of this.lines) {
      sum.accepted += line.answered.accepted;
      sum.refused += line.answered.refused;
    }
    return sum;
  }

  async run({ random, world, fault }: FuzzContext): Promise<void> {
    const { device, line } = random.pick(this.lines);
    const text = this.message(random, world, device);
    const shown = text.toString("utf8").slice(0, SHOWN_INPUT);
    await line.open();
    if (!(await line.say(text))) fault(`the node fell silent for a ${device.role}`, shown);
    if (line.closeCode !== undefined && !ENDINGS.includes(line.closeCode))
      fault(`the line of a ${device.role} ended with ${String(line.closeCode)}`, shown);
  }

  close(): void {
    for (const { line } of this.lines) line.close();
  }

  private message(random: Random, world: World, device: FuzzDevice): string | Buffer {
    let message: unknown;
    if (random.next() < 0.85) {
      const commands = Array.from({ length: random.between(1, 4) }, () => this.command(random, world, device));
      message = { kind: "commands", commands };
    } else message = this.makeMessage(random, world.pool());
    if (random.next() < 0.2) message = mutate(message, random);
    const text = JSON.stringify(message) ?? JSON.stringify(nastyValue(random));
    if (random.next() < 0.02) return Buffer.from(text);
    return random.next() < 0.1 ? mutateText(text, random) : text;
  }

  private command(random: Random, world: World, device: FuzzDevice): unknown {
    const pool = world.pool();
    let made = this.makeCommand(random, pool) as MadeCommand;
    // Most of what its role may not do is refused at the door: what lies behind it should be met too.
    for (let tries = 0; tries < MOST_TRIES && !mayIssue(device, made.command["type"] as CommandType); tries += 1)
      made = this.makeCommand(random, pool) as MadeCommand;
    if (random.next() < 0.8) made.clerkId = device.clerkId;
    if (random.next() < 0.8) made.command["at"] = Date.now() - random.between(0, 100_000);
    if (random.next() < 0.9) made.command["id"] = uuidOf(random);
    return random.next() < 0.4 ? mutate(made, random) : made;
  }
}

/** An id; now and then one that was there before. */
const uuidOf = (random: Random): string => {
  const digits = random.next() < 0.02 ? random.between(0, 50) : Math.floor(random.next() * 2 ** 47);
  return `01930000-0000-7000-8000-${digits.toString(16).padStart(12, "0")}`;
};
