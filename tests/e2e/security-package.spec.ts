import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { APP_PAGE, cleanEnv, launchTerminal, newUserData, readLog, terminalArgs } from "./helpers/electron.ts";
import { visibleWindows } from "./helpers/attack.ts";
import { startHostileNode } from "./helpers/hostile-node.ts";

/** The program as it is installed: fuses, switches, environment, contents. The product itself is tested from outside. */
const ROOT = join(import.meta.dirname, "../..");
const PACK_MS = 240_000;
const PRODUCT = join(ROOT, "release/linux-unpacked");
const TEST_BUILD = join(ROOT, "release/e2e/linux-unpacked");

let folder = "";

const pack = (...args: string[]) => {
  execFileSync(process.execPath, [join(ROOT, "scripts/pack.mjs"), ...args], {
    cwd: ROOT,
    stdio: "pipe",
    env: cleanEnv(),
  });
};

test.beforeAll(() => {
  test.setTimeout(PACK_MS);
  pack();
  pack("--e2e");
  folder = mkdtempSync(join(tmpdir(), "service-hall-package-"));
});

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const readFuses = (program: string): Record<string, string> => {
  const cli = join(ROOT, "node_modules/@electron/fuses/dist/bin.js");
  const text = execFileSync(process.execPath, [cli, "read", "--app", program], {
    encoding: "utf8",
    env: cleanEnv({ FORCE_COLOR: "0" }),
  });
  return Object.fromEntries(
    [...text.matchAll(/^\s+(\w+) is (\w+)/gm)].map(([, name = "", state = ""]) => [name, state]),
  );
};

test("the fuses are those of the committed list; the test build differs by one", () => {
  const expected = JSON.parse(readFileSync(join(import.meta.dirname, "fuses.expected.json"), "utf8")) as Record<
    string,
    string
  >;
  expect(readFuses(join(PRODUCT, "service-hall"))).toMatchObject(expected);
  expect(readFuses(join(TEST_BUILD, "service-hall"))).toMatchObject({
    ...expected,
    EnableNodeCliInspectArguments: "Enabled",
  });
});

/** Names of the files in an archive, and their text, by its header (a pickled JSON). */
const readAsar = (file: string): { names: string[]; text(name: string): string } => {
  const bytes = readFileSync(file);
  const headerSize = bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString("utf8", 16, 16 + bytes.readUInt32LE(12))) as Entry;
  interface Entry {
    readonly files?: Record<string, Entry>;
    readonly offset?: string;
    readonly size?: number;
  }
  const found = new Map<string, Entry>();
  const walk = (entry: Entry, path: string) => {
    if (!entry.files) found.set(path, entry);
    for (const [name, inner] of Object.entries(entry.files ?? {})) walk(inner, path === "" ? name : `${path}/${name}`);
  };
  walk(header, "");
  return {
    names: [...found.keys()],
    text(name) {
      const { offset = "0", size = 0 } = found.get(name) ?? {};
      const start = 8 + headerSize + Number(offset);
      return bytes.toString("utf8", start, start + size);
    },
  };
};

test("S19 the archive holds bundles and pages, no source map, test, dependency or secret", () => {
  const archive = readAsar(join(PRODUCT, "resources/app.asar"));
  expect(archive.names).toContain("dist/electron/main.cjs");
  expect(archive.names).toContain("dist/electron/program.v8");
  expect(archive.names).toContain("dist/renderer/index.html");
  // The serial line's native part, for the ID card reader, is the only one.
  const own = /^(package\.json$|dist\/(electron|renderer)\/|dist\/prebuilds\/[\w+-]+\/@serialport\+bindings-cpp\.)/;
  expect(archive.names.filter((name) => !own.test(name))).toEqual([]);
  expect(archive.names.filter((name) => /\.map$|\.test\.|\.spec\.|\.tsx?$|node_modules/.test(name))).toEqual([]);
  expect(JSON.parse(archive.text("package.json"))).not.toHaveProperty("testBuild");
  expect(existsSync(join(PRODUCT, "resources/app"))).toBe(false);
  const other = readAsar(join(TEST_BUILD, "resources/app.asar"));
  const added = ["dist/attach-before-ready.cjs", "dist/main-for-tests.cjs"];
  expect(other.names.filter((name) => !archive.names.includes(name))).toEqual(added);
  expect(other.names.filter((name) => !added.includes(name))).toEqual(archive.names);
  for (const name of archive.names.filter((each) => each.endsWith(".cjs")))
    expect(other.text(name)).toBe(archive.text(name));
});

interface Run {
  readonly code: number | null;
  readonly log: string;
  readonly windows: readonly string[];
}

