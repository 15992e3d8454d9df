import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { cleanEnv, findExecutable, launchTerminal, terminalArgs, type LaunchedTerminal } from "./helpers/electron.ts";
import { countLogged, expectUntouched, markDocument } from "./helpers/attack.ts";
import { namespaceOf, somebodyElse } from "./helpers/somebody-else.ts";
import { startHostileNode, type HostileNode } from "./helpers/hostile-node.ts";

/** Section A of the security list: process and window configuration. */
const ROOT = join(import.meta.dirname, "../..");

let node: HostileNode;
let kiosk: LaunchedTerminal;
let counter: LaunchedTerminal;

test.beforeAll(async () => {
  node = await startHostileNode();
  kiosk = await launchTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1", windowed: true });
  counter = await launchTerminal({
    role: "window",
    node: node.url,
    enrol: "WINDOW1",
    bounds: { x: 0, y: 0, width: 800, height: 600 },
    secondBounds: { x: 400, y: 100, width: 600, height: 500 },
  });
});

test.afterAll(async () => {
  await counter.close();
  await kiosk.close();
  await node.stop();
});

test("S01 the Electron that is shipped is a supported major", async () => {
  const { majors } = JSON.parse(readFileSync(join(import.meta.dirname, "electron-supported.json"), "utf8")) as {
    majors: number[];
  };
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    devDependencies: { electron: string };
  };
  expect(majors).toContain(Number(devDependencies.electron.split(".")[0]));
  const running = await kiosk.app.evaluate(() => process.versions["electron"] ?? "");
  if (!majors.includes(Number(running.split(".")[0])))
    test.info().annotations.push({
      type: "substitute",
      description: `these tests ran on Electron ${running}, which is not shipped`,
    });
});

test("S02 isolation, sandbox and web security hold in every web contents of every kind of window", async () => {
  const setup = await launchTerminal({ role: "setup", windowed: true });
  try {
    await counter.secondPage();
    for (const { app } of [kiosk, counter, setup]) {
      const all = await app.evaluate(({ webContents }) =>
        webContents
          .getAllWebContents()
          .map((contents) =>
            (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences(),
          ),
      );
      expect(all.length).toBeGreaterThan(0);
      for (const preferences of all) {
        expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, webSecurity: true });
        // Those that are off are left out of the list.
        for (const power of [
          "nodeIntegration",
          "nodeIntegrationInWorker",
          "nodeIntegrationInSubFrames",
          "webviewTag",
          "navigateOnDragDrop",
          "spellcheck",
          "allowRunningInsecureContent",
          "experimentalFeatures",
        ])
          expect(preferences[power] ?? false, power).toBe(false);
      }
    }
  } finally {
    await setup.close();
  }
});

test("S03 the renderer has no Node", async () => {
  for (const page of [kiosk.page, counter.page, await counter.secondPage()])
    expect(
      await page.evaluate(() =>
        ["require", "process", "module", "Buffer", "global", "setImmediate", "__dirname", "electron"].filter(
          (name) => name in globalThis,
        ),
      ),
    ).toEqual([]);
});

