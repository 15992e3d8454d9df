import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import { testPlan } from "../../helpers/center.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import { compareAnswers, readBooks } from "../harness/books.ts";
import { HallNode, type NodeReady } from "../harness/hall-node.ts";
import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { HallClient, newId } from "./hall-client.ts";

const DISK_MB = 192;
/** How long the disk stays full once the node has said so. */
const FULL_MS = 1_500;
const RECOVER_MS = 40_000;

const newDisk = async (context: FaultContext, name: string): Promise<LoopDisk> => {
  const disk = LoopDisk.create(await context.tempFolder("full"), name, DISK_MB);
  context.defer(() => disk.remove());
  chmodSync(disk.path, 0o755);
  return disk;
};

/** Moves the database's write-ahead log to a disk of its own, as careful technicians do. */
const moveLog = async (node: HallNode, dataDir: string, disk: LoopDisk): Promise<void> => {
  await node.stop();
  const [from, to] = [join(dataDir, "pg", "pg_wal"), join(disk.path, "pg_wal")];
  execFileSync("cp", ["-a", from, to]);
  rmSync(from, { recursive: true });
  execFileSync("ln", ["-s", to, from]);
  await node.again();
};

/** A segment of the write-ahead log is 16 MB: ends the present one, so that the next must find room. */
const switchLog = async (ready: NodeReady): Promise<void> => {
  const client = new pg.Client({ connectionString: ready.databaseUrl, connectionTimeoutMillis: 1_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT pg_switch_wal()");
  } catch {
    // That is what the full disk is for.
  } finally {
    await client.end().catch(() => undefined);
  }
};

interface Health {
  readonly status: number;
  readonly reason: string | null;
}

const healthOf = async (url: string): Promise<Health> => {
  const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(8_000) });
  return { status: answer.status, reason: ((await answer.json()) as { reason: string | null }).reason };
};

/** A node under load whose disk, or the disk of its write-ahead log, fills up and empties again. */
const fillUnder = async (context: FaultContext, which: "data" | "log"): Promise<FaultReport> => {
  const data = await newDisk(context, "data");
  const dataDir = join(data.path, "node");
  mkdirSync(dataDir);
  const order = {
    dataDir,
    plan: hallPlanSchema.parse(testPlan),
    devices: [
      { role: "kiosk", counterId: null },
      { role: "kiosk", counterId: null },
    ],
    clerks: [],
  } as const;
  const { node, ready } = await HallNode.start(order, context.say);
  context.defer(() => node.killAll());
  const full = which === "data" ? data : await newDisk(context, "log");
  if (which === "log") await moveLog(node, dataDir, full);

  const clients = ready.devices.map((device) => new HallClient(device, ready.url, context.random));
  for (const client of clients) client.start();
  context.defer(() => Promise.all(clients.map((client) => client.stop())));
  let acts = 0;
  const act = (): void => {
    acts += 1;
    for (const client of clients)
      client.act(NodeClient.command("RequestHelp", { helpId: newId(), place: "满".repeat(20) }, { mode: "record" }));
  };
  const faults: string[] = [];
  const pidBefore = node.pid;
  for (let count = 0; count < 20; count += 1) act();
  const giveBack = full.fill();
  let health: Health = { status: 200, reason: null };
  const until = Date.now() + 30_000;
  while (health.status === 200 && Date.now() < until) {
    for (let count = 0; count < 20; count += 1) act();
    if (which === "log") await switchLog(ready);
    await pause(50);
    health = await healthOf(ready.url);
  }
  if (health.status !== 503 || health.reason === null) faults.push("a full disk was not told on /health");
  await pause(FULL_MS);
  giveBack();
  const since = Date.now();
  act();
  while (Date.now() - since < RECOVER_MS && clients.some((client) => client.waiting > 0)) await pause(50);
  const recoveredMs = Date.now() - since;
  for (const client of clients)
    if (client.waiting > 0)
      faults.push(`a terminal still holds ${String(client.waiting)} acts after there was room again`);
  if (node.pid !== pidBefore || node.restarts > 0) faults.push("the node ended");
  const books = await readBooks(ready.databaseUrl, ready.hallId);
  for (const client of clients) {
    await client.stop();
    faults.push(...client.faults, ...compareAnswers(books, client.told));
  }
  faults.push(...books.faults);
  const after = await healthOf(ready.url);
  if (after.status !== 200) faults.push(`still ill: ${after.reason ?? ""}`);
  await node.stop();
  return {
    faults,
    figures: { acts: acts * clients.length, events: books.head, recoveredMs, told: health.reason ?? "" },
  };
};

const run = async (context: FaultContext): Promise<FaultReport> => {
  const data = await fillUnder(context, "data");
  const log = await fillUnder(context, "log");
  const named = (figures: FaultReport["figures"], name: string): [string, number | string][] =>
    Object.entries(figures).map(([key, value]) => [`${name} ${key}`, value]);
  return {
    faults: [...data.faults.map((fault) => `data: ${fault}`), ...log.faults.map((fault) => `log: ${fault}`)],
    figures: Object.fromEntries([...named(data.figures, "data"), ...named(log.figures, "log")]),
  };
};

export const fullDisk: Scenario = {
  id: "F11",
  title: "the node's disk, and the disk of its write-ahead log, fill up and empty again",
  isLong: true,
  impossible: () => LoopDisk.impossible(),
  run,
};
