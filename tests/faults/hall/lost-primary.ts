import { setTimeout as pause } from "node:timers/promises";
import type { CommandResult } from "../../../shared/contract/api.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import { ticketWish } from "../../../shared/testing/hall-fixture.ts";
import { testPlan } from "../../helpers/center.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import { compareAnswers, readBooks } from "../harness/books.ts";
import { HallNode } from "../harness/hall-node.ts";
import { PatroniCluster, type Machine } from "../harness/patroni-cluster.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { HallClient, newId } from "./hall-client.ts";

const KIOSKS = 4;
/** Acts that a terminal holds before it waits with the next. */
const MOST_WAITING = 30;
const ACTS_BETWEEN = 60;
const RECOVER_MS = 60_000;

/** Four kiosks that do not stop acting, whatever happens to the database. */
class Load {
  acts = 0;
  private working = true;
  private done: Promise<void> = Promise.resolve();

  constructor(private readonly clients: readonly HallClient[]) {}

  get told(): number {
    return this.clients.reduce((sum, client) => sum + client.told.size, 0);
  }

  start(): void {
    for (const client of this.clients) client.start();
    this.done = this.act();
  }

  /** Waits until so many acts more are acknowledged. @returns milliseconds */
  async acknowledged(more: number): Promise<number> {
    const [from, since] = [this.told, performance.now()];
    while (this.told < from + more) {
      if (performance.now() - since > RECOVER_MS) throw new Error("nothing is acknowledged any more");
      await pause(10);
    }
    return Math.round(performance.now() - since);
  }

  /** Nobody acts any more, and everything has its answer. */
  async settle(): Promise<void> {
    this.working = false;
    await this.done;
    const until = Date.now() + RECOVER_MS;
    while (this.clients.some((client) => client.waiting > 0)) {
      if (Date.now() > until) throw new Error("terminals still hold acts");
      await pause(20);
    }
  }

  private async act(): Promise<void> {
    while (this.working) {
      for (const client of this.clients) {
        if (client.waiting >= MOST_WAITING) continue;
        this.acts += 1;
        const takes = this.acts % 8 === 0;
        client.act(
          takes
            ? NodeClient.command("TakeTicket", ticketWish(newId()))
            : NodeClient.command("RequestHelp", { helpId: newId(), place: "主库" }, { mode: "record" }),
        );
      }
      await pause(10);
    }
  }
}

/** Cuts the power of a primary whose standby takes nothing in: what is on the wire between them is gone too. */
const dieUnheard = async (primary: Machine, standby: Machine, meanwhile: () => Promise<unknown>): Promise<void> => {
  const receiver = standby.receiver();
  if (receiver === undefined) throw new Error("the standby takes nothing in");
  process.kill(receiver, "SIGSTOP");
  await meanwhile();
  await primary.die();
  process.kill(receiver, "SIGKILL");
};

const run = async (context: FaultContext): Promise<FaultReport> => {
  const cluster = await PatroniCluster.start(await context.tempFolder("ha"));
  context.defer(() => cluster.stop());
  await cluster.whole();
  const { node, ready } = await HallNode.start(
    {
      dataDir: await context.tempFolder("ha-node"),
      plan: hallPlanSchema.parse(testPlan),
      devices: Array.from({ length: KIOSKS }, () => ({ role: "kiosk", counterId: null }) as const),
      clerks: [],
      databaseUrl: cluster.url,
    },
    context.say,
  );
  context.defer(() => node.stop());
  const clients = ready.devices.map((device) => new HallClient(device, ready.url, context.random));
  const load = new Load(clients);
  load.start();
  context.defer(() => Promise.all(clients.map((client) => client.stop())));
  const pid = node.pid;
  const figures: Record<string, number | string> = {};
  const lose = async (
    name: string,
    attack: (primary: Machine, standby: Machine) => unknown,
    afterwards: (primary: Machine) => void,
  ): Promise<void> => {
    const { primary, standby } = await cluster.whole();
    await load.acknowledged(ACTS_BETWEEN);
    await attack(primary, standby);
    const since = performance.now();
    await cluster.primaryIs(standby);
    await load.acknowledged(1);
    figures[`${name} ms`] = Math.round(performance.now() - since);
    context.say(`    ${name}: ${standby.name} goes on for ${primary.name} after ${String(figures[`${name} ms`])} ms`);
    await load.acknowledged(ACTS_BETWEEN);
    afterwards(primary);
  };
  await lose(
    "server",
    (primary) => primary.killDatabase(),
    () => undefined,
  );
  await lose(
    "frozen",
    (primary) => primary.freeze(),
    // It takes itself for the primary still, with the center's last statements in its sockets.
    (primary) => primary.thaw(),
  );
  await lose(
    "machine",
    (primary, standby) => dieUnheard(primary, standby, () => pause(500)),
    (primary) => primary.start(),
  );
  await load.settle();
  await cluster.reachable();
  const books = await readBooks(ready.databaseUrl, ready.hallId);
  const faults = [...books.faults];
  for (const client of clients) faults.push(...client.faults, ...compareAnswers(books, client.told));
  if (load.told !== load.acts) faults.push(`${String(load.acts)} acts, ${String(load.told)} answers`);
  if (node.pid !== pid) faults.push("the center ended");
  const control = await loseWithoutStandby(cluster, ready.url, ready.hallId, clients);
  if (control === 0) faults.push("the control without a synchronous standby lost nothing: these kills prove nothing");
  return {
    faults,
    figures: { ...figures, acknowledged: load.told, events: books.head, control: `${String(control)} lost` },
  };
};

/** The same loss of a machine without a synchronous standby. @returns acknowledged acts that are in no book any more */
const loseWithoutStandby = async (
  cluster: PatroniCluster,
  url: string,
  hallId: string,
  clients: readonly HallClient[],
): Promise<number> => {
  for (const client of clients) await client.stop();
  const { primary, standby } = await cluster.whole();
  await cluster.setSynchronous(primary, false);
  const [first] = clients;
  if (first === undefined) throw new Error("no terminal");
  const { device } = first;
  const client = await NodeClient.connect({ url, ...device, folding: false });
  const told = new Map<string, CommandResult>();
  await dieUnheard(primary, standby, async () => {
    for (let count = 0; count < ACTS_BETWEEN; count += 1) {
      const result = await client.send("RequestHelp", { helpId: newId(), place: "对照" }, { mode: "record" });
      told.set(result.commandId, result);
    }
  });
  client.terminate();
  await cluster.primaryIs(standby);
  await cluster.reachable();
  return compareAnswers(await readBooks(cluster.url, hallId), told).length;
};

export const lostPrimary: Scenario = {
  id: "HA",
  title: "the primary of a Patroni cluster is killed, frozen and without power under load",
  isLong: true,
  impossible: () => PatroniCluster.impossible(),
  run,
};