test("S04 nothing of the preload's world reaches a page that has bent the language", async () => {
  const leaks = await kiosk.page.evaluate(async () => {
    const seen: string[] = [];
    const plainText: () => string = Reflect.get(Function.prototype, "toString");
    const text = (of: unknown) => Reflect.apply(plainText, of, []);
    const look = (value: unknown) => {
      if (typeof value === "function" && /ipcRenderer|require\(/.test(text(value))) seen.push(text(value));
      if (typeof value === "object" && value !== null && ("sender" in value || "invoke" in value))
        seen.push("ipc object");
    };
    const bend = (target: object, name: string) => {
      const original = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      Reflect.set(target, name, function (this: unknown, ...args: unknown[]) {
        look(this);
        args.forEach(look);
        return Reflect.apply(original, this, args);
      });
      return () => Reflect.set(target, name, original);
    };
    const undo = [
      bend(Array.prototype, "join"),
      bend(Array.prototype, "map"),
      bend(Function.prototype, "call"),
      bend(Promise.prototype, "then"),
      bend(Object, "fromEntries"),
    ];
    const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => unknown>;
    for (const name of Object.keys(bridge)) {
      try {
        await bridge[name]?.(() => undefined);
      } catch {
        // Refused, which is fine: only what is seen on the way counts.
      }
    }
    undo.forEach((back) => back());
    return seen;
  });
  expect(leaks).toEqual([]);
});

const PUBLIC_SURFACE = [
  "applicant.answer",
  "journal.change",
  "journal.read",
  "onCounterScreen",
  "onInputPaused",
  "personCard.cancel",
  "personCard.read",
  "terminal.attend",
  "terminal.facts",
  "terminal.info",
  "terminal.isNodeTrusted",
  "terminal.log",
  "terminal.session",
  "ticket.print",
];
const STAFF_SURFACE = [
  "applicant.answer",
  "counterScreen.show",
  "document.print",
  "document.save",
  "idReader.cancel",
  "idReader.read",
  "journal.change",
  "journal.read",
  "launcher.open",
  "launcher.screens",
  "onApplicantAnswer",
  "onCounterScreen",
  "personCard.cancel",
  "personCard.read",
  "setup.diagnostics",
  "setup.displays",
  "setup.enrol",
  "setup.getCounterDisplay",
  "setup.getDocumentPrinter",
  "setup.getIdReader",
  "setup.getPrinter",
  "setup.leaveHall",
  "setup.printers",
  "setup.restart",
  "setup.serialPorts",
  "setup.setCounterDisplay",
  "setup.setDocumentPrinter",
  "setup.setIdReader",
  "setup.setLanguage",
  "setup.setPrinter",
  "setup.testCounterDisplay",
  "setup.testIdReader",
  "setup.testNode",
  "setup.testPrint",
  "sheet.save",
  "terminal.attend",
  "terminal.facts",
  "terminal.info",
  "terminal.isNodeTrusted",
  "terminal.log",
  "terminal.session",
  "ticket.print",
];

test("S05 the bridges have exactly the functions of the committed lists", async () => {
  const surface = () =>
    Object.entries(Reflect.get(window, "terminal") as object)
      .map(([name, value]) => `${name}:${typeof value}`)
      .sort();
  expect(await kiosk.page.evaluate(surface)).toEqual(PUBLIC_SURFACE.map((name) => `${name}:function`));
  expect(await (await counter.secondPage()).evaluate(surface)).toEqual(
    PUBLIC_SURFACE.map((name) => `${name}:function`),
  );
  expect(await counter.page.evaluate(surface)).toEqual(STAFF_SURFACE.map((name) => `${name}:function`));
  const frozen = await kiosk.page.evaluate(() => {
    const bridge = Reflect.get(window, "terminal") as Record<string, unknown>;
    try {
      bridge["terminal.info"] = () => "mine";
    } catch {
      // Frozen.
    }
    return Reflect.set(window, "terminal", {}) && Reflect.get(window, "terminal") !== bridge;
  });
  expect(frozen, "the bridge could be replaced").toBe(false);
});

test("S06 a listener gets the data and never the IPC event", async () => {
  const second = await counter.secondPage();
  await second.evaluate(() => {
    const bridge = Reflect.get(window, "terminal") as {
      onCounterScreen(listener: (...args: unknown[]) => void): () => void;
    };
    Reflect.set(window, "__got", []);
    bridge.onCounterScreen((...args) => (Reflect.get(window, "__got") as unknown[]).push(args));
  });
  const screen = { counterId: "1", counterNumber: 1, state: "free", number: "A007", review: null, applicant: null };
  await counter.page.evaluate(async (shown) => {
    const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>;
    await bridge["counterScreen.show"]?.(shown);
  }, screen);
  await expect
    .poll(() =>
      second.evaluate(() =>
        (Reflect.get(window, "__got") as unknown[][]).filter(([s]) => JSON.stringify(s).includes("A007")),
      ),
    )
    .toEqual([[screen]]);
});

test("S07 nothing of ours tells the program to go without the system's sandbox, but to root", () => {
  const script = readFileSync(join(ROOT, "scripts/lib/electron.mjs"), "utf8");
  expect(script, "--no-sandbox for root only").toMatch(/getuid\?\.\(\) === 0 \? \["--no-sandbox"\] : \[\]/);
  for (const file of [
    "package.json",
    "electron-builder.yml",
    "scripts/start.mjs",
    "electron/main.ts",
    "electron/terminal.ts",
  ])
    expect(readFileSync(join(ROOT, file), "utf8"), file).not.toContain("no-sandbox");
});

test("S07 the system keeps every screen in a sandbox, seen from outside", async () => {
  const person = somebodyElse();
  // A test that is left out ends here.
  if (person.cannot !== null) person.forget();
  test.skip(person.cannot !== null, person.cannot ?? "");
  const executable = await findExecutable();
  const terminal = await launchTerminal({
    role: "kiosk",
    windowed: true,
    isUnprivileged: true,
    userData: person.folder,
    executable: person.startsAs(executable),
    env: { HOME: person.folder },
  });
  try {
    expect(await terminal.app.evaluate(({ app }) => app.commandLine.hasSwitch("no-sandbox"))).toBe(false);
    const main = await terminal.app.evaluate(() => process.pid);
    let screens: readonly number[] = [];
    // A screen has no process until its page has been asked for.
    await expect
      .poll(async () => {
        screens = await terminal.app.evaluate(({ webContents }) =>
          webContents.getAllWebContents().map((each) => each.getOSProcessId()),
        );
        return screens.length > 0 && screens.every((pid) => pid > 0);
      })
      .toBe(true);
    for (const pid of screens) {
      const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
      expect(status, "a filter of system calls").toMatch(/^Seccomp:\t2$/m);
      expect(status, "no way to more rights").toMatch(/^NoNewPrivs:\t1$/m);
      expect(status, "no right beyond a person's").toMatch(/^CapEff:\t0+$/m);
      for (const space of ["user", "pid", "net"])
        expect(namespaceOf(pid, space), `its own ${space} namespace`).not.toBe(namespaceOf(main, space));
    }
  } finally {
    await terminal.close();
    person.forget();
  }
});

test("S08 a second start with the same data ends at once and shows the first", async () => {
  const started = Date.now();
  const second = spawn(await findExecutable(), terminalArgs({ windowed: true }, kiosk.userData), {
    env: cleanEnv(),
    stdio: "ignore",
  });
  const code = await new Promise((resolve) => second.once("exit", resolve));
  expect(code).toBe(0);
  expect(Date.now() - started).toBeLessThan(5_000);
  await expect.poll(() => countLogged(kiosk, "app.secondInstance")).toBe(1);
  expect(
    await kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible())),
  ).toEqual([true]);
});

