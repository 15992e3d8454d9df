import type { Page } from "@playwright/test";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { launchTerminal } from "../../e2e/helpers/electron.ts";
import { measureFloor } from "../floor/floor.ts";
import type { Bench, BenchContext } from "../lib/bench.ts";
import { atMostAbove, percentile } from "../lib/measure.ts";
import { newTicketIds, takeCommands } from "../node/busy-day.ts";
import { CLERK } from "../node/clerks.ts";
import { openLine } from "../node/line.ts";
import { startNode } from "../node/start-node.ts";
import { signInAtWindow } from "./sign-in.ts";

const CALLS = 50;
const WARM_UP = 5;
const GOAL_MS = 100;
/** Boards of a large hall besides the one that is measured: each has a feed of its own at the node. */
const OTHER_BOARDS = 30;
const BOARD_NUMBERS = ".board-now-number strong, .board-last strong";

/** Marks that the two pages keep, in milliseconds of the machine's one wall clock. */
interface Marks {
  readonly times: number[];
}

declare global {
  var marks: Marks;
}

/** Defines `wallOf`: performance.now() as wall time, aligned to the edge of a millisecond. */
const alignClock = (): void => {
  const start = Date.now();
  while (Date.now() === start);
  const offset = Date.now() - performance.now();
  Object.assign(globalThis, { wallOf: (mark: number) => mark + offset });
};

declare const wallOf: (mark: number) => number;

/** When F2 was pressed: the time of the input event itself. */
const markCalls = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: number[] = [];
    addEventListener("keydown", (event) => event.key === "F2" && times.push(wallOf(event.timeStamp)), {
      capture: true,
    });
    globalThis.marks = { times };
  });

/** When a number that had not been on the board was painted. */
const markNumbers = (page: Page): Promise<void> =>
  page.evaluate((numbers) => {
    const times: number[] = [];
    const seen = new Set<string>();
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll(numbers)) {
        if (textContent === null || seen.has(textContent)) continue;
        seen.add(textContent);
        const place = times.push(0) - 1;
        requestAnimationFrame(() => {
          const after = new MessageChannel();
          after.port1.onmessage = () => (times[place] = wallOf(performance.now()));
          after.port2.postMessage(null);
        });
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    globalThis.marks = { times };
  }, BOARD_NUMBERS);

const waitForMark = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction((wanted) => (globalThis.marks.times[wanted - 1] ?? 0) > 0, count, { polling: 20 });

/** Attaches so many boards, and gives how many of them have got an event number. */
const attachBoards = async (
  context: BenchContext,
  url: string,
  devices: readonly EnrolResponse[],
): Promise<(seq: number) => number> => {
  const heads = new Map<number, number>();
  for (const [at, device] of devices.entries())
    await openLine(context, url, device, (_from, to) => heads.set(at, Math.max(to, heads.get(at) ?? 0)));
  return (seq) => [...heads.values()].filter((head) => head >= seq).length;
};

const measureCalls = async (
  context: BenchContext,
  otherBoards: number,
): Promise<{ readonly times: readonly number[]; readonly fed: number }> => {
  const node = await startNode(context, {
    demo: true,
    clerks: [CLERK],
    devices: [
      { role: "kiosk", counterId: null },
      ...Array.from({ length: otherBoards }, () => ({ role: "display" as const, counterId: null })),
    ],
    codes: [
      { role: "window", counterId: "1" },
      { role: "display", counterId: null },
    ],
  });
  const kiosk = await openLine(context, node.url, node.devices[0]!);
  await kiosk.send(takeCommands(newTicketIds(CALLS + WARM_UP), ["A"], Date.now()));
  const fedUpTo = await attachBoards(context, node.url, node.devices.slice(1));
  const [windowCode, displayCode] = node.codes;
  const size = { y: 0, width: 1280, height: 800 };
  const window = await launchTerminal({
    role: "window",
    node: node.url,
    enrol: windowCode!,
    bounds: { x: 0, ...size },
  });
  context.defer(() => window.close());
  const board = await launchTerminal({
    role: "display",
    node: node.url,
    enrol: displayCode!,
    bounds: { x: 1280, ...size },
  });
  context.defer(() => board.close());
  await signInAtWindow(window.page);
  await board.page.locator(".board-next strong").first().waitFor();
  for (const page of [window.page, board.page]) await page.evaluate(alignClock);
  await markCalls(window.page);
  await markNumbers(board.page);
  const act = async (key: string): Promise<void> => {
    await window.page.locator(`button[aria-keyshortcuts=${key}][aria-disabled=false]`).waitFor();
    await window.page.keyboard.press(key);
  };
  for (let call = 0; call < CALLS + WARM_UP; call += 1) {
    await act("F2");
    await waitForMark(board.page, call + 1);
    await act("F5");
    await act("F6");
  }
  const called = await window.page.evaluate(() => globalThis.marks.times);
  const painted = await board.page.evaluate(() => globalThis.marks.times);
  if (called.length !== painted.length) throw new Error("a call and its number on the board do not match");
  // Each call is an event at least, so a board that got fewer was not fed while it was measured.
  return {
    times: painted.map((time, call) => time - called[call]!).slice(WARM_UP),
    fed: fedUpTo(kiosk.head + CALLS + WARM_UP + CALLS),
  };
};

const benchOf = (id: string, otherBoards: number): Bench => ({
  ids: [id],
  run: async (context) => {
    const floor = [...(await measureFloor(context)).both];
    const { times, fed } = await measureCalls(context, otherBoards);
    floor.push(...(await measureFloor(context)).both);
    if (fed !== otherBoards) throw new Error(`only ${String(fed)} of ${String(otherBoards)} other boards were fed`);
    return [
      atMostAbove(
        {
          id,
          ours: percentile(times, 0.95),
          reference: percentile(floor, 0.95),
          unit: "ms p95",
          note: `key press at the window to the painted number in the board's own process, ${String(otherBoards)} other boards attached: p50 ${percentile(times, 0.5).toFixed(1)}, most ${Math.max(...times).toFixed(1)} ms`,
        },
        GOAL_MS,
      ),
    ];
  },
});

export const callToBoard = benchOf("call-to-board", 0);
export const callToBoards = benchOf("call-to-30-boards", OTHER_BOARDS);
