import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import fc from "fast-check";
import { staffChannels, type StaffChannel } from "../../shared/contract/ipc.ts";
import { APP_PAGE, findExecutable, launchTerminal, readLog, type LaunchedTerminal } from "./helpers/electron.ts";
import { countLogged, expectUntouched, filesBelow, markDocument, textOf } from "./helpers/attack.ts";
import { CANARY, startHostileNode, type HostileNode } from "./helpers/hostile-node.ts";

/** Section D of the security list: IPC and the main process. */
const CHANNELS = Object.keys(staffChannels) as StaffChannel[];

let node: HostileNode;
let kiosk: LaunchedTerminal;
let setup: LaunchedTerminal;

test.beforeAll(async () => {
  node = await startHostileNode();
  kiosk = await launchTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1", windowed: true });
  setup = await launchTerminal({ role: "setup", node: node.url, windowed: true });
});

test.afterAll(async () => {
  await setup.close();
  await kiosk.close();
  await node.stop();
});

/** Calls a bridge function with arguments given as JSON text, so that keys like __proto__ stay keys. */
const callBridge = (
  { page }: LaunchedTerminal,
  calls: readonly { channel: string; args: string }[],
): Promise<string[]> =>
  page.evaluate(async (list) => {
    const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const outcomes: string[] = [];
    for (const { channel, args } of list) {
      const call = bridge[channel];
      outcomes.push(
        call
          ? await call(...(JSON.parse(args) as unknown[])).then(
              () => "answered",
              (error: unknown) => (error as Error).message,
            )
          : "absent",
      );
    }
    return outcomes;
  }, calls);

test("S33 every channel refuses frames, windows and pages that are not ours", async () => {
  const outcomes = await kiosk.app.evaluate(
    async ({ ipcMain, webContents, BrowserWindow }, { channels, page }) => {
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })
        ._invokeHandlers;
      const own = webContents.getAllWebContents()[0];
      if (!own) return { registered: [], refused: [], notRefused: ["no window"] };
      const foreign = new BrowserWindow({ show: false });
      await foreign.loadURL("data:text/html,x").catch(() => undefined);
      const frame = own.mainFrame;
      const senders: Record<string, object> = {
        "no frame": { sender: own, senderFrame: null },
        "a frame within": { sender: own, senderFrame: { parent: frame, origin: "app://service-hall", url: page } },
        "another origin": {
          sender: own,
          senderFrame: { parent: null, origin: "https://evil.test", url: "https://evil.test/" },
        },
        "a copy of the frame": { sender: own, senderFrame: { parent: null, origin: "app://service-hall", url: page } },
        "another window": { sender: foreign.webContents, senderFrame: foreign.webContents.mainFrame },
        "our frame in another window": { sender: foreign.webContents, senderFrame: frame },
      };
      const notRefused: string[] = [];
      for (const channel of channels)
        for (const [name, event] of Object.entries(senders)) {
          const reply = await handlers.get(channel)?.(event);
          if (JSON.stringify(reply) !== '{"ok":false,"refusal":"foreign_sender"}')
            notRefused.push(`${channel} from ${name}: ${JSON.stringify(reply)}`);
        }
      foreign.destroy();
      return { registered: [...handlers.keys()], notRefused };
    },
    { channels: CHANNELS, page: APP_PAGE },
  );
  expect(outcomes.notRefused).toEqual([]);
  expect(outcomes.registered.sort()).toEqual([...CHANNELS].sort());
});

test("S33 a frame in our page has no bridge", async () => {
  const inFrame = await kiosk.page.evaluate(async () => {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<p>x</p>";
    document.body.append(frame);
    await new Promise((done) => setTimeout(done, 300));
    const found = frame.contentWindow ? "terminal" in frame.contentWindow : false;
    frame.remove();
    return found;
  });
  expect(inFrame).toBe(false);
});

