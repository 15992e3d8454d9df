import { setTimeout as pause } from "node:timers/promises";
import { canonicalJson } from "../../../shared/basics/canonical-json.ts";
import { HEARTBEAT_MS, type CommandResult, type OutboundCommand } from "../../../shared/contract/api.ts";
import { fold } from "../../../shared/domain/hall/evolve.ts";
import { emptyHallState, toSnapshot } from "../../../shared/domain/hall/state.ts";
import { readEvent } from "../../../shared/domain/hall/upcast.ts";
import { visibleState } from "../../../shared/domain/hall/visible.ts";
import { reasonOf } from "../../../renderer/store/reason-of.ts";
import { signIn } from "../../bench/node/clerks.ts";
import { percentile } from "../../bench/lib/measure.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import { planOf } from "../../load/order.ts";
import { compareAnswers, readBooks, type Books } from "../harness/books.ts";
import { HallNode, type NodeReady } from "../harness/hall-node.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { newId } from "./hall-client.ts";

const [KIOSKS, WINDOWS, BOARDS] = [20, 10, 15];
/** Ten minutes with the usual 200 acts, less with fewer; more would have no numbers. */
const [MS_PER_ACT, MOST_ACTS] = [3_000, 200];
/** Eight businesses have 7,992 numbers a day: in ten minutes nearly all of them are given. */
const NUMBERS_A_SECOND = 12;
const BUSINESSES = [..."ABCDEFGH"];
const ANSWER_MS = 30_000;

/** What people met with, milliseconds. */
interface Times {
  readonly answered: number[];
  readonly shown: number[];
}

interface Hall {
  readonly kiosks: readonly NodeClient[];
  readonly windows: readonly { readonly client: NodeClient; readonly counterId: string; readonly clerkId: string }[];
  readonly boards: readonly NodeClient[];
}

const openHall = async ({ url, devices }: NodeReady): Promise<Hall> => {
  const connect = (device: NodeReady["devices"][number]): Promise<NodeClient> =>
    NodeClient.connect({ url, deviceId: device.deviceId, secret: device.secret, folding: false });
  const all = (role: string): NodeReady["devices"] => devices.filter((device) => device.role === role);
  const windows: Hall["windows"][number][] = [];
  for (const [index, device] of all("window").entries()) {
    const clerkNo = String(1001 + index);
    const clerkId = await signIn(url, device, { clerkNo, password: `pw-${clerkNo}` });
    windows.push({ client: await connect(device), counterId: device.counterId ?? "", clerkId });
  }
  return {
    windows,
    kiosks: await Promise.all(all("kiosk").map(connect)),
    boards: await Promise.all(all("display").map(connect)),
  };
};

/** Ten minutes of one hall at the most that its numbers bear. */
class Burst {
  readonly times: Times = { answered: [], shown: [] };
  readonly faults: string[] = [];
  readonly told = new Map<string, CommandResult>();
  sentAgain = 0;
  /** Each business in its turn, so that none runs out before the others. */
  private given = 0;
  private readonly line: string[] = [];
  private readonly showing: Promise<void>[] = [];
  private until: number;

  constructor(
    private readonly hall: Hall,
    private readonly context: FaultContext,
  ) {
    this.until = performance.now() + Math.min(context.acts, MOST_ACTS) * MS_PER_ACT;
  }

  async run(): Promise<void> {
    const { kiosks, windows, boards } = this.hall;
    const all = [...kiosks, ...boards, ...windows.map(({ client }) => client)];
    const beat = setInterval(() => all.forEach((client) => client.sendMessage({ kind: "ping", t: 0 })), HEARTBEAT_MS);
    try {
      await Promise.all([
        ...kiosks.map((each) => this.noted("a kiosk", this.atKiosk(each))),
        ...windows.map((each) => this.noted(`window ${each.counterId}`, this.atWindow(each))),
      ]);
      await Promise.all(this.showing);
    } finally {
      clearInterval(beat);
    }
    for (const { violations } of all) this.faults.push(...violations);
  }

