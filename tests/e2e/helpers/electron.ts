import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { _electron, expect, type ElectronApplication, type Page } from "@playwright/test";
import type { TerminalRole } from "../../../shared/domain/identity/roles.ts";

export const APP_PAGE = "app://service-hall/index.html";
const ROOT = join(import.meta.dirname, "../../..");

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LaunchOptions {
  readonly role?: TerminalRole | "launcher";
  readonly node?: string;
  readonly enrol?: string;
  /** A terminal that was there before; left out: a new one, removed by `close`. */
  readonly userData?: string;
  readonly bounds?: Bounds;
  readonly secondBounds?: Bounds;
  readonly windowed?: boolean;
  readonly demoFile?: string;
  /** A link of the desk to begin with. */
  readonly open?: string;
  /** Chromium's own switches. */
  readonly switches?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another build of the program, or what starts it. */
  readonly executable?: string;
  /** Whoever runs the tests, it is started by somebody who is not root: with Chromium's sandbox. */
  readonly isUnprivileged?: boolean;
}

export interface LaunchedTerminal {
  readonly app: ElectronApplication;
  /** The main screen (not the applicant's). */
  readonly page: Page;
  readonly userData: string;
  /** The terminal's log as text. */
  log(): string;
  /** The page of the applicant's screen of a window terminal. */
  secondPage(): Promise<Page>;
  close(): Promise<void>;
}

interface ElectronScripts {
  prepareElectronApp(folder: string): Promise<string>;
}

/** The executable that starts this checkout's app: given by scripts/e2e.mjs, else prepared now. */
export const findExecutable = async (): Promise<string> => {
  const given = process.env["SERVICE_HALL_ELECTRON"];
  if (given) return given;
  const scripts = (await import(pathToFileURL(join(ROOT, "scripts/lib/electron.mjs")).href)) as ElectronScripts;
  return scripts.prepareElectronApp(join(ROOT, "tests/e2e/app"));
};

const boundsArg = ({ x, y, width, height }: Bounds): string => `${x},${y},${width},${height}`;

/** Arguments as a person would give them. Chromium does not run as root with its sandbox; nobody else goes without it. */
export const terminalArgs = (options: LaunchOptions, userData: string): string[] => {
  const args = ["--user-data", userData, ...(options.switches ?? [])];
  if (process.getuid?.() === 0 && !options.isUnprivileged) args.unshift("--no-sandbox");
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) args.push(`--${name}`, value);
  };
  add("role", options.role);
  add("node", options.node);
  add("enrol", options.enrol);
  add("demo-file", options.demoFile);
  add("open", options.open);
  add("bounds", options.bounds && boundsArg(options.bounds));
  add("second-bounds", options.secondBounds && boundsArg(options.secondBounds));
  if (options.windowed) args.push("--windowed");
  return args;
};

/** The environment without what would change Electron's behaviour. */
export const cleanEnv = (extra: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const unwanted = new Set(["ELECTRON_RUN_AS_NODE", "ELECTRON_ENABLE_LOGGING", "NODE_OPTIONS"]);
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !unwanted.has(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...extra };
};

export const newUserData = (): string => mkdtempSync(join(tmpdir(), "service-hall-terminal-"));

export const readLog = (userData: string): string => {
  try {
    return readFileSync(join(userData, "logs", "terminal.log"), "utf8");
  } catch {
    return "";
  }
};

/** Which screen a page is, by its own bridge; null while it loads. */
const displayOf = (page: Page): Promise<string | null> =>
  page
    .evaluate(async () => {
      const bridge = (window as unknown as { terminal?: { "terminal.info"(): Promise<{ display: string }> } }).terminal;
      return bridge ? (await bridge["terminal.info"]()).display : null;
    })
    .catch(() => null);

const findPage = async (app: ElectronApplication, display: "main" | "second"): Promise<Page> => {
  let found: Page | undefined;
  await expect(async () => {
    for (const page of app.windows()) if ((await displayOf(page)) === display) found = page;
    expect(found, `the ${display} screen`).toBeDefined();
  }).toPass({ timeout: 20_000 });
  if (!found) throw new Error(`no ${display} screen`);
  return found;
};

/** Starts a real terminal in a process of its own and waits for its main screen. */
export const launchTerminal = async (options: LaunchOptions = {}): Promise<LaunchedTerminal> => {
  const userData = options.userData ?? newUserData();
  const app = await _electron.launch({
    executablePath: options.executable ?? (await findExecutable()),
    args: terminalArgs({ ...options, switches: ["--password-store=basic", ...(options.switches ?? [])] }, userData),
    env: cleanEnv(options.env),
    timeout: 30_000,
  });
  const close = async () => {
    await app.close().catch(() => undefined);
    if (options.userData === undefined) rmSync(userData, { recursive: true, force: true });
  };
  try {
    const page = await findPage(app, "main");
    return { app, page, userData, log: () => readLog(userData), secondPage: () => findPage(app, "second"), close };
  } catch (error) {
    await close();
    throw error;
  }
};
