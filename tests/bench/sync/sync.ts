import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench, BenchContext } from "../lib/bench.ts";
import { cpuSeconds, usedBetween } from "../lib/cpu.ts";
import { batchedInsertRate } from "../lib/database-rate.ts";
import { atLeast, beside, median, type BenchResult } from "../lib/measure.ts";
import { makePage } from "../lib/page.ts";
import { BENCH, PEERS } from "../lib/paths.ts";
import { installPeers } from "../lib/peers.ts";
import { startPostgres } from "../lib/postgres.ts";
import { profile } from "../lib/profile.ts";
import { scoped } from "../lib/scope.ts";
import { startServer } from "../lib/server-process.ts";
import { openWindow } from "../lib/window.ts";
import { roomyPlan, startNode } from "../node/start-node.ts";

const RECORDS = 10_000;
const RECORD_BYTES = 299;
const BATCH = 100;
const BATCHES = RECORDS / BATCH;
/** Before the clock runs, for every contender: a hall's programs have been running since the morning. */
const WARM_UP = 20;
const TIMEOUT_MS = 120_000;

/** What a page of a contender puts into `globalThis.bench`. */
interface SyncPage {
  readonly open: (options: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Resolves with the instant at which so many batches are stored. */
  readonly waitForAll: (batches: number) => Promise<number>;
  readonly write: (batches: { from: number; to: number }) => Promise<{ since: number; written: number }>;
  readonly count: () => Promise<number> | number;
}

declare const bench: SyncPage;

interface Sides {
  /** Folder of the page. */
  readonly page: string;
  /** What each side's page is opened with. */
  readonly a: Readonly<Record<string, unknown>>;
  readonly b: Readonly<Record<string, unknown>>;
  readonly serverPid: number;
}

interface Contender {
  readonly name: string;
  /** Starts its server. */
  readonly prepare: (context: BenchContext) => Promise<Sides>;
}

const ours: Contender = {
  name: "ours",
  prepare: async (context) => {
    const devices = [
      { role: "kiosk", counterId: null },
      { role: "window", counterId: "1" },
    ] as const;
    const { url, pid, devices: enrolled } = await startNode(context, { plan: roomyPlan(), devices });
    const page = await makePage(context, fileURLToPath(new URL("./ours-page.ts", import.meta.url)));
    return { page, a: { url, device: enrolled[0] }, b: { url, device: enrolled[1] }, serverPid: pid };
  },
};

/** `strict`: with the durability that ours has; the default is the peer's own, which a power cut may undo. */
const rxdb = (strict: boolean): Contender => ({
  name: strict ? "RxDB strict" : "RxDB",
  prepare: async (context) => {
    const env = { BENCH_PG: JSON.stringify(await startPostgres(context)) };
    const { url, pid } = await startServer(context, join(BENCH, "peers/rxdb-server.js"), env);
    const page = await makePage(context, join(BENCH, "peers/rxdb-page.js"));
    // 100 is its default; 500 and 2,000 were tried and were no faster.
    const options = { url, strict, batchSize: 100 };
    return { page, a: { ...options, side: "A" }, b: { ...options, side: "B" }, serverPid: pid };
  },
});

const pouchdb: Contender = {
  name: "PouchDB",
  prepare: async (context) => {
    const env = { BENCH_PEERS: PEERS, BENCH_DATA: await context.tempFolder("pouch") };
    const { url, pid } = await startServer(context, join(BENCH, "peers/pouchdb-server.js"), env);
    const page = await makePage(context, join(BENCH, "peers/pouchdb-page.js"));
    // Its default of 100 gave 540 records/s, 500 gave 680, 2,000 gave 790.
    const options = { url, batchSize: 2000 };
    return { page, a: { ...options, side: "A" }, b: { ...options, side: "B" }, serverPid: pid };
  },
};

const yjs: Contender = {
  name: "Yjs",
  prepare: async (context) => {
    const env = { BENCH_PEERS: PEERS, BENCH_DATA: await context.tempFolder("yjs") };
    const { url, pid } = await startServer(context, join(BENCH, "peers/yjs-server.js"), env);
    const page = await makePage(context, join(BENCH, "peers/yjs-page.js"));
    return { page, a: { url }, b: { url }, serverPid: pid };
  },
};

const tinybase: Contender = {
  name: "TinyBase",
  prepare: async (context) => {
    const env = { BENCH_PEERS: PEERS, BENCH_PG: JSON.stringify(await startPostgres(context)) };
    const { url, pid } = await startServer(context, join(BENCH, "peers/tinybase-server.js"), env);
    const page = await makePage(context, join(BENCH, "peers/tinybase-page.js"));
    return { page, a: { url }, b: { url }, serverPid: pid };
  },
};

const timeout = (name: string): Promise<never> =>
  new Promise((_, fail) => {
    setTimeout(() => fail(new Error(`${name}: not everything came`)), TIMEOUT_MS).unref();
  });

/** One transfer: two Electron processes with profiles of their own, all fresh; records a second. */
const transfer = (outer: BenchContext, contender: Contender): Promise<number> =>
  scoped(outer, async (context) => {
    const { page, a, b, serverPid } = await contender.prepare(context);
    const sideA = await openWindow(context, { name: `${contender.name} A`, page });
    const sideB = await openWindow(context, { name: `${contender.name} B`, page, x: 1280 });
    await sideA.page.evaluate((options) => bench.open(options), a);
    await sideB.page.evaluate((options) => bench.open(options), b);
    const pass = async (from: number, to: number): Promise<{ since: number; written: number; last: number }> => {
      const arrived = sideB.page.evaluate((batches) => bench.waitForAll(batches), to);
      const times = await sideA.page.evaluate((batches) => bench.write(batches), { from, to });
      return { ...times, last: await Promise.race([arrived, timeout(contender.name)]) };
    };
    await pass(0, WARM_UP);
    const stops = [
      await profile(context, `${contender.name} A`, sideA.page),
      await profile(context, `${contender.name} B`, sideB.page),
    ];
    const parts = { A: sideA.pid, server: serverPid, B: sideB.pid };
    const usedBefore = Object.values(parts).map(cpuSeconds);
    const { since, written, last } = await pass(WARM_UP, WARM_UP + BATCHES);
    const used = Object.entries(parts).map(
      ([part, pid], at) => `${part} ${usedBetween(usedBefore[at] ?? new Map<string, number>(), cpuSeconds(pid))}`,
    );
    for (const stop of stops) await stop();
    const count = await sideB.page.evaluate(() => bench.count());
    if (count !== RECORDS + WARM_UP * BATCH) throw new Error(`${contender.name}: B holds ${String(count)} records`);
    const rate = (RECORDS * 1000) / (last - since);
    context.say(
      `  ${contender.name}: ${rate.toFixed(0)} rec/s (written at A after ${String(written - since)} ms, at B after ${String(last - since)} ms; processor seconds: ${used.join("; ")})`,
    );
    return rate;
  });

const insertRate = (outer: BenchContext): Promise<number> =>
  scoped(outer, async (context) => {
    const row = "x".repeat(RECORD_BYTES);
    const batches = Array.from({ length: BATCHES }, () => Array.from({ length: BATCH }, () => row));
    const rate = await batchedInsertRate(context, batches);
    context.say(`  PostgreSQL: ${rate.toFixed(0)} rows/s`);
    return rate;
  });

/** Medians of rounds in which the contenders take turns, so that a slow minute of the machine hits all of them. */
const run = async (context: BenchContext): Promise<readonly BenchResult[]> => {
  await installPeers(context);
  const rates = new Map<string, number[]>();
  const keep = (name: string, rate: number): void => void rates.set(name, [...(rates.get(name) ?? []), rate]);
  const picked = process.env["BENCH_CONTENDERS"]?.split(",");
  const contenders = [ours, rxdb(false), rxdb(true), pouchdb, yjs, tinybase].filter(
    ({ name }) => picked?.includes(name) ?? true,
  );
  for (let round = 0; round < context.rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) keep(contender.name, await transfer(context, contender));
    keep("insert", await insertRate(context));
  }
  const rate = (name: string): number => median(rates.get(name) ?? []);
  const rounds = (name: string): string => (rates.get(name) ?? []).map((each) => each.toFixed(0)).join(", ");
  const row = (id: string, name: string, note: string) => ({
    id,
    ours: rate("ours"),
    reference: rate(name),
    unit: "rec/s",
    note: `rounds: ours ${rounds("ours")}; reference ${rounds(name)}. ${note}`,
  });
  return [
    atLeast(
      row(
        "sync-vs-rxdb",
        "RxDB",
        `RxDB with Chromium's relaxed durability, its default; with the strict one that ours has: ${rate("RxDB strict").toFixed(0)} rec/s. It keeps no order, refuses nothing and knows no roles.`,
      ),
      2,
    ),
    atLeast(
      row(
        "sync-vs-pouchdb",
        "PouchDB",
        "Relaxed durability in the renderer, LevelDB without a sync on the server. It keeps no order, refuses nothing and knows no roles.",
      ),
      10,
    ),
    beside(
      row(
        "sync-vs-yjs",
        "Yjs",
        "Nothing waits for a disk: relaxed durability in the renderer, the server passes on before LevelDB has written, without a sync. It keeps no order over all, refuses nothing and knows no roles; each side holds everything in memory.",
      ),
    ),
    atLeast(
      row(
        "sync-vs-tinybase",
        "TinyBase",
        "Relaxed durability in the renderer; the server passes on before PostgreSQL has committed. Each save writes the whole store anew. It keeps no order over all, refuses nothing and knows no roles.",
      ),
      1,
    ),
    atLeast(row("sync-vs-insert", "insert", "One connection, fsync on, nothing else done to the rows."), 0.25),
  ];
};

export const sync: Bench = {
  ids: ["sync-vs-rxdb", "sync-vs-pouchdb", "sync-vs-yjs", "sync-vs-tinybase", "sync-vs-insert"],
  run,
};
