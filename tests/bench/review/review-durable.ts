import { uuidv7 } from "uuidv7";
import type { Bench } from "../lib/bench.ts";
import { atMostAbove, none, percentile } from "../lib/measure.ts";
import { command, openLine, type NodeLine } from "../node/line.ts";
import { roomyPlan, startNode } from "../node/start-node.ts";

const REVIEWS = 300;
const WARM_UP = 30;
const SCREENS = 500;
const COUNTERS = 10;

const review = (reviewId: string, counterId: string, level: 1 | 5) =>
  command(
    "GiveReview",
    {
      reviewId,
      counterId,
      level,
      tags: level === 1 ? ["115"] : [],
      elapsedMs: 4_000,
      channel: "tablet",
      textId: null,
      phoneId: null,
    },
    "record",
  );

/** A commit of one event and nothing else: somebody asks for help. */
const oneCommit = () => command("RequestHelp", { helpId: uuidv7(), place: "东门" });

const times = async (line: NodeLine, make: () => ReturnType<typeof command>): Promise<number[]> => {
  const taken: number[] = [];
  for (let n = 0; n < REVIEWS + WARM_UP; n += 1) {
    const since = performance.now();
    const [result] = await line.send([make()]);
    if (result?.status !== "accepted") throw new Error(`refused: ${JSON.stringify(result)}`);
    if (n >= WARM_UP) taken.push(performance.now() - since);
  }
  return taken;
};

/** From the choice to its being stored for good, each second review bad and so with a work order, beside one bare commit. */
export const reviewDurable: Bench = {
  ids: ["review-durable"],
  run: async (context) => {
    const node = await startNode(context, { plan: roomyPlan(), devices: [{ role: "review", counterId: "1" }] });
    const line = await openLine(context, node.url, node.devices[0]!);
    const bare = percentile(await times(line, oneCommit), 0.95);
    let n = 0;
    const ours = percentile(await times(line, () => review(`${uuidv7()}.1`, "1", (n += 1) % 2 === 0 ? 1 : 5)), 0.95);
    return [
      atMostAbove(
        {
          id: "review-durable",
          ours,
          reference: bare,
          unit: "ms",
          note: `p95 of ${String(REVIEWS)}; reference: one event`,
        },
        50,
      ),
    ];
  },
};

/** Five hundred review screens at once on one center: every review is in the log once. */
export const reviewsAtOnce: Bench = {
  ids: ["reviews-at-once"],
  run: async (context) => {
    const counterOf = (screen: number): string => String((screen % COUNTERS) + 1);
    // The second screens of as many windows: a counter has no more than one tablet.
    const windows = Array.from({ length: SCREENS }, (_, n) => ({ role: "window", counterId: counterOf(n) }) as const);
    const node = await startNode(context, {
      plan: roomyPlan(),
      devices: [...windows, { role: "desk", counterId: null }],
    });
    const given = new Map<string, number>();
    let reached = 0;
    await openLine(context, node.url, node.devices[SCREENS]!, (_from, to, events) => {
      reached = to;
      for (const { type, data } of events)
        if (type === "ReviewGiven") {
          const { reviewId } = data as { reviewId: string };
          given.set(reviewId, (given.get(reviewId) ?? 0) + 1);
        }
    });
    const lines: NodeLine[] = [];
    for (const { review: screen } of node.devices.slice(0, SCREENS)) {
      if (screen === null) throw new Error("a window has a second screen");
      lines.push(await openLine(context, node.url, screen));
    }
    const ids = lines.map(() => `${uuidv7()}.1`);
    const since = performance.now();
    const results = await Promise.all(
      lines.map((line, n) => line.send([review(ids[n] ?? "", counterOf(n), n % 10 === 0 ? 1 : 5)])),
    );
    const took = performance.now() - since;
    const head = Math.max(...results.flat().map((result) => (result.status === "accepted" ? result.seq : 0)));
    for (let wait = 0; reached < head && wait < 1_000; wait += 1) await new Promise((done) => setTimeout(done, 10));
    const lost = ids.filter((id) => given.get(id) !== 1).length;
    return [
      none({
        id: "reviews-at-once",
        ours: lost,
        unit: "lost",
        note: `${String(SCREENS)} screens at ${String(COUNTERS)} counters, all stored after ${took.toFixed(0)} ms`,
      }),
    ];
  },
};
