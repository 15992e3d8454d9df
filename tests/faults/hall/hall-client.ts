import { uuidv7 } from "uuidv7";
import type { CommandResult, EnrolResponse, OutboundCommand } from "../../../shared/contract/api.ts";
import type { Viewer } from "../../../shared/domain/hall/visible.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { emptyHallState } from "../../../shared/domain/hall/state.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import type { Random } from "../../helpers/random.ts";

const ANSWER_MS = 4_000;

/**
 * A terminal without a screen that lives through everything: keeps its acts until they are answered, sends them again after
 * each break in their order, some of them twice, and writes down what it was told. Its memory is outside every process that
 * is killed, so it is the oracle.
 */
export class HallClient {
  readonly told = new Map<string, CommandResult>();
  readonly faults: string[] = [];
  readonly viewer: Viewer;
  clerkId: string | null = null;
  connects = 0;
  private client: NodeClient | undefined;
  private readonly outbox: OutboundCommand[] = [];
  private since = 0;
  private epoch: string | null = null;
  private held: HallState = emptyHallState;
  private stopped = false;
  private done: Promise<void> = Promise.resolve();

  constructor(
    readonly device: EnrolResponse,
    private readonly url: string,
    private readonly random: Random,
  ) {
    this.viewer = { role: device.role, deviceId: device.deviceId, counterId: device.counterId };
  }

  /** The hall as this terminal has been told it. */
  get state(): HallState {
    return this.client?.state ?? this.held;
  }

  get waiting(): number {
    return this.outbox.length;
  }

  get to(): number {
    return this.client?.to ?? this.since;
  }

  start(): void {
    this.done = this.live();
  }

  /** Keeps an act until it is answered. @returns its command id */
  act(command: OutboundCommand): string {
    this.outbox.push(command);
    return command.command.id;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
    this.leave();
  }

  /** As a pulled cable. */
  cut(): void {
    this.client?.terminate();
  }

  private leave(): void {
    const { client } = this;
    if (!client) return;
    this.faults.push(...client.violations.splice(0));
    this.held = client.state;
    this.since = client.to;
    this.epoch = client.epoch;
    client.terminate();
    this.client = undefined;
  }

  private async live(): Promise<void> {
    while (!this.stopped) {
      try {
        this.client ??= await this.connect();
        await this.sendSome(this.client);
      } catch {
        this.leave();
        await new Promise((done) => setTimeout(done, this.random.between(20, 150)));
      }
    }
  }

  private async connect(): Promise<NodeClient> {
    const { deviceId, secret } = this.device;
    const { url, since, epoch, held: state } = this;
    const client = NodeClient.open({ url, deviceId, secret, since, epoch, state });
    await client.until(() => client.welcome !== undefined, 3_000);
    if (this.epoch !== null && client.epoch !== this.epoch) this.faults.push("the log's epoch changed");
    this.connects += 1;
    return client;
  }

  private async sendSome(client: NodeClient): Promise<void> {
    if (client.closeCode !== undefined) throw new Error("closed");
    const batch = this.outbox.slice(0, this.random.between(1, 20));
    if (batch.length === 0) {
      await new Promise((done) => setTimeout(done, 10));
      return;
    }
    // F17: a part of every third message is delivered twice.
    if (this.random.next() < 0.3) client.sendMessage({ kind: "commands", commands: batch.slice(0, 5) });
    const results = await client.sendAll(batch, ANSWER_MS);
    for (const result of results) {
      const before = this.told.get(result.commandId);
      if (before && JSON.stringify(before) !== JSON.stringify(result))
        this.faults.push(`two answers to ${result.commandId}: ${JSON.stringify(before)} and ${JSON.stringify(result)}`);
      this.told.set(result.commandId, result);
    }
    this.outbox.splice(0, batch.length);
  }
}

/** An id of a ticket, a help call … as a terminal makes it. */
export const newId = (): string => uuidv7();