test("S33 a public screen is refused every channel that is not for it, even by name", async () => {
  const outcomes = await kiosk.app.evaluate(async ({ ipcMain, webContents }, channels) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })
      ._invokeHandlers;
    const own = webContents.getAllWebContents()[0];
    const allowed: string[] = [];
    for (const channel of channels) {
      const reply = await handlers.get(channel)?.({ sender: own, senderFrame: own?.mainFrame });
      if (JSON.stringify(reply) !== '{"ok":false,"refusal":"not_allowed"}') allowed.push(channel);
    }
    return allowed.sort();
  }, CHANNELS);
  expect(outcomes).toEqual([
    "journal.change",
    "journal.read",
    "personCard.cancel",
    "personCard.read",
    "terminal.attend",
    "terminal.facts",
    "terminal.info",
    "terminal.isNodeTrusted",
    "terminal.log",
    "terminal.session",
    "ticket.print",
  ]);
});

const settingsOf = ({ userData }: LaunchedTerminal) => readFileSync(join(userData, "settings.json"), "utf8");

test("S34 S38 arguments that do not fit are refused, change nothing and poison nothing", async () => {
  const strange = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(
      '[{"__proto__":{"admin":true}}]',
      '[{"constructor":{"prototype":{"admin":true}}}]',
      '["app.started",{"__proto__":{"admin":true},"x":{}}]',
      `["${"x".repeat(100_000)}"]`,
      "[[[[[[[]]]]]]]",
      "[1e400]",
      "[null,null,null]",
      '[{"kind":"tcp","host":"127.0.0.1","port":70000}]',
      '["zh-TW"]',
      "[-1]",
      '[{"nodeUrl":"x","code":"y"}]',
    ),
  );
  const before = settingsOf(setup);
  const calls: { channel: StaffChannel; args: string }[] = [];
  for (const channel of CHANNELS)
    for (const text of fc.sample(strange, { numRuns: 60, seed: 20260302 })) {
      const parsed: unknown = JSON.parse(text);
      const args = Array.isArray(parsed) ? parsed : [parsed];
      if (!staffChannels[channel].args.safeParse(args).success) calls.push({ channel, args: JSON.stringify(args) });
    }
  expect(calls.length).toBeGreaterThan(500);
  const outcomes = await callBridge(setup, calls);
  const wrong = outcomes.flatMap((outcome, index) =>
    /^refused: (bad_arguments|not_allowed)$/.test(outcome)
      ? []
      : [`${outcome} ${JSON.stringify(calls[index]).slice(0, 200)}`],
  );
  expect(wrong).toEqual([]);
  expect(settingsOf(setup)).toBe(before);
  const polluted = () => Reflect.get({}, "admin") !== undefined;
  expect(await setup.page.evaluate(polluted)).toBe(false);
  expect(await setup.app.evaluate(polluted)).toBe(false);
});

test("S34 what cannot be copied to another process is refused too", async () => {
  await markDocument(setup.page);
  const outcomes = await setup.page.evaluate(async () => {
    const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => unknown>;
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const found: string[] = [];
    for (const value of [
      cyclic,
      () => 1,
      Symbol("x"),
      document.body,
      10n,
      new Proxy({}, {}),
      new Map([[1, 2]]),
      new Error("x"),
    ]) {
      try {
        await bridge["setup.setPrinter"]?.(value);
        found.push("answered");
      } catch {
        found.push("refused");
      }
    }
    return found;
  });
  expect(new Set(outcomes)).toEqual(new Set(["refused"]));
  await expectUntouched(setup, 1);
});

test("S35 no channel takes a path, a command or SQL", () => {
  const source = readFileSync(join(import.meta.dirname, "../../shared/contract/ipc.ts"), "utf8");
  expect(source).not.toMatch(/\b(path|file|command|sql|query|script)\w*:\s*z\./i);
  // The one address that is taken goes through parseNodeUrl (S30).
  expect(source.match(/nodeUrl: z\./g)).toHaveLength(1);
  // A workbook goes where the person says in the system's own dialog: the page names a file, never a folder.
  const saving = readFileSync(join(import.meta.dirname, "../../electron/ipc/sheet-save.ts"), "utf8");
  expect(saving).toContain("dialog.showSaveDialog(");
  expect(saving).toContain("writeFile(filePath,");
  for (const file of readdirSync(join(import.meta.dirname, "../../electron/ipc")).filter(
    (each) => each !== "sheet-save.ts",
  ))
    expect(readFileSync(join(import.meta.dirname, "../../electron/ipc", file), "utf8"), file).not.toMatch(
      /node:(child_process|fs|vm)|shell\.|\beval\b/,
    );
});

