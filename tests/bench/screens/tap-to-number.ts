import type { CDPSession, Page } from "@playwright/test";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import { measureFloor, PACE_MS, type Floor } from "../floor/floor.ts";
import type { Bench, BenchContext } from "../lib/bench.ts";
import { atMost, percentile } from "../lib/measure.ts";
import { profile } from "../lib/profile.ts";
import { startNode } from "../node/start-node.ts";

const TAPS = 60;
const WARM_UP = 8;
const GOAL = 3;
const TAKE = ".confirm-buttons .big-button-primary";
const NUMBER = "[data-testid=number]";

interface Tap {
  /** From the tap (the input event's own time) to the number in the page, and to the frame that shows it. */
  readonly shown: number;
  readonly painted: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const middleOf = async (page: Page, selector: string): Promise<Point> => {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** A finger on the screen, and nothing else at that moment: a test tool's own click looks around before and after. */
const touch = async (input: CDPSession, at: Point): Promise<void> => {
  const down = input.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
  await Promise.all([down, input.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })]);
};

const tapOnce = async (page: Page, input: CDPSession): Promise<Tap> => {
  await page.locator(".business-tile").nth(1).click();
  await page.locator(TAKE).waitFor();
  const button = await middleOf(page, TAKE);
  const measured = page.evaluate(
    ([take, number]) =>
      new Promise<Tap>((done) => {
        let tapped = 0;
        const onTap = (event: Event): void => {
          if (event.target instanceof Element && event.target.closest(take!)) tapped = event.timeStamp;
        };
        addEventListener("pointerup", onTap, { capture: true });
        const watch = new MutationObserver(() => {
          if (!document.querySelector(number!)) return;
          const shown = performance.now() - tapped;
          watch.disconnect();
          removeEventListener("pointerup", onTap, { capture: true });
          requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => done({ shown, painted: performance.now() - tapped });
            after.port2.postMessage(null);
          });
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    [TAKE, NUMBER],
  );
  await page.waitForTimeout(PACE_MS);
  await touch(input, button);
  const tap = await measured;
  await page.locator(".kiosk-leave .big-button-primary").click();
  await page.locator(".business-tile").first().waitFor();
  return tap;
};

/** The real kiosk on a real node with the sample catalogue: milliseconds of each tap. */
const measureTaps = async (context: BenchContext): Promise<readonly Tap[]> => {
  const node = await startNode(context, { demo: true, codes: [{ role: "kiosk", counterId: null }] });
  const kiosk = await launchTerminal({
    role: "kiosk",
    node: node.url,
    enrol: node.codes[0]!,
    bounds: { x: 0, y: 0, width: 1280, height: 800 },
  });
  context.defer(() => kiosk.close());
  await kiosk.page.locator(".business-tile").first().waitFor();
  const taps: Tap[] = [];
  const input = await kiosk.page.context().newCDPSession(kiosk.page);
  const stop = await profile(context, "kiosk", kiosk.page);
  for (let tap = 0; tap < WARM_UP + TAPS; tap += 1) taps.push(await tapOnce(kiosk.page, input));
  await stop();
  return taps.slice(WARM_UP);
};

export const tapToNumber: Bench = {
  ids: ["tap-to-number"],
  run: async (context) => {
    const before: Floor = await measureFloor(context);
    const taps = await measureTaps(context);
    const after: Floor = await measureFloor(context);
    const shown = taps.map((tap) => tap.shown);
    const painted = taps.map((tap) => tap.painted);
    const floor = [...before.both, ...after.both];
    const spread = (values: readonly number[]): string =>
      `p50 ${percentile(values, 0.5).toFixed(1)}, p95 ${percentile(values, 0.95).toFixed(1)} ms`;
    return [
      atMost(
        {
          id: "tap-to-number",
          ours: percentile(shown, 0.95),
          reference: percentile(floor, 0.95),
          unit: "ms p95",
          note: `tap to number in the page: ${spread(shown)}; to the frame that shows it: ${spread(painted)}; floor (before and after): ${spread(floor)}`,
        },
        GOAL,
      ),
    ];
  },
};
