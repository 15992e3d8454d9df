import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addDays, dayOf } from "../../../shared/basics/time.ts";
import type { TerminalInfo } from "../../../shared/contract/ipc.ts";
import { newSession } from "../../../electron/node/session-tokens.ts";
import type { Settings } from "../../../electron/settings/settings-schema.ts";
import { fetchWire } from "../../helpers/fetch-wire.ts";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import type { Bench, BenchContext } from "../lib/bench.ts";
import { atMost, median } from "../lib/measure.ts";
import { makePage } from "../lib/page.ts";
import { scoped } from "../lib/scope.ts";
import { openWindow } from "../lib/window.ts";
import { newTicketIds, serve, takeCommands } from "../node/busy-day.ts";
import { CLERK, signIn } from "../node/clerks.ts";
import { command, openLine } from "../node/line.ts";
import { startNode, type BenchNode } from "../node/start-node.ts";
import { BOUNDS, prepareTerminal, startOnce } from "./cold-start.ts";
import type { HistoryPage } from "./history-page.ts";

declare const bench: HistoryPage;

const DAYS = 30;
const TICKETS = 300;
const RUNS = 5;
const GOAL = 1.2;
const DAY_MS = 86_400_000;
const OFFSET_MINUTES = 480;
const TILES = ".business-tile";

interface Kiosk {
  readonly info: TerminalInfo;
  readonly key: string;
}

/** What the real kiosk tells its page, and the key that it opens its tokens with, unsealed by itself. */
const kioskIn = async (node: BenchNode, userData: string): Promise<Kiosk> => {
  const terminal = await launchTerminal({ role: "kiosk", node: node.url, userData, bounds: BOUNDS });
  try {
    const info = await terminal.page.evaluate(() =>
      (window as unknown as { terminal: { "terminal.info": () => Promise<TerminalInfo> } }).terminal["terminal.info"](),
    );
    const { enrolment } = JSON.parse(readFileSync(join(userData, "settings.json"), "utf8")) as Settings;
    const key = await terminal.app.evaluate(
      ({ safeStorage }, sealed) => safeStorage.decryptString(Buffer.from(sealed, "base64")),
      enrolment?.key?.data ?? "",
    );
    return { info, key };
  } finally {
    await terminal.close();
  }
};

/** Thirty days of 300 tickets, each taken here, printed, called, served and reviewed. @returns the last event */
const liveThrough = (outer: BenchContext, node: BenchNode, userData: string, first: number): Promise<number> =>
  scoped(outer, async (context) => {
    const { info, key } = await kioskIn(node, userData);
    const page = await makePage(context, fileURLToPath(new URL("./history-page.ts", import.meta.url)));
    const partition = "persist:public";
    const { page: kiosk } = await openWindow(context, { name: "history", page, userData, partition });
    const proof = { deviceId: info.credentials?.deviceId ?? "", key, secret: null };
    await kiosk.exposeFunction("newSession", () => newSession(fetchWire, node.url, proof));
    await kiosk.evaluate((each) => bench.open(each), info);
    const firstDay = dayOf(first, OFFSET_MINUTES);
    for (let passed = 0; passed < DAYS; passed += 1) {
      const at = first + passed * DAY_MS;
      await node.moveClock(at);
      await kiosk.evaluate((day) => bench.opened(day), addDays(firstDay, passed));
      await scoped(context, async (today) => {
        const [window, review] = node.devices;
        const clerkId = await signIn(node.url, window!);
        const lines = {
          window: await openLine(today, node.url, window!),
          review: await openLine(today, node.url, review!),
          counterId: "1",
          clerkId,
        };
        const businesses = ["A", "B"];
        await lines.window.send([command("OpenCounter", { counterId: "1", businesses })], clerkId);
        const ids = newTicketIds(TICKETS);
        const taken = takeCommands(ids, businesses, at + 5_000).map(({ type, data }) => ({
          type,
          data,
          at: at + 5_000,
        }));
        await kiosk.evaluate((records) => bench.act(records as Parameters<typeof bench.act>[0]), taken);
        await serve(lines, ids, at + 10_000);
        await kiosk.evaluate((each) => bench.served(each), ids);
      });
    }
    return kiosk.evaluate(() => bench.close());
  });

export const kiosk30Days: Bench = {
  ids: ["kiosk-30-days"],
  run: async (context) => {
    const first = Date.now() - DAYS * DAY_MS;
    const node = await startNode(context, {
      demo: true,
      clerks: [CLERK],
      startAt: first,
      devices: [
        { role: "window", counterId: "1" },
        { role: "review", counterId: "1" },
      ],
      codes: [
        { role: "kiosk", counterId: null },
        { role: "kiosk", counterId: null },
      ],
    });
    const full = await prepareTerminal(context, node, "kiosk", node.codes[0]!, TILES);
    // Codes last a day, so this one is enrolled now and stays off until the last day.
    const empty = await prepareTerminal(context, node, "kiosk", node.codes[1]!, TILES);
    const events = await liveThrough(context, node, full, first);
    await node.moveClock(Date.now());
    const start = (userData: string): Promise<number> => startOnce({ role: "kiosk", bounds: BOUNDS }, userData, TILES);
    await start(empty);
    await start(full);
    const [ours, reference]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      reference.push(await start(empty));
      ours.push(await start(full));
    }
    const all = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(", ");
    return [
      atMost(
        {
          id: "kiosk-30-days",
          ours: median(ours),
          reference: median(reference),
          unit: "ms",
          note: `${String(DAYS)} days of ${String(TICKETS)} tickets (${String(events)} events) against a kiosk that was off on all of them; runs ${all(ours)} against ${all(reference)}`,
        },
        GOAL,
      ),
    ];
  },
};