  /** What breaks off ends the burst, and is said in the report together with all else. */
  private async noted(who: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.faults.push(`${who}: ${reasonOf(error)}`);
      this.until = 0;
    }
  }

  private get isOver(): boolean {
    return performance.now() >= this.until;
  }

  /** Around so long, never in step with the others. */
  private async wait(ms: number): Promise<void> {
    await pause(ms * (0.5 + this.context.random.next()));
  }

  private async atKiosk(kiosk: NodeClient): Promise<void> {
    const sent: OutboundCommand[] = [];
    while (!this.isOver) {
      await this.wait((1_000 * KIOSKS) / NUMBERS_A_SECOND);
      const ticketId = newId();
      this.given += 1;
      const wish = { ticketId, businessId: BUSINESSES[this.given % BUSINESSES.length]!, class: "ordinary" } as const;
      const command = NodeClient.command("TakeTicket", { ...wish, itemCode: null, itemName: null, personKey: null });
      const since = performance.now();
      const result = await this.tell(kiosk, command);
      this.times.answered.push(performance.now() - since);
      sent.push(command);
      if (result.status === "refused") continue;
      this.line.push(ticketId);
      this.showing.push(this.noted("a board", this.see(result.seq, since)));
      // F17: what was answered long ago comes once more.
      if (this.context.random.next() < 0.1) await this.tell(kiosk, this.context.random.pick(sent));
    }
  }

  private async tell(client: NodeClient, command: OutboundCommand): Promise<CommandResult> {
    const [result] = await client.sendAll([command], ANSWER_MS);
    if (result === undefined) throw new Error("no answer");
    const before = this.told.get(result.commandId);
    if (before !== undefined) this.sentAgain += 1;
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(result))
      this.faults.push(`two answers to ${result.commandId}`);
    this.told.set(result.commandId, result);
    if (result.status === "refused" && before === undefined)
      this.faults.push(`refused: ${command.command.type} ${result.refusal.code}`);
    return result;
  }

  private async see(seq: number, since: number): Promise<void> {
    await this.context.random.pick(this.hall.boards).reached(seq, ANSWER_MS);
    this.times.shown.push(performance.now() - since);
  }

  /** Opens the counter; calls who is next, serves them, calls the next. */
  private async atWindow({ client, counterId, clerkId }: Hall["windows"][number]): Promise<void> {
    await this.tell(client, NodeClient.command("OpenCounter", { counterId }, { clerkId }));
    while (!this.isOver) {
      await this.wait((1_000 * WINDOWS) / NUMBERS_A_SECOND);
      const ticketId = this.line.shift();
      if (ticketId === undefined) continue;
      for (const type of ["CallNext", "BeginService", "EndService"] as const)
        await this.tell(client, NodeClient.command(type, { ticketId, counterId }, { mode: "record", clerkId }));
    }
  }
}

/** I5: each board holds what it may see, folded from what it was fed. */
const boardsAgree = async ({ boards }: Hall, ready: NodeReady, books: Books): Promise<readonly string[]> => {
  const faults: string[] = [];
  const devices = ready.devices.filter(({ role }) => role === "display");
  for (const [index, board] of boards.entries()) {
    const { deviceId = "", counterId = null } = devices[index] ?? {};
    await board.reached(books.head, ANSWER_MS);
    const held = fold(
      emptyHallState,
      board.events.flatMap((event) => readEvent(event) ?? []),
    );
    const may = visibleState(books.state, { role: "display", deviceId, counterId });
    if (canonicalJson(toSnapshot(held)) !== canonicalJson(toSnapshot(may)))
      faults.push(`board ${String(index + 1)} holds another hall than it may see`);
  }
  return faults;
};

const spread = (times: readonly number[]): string =>
  [0.5, 0.95, 0.99, 1].map((part) => percentile(times, part).toFixed(1)).join(" ");

const inMb = (bytes: number): number => Math.round(bytes / 1e5) / 10;

const numbersIn = (books: Books): number => books.events.filter(({ type }) => type === "TicketTaken").length;

/** What the books and the boards say once all is over. */
const balance = async (hall: Hall, ready: NodeReady, { told }: Burst): Promise<FaultReport> => {
  const books = await readBooks(ready.databaseUrl, ready.hallId);
  const anomalies = books.events.flatMap((event) => (event.type === "AnomalyRecorded" ? [event.data.code] : []));
  return {
    faults: [
      ...books.faults,
      ...compareAnswers(books, told),
      ...anomalies.map((code) => `anomaly: ${code}`),
      ...(await boardsAgree(hall, ready, books)),
    ],
    figures: { numbers: numbersIn(books), events: books.head },
  };
};

const run = async (context: FaultContext): Promise<FaultReport> => {
  const place = (role: "kiosk" | "window" | "display", count: number) =>
    Array.from({ length: count }, (_, index) => ({ role, counterId: role === "window" ? String(index + 1) : null }));
  const { node, ready } = await HallNode.start(
    {
      dataDir: await context.tempFolder("full-hall"),
      plan: planOf(0),
      devices: [...place("kiosk", KIOSKS), ...place("window", WINDOWS), ...place("display", BOARDS)],
      clerks: Array.from({ length: WINDOWS }, (_, index) => String(1001 + index)),
    },
    context.say,
  );
  context.defer(() => node.stop());
  const hall = await openHall(ready);
  const before = await node.memory();
  const burst = new Burst(hall, context);
  await burst.run();
  const failed = (error: unknown): FaultReport => ({ faults: [reasonOf(error)], figures: {} });
  const held = await node
    .memory()
    .then(({ heap }): FaultReport => ({ faults: [], figures: { "heap after MB": inMb(heap) } }))
    .catch(failed);
  const balanced = await balance(hall, ready, burst).catch(failed);
  for (const client of [...hall.kiosks, ...hall.boards, ...hall.windows.map((each) => each.client)]) client.close();
  return {
    faults: [...burst.faults, ...held.faults, ...balanced.faults],
    figures: {
      ...balanced.figures,
      sentAgain: burst.sentAgain,
      "answered p50 p95 p99 most ms": spread(burst.times.answered),
      "on a board p50 p95 p99 most ms": spread(burst.times.shown),
      "heap before MB": inMb(before.heap),
      ...held.figures,
    },
  };
};

export const fullHall: Scenario = {
  id: "F39",
  title: "ten minutes of numbers at twenty kiosks, before fifteen boards",
  isLong: true,
  run,
};
