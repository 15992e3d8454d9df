import { fileURLToPath } from "node:url";
import { findExecutable, launchTerminal, terminalArgs, type LaunchOptions } from "../../e2e/helpers/electron.ts";
import type { Bench, BenchContext } from "../lib/bench.ts";
import { coldStart } from "../lib/cold-start.ts";
import { atMost, median } from "../lib/measure.ts";
import { makePage } from "../lib/page.ts";
import { scripts } from "../lib/scripts.ts";
import { bareElectron } from "../lib/window.ts";
import { CLERK } from "../node/clerks.ts";
import { startNode, type BenchNode } from "../node/start-node.ts";

const RUNS = 15;
const GOAL = 1.5;
export const BOUNDS = { x: 0, y: 0, width: 1280, height: 800 };

/** A terminal that has been used before: enrolled, its database made, what it caches of the catalogue there. */
export const prepareTerminal = async (
  context: BenchContext,
  node: BenchNode,
  role: "window" | "kiosk",
  code: string,
  ready: string,
): Promise<string> => {
  const userData = await context.tempFolder(role);
  const terminal = await launchTerminal({ role, node: node.url, enrol: code, userData, bounds: BOUNDS });
  try {
    await terminal.page.locator(ready).first().waitFor();
    await terminal.page.waitForTimeout(1_500);
  } finally {
    await terminal.close();
  }
  return userData;
};

/** One cold start of the real program with a profile that it has used before. */
export const startOnce = async (options: LaunchOptions, userData: string, ready: string): Promise<number> =>
  coldStart(
    await findExecutable(),
    terminalArgs({ ...options, switches: ["--password-store=basic"] }, userData),
    ready,
  );

const LOGIN = ".login-panel button[type=submit]";

export const windowColdStart: Bench = {
  ids: ["cold-start"],
  run: async (context) => {
    const node = await startNode(context, {
      demo: true,
      clerks: [CLERK],
      codes: [{ role: "window", counterId: "1" }],
    });
    const userData = await prepareTerminal(context, node, "window", node.codes[0]!, LOGIN);
    const page = await makePage(context, fileURLToPath(new URL("./bare-page.ts", import.meta.url)));
    const bareData = await context.tempFolder("bare");
    const bare = await bareElectron();
    const { electronArgs } = await scripts();
    const startBare = (): Promise<number> =>
      coldStart(bare, electronArgs(), "button", { BENCH_PAGE: page, BENCH_USER_DATA: bareData });
    const startOurs = (): Promise<number> => startOnce({ role: "window", bounds: BOUNDS }, userData, LOGIN);
    // Once each uncounted: the files in the system's cache, as after a morning's first start.
    await startBare();
    await startOurs();
    const [ours, reference]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      reference.push(await startBare());
      ours.push(await startOurs());
    }
    const all = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(", ");
    return [
      atMost(
        {
          id: "cold-start",
          ours: median(ours),
          reference: median(reference),
          unit: "ms",
          note: `process start to a login that can be typed into, against a bare window with a button; runs ${all(ours)} against ${all(reference)}`,
        },
        GOAL,
      ),
    ];
  },
};
