import { fileURLToPath } from "node:url";
import type { Bench, BenchContext } from "../lib/bench.ts";
import { percentile, reference } from "../lib/measure.ts";
import { makePage } from "../lib/page.ts";
import { startServer } from "../lib/server-process.ts";
import { startPostgres } from "../lib/postgres.ts";
import { scoped } from "../lib/scope.ts";
import { openWindow } from "../lib/window.ts";
import type { FloorPage } from "./page.ts";

declare const bench: FloorPage;

const COUNT = 200;
/** Pauses as between people, in which a processor falls asleep and caches grow cold, for both sides of a comparison. */
export const PACE_MS = 40;

export interface Floor {
  readonly roundTrip: readonly number[];
  readonly commit: readonly number[];
  /** One round trip with one single-row commit in it. */
  readonly both: readonly number[];
}

/** One WebSocket round trip from a real renderer plus one single-row commit (fsync on), measured as one. */
export const measureFloor = (outer: BenchContext): Promise<Floor> =>
  scoped(outer, async (context) => {
    const env = { BENCH_PG: JSON.stringify(await startPostgres(context)) };
    const { url } = await startServer(context, fileURLToPath(new URL("./server.js", import.meta.url)), env);
    const page = await makePage(context, fileURLToPath(new URL("./page.ts", import.meta.url)));
    const window = await openWindow(context, { name: "floor", page });
    await window.page.evaluate((address) => bench.open(address), url);
    const bare = await window.page.evaluate(([count, pace]) => bench.measure(false, count!, pace!), [COUNT, PACE_MS]);
    const both = await window.page.evaluate(([count, pace]) => bench.measure(true, count!, pace!), [COUNT, PACE_MS]);
    return {
      roundTrip: bare.map((round) => round.ms),
      commit: both.map((round) => round.commitMs),
      both: both.map((round) => round.ms),
    };
  });

const BATCHES = 100;
const RECORDS_A_BATCH = 100;
const RECORD_BYTES = 299;

/** How many records a second a renderer can put on its own disk, a hundred at a time, each hundred waiting for the one before. */
const strictRate = (outer: BenchContext): Promise<number> =>
  scoped(outer, async (context) => {
    const page = await makePage(context, fileURLToPath(new URL("./page.ts", import.meta.url)));
    const window = await openWindow(context, { name: "strict", page });
    const write = (batches: number): Promise<number> =>
      window.page.evaluate(
        ([count, bytes]) => bench.writeStrictly(count!, bytes!),
        [batches, RECORDS_A_BATCH * RECORD_BYTES],
      );
    await write(20);
    return (BATCHES * RECORDS_A_BATCH * 1000) / (await write(BATCHES));
  });

const p95 = (values: readonly number[]): number => percentile(values, 0.95);
const p50 = (values: readonly number[]): string => `p50 ${percentile(values, 0.5).toFixed(2)} ms`;

export const floor: Bench = {
  ids: ["ws-round-trip", "single-commit", "floor", "strict-writes"],
  run: async (context) => {
    const { roundTrip, commit, both } = await measureFloor(context);
    return [
      reference({ id: "ws-round-trip", reference: p95(roundTrip), unit: "ms p95", note: p50(roundTrip) }),
      reference({ id: "single-commit", reference: p95(commit), unit: "ms p95", note: p50(commit) }),
      reference({
        id: "floor",
        reference: p95(both),
        unit: "ms p95",
        note: `one round trip with one single-row commit in it, from a real renderer; ${p50(both)}`,
      }),
      reference({
        id: "strict-writes",
        reference: await strictRate(context),
        unit: "rec/s",
        note: "one renderer alone, 100 records a transaction of IndexedDB, strict durability, each awaited, nothing else done: no sync that keeps what it sends can be quicker",
      }),
    ];
  },
};
