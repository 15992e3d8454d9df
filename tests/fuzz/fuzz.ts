import { memoryInUse } from "../helpers/memory.ts";
import { Random } from "../helpers/random.ts";
import type { FuzzContext } from "./harness/faults.ts";
import { findHalfWrites, findInLog } from "./harness/oracles.ts";
import { openWorld } from "./harness/world.ts";
import { HttpCases } from "./hall/http-cases.ts";
import { LineCases } from "./hall/line-cases.ts";

export interface FuzzOptions {
  readonly cases: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface FuzzReport {
  readonly faults: readonly string[];
  readonly figures: Readonly<Record<string, number | string>>;
}

/** Limits count by the minute; the fuzz moves the wall clock so that it is not all "too many requests". */
const CASES_A_MINUTE = 60;
const MINUTE_MS = 61_000;
const CHECKS = 5;
const MOST_FAULTS = 50;
/** What a hall may hold for each event of the run, and beside them. The state grows with what is taken in; nothing else may. */
const BYTES_AN_EVENT = 12_000;
const BYTES_BESIDE = 80_000_000;

/** The case's own source of chance: a case is made again by seed and number alone. */
const randomOf = (seed: number, number: number): Random => new Random(Math.imul(seed + 1, 0x9e3779b1) ^ number);

/**
 * Sends bad input to every end point and over the WebSocket of a real hall node and a real city, and looks that there is
 * never a 500, never a crash, never a half write, nothing secret in a log, and memory stays flat.
 */
export const fuzz = async ({ cases, seed, say }: FuzzOptions): Promise<FuzzReport> => {
  const faults: string[] = [];
  const note = (what: string): void => {
    if (faults.length < MOST_FAULTS) faults.push(what);
  };
  const crashed = (error: unknown): void =>
    note(`nobody caught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.on("unhandledRejection", crashed);
  process.on("uncaughtException", crashed);
  const wall = Date.now;
  const world = await openWorld();
  const http = await HttpCases.open(world);
  const line = new LineCases(world);
  const since = performance.now();
  let heapBefore = 0;
  try {
    for (let number = 0; number < cases; number += 1) {
      Date.now = () => wall() + Math.floor(number / CASES_A_MINUTE) * MINUTE_MS;
      const random = randomOf(seed, number);
      const fault = (what: string, input: string): void => note(`case ${String(number)}: ${what}\n      ${input}`);
      const context: FuzzContext = { world, random, number, fault };
      if (random.next() < 0.5) await http.run(context);
      else await line.run(context);
      if (number === Math.floor(cases / 10)) heapBefore = memoryInUse();
      if ((number + 1) % Math.ceil(cases / CHECKS) !== 0) continue;
      for (const found of [...(await findHalfWrites(world)), ...findInLog(world)]) note(found);
      say(`  ${String(number + 1)} cases, ${String(faults.length)} faults`);
    }
    for (const found of [...(await findHalfWrites(world)), ...findInLog(world)]) note(found);
    const events = world.hall.context.halls.open[0]?.hall.head.seq ?? 0;
    const grown = memoryInUse() - heapBefore;
    if (grown > BYTES_BESIDE + events * BYTES_AN_EVENT) note(`memory grew by ${String(grown)} bytes`);
    return {
      faults,
      figures: {
        cases,
        endPoints: http.routes.length,
        statuses: [...http.statuses]
          .sort()
          .map(([status, count]) => `${String(status)}×${String(count)}`)
          .join(" "),
        ...line.answered,
        events,
        grownKb: Math.round(grown / 1024),
        perSecond: Math.round(cases / ((performance.now() - since) / 1000)),
      },
    };
  } finally {
    Date.now = wall;
    line.close();
    await http.close();
    await world.stop();
    process.off("unhandledRejection", crashed);
    process.off("uncaughtException", crashed);
  }
};