/** Asks the page through the main process, because Playwright's own page object dies with the renderer. */
const pageAnswers = ({ app }: LaunchedTerminal): Promise<boolean> =>
  app.evaluate(({ webContents }) => {
    const contents = webContents.getAllWebContents()[0];
    if (!contents || contents.isCrashed()) return false;
    return Promise.race([
      contents.executeJavaScript(
        "typeof window.terminal === 'object' && document.readyState === 'complete'",
      ) as Promise<boolean>,
      new Promise<boolean>((done) => setTimeout(() => done(false), 1_000)),
    ]).catch(() => false);
  });

test("S36 a crashed screen is back within three seconds, its local data unchanged", async () => {
  const terminal = await launchTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK2", windowed: true });
  try {
    await terminal.page.evaluate(async () => {
      await new Promise((done, fail) => {
        const open = indexedDB.open("crash-probe");
        open.onupgradeneeded = () => open.result.createObjectStore("kept").put("still here", 1);
        open.onsuccess = () => done(undefined);
        open.onerror = fail;
      });
    });
    await terminal.app.evaluate(({ webContents }) => {
      webContents.getAllWebContents()[0]?.forcefullyCrashRenderer();
    });
    const since = Date.now();
    await expect.poll(() => pageAnswers(terminal), { timeout: 3_000, intervals: [100] }).toBe(true);
    expect(Date.now() - since).toBeLessThan(3_000);
    const kept = await terminal.app.evaluate(
      ({ webContents }) =>
        webContents.getAllWebContents()[0]?.executeJavaScript(`new Promise((done) => {
          const open = indexedDB.open("crash-probe");
          open.onsuccess = () => { const get = open.result.transaction("kept").objectStore("kept").get(1); get.onsuccess = () => done(get.result); };
        })`) as Promise<string>,
    );
    expect(kept).toBe("still here");
    expect(terminal.log()).toContain('"event":"window.crashed"');
  } finally {
    await terminal.close();
  }
});

test("S37 a screen that hangs is started again without anybody touching it", async () => {
  const terminal = await launchTerminal({ role: "display", node: node.url, enrol: "DISPLAY1", windowed: true });
  try {
    // The watch begins with the first answer of the page.
    await terminal.page.waitForTimeout(3_500);
    await terminal.app.evaluate(({ webContents }) => {
      void webContents.getAllWebContents()[0]?.executeJavaScript("setTimeout(() => { for (;;); }); undefined");
    });
    await expect.poll(() => countLogged(terminal, "window.hung"), { timeout: 30_000 }).toBe(1);
    await expect.poll(() => pageAnswers(terminal), { timeout: 5_000 }).toBe(true);
  } finally {
    await terminal.close();
  }
});

test("S37 a screen that has used up its memory is back by itself", async () => {
  // Sixty-four megabytes are a screen's in this start, so that the machine keeps the rest.
  const switches = ["--js-flags=--max-old-space-size=64"];
  const terminal = await launchTerminal({
    role: "display",
    node: node.url,
    enrol: "DISPLAY2",
    windowed: true,
    switches,
  });
  try {
    await terminal.app.evaluate(({ webContents }) => {
      void webContents
        .getAllWebContents()[0]
        ?.executeJavaScript(
          "setTimeout(() => { const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length)); }); undefined",
        );
    });
    await expect.poll(() => countLogged(terminal, "window.crashed"), { timeout: 20_000 }).toBe(1);
    await expect.poll(() => pageAnswers(terminal), { timeout: 10_000 }).toBe(true);
  } finally {
    await terminal.close();
  }
});

test("S37 the main process outlives a failure nobody caught and the end of the GPU process", async () => {
  await kiosk.app.evaluate(() => {
    void Promise.reject(new Error("nobody caught this"));
    setTimeout(() => {
      throw new Error("nor this");
    });
  });
  await expect.poll(() => countLogged(kiosk, "app.unexpected")).toBe(2);
  const pids = await kiosk.app.evaluate(({ app }) =>
    app.getAppMetrics().flatMap(({ type, pid }) => (type === "GPU" ? [pid] : [])),
  );
  for (const pid of pids) process.kill(pid, "SIGKILL");
  if (pids.length > 0) await expect.poll(() => countLogged(kiosk, "process.gone")).toBeGreaterThan(0);
  await kiosk.page.waitForTimeout(500);
  expect(await pageAnswers(kiosk)).toBe(true);
});