const READY_MS = 60_000;
type Look = Pick<Run, "log" | "windows">;
const hasStarted = (log: string): boolean => log.includes('"event":"app.started"');
const showsSetup = ({ windows }: Look): boolean => windows.some((title) => title.includes("装机"));

/** Starts the product and looks at it from outside; ends it when `isReady`, if it has not ended itself. */
const runProduct = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  isReady: (look: Look) => boolean = showsSetup,
): Promise<Run> => {
  const userData = newUserData();
  const child = spawn(join(PRODUCT, "service-hall"), [...terminalArgs({ windowed: true }, userData), ...args], {
    env: cleanEnv(env),
    cwd: folder,
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const until = Date.now() + READY_MS;
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const look = (): Look => ({ log: readLog(userData), windows: visibleWindows() });
  // What it was found ready by is what is told: a second look at a busy display may miss a window.
  let seen = look();
  while (isRunning() && !isReady(seen) && Date.now() < until) {
    await sleep(100);
    seen = look();
  }
  if (isRunning()) child.kill("SIGTERM");
  const code = await ended;
  const log = readLog(userData);
  rmSync(userData, { recursive: true, force: true });
  return { code, log, windows: seen.windows };
};

test("the product starts, opens its set-up in full view and ends when told", async () => {
  const { code, log, windows } = await runProduct([]);
  expect(windows, log).toContainEqual(expect.stringContaining("装机"));
  expect(log).toContain('"packaged":true');
  expect(code).toBe(0);
});

test("S44 S51 the product does not start with a switch that would take a lock away", async () => {
  for (const given of [
    "--remote-debugging-port=9222",
    "--remote-debugging-pipe",
    "--inspect=9229",
    "--inspect-brk",
    "--disable-web-security",
    "--ignore-certificate-errors",
    `--load-extension=${folder}`,
    "--js-flags=--expose-gc",
    "--proxy-server=127.0.0.1:9",
    "--host-rules=MAP * 127.0.0.1",
    `--user-data-dir=${folder}`,
    "--Allow-Running-Insecure-Content",
    "-r",
  ])
    await test.step(given, async () => {
      const { code, log } = await runProduct([given]);
      expect(code).toBe(2);
      expect(log).toContain('"event":"app.switchRefused"');
      expect(log).not.toContain('"event":"window.opened"');
    });
});

test("S44 a signal opens no inspector", async () => {
  const userData = newUserData();
  const child = spawn(join(PRODUCT, "service-hall"), terminalArgs({ windowed: true }, userData), {
    env: cleanEnv(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString()));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await expect.poll(() => hasStarted(readLog(userData)), { timeout: READY_MS }).toBe(true);
  child.kill("SIGUSR1");
  await sleep(1_000);
  expect(told).not.toMatch(/Debugger listening|DevTools listening/);
  await expect(fetch("http://127.0.0.1:9229/json")).rejects.toThrow();
  child.kill("SIGTERM");
  await ended;
  rmSync(userData, { recursive: true, force: true });
});

test("S52 the environment runs no code of its own", async () => {
  const marker = join(folder, "marker.js");
  const trace = join(folder, "trace");
  writeFileSync(marker, `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "ran")`);
  for (const env of [
    { ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: `--require ${marker}` },
    { NODE_OPTIONS: `--require ${marker}` },
    { ELECTRON_RUN_AS_NODE: "1" },
  ]) {
    const { log } = await runProduct(["-e", `require(${JSON.stringify(marker)})`], env, (look) => hasStarted(look.log));
    expect(log).toContain('"event":"app.started"');
    expect(existsSync(trace)).toBe(false);
  }
});

test("the test build of the package enrols and shows a kiosk behind the same locks", async () => {
  const node = await startHostileNode();
  const terminal = await launchTerminal({
    role: "kiosk",
    node: node.url,
    enrol: "KIOSK1",
    windowed: true,
    executable: join(TEST_BUILD, "service-hall"),
  });
  try {
    expect(terminal.page.url().replace(/#.*$/, "")).toBe(APP_PAGE);
    expect(await terminal.app.evaluate(({ app, Menu }) => [app.isPackaged, Menu.getApplicationMenu()])).toEqual([
      true,
      null,
    ]);
    const opened = await terminal.app.evaluate(async ({ webContents }) => {
      const contents = webContents.getAllWebContents()[0];
      contents?.openDevTools({ mode: "detach" });
      await new Promise((done) => setTimeout(done, 400));
      return contents?.isDevToolsOpened();
    });
    expect(opened, "S43 developer tools").toBe(false);
  } finally {
    await terminal.close();
    await node.stop();
  }
});
