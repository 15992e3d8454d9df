import { uuidv7 } from "uuidv7";
import type { Bench } from "../lib/bench.ts";
import { atMostAbove, none, percentile } from "../lib/measure.ts";
import { command, openLine, type NodeLine } from "../node/line.ts";
import { roomyPlan, startNode } from "../node/start-node.ts";

const REVIEWS = 300;
const WARM_UP = 30;
/** Five hundred counters: more than a hall may have, so a city's center with six halls. */
const HALLS = 6;
const COUNTERS = 84;

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

/** The review screens of five hundred counters at once on one center: every review is in the log of its hall once. */
export const reviewsAtOnce: Bench = {
  ids: ["reviews-at-once"],
  run: async (context) => {
    const [plan, ...morePlans] = Array.from({ length: HALLS }, (_, hall) =>
      roomyPlan(`bench-hall-${String(hall)}`, COUNTERS),
    );
    const places = morePlans
      .concat(plan ?? [])
      .flatMap((_, hall) =>
        Array.from({ length: COUNTERS }, (_, n) => ({ role: "window", counterId: String(n + 1), hall }) as const),
      );
    const desks = Array.from({ length: HALLS }, (_, hall) => ({ role: "desk", counterId: null, hall }) as const);
    const node = await startNode(context, { plan: plan ?? null, morePlans, devices: [...places, ...desks] });
    const given = new Map<string, number>();
    const reached = desks.map(() => 0);
    for (const [hall, desk] of node.devices.slice(places.length).entries())
      await openLine(context, node.url, desk, (_from, to, events) => {
        reached[hall] = to;
        for (const { type, data } of events)
          if (type === "ReviewGiven") {
            const { reviewId } = data as { reviewId: string };
            given.set(reviewId, (given.get(reviewId) ?? 0) + 1);
          }
      });
    const screens: { readonly line: NodeLine; readonly reviewId: string; readonly place: (typeof places)[number] }[] =
      [];
    for (const [n, place] of places.entries()) {
      const screen = node.devices[n]?.review;
      if (!screen) throw new Error("a window has a second screen");
      screens.push({ line: await openLine(context, node.url, screen), reviewId: `${uuidv7()}.1`, place });
    }
    const since = performance.now();
    const stored = await Promise.all(
      screens.map(async ({ line, reviewId, place }, n) => {
        const [result] = await line.send([review(reviewId, place.counterId, n % 10 === 0 ? 1 : 5)]);
        return { hall: place.hall, seq: result?.status === "accepted" ? result.seq : 0 };
      }),
    );
    const took = performance.now() - since;
    const headOf = (hall: number): number => Math.max(...stored.map((one) => (one.hall === hall ? one.seq : 0)));
    const isBehind = (): boolean => reached.some((to, hall) => to < headOf(hall));
    for (let wait = 0; isBehind() && wait < 1_000; wait += 1) await new Promise((done) => setTimeout(done, 10));
    const lost = screens.filter(({ reviewId }) => given.get(reviewId) !== 1).length;
    return [
      none({
        id: "reviews-at-once",
        ours: lost,
        unit: "lost",
        note: `${String(screens.length)} counters in ${String(HALLS)} halls of one center, all stored after ${took.toFixed(0)} ms`,
      }),
    ];
  },
};