test("S39 S40 secrets are sealed, and neither they nor personal data are in any file or log", async () => {
  const terminal = await launchTerminal({
    role: "window",
    node: node.url,
    enrol: "WINDOW9",
    bounds: { x: 0, y: 0, width: 800, height: 600 },
  });
  try {
    const info = await terminal.page.evaluate(async () => {
      const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>;
      return bridge["terminal.info"]?.();
    });
    expect(info).toMatchObject({ credentials: { secret: CANARY.secret } });
    const backend = await terminal.app.evaluate(({ safeStorage }) =>
      process.platform === "linux" ? safeStorage.getSelectedStorageBackend() : "system",
    );
    expect(info).toMatchObject(
      backend === "basic_text"
        ? { keyStore: "weak", notices: [{ code: "key_store_weak", detail: "weak" }] }
        : { keyStore: "system", notices: [] },
    );
    const calls = [
      {
        channel: "terminal.log",
        args: JSON.stringify([
          "ui.error",
          { name: "x", message: `failed for ${CANARY.idNumber}`, secret: CANARY.secret },
        ]),
      },
      { channel: "terminal.log", args: JSON.stringify([CANARY.idNumber, {}]) },
      { channel: "terminal.log", args: JSON.stringify(["ui.error", { message: "call 13800138000 back" }]) },
    ];
    expect(await callBridge(terminal, calls)).toEqual(["answered", "answered", "answered"]);
    expect(terminal.log()).toContain("failed for <digits>");
    await terminal.app.close();
    const dataKey = (info as { dataKey: string }).dataKey;
    for (const file of filesBelow(terminal.userData)) {
      const text = textOf(file);
      for (const canary of [CANARY.secret, CANARY.reviewSecret, CANARY.idNumber, "13800138000", dataKey])
        expect(text.includes(canary), `${canary} in ${file}`).toBe(false);
    }
    expect(statSync(join(terminal.userData, "settings.json")).mode & 0o077).toBe(0);
    expect(readLog(terminal.userData)).toContain('"event":"enrol.done"');
  } finally {
    await terminal.close();
  }
});

const hasKeyring = ["dbus-run-session", "gnome-keyring-daemon"].every(
  (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0,
);

test("S40 where there is a key store, secrets are sealed by it, nothing warns, and without it they stay shut", async () => {
  test.skip(!hasKeyring, "needs dbus-run-session and gnome-keyring-daemon (Debian: dbus, gnome-keyring)");
  const home = mkdtempSync(join(tmpdir(), "service-hall-keyring-"));
  const executable = join(home, "start");
  const unlock = "printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
  writeFileSync(
    executable,
    `#!/bin/sh\nexec dbus-run-session -- sh -c '${unlock}; exec "$0" "$@"' "${await findExecutable()}" "$@"\n`,
    { mode: 0o755 },
  );
  const userData = join(home, "data");
  const options = { role: "window", node: node.url, userData, windowed: true } as const;
  const secretOf = ({ page }: LaunchedTerminal) =>
    page.evaluate(async () => {
      const bridge = Reflect.get(window, "terminal") as Record<string, () => Promise<Record<string, unknown>>>;
      const { credentials, keyStore, notices } = (await bridge["terminal.info"]?.()) ?? {};
      return { secret: (credentials as { secret: string } | null)?.secret ?? null, keyStore, notices };
    });
  const env = { HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, "share") };
  const withKeyring = { ...options, executable, switches: ["--password-store=gnome-libsecret"], env };
  try {
    const enrolled = await launchTerminal({ ...withKeyring, enrol: "WINDOW8" });
    const backend = await enrolled.app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());
    const sealed = { secret: CANARY.secret, keyStore: "system", notices: [] };
    const info = await secretOf(enrolled);
    await enrolled.close();
    expect([backend, info]).toEqual(["gnome_libsecret", sealed]);
    const again = await launchTerminal(withKeyring);
    const kept = await secretOf(again);
    await again.close();
    expect(kept).toEqual(sealed);
    // A thief has the disk and not the person's keyring.
    const stolen = await launchTerminal(options);
    const read = await secretOf(stolen);
    await stolen.close();
    expect(read.secret).toBeNull();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
