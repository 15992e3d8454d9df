import { join } from "node:path";
import { _electron, type Page } from "@playwright/test";
import type { BenchContext } from "./bench.ts";
import { BENCH } from "./paths.ts";
import { scripts } from "./scripts.ts";

/** The executable of a bare window: the same binary as the product's. */
export const bareElectron = async (): Promise<string> => (await scripts()).prepareElectronApp(join(BENCH, "app"));

export interface BenchWindow {
  readonly page: Page;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** Opens a real Electron, a process tree and a profile of its own, on the page in a folder. */
export const openWindow = async (
  context: BenchContext,
  options: {
    readonly name: string;
    readonly page: string;
    readonly x?: number;
    /** A profile that is there already, and the part of it that the page's data are in. */
    readonly userData?: string;
    readonly partition?: string;
  },
): Promise<BenchWindow> => {
  const userData = options.userData ?? (await context.tempFolder(options.name));
  const { electronArgs } = await scripts();
  const app = await _electron.launch({
    executablePath: await bareElectron(),
    args: electronArgs(),
    env: {
      ...(process.env as Record<string, string>),
      BENCH_PAGE: options.page,
      BENCH_USER_DATA: userData,
      BENCH_X: String(options.x ?? 0),
      BENCH_PARTITION: options.partition ?? "persist:bench",
    },
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await app.close().catch(() => undefined);
  };
  context.defer(close);
  const page = await app.firstWindow();
  page.on("pageerror", (error) => context.say(`  page error in ${options.name}: ${error.message}`));
  if (process.env["BENCH_VERBOSE"]) page.on("console", (line) => context.say(`  [${options.name}] ${line.text()}`));
  await page.waitForFunction("globalThis.bench !== undefined", undefined, { timeout: 30_000 });
  return { page, pid: app.process().pid ?? 0, close };
};
