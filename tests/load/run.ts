import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { uuidv7 } from "uuidv7";
import { cpuSeconds } from "../bench/lib/cpu.ts";
import { HEARTBEAT_MS } from "../../shared/contract/api.ts";
import type { LoadOrder, LoadReady } from "./order.ts";
import { LoadTerminal } from "./terminal.ts";

const HELP = `npm run load -- [--halls N] [--terminals N] [--seconds S] [--acts R] [--centers N] [--json FILE]
  --halls      halls homed at one center (default 10)
  --terminals  terminals in each (default 20)
  --seconds    how long it is measured (default 30)
  --acts       acts a second in each hall (default 0.9: 5,000 people in eight hours, five acts each)
  --centers    processes of the center on one database; the halls' terminals are shared out among them (default 1)
  --json       writes the figures there
`;
const CONNECT_AT_ONCE = 50;
const SETTLE_MS = 10_000;

const { values } = parseArgs({
  options: {
    halls: { type: "string", default: "10" },
    terminals: { type: "string", default: "20" },
    seconds: { type: "string", default: "30" },
    acts: { type: "string", default: "0.9" },
    centers: { type: "string", default: "1" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const positive = (name: "halls" | "terminals" | "seconds" | "acts" | "centers"): number => {
  const number = Number(values[name]);
  if (!(number > 0)) throw new Error(`--${name} takes a number above zero, not "${values[name]}"`);
  return number;
};
const [halls, terminals, seconds] = [positive("halls"), positive("terminals"), positive("seconds")];
const [rate, centerCount] = [positive("acts"), positive("centers")];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const quantile = (sorted: readonly number[], part: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
const spread = (times: readonly number[]): Record<"p50" | "p95" | "p99", number> => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
};

const { bundleTs } = (await import(pathToFileURL(resolve("scripts/lib/run-ts.mjs")).href)) as {
  bundleTs: (entry: string) => Promise<string>;
};
const dataDir = await mkdtemp(join(tmpdir(), "service-hall-load-"));
await chmod(dataDir, 0o755);
const file = await bundleTs("tests/load/center.ts");
const launch = async (order: LoadOrder): Promise<{ center: ChildProcess; ready: LoadReady }> => {
  const center = fork(file, {
    env: {
      ...process.env,
      LOAD_ORDER: JSON.stringify(order),
      SERVICE_HALL_LOG: process.env["SERVICE_HALL_LOG"] ?? "error",
    },
  });
  const [ready] = (await once(center, "message")) as [LoadReady];
  return { center, ready };
};
const order: LoadOrder = { dataDir, halls, terminals };
const furnishing = performance.now();
const first = await launch(order);
const furnishMs = Math.round(performance.now() - furnishing);
const { databaseUrl, devices } = first.ready;
const centers = [first];
while (centers.length < centerCount) centers.push(await launch({ ...order, databaseUrl }));

const measureCenters = async (): Promise<{ events: number; rss: number; cpu: number }> => {
  const sum = { events: 0, rss: 0, cpu: 0 };
  for (const { center } of centers) {
    center.send("measure");
    const [figures] = (await once(center, "message")) as [{ events: number; rss: number }];
    // Each of them follows the halls that it serves; the log of all is what the one that has them all holds.
    sum.events = Math.max(sum.events, figures.events);
    sum.rss += figures.rss;
    sum.cpu += [...cpuSeconds(center.pid ?? 0).values()].reduce((all, each) => all + each, 0);
  }
  return sum;
};

/** In this order. */
const windowActs = ["CallNext", "BeginService", "EndService"] as const;
type WindowAct = (typeof windowActs)[number];

interface LoadHall {
  readonly terminals: LoadTerminal[];
  /** Acts that the board has not been told of: their seq, and when they were sent. */
  pending: { readonly seq: number; readonly sentAt: number }[];
  /** Tickets that wait, and what comes next for whom a window has. */
  readonly line: string[];
  readonly serving: Map<LoadTerminal, { readonly ticketId: string; readonly next: WindowAct }>;
  told: number;
}
const answers: number[] = [];
const seen: number[] = [];
let isMeasuring = false;

const hallOf = (index: number): LoadHall => {
  const hall: LoadHall = { terminals: [], pending: [], told: 0, line: [], serving: new Map() };
  const look = (): void => {
    const arrived = hall.pending.filter(({ seq }) => seq <= hall.told);
    if (arrived.length === 0) return;
    hall.pending = hall.pending.filter(({ seq }) => seq > hall.told);
    if (isMeasuring) for (const { sentAt } of arrived) seen.push(performance.now() - sentAt);
  };
  const { url } = centers[index % centers.length]?.ready ?? first.ready;
  for (const device of devices.slice(index * terminals, (index + 1) * terminals)) {
    const isBoard = device.role === "display";
    const terminal = new LoadTerminal(
      device,
      url,
      (result, sentAt) => {
        if (isMeasuring) answers.push(performance.now() - sentAt);
        if (result.status === "accepted") hall.pending.push({ seq: result.seq, sentAt });
        look();
      },
      (to) => {
        if (!isBoard) return;
        hall.told = Math.max(hall.told, to);
        look();
      },
    );
    hall.terminals.push(terminal);
  }
  return hall;
};

const before = await measureCenters();
const all = Array.from({ length: halls }, (_, index) => hallOf(index));
const lines = all.flatMap((hall) => hall.terminals);
const connecting = performance.now();
for (let start = 0; start < lines.length; start += CONNECT_AT_ONCE)
  await Promise.all(lines.slice(start, start + CONNECT_AT_ONCE).map((line) => line.connect()));
const connectMs = Math.round(performance.now() - connecting);
const beats = setInterval(() => lines.forEach((line) => line.ping()), HEARTBEAT_MS);
say(`${String(halls)} halls, ${String(lines.length)} terminals connected in ${String(connectMs)} ms`);

/**
 * The main job: a number is taken at a kiosk, called at a window, begun with and ended with. Each act is the next one of a window that
 * has somebody or can call somebody; else a number is taken.
 */
let turn = 0;
const act = (hall: LoadHall): void => {
  turn += 1;
  const kiosks = hall.terminals.filter(({ device }) => device.role === "kiosk");
  const windows = hall.terminals.filter(({ device }) => device.role === "window");
  const window = windows[turn % Math.max(1, windows.length)];
  const serving = window && hall.serving.get(window);
  const ticketId = serving?.ticketId ?? hall.line.shift();
  if (window === undefined || ticketId === undefined) {
    const taken = uuidv7();
    const businessId = "ABCDEFGH"[turn % 8];
    const wish = { ticketId: taken, businessId, class: "ordinary", itemCode: null, itemName: null, personKey: null };
    kiosks[turn % kiosks.length]?.act("TakeTicket", wish, null);
    if (windows.length > 0) hall.line.push(taken);
    return;
  }
  const { counterId, clerkId } = window.device;
  const next = serving?.next ?? "CallNext";
  window.act(next, { ticketId, counterId }, clerkId);
  const then = windowActs[windowActs.indexOf(next) + 1];
  if (then === undefined) hall.serving.delete(window);
  else hall.serving.set(window, { ticketId, next: then });
};
const openCounters = async (): Promise<void> => {
  const windows = all.flatMap((hall) => hall.terminals.filter(({ device }) => device.role === "window"));
  for (const window of windows)
    window.act("OpenCounter", { counterId: window.device.counterId }, window.device.clerkId);
  while (windows.some(({ waiting }) => waiting.size > 0)) await pause(20);
};
await openCounters();
const worker = all.map((hall, index) => {
  let stop = false;
  const run = async (): Promise<void> => {
    // Halls do not act in step.
    await pause((1_000 / rate) * (index / halls));
    while (!stop) {
      act(hall);
      await pause((1_000 / rate) * (0.5 + Math.random()));
    }
  };
  return { done: run(), stop: () => (stop = true) };
});
await pause(Math.min(SETTLE_MS, seconds * 200));
const start = await measureCenters();
const ownCpu = process.cpuUsage();
const since = performance.now();
isMeasuring = true;
await pause(seconds * 1_000);
isMeasuring = false;
const took = (performance.now() - since) / 1_000;
const end = await measureCenters();
const own = process.cpuUsage(ownCpu);
for (const { stop } of worker) stop();
await Promise.all(worker.map(({ done }) => done));
const figures = {
  halls,
  terminals: lines.length,
  centers: centers.length,
  furnishMs,
  seconds: Math.round(took),
  actsPerSecond: Math.round((answers.length / took) * 10) / 10,
  eventsPerSecond: Math.round(((end.events - start.events) / took) * 10) / 10,
  answerMs: spread(answers),
  boardMs: spread(seen),
  refused: lines.reduce((sum, line) => sum + line.refused, 0),
  unanswered: lines.reduce((sum, line) => sum + line.waiting.size, 0),
  closed: lines.reduce((sum, line) => sum + line.closed, 0),
  connectMs,
  centerCores: Math.round(((end.cpu - start.cpu) / took) * 100) / 100,
  loadCores: Math.round(((own.user + own.system) / 1e6 / took) * 100) / 100,
  kbPerTerminal: Math.round((end.rss - before.rss) / lines.length / 1024),
  centerMb: Math.round(end.rss / 1e6),
};
for (const [name, value] of Object.entries(figures)) say(`  ${name.padEnd(16)} ${JSON.stringify(value)}`);
if (values.json !== undefined) {
  await mkdir(dirname(resolve(values.json)), { recursive: true });
  await writeFile(resolve(values.json), `${JSON.stringify(figures, null, 2)}\n`);
}
clearInterval(beats);
for (const line of lines) line.close();
// The first one has the database.
for (const { center } of centers.toReversed()) {
  center.disconnect();
  await once(center, "exit");
}
await rm(dataDir, { recursive: true, force: true });
process.exit(figures.closed === 0 ? 0 : 1);
