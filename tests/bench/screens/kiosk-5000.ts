import type { CDPSession, Page } from "@playwright/test";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import type { Bench } from "../lib/bench.ts";
import { atMost, median } from "../lib/measure.ts";
import { demoPlan, startNode } from "../node/start-node.ts";

/**
 * Busy days of one kiosk, one after the other without a restart. Its first day is what the last one is held against: a kiosk holds the
 * tickets of its hall's day, about 500 bytes each, and nothing of the days before.
 */
const DAYS = 10;
const A_DAY = 500;
const TICKETS = DAYS * A_DAY;
const DAY_MS = 86_400_000;
const FRAMES = 40;
const GOAL = 1.1;
const MEGABYTE = 1_048_576;

/** One visit after the other, as fast as the screen follows: business, take, done. Runs in the page itself. */
const visit = (page: Page, visits: number): Promise<void> =>
  page.evaluate(async (count) => {
    const appears = (selector: string): Promise<HTMLElement> =>
      new Promise((done) => {
        const look = (): boolean => {
          const found = document.querySelector<HTMLElement>(selector);
          if (found !== null) done(found);
          return found !== null;
        };
        if (look()) return;
        const watch = new MutationObserver(() => {
          if (look()) watch.disconnect();
        });
        watch.observe(document.body, { childList: true, subtree: true });
      });
    for (let n = 0; n < count; n += 1) {
      await appears(".business-tile");
      const tiles = document.querySelectorAll<HTMLElement>(".business-tile");
      tiles[n % tiles.length]?.click();
      (await appears(".confirm-buttons .big-button-primary")).click();
      await appears("[data-testid=number]");
      (await appears(".kiosk-leave .big-button-primary")).click();
    }
    await appears(".business-tile");
  }, visits);

/** Milliseconds from a tap on a business to the frame that shows the next screen, and back. */
const frames = (page: Page): Promise<number[]> =>
  page.evaluate(async (count) => {
    const painted = (): Promise<void> =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const after = new MessageChannel();
          after.port1.onmessage = () => done();
          after.port2.postMessage(null);
        }),
      );
    const times: number[] = [];
    for (let n = 0; n < count; n += 1) {
      await painted();
      const since = performance.now();
      document.querySelectorAll<HTMLElement>(".business-tile")[n % 3]?.click();
      while (document.querySelector(".confirm-buttons") === null) await painted();
      await painted();
      times.push(performance.now() - since);
      document.querySelector<HTMLElement>(".kiosk-leave .big-button")?.click();
      while (document.querySelector(".business-tile") === null) await painted();
    }
    return times;
  }, FRAMES);

const heapOf = async (session: CDPSession): Promise<number> => {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  return usedSize;
};

/** The real kiosk takes five thousand numbers by its own screen and is never restarted. */
export const kiosk5000: Bench = {
  ids: ["kiosk-5000-heap", "kiosk-5000-frames"],
  run: async (context) => {
    const plan = demoPlan();
    const [first] = plan.businesses;
    if (first === undefined) throw new Error("the demo has no business");
    // Numbers for a whole long day.
    const businesses = [..."ABCDEF"].map((id) => ({ ...first, id, dailyCap: 999, name: `业务${id}` }));
    const counters = plan.counters.map((counter) => ({ ...counter, businesses: [..."ABCDEF"] }));
    const node = await startNode(context, {
      demo: true,
      plan: { ...plan, businesses, counters },
      codes: [{ role: "kiosk", counterId: null }],
    });
    const kiosk = await launchTerminal({
      role: "kiosk",
      node: node.url,
      enrol: node.codes[0]!,
      bounds: { x: 0, y: 0, width: 1280, height: 800 },
    });
    context.defer(() => kiosk.close());
    const { page } = kiosk;
    await page.locator(".business-tile").first().waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.enable");
    const look = async () => ({ heap: await heapOf(session), frames: await frames(page) });
    await visit(page, A_DAY);
    const early = await look();
    const since = performance.now();
    for (let day = 1; day < DAYS; day += 1) {
      await node.moveClock(Date.now() + day * DAY_MS);
      await visit(page, A_DAY);
    }
    const each = (performance.now() - since) / (TICKETS - A_DAY);
    const late = await look();
    return [
      atMost(
        {
          id: "kiosk-5000-heap",
          ours: late.heap / MEGABYTE,
          reference: early.heap / MEGABYTE,
          unit: "MB",
          note: `after ${String(TICKETS)} numbers in ${String(DAYS)} days against after the first day, each after a collection; ${each.toFixed(0)} ms a visit`,
        },
        GOAL,
      ),
      atMost(
        {
          id: "kiosk-5000-frames",
          ours: median(late.frames),
          reference: median(early.frames),
          unit: "ms",
          note: `tap on a business to the frame with the next screen, median of ${String(FRAMES)}`,
        },
        GOAL,
      ),
    ];
  },
};
