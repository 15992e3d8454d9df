import { dayOf } from "../../../shared/basics/time.ts";
import { EventRing } from "../../../center/log/event-ring.ts";
import { signIn } from "../../bench/node/clerks.ts";
import { newTicketIds, serve, takeCommands } from "../../bench/node/busy-day.ts";
import type { NodeLine } from "../../bench/node/line.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import { planOf } from "../../load/order.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { readBooks } from "../harness/books.ts";
import { HallNode, type NodeMemory, type NodeReady } from "../harness/hall-node.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";

const OFFSET = 480;
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];
const DAYS = 60;
const PEOPLE = 60;
const BUSINESSES = [..."ABCDEFGH"];
/** The newest events are held in memory, up to three times so many before the older ones go: what is held goes up and down by that. */
const WAVE = 2 * EventRing.kept;
/** The first waves warm up: code is compiled, caches fill. */
const WARM = EventRing.kept + WAVE;
const MOST_GROWN = 1_000_000;
const EARLY_DAY = 5;
/** Connections to the database come and go. */
const MORE_FILES = 5;

const lineOf = (client: NodeClient): NodeLine => ({
  head: client.to,
  send: (commands, clerkId = null) =>
    client.sendAll(
      commands.map((command) => ({ command, clerkId, personal: [] })),
      30_000,
    ),
  close: () => client.close(),
});

/** @param at noon. Terminals come; some people take a number, are served and say how it was; the terminals go. */
const liveADay = async (ready: NodeReady, clerkId: string, at: number): Promise<number> => {
  const connect = (device: EnrolResponse | undefined): Promise<NodeClient> =>
    NodeClient.connect({ url: ready.url, deviceId: "", secret: "", ...device });
  const [kiosk, window, review, board] = await Promise.all([
    connect(ready.devices[0]),
    connect(ready.devices[1]),
    connect(ready.devices[2]),
    connect(ready.devices[3]),
  ]);
  await board.until(() => board.state.day === dayOf(at, OFFSET));
  const ids = newTicketIds(PEOPLE);
  const opening = at - 2 * PEOPLE * MINUTE_MS;
  await lineOf(kiosk).send(takeCommands(ids, BUSINESSES, opening));
  // Refused, and a record that contradicts the log.
  await kiosk.send("TakeTicket", {
    ticketId: ids[0]!,
    businessId: "Z",
    class: "ordinary",
    itemCode: null,
    itemName: null,
    personKey: null,
  });
  const lines = { window: lineOf(window), review: lineOf(review), counterId: "1", clerkId };
  // Reviews that come all at once would be held for false ones, and kept for months.
  for (const [index, id] of ids.entries()) await serve(lines, [id], opening + 2 * index * MINUTE_MS);
  const last = await window.send(
    "BeginService",
    { ticketId: ids[0]!, counterId: "1" },
    { clerkId, mode: "record", at },
  );
  if (last.status === "refused") throw new Error(`refused: ${last.refusal.code}`);
  for (const client of [kiosk, window, review, board]) client.close();
  return last.seq;
};

interface Evening extends NodeMemory {
  /** In the log. */
  readonly events: number;
}

/** What is held on average over a wave that ends with so many events. */
const heapOfWave = (evenings: readonly Evening[], end: number): number => {
  const wave = evenings.filter(({ events }) => events > end - WAVE && events <= end);
  return wave.reduce((sum, { heap }) => sum + heap, 0) / wave.length;
};

const inMb = (bytes: number): string => (bytes / 1e6).toFixed(2);

/** A node lives through two months of short days; what it holds in memory in the end is what it held after the first of them. */
const runManyDays = async (context: FaultContext): Promise<FaultReport> => {
  const { node, ready } = await HallNode.start(
    {
      dataDir: await context.tempFolder("many-days"),
      plan: planOf(0),
      devices: [
        { role: "kiosk", counterId: null },
        { role: "window", counterId: "1" },
        { role: "review", counterId: "1" },
        { role: "display", counterId: null },
      ],
      clerks: ["1001"],
    },
    context.say,
  );
  context.defer(() => node.stop());
  const [clerkId = ""] = ready.clerkIds;
  await signIn(ready.url, ready.devices[1]!, { clerkNo: "1001", password: "pw-1001" });
  const evenings: Evening[] = [];
  const noon = (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS + (720 - OFFSET) * MINUTE_MS;
  for (let day = 0; day < DAYS; day += 1) {
    const at = noon + day * DAY_MS;
    await node.setClockAhead(at - Date.now());
    const events = await liveADay(ready, clerkId, at);
    evenings.push({ events, ...(await node.memory()) });
  }
  const last = evenings.at(-1)?.events ?? 0;
  const waves: number[] = [];
  for (let end = WARM + WAVE; end <= last; end += WAVE) waves.push(heapOfWave(evenings, end));
  const [early = Number.NaN, late = Number.NaN] = [waves[0], waves.at(-1)];
  const books = await readBooks(ready.databaseUrl, ready.hallId);
  const faults = [...books.faults];
  if (!(waves.length >= 3 && late - early < MOST_GROWN))
    faults.push(`what it holds grows: ${waves.map(inMb).join(", ")} MB`);
  const files = [EARLY_DAY, DAYS - 1].map((day) => evenings[day]?.files ?? 0) as [number, number];
  if (files[1] - files[0] > MORE_FILES) faults.push(`open files and lines: ${files.join(", then ")}`);
  return {
    faults,
    figures: {
      days: DAYS,
      events: last,
      "heap MB": waves.map(inMb).join(" "),
      files: files.join(" "),
    },
  };
};

export const manyDays: Scenario = {
  id: "F45",
  title: "two months of short days: memory, files and lines of a node",
  isLong: true,
  run: runManyDays,
};
