import type { Page } from "@playwright/test";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import type { Bench } from "../lib/bench.ts";
import { below } from "../lib/measure.ts";
import { newTicketIds, serve, takeCommands } from "../node/busy-day.ts";
import { CLERK, signIn } from "../node/clerks.ts";
import { command, openLine } from "../node/line.ts";
import { roomyPlan, startNode } from "../node/start-node.ts";
import { signInAtWindow } from "./sign-in.ts";

const TICKETS = 5_000;
const CHUNK = 250;
const GOAL_MB = 150;
const MEGABYTE = 1_048_576;

/** The real window screen, on from the first ticket of the day to the last; the heap after a collection. */
export const heap: Bench = {
  ids: ["heap-5000"],
  run: async (context) => {
    const plan = roomyPlan();
    const node = await startNode(context, {
      plan,
      clerks: [CLERK],
      devices: [
        { role: "kiosk", counterId: null },
        { role: "window", counterId: "1" },
        { role: "review", counterId: "1" },
      ],
      codes: [{ role: "window", counterId: "2" }],
    });
    const [kiosk, window, review] = node.devices;
    const terminal = await launchTerminal({
      role: "window",
      node: node.url,
      enrol: node.codes[0]!,
      bounds: { x: 0, y: 0, width: 1280, height: 800 },
    });
    context.defer(() => terminal.close());
    await signInAtWindow(terminal.page);
    const clerkId = await signIn(node.url, window!);
    const kioskLine = await openLine(context, node.url, kiosk!);
    const lines = {
      window: await openLine(context, node.url, window!),
      review: await openLine(context, node.url, review!),
      counterId: "1",
      clerkId,
    };
    await lines.window.send([command("OpenCounter", { counterId: "1" })], clerkId);
    const businesses = plan.businesses.map((business) => business.id);
    const waiting: string[] = [];
    for (let taken = 0; taken < TICKETS; taken += CHUNK) {
      const ids = newTicketIds(CHUNK);
      await kioskLine.send(takeCommands(ids, businesses, Date.now()));
      // A line of some hundred stands all day long.
      waiting.push(...ids);
      await serve(lines, waiting.splice(0, Math.max(0, waiting.length - CHUNK)), Date.now());
    }
    await terminal.page.waitForTimeout(2_500);
    if (process.env["BENCH_VERBOSE"]) await terminal.page.screenshot({ path: "/tmp/heap.png" });
    const held = await heldEvents(terminal.page);
    const session = await terminal.page.context().newCDPSession(terminal.page);
    await session.send("HeapProfiler.enable");
    await session.send("HeapProfiler.collectGarbage");
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
    return [
      below(
        {
          id: "heap-5000",
          ours: usedSize / MEGABYTE,
          unit: "MB",
          note: `${String(held)} events; JavaScript heap of the window screen after a collection, signed in, on all day`,
        },
        GOAL_MB,
      ),
    ];
  },
};

/** The last event that the terminal has on disk: proof that it took part in the whole day. */
const heldEvents = async (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const [{ name = "" } = {}] = await indexedDB.databases();
    const opened = indexedDB.open(name);
    await new Promise((done) => opened.addEventListener("success", done));
    const last = async (store: string): Promise<number> => {
      const cursor = opened.result.transaction(store).objectStore(store).openKeyCursor(null, "prev");
      await new Promise((done) => cursor.addEventListener("success", done));
      return Number(cursor.result?.key ?? 0);
    };
    return Math.max(await last("batches"), await last("snapshots"));
  });