test("S09 text does not become code in a page", async () => {
  for (const page of [kiosk.page, counter.page]) {
    const outcomes = await page.evaluate(async () => {
      // In a task of its own: what the inspector itself evaluates is excused from the policy.
      await new Promise((done) => setTimeout(done, 50));
      const tries = [
        () => (Reflect.get(globalThis, "eval") as (code: string) => unknown)("1"),
        () => Reflect.construct(Function, ["return 1"]),
      ];
      const names = tries.map((run) => {
        try {
          run();
          return "ran";
        } catch (error) {
          return (error as Error).name;
        }
      });
      setTimeout("window.__fromText = 1" as unknown as () => void);
      await new Promise((done) => setTimeout(done, 50));
      return [...names, Reflect.get(window, "__fromText") as unknown];
    });
    expect(outcomes).toEqual(["EvalError", "EvalError", undefined]);
  }
});

test("S10 no webview and no foreign frame", async () => {
  await markDocument(kiosk.page);
  const violations = await kiosk.page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    for (const tag of ["webview", "iframe", "object", "embed"]) {
      const element = document.createElement(tag);
      element.setAttribute(tag === "object" ? "data" : "src", "https://evil.test/");
      document.body.append(element);
    }
    await new Promise((done) => setTimeout(done, 400));
    document.querySelectorAll("webview,iframe,object,embed").forEach((element) => element.remove());
    return seen;
  });
  expect(violations).toContain("frame-src");
  await expectUntouched(kiosk, 1);
});
