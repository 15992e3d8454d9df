import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { _electron, type Page } from "@playwright/test";
import type { OutboxJournal } from "../../../electron/journal/outbox-journal.ts";
import { makePage } from "../../bench/lib/page.ts";
import type { FaultContext } from "../harness/scenario.ts";
import { treeOf } from "../harness/processes.ts";

interface Scripts {
  readonly prepareElectronApp: (appDir: string) => Promise<string>;
  readonly electronArgs: () => string[];
}

/** A terminal in a real Electron, with a profile on a disk of our choice, that can be killed like a pulled plug. */
export interface TerminalWindow {
  readonly page: Page;
  /** SIGKILL to the program and everything that it started. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Bundles the page once for a scenario. */
export const terminalPage = (context: FaultContext): Promise<string> =>
  makePage({ ...context, rounds: 1 }, join(process.cwd(), "tests/faults/terminal/page.ts"));

export const openTerminalWindow = async (
  context: FaultContext,
  options: {
    readonly userData: string;
    readonly page: string;
    readonly onConfirmed?: (commandId: string) => void;
    /** Where the window keeps its second copy of what is unsent; absent: it has none. */
    readonly journal?: OutboxJournal;
    /** Room on its disk in millions of bytes, which it asks before it begins anew; absent: it never does. */
    readonly diskFreeMb?: () => number;
    /** A program that starts the given one in surroundings of its own. */
    readonly through?: (program: string) => string;
  },
): Promise<TerminalWindow> => {
  const { prepareElectronApp, electronArgs } = (await import(
    pathToFileURL(join(process.cwd(), "scripts/lib/electron.mjs")).href
  )) as Scripts;
  const program = await prepareElectronApp(join(process.cwd(), "tests/bench/app"));
  const app = await _electron.launch({
    executablePath: options.through?.(program) ?? program,
    args: electronArgs(),
    env: { ...(process.env as Record<string, string>), BENCH_PAGE: options.page, BENCH_USER_DATA: options.userData },
  });
  const child = app.process();
  const ended = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once("exit", () => done());
  });
  const kill = async (): Promise<void> => {
    const { pid } = child;
    if (pid !== undefined) {
      for (const each of [...treeOf(pid), pid]) {
        try {
          process.kill(each, "SIGKILL");
        } catch {
          // ended with its parent
        }
      }
    }
    await ended;
  };
  context.defer(kill);
  const page = await app.firstWindow();
  page.on("pageerror", (error) => context.say(`    page error: ${error.message}`));
  if (process.env["FAULT_VERBOSE"]) page.on("console", (line) => context.say(`    ${line.text()}`));
  await page.exposeFunction("confirmed", (commandId: string) => options.onConfirmed?.(commandId));
  if (options.diskFreeMb) await page.exposeFunction("diskFreeMb", options.diskFreeMb);
  const { journal } = options;
  if (journal) {
    await page.exposeFunction("readJournal", () => journal.read());
    await page.exposeFunction("changeJournal", (...change: Parameters<OutboxJournal["change"]>) =>
      journal.change(...change),
    );
  }
  await page.waitForFunction("globalThis.bench !== undefined", undefined, { timeout: 30_000 });
  return { page, kill, close: () => app.close() };
};

/** Calls a function of the page. */
export const call = <T>(window: TerminalWindow, name: string, argument?: unknown): Promise<T> =>
  window.page.evaluate(
    ([key, value]) => {
      const { bench } = globalThis as unknown as { bench: Record<string, (given: unknown) => unknown> };
      return bench[key as string]?.(value);
    },
    [name, argument],
  ) as Promise<T>;

/** Starts something in the page without waiting for its end. */
export const start = (window: TerminalWindow, name: string): Promise<void> =>
  window.page.evaluate((key) => {
    const { bench } = globalThis as unknown as { bench: Record<string, () => Promise<void>> };
    bench[key]?.().catch((error: unknown) => console.error(String(error)));
  }, name);

export interface TerminalStatus {
  readonly link: string;
  /** Why nothing can be kept, null when it can. */
  readonly storeFault: string | null;
  readonly outbox: number;
  readonly seq: number;
  readonly notices: readonly string[];
  readonly stalled: boolean;
}

export interface TerminalNotice {
  readonly id: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Waits until the terminal has sent everything and the node has answered. */
export const untilSent = async (window: TerminalWindow, ms: number): Promise<TerminalStatus> => {
  const until = Date.now() + ms;
  for (;;) {
    const status = await call<TerminalStatus>(window, "status");
    if ((status.link === "online" && status.outbox === 0) || Date.now() > until) return status;
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** Waits until the terminal says that it can keep nothing. @returns what it says */
export const untilTold = async (window: TerminalWindow, ms = 20_000): Promise<string | null> => {
  const until = Date.now() + ms;
  for (;;) {
    const { storeFault } = await call<TerminalStatus>(window, "status");
    if (storeFault !== null || Date.now() > until) return storeFault;
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** People go on at a terminal that keeps nothing. @returns how many of so many acts it confirmed all the same */
export const tryOn = async (window: TerminalWindow, tries: number): Promise<number> => {
  let kept = 0;
  for (let tried = 0; tried < tries; tried += 1)
    await call(window, "actOnce").then(
      () => (kept += 1),
      (error: unknown) => {
        if (!String(error).includes("not kept")) throw error;
      },
    );
  return kept;
};

/** Waits until so many more acts were kept. @returns whether they were */
export const untilKept = async (confirmed: ReadonlySet<string>, more: number, ms = 30_000): Promise<boolean> => {
  const [wanted, until] = [confirmed.size + more, Date.now() + ms];
  while (confirmed.size < wanted && Date.now() < until) await new Promise((done) => setTimeout(done, 10));
  return confirmed.size >= wanted;
};

/** Waits until the terminal holds numbers for the time without its node. */
export const untilLeased = async (window: TerminalWindow, ms = 15_000): Promise<void> => {
  const until = Date.now() + ms;
  while ((await call<number>(window, "lease")) === 0) {
    if (Date.now() > until) throw new Error("the terminal got no numbers to hold");
    await new Promise((done) => setTimeout(done, 20));
  }
};

/** Waits until one of the terminals shows a notice. */
export const untilNotice = async (windows: readonly TerminalWindow[], code: string, ms: number): Promise<boolean> => {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    for (const window of windows)
      if ((await call<TerminalStatus>(window, "status")).notices.includes(code)) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
};
