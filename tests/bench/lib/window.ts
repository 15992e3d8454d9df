import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import type { BenchContext } from "./bench.ts";
import { BENCH, ROOT } from "./paths.ts";

interface ElectronScripts {
  readonly prepareElectronApp: (appDir: string) => Promise<string>;
  readonly electronArgs: () => string[];
}

/** scripts/ is plain JavaScript that runs before node_modules exists; only these two functions are wanted of it. */
export const electronScripts = async (): Promise<ElectronScripts> =>
  (await import(pathToFileURL(join(ROOT, "scripts/lib/electron.mjs")).href)) as ElectronScripts;

/** The executable of a bare window: the same binary as the product's. */
export const bareElectron = async (): Promise<string> => {
  const { prepareElectronApp } = await electronScripts();
  return prepareElectronApp(join(BENCH, "app"));
};

export interface BenchWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Opens a real Electron, a process tree and a profile of its own, on `url`. */
export const openWindow = async (
  context: BenchContext,
  options: { readonly name: string; readonly url: string; readonly userData?: string; readonly x?: number },
): Promise<BenchWindow> => {
  const userData = options.userData ?? (await context.tempFolder(options.name));
  const { electronArgs } = await electronScripts();
  const app = await _electron.launch({
    executablePath: await bareElectron(),
    args: electronArgs(),
    env: {
      ...(process.env as Record<string, string>),
      BENCH_URL: options.url,
      BENCH_USER_DATA: userData,
      BENCH_X: String(options.x ?? 0),
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
  return { app, page, close };
};

export const isBuilt = (): boolean => existsSync(join(ROOT, "dist/renderer/index.html"));
