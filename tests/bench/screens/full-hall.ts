import type { SequencedEvent } from "../../../shared/domain/hall/events.ts";
import { fold } from "../../../shared/domain/hall/evolve.ts";
import { readEvent } from "../../../shared/domain/hall/upcast.ts";
import { emptyHallState, type HallState } from "../../../shared/domain/hall/state.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import type { Bench } from "../lib/bench.ts";
import { below, none, percentile } from "../lib/measure.ts";
import { newTicketIds, takeCommands } from "../node/busy-day.ts";
import { signIn } from "../node/clerks.ts";
import { command, openLine, type NodeLine } from "../node/line.ts";
import { roomyPlan, startNode, type Place } from "../node/start-node.ts";

const COUNTERS = 80;
const KIOSKS = 20;
const BOARDS = 15;
const DESKS = 5;
/** Each calls once: in a real hall so many calls take a quarter of an hour, here 20 seconds. */
const BETWEEN_CALLS_MS = 250;
const GOAL_MS = 100;

const places: readonly Place[] = [
  ...Array.from({ length: COUNTERS }, (_, n) => ({ role: "window", counterId: String(n + 1) }) as const),
  ...Array.from({ length: COUNTERS }, (_, n) => ({ role: "review", counterId: String(n + 1) }) as const),
  ...Array.from({ length: KIOSKS }, () => ({ role: "kiosk", counterId: null }) as const),
  ...Array.from({ length: BOARDS }, () => ({ role: "display", counterId: null }) as const),
  ...Array.from({ length: DESKS }, () => ({ role: "desk", counterId: null }) as const),
];

/** A clerk sits at one counter. */
const clerks = Array.from({ length: COUNTERS }, (_, n) => ({
  clerkNo: String(3001 + n),
  name: `测速员${String(n + 1)}`,
  password: `bench-${String(3001 + n)}`,
}));

const largePlan = () => {
  const plan = roomyPlan();
  const businesses = plan.businesses.map(({ id }) => id);
  return hallPlanSchema.parse({
    ...plan,
    counters: Array.from({ length: COUNTERS }, (_, n) => ({
      id: String(n + 1),
      number: n + 1,
      name: `${String(n + 1)}号窗口`,
      nameEn: `Counter ${String(n + 1)}`,
      zone: String(n % 5),
      businesses,
    })),
  });
};

/** What one terminal got of the feed, and when a call came. */
class Attached {
  reached = 0;
  readonly batches: SequencedEvent[][] = [];
  readonly calls = new Map<string, number>();

  take(to: number, events: readonly SequencedEvent[]): void {
    const now = performance.now();
    this.reached = Math.max(this.reached, to);
    this.batches.push([...events]);
    for (const { type, data } of events)
      if (type === "TicketCalled") this.calls.set((data as { ticketId: string }).ticketId, now);
  }

  /** Folded after the clock has stopped: the terminals of a hall each fold on a computer of their own. */
  state(): HallState {
    return this.batches.reduce(
      (state, events) =>
        fold(
          state,
          events.flatMap((event) => readEvent(event) ?? []),
        ),
      emptyHallState,
    );
  }
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Two hundred terminals on one node: windows call, and each call has to be at every one of them. */
export const fullHall: Bench = {
  ids: ["call-to-200-terminals", "hall-of-200-lost"],
  run: async (context) => {
    const node = await startNode(context, { plan: largePlan(), clerks, devices: places });
    const attached = places.map(() => new Attached());
    const lines: NodeLine[] = [];
    for (const [n, device] of node.devices.entries())
      lines.push(await openLine(context, node.url, device, (_from, to, events) => attached[n]?.take(to, events)));
    const windows = lines.slice(0, COUNTERS);
    const kiosks = lines.slice(2 * COUNTERS, 2 * COUNTERS + KIOSKS);
    const clerkIds: string[] = [];
    for (const [n, window] of windows.entries()) {
      const clerkId = await signIn(node.url, node.devices[n]!, clerks[n]);
      clerkIds.push(clerkId);
      await window.send([command("OpenCounter", { counterId: String(n + 1) })], clerkId);
    }
    const ids = newTicketIds(COUNTERS);
    const businesses = largePlan().businesses.map(({ id }) => id);
    const wishes = takeCommands(ids, businesses, Date.now());
    await Promise.all(
      kiosks.map((kiosk, n) => kiosk.send(wishes.filter((_, at) => Math.floor(at / 2) % KIOSKS === n))),
    );

    const asked = new Map<string, number>();
    const answered: number[] = [];
    for (const [n, window] of windows.entries()) {
      const since = performance.now();
      const ticketId = ids[n] ?? "";
      asked.set(ticketId, since);
      const [result] = await window.send(
        [command("CallNext", { counterId: String(n + 1), ticketId }, "record")],
        clerkIds[n],
      );
      if (result?.status !== "accepted") throw new Error(`a call was refused: ${JSON.stringify(result)}`);
      answered.push(performance.now() - since);
      await wait(BETWEEN_CALLS_MS);
    }
    const head = Math.max(...attached.map(({ reached }) => reached));
    for (let turn = 0; turn < 500 && attached.some(({ reached }) => reached < head); turn += 1) await wait(10);

    // A terminal sees a call or, as a set-up screen would, does not: all of these roles do.
    const last = ids.map((id) => Math.max(...attached.map(({ calls }) => calls.get(id) ?? Infinity)));
    const times = last.map((at, n) => at - (asked.get(ids[n] ?? "") ?? 0)).filter(Number.isFinite);
    const boards = attached.slice(2 * COUNTERS + KIOSKS, 2 * COUNTERS + KIOSKS + BOARDS);
    const behind = attached.filter(({ reached }) => reached < head).length;
    const wrong = boards.filter((board) => [...board.state().tickets.values()].some(({ state }) => state !== "called"));
    return [
      below(
        {
          id: "call-to-200-terminals",
          ours: percentile(times, 0.95),
          unit: "ms p95",
          note: `from sending a call to the last of ${String(places.length)} feeds that has it; p50 ${percentile(times, 0.5).toFixed(1)} ms, the window's own answer p95 ${percentile(answered, 0.95).toFixed(1)} ms`,
        },
        GOAL_MS,
      ),
      none({
        id: "hall-of-200-lost",
        ours: ids.length - times.length + behind + wrong.length,
        unit: "calls, feeds and boards",
        note: `${String(ids.length)} calls at ${String(places.length)} terminals; ${String(BOARDS)} boards folded afterwards`,
      }),
    ];
  },
};
