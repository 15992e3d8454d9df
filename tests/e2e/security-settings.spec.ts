import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { filesBelow, textOf } from "./helpers/attack.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { CANARY, startHostileNode, type HostileNode } from "./helpers/hostile-node.ts";

/** A terminal starts whatever its settings, its key store and its command line say, and says what is wrong. */
let node: HostileNode;
let userData: string;

test.beforeAll(async () => {
  node = await startHostileNode();
});

test.afterAll(async () => {
  await node.stop();
});

test.beforeEach(() => {
  userData = newUserData();
});

test.afterEach(() => {
  rmSync(userData, { recursive: true, force: true });
});

interface Info {
  readonly role: string;
  readonly display: string;
  readonly dataKey: string;
  readonly counterId: string | null;
  readonly credentials: { deviceId: string; secret: string } | null;
  readonly notices: readonly { code: string; detail: string }[];
}

const infoOf = ({ page }: Pick<LaunchedTerminal, "page">): Promise<Info> =>
  page.evaluate(() => {
    const bridge = Reflect.get(window, "terminal") as { "terminal.info"(): Promise<unknown> };
    return bridge["terminal.info"]();
  }) as Promise<Info>;

const changeJournal = (page: Page, kept: readonly object[], dropped: readonly string[]) =>
  page.evaluate(
    ([rows, names]) =>
      (Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>)["journal.change"]?.(
        rows,
        names,
      ),
    [kept, dropped] as const,
  );

const codesOf = ({ notices }: Info): string[] =>
  notices.map(({ code }) => code).filter((code) => code !== "key_store_weak");

const withTerminal = async <T>(
  options: Parameters<typeof launchTerminal>[0],
  work: (terminal: LaunchedTerminal) => Promise<T>,
): Promise<T> => {
  const terminal = await launchTerminal({ windowed: true, userData, ...options });
  try {
    return await work(terminal);
  } finally {
    await terminal.close();
  }
};

/** A counter that is being enrolled, with the applicant's screen beside the clerk's. */
const twoScreens = (): Parameters<typeof launchTerminal>[0] => ({
  role: "window",
  node: node.url,
  enrol: "WINDOW1",
  windowed: false,
  bounds: { x: 0, y: 0, width: 700, height: 500 },
  secondBounds: { x: 300, y: 100, width: 500, height: 400 },
});

test("an enrolled terminal is itself again after a restart, without any option", async () => {
  const first = await withTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1" }, infoOf);
  const again = await withTerminal({}, infoOf);
  expect(again).toMatchObject({ role: "kiosk", credentials: { deviceId: "device-1", secret: CANARY.secret } });
  expect(again.dataKey).toBe(first.dataKey);
  expect(Buffer.from(again.dataKey, "base64")).toHaveLength(32);
});

test("a wrong code leads to the set-up, with the sentence", async () => {
  const info = await withTerminal({ role: "kiosk", node: node.url, enrol: "WRONG1" }, infoOf);
  expect(info).toMatchObject({ role: "setup", credentials: null });
  expect(info.notices.find(({ code }) => code === "enrol_failed")?.detail).toContain("注册码");
});

test("asked for another role than it is enrolled for, it shows the set-up and says so", async () => {
  await withTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1" }, infoOf);
  const info = await withTerminal({ role: "display" }, infoOf);
  expect(info.role).toBe("setup");
  expect(codesOf(info)).toEqual(["role_differs"]);
});

for (const [name, text] of Object.entries({
  "half a file": '{ "version": 1, "langu',
  "an empty file": "",
  "another kind of file": "\u0000\u0001\u0002",
  "a newer version": '{ "version": 9 }',
  "a list": "[]",
}))
  test(`settings that are ${name} are set aside and said`, async () => {
    mkdirSync(userData, { recursive: true });
    writeFileSync(join(userData, "settings.json"), text);
    const info = await withTerminal({}, infoOf);
    expect(info.role).toBe("setup");
    expect(codesOf(info)).toEqual(["settings_set_aside"]);
    const aside = readdirSync(userData).find((file) => file.includes(".broken-"));
    expect(readFileSync(join(userData, aside ?? "missing"), "utf8")).toBe(text);
    expect(codesOf(await withTerminal({}, infoOf)), "said once").toEqual([]);
  });

test("after a step back it is itself, and the file keeps for the later version what only that understands", async () => {
  await withTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1" }, infoOf);
  const file = join(userData, "settings.json");
  const read = () => JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
  const later = { printer: { ...read()["printer"], kind: "bluetooth" }, lamp: { on: true } };
  writeFileSync(file, JSON.stringify({ ...read(), ...later }));
  await withTerminal({ role: "setup" }, async ({ page }) => {
    const info = await infoOf({ page });
    expect(info).toMatchObject({ credentials: { deviceId: "device-1" } });
    expect(info.notices).toContainEqual({ code: "settings_not_understood", detail: "printer" });
    await expect(page.locator(".notice-detail")).toHaveText("号票打印机");
    await page.evaluate(() =>
      (Reflect.get(window, "terminal") as Record<string, (text: string) => Promise<unknown>>)["setup.setLanguage"]?.(
        "en",
      ),
    );
  });
  expect(await withTerminal({}, infoOf)).toMatchObject({ role: "kiosk", language: "en" });
  expect(read()).toMatchObject({ language: "en", ...later });
});

test("what the key store cannot open is set aside, not deleted", async () => {
  const first = await withTerminal({ role: "kiosk", node: node.url, enrol: "KIOSK1" }, infoOf);
  const file = join(userData, "settings.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as { dataKey: { data: string } };
  // As after a move to another machine or account: sealed by a key that is not here.
  settings.dataKey.data = Buffer.from("v11 another key store altogether").toString("base64");
  writeFileSync(file, JSON.stringify(settings));
  const info = await withTerminal({}, infoOf);
  expect(info).toMatchObject({ role: "setup", credentials: null });
  expect(info.dataKey).not.toBe(first.dataKey);
  expect(codesOf(info)).toEqual(["key_store_changed"]);
  const aside = readdirSync(userData).find((name) => name.includes(".sealed-"));
  expect(JSON.parse(readFileSync(join(userData, aside ?? "missing"), "utf8"))).toMatchObject({
    enrolment: { deviceId: "device-1" },
  });
});

test("set-up enrols, and the restart opens the role's screen in the same process", async () => {
  await withTerminal({ role: "setup" }, async ({ app, page }) => {
    const outcome = await page.evaluate(async (url) => {
      const bridge = Reflect.get(window, "terminal") as Record<string, (...args: unknown[]) => Promise<unknown>>;
      return [
        await bridge["setup.testNode"]?.(url, ""),
        await bridge["setup.enrol"]?.({ nodeUrl: url, code: "nope", name: "一号机" }),
        await bridge["setup.enrol"]?.({ nodeUrl: url, code: "kiosk7", name: "一号机" }),
        await bridge["setup.diagnostics"]?.(),
      ];
    }, node.url);
    expect(outcome.slice(0, 3)).toMatchObject([
      { ok: true, value: { hallName: "测试大厅" } },
      { ok: false, error: { code: "enrol_code_unknown" } },
      { ok: true, value: { hallName: "测试大厅", role: "kiosk" } },
    ]);
    expect((outcome[3] as { id: string }[]).map(({ id }) => id).sort()).toEqual(
      ["clock", "disk", "displays", "keyStore", "node", "printer", "settings"].sort(),
    );
    await page
      .evaluate(() => (Reflect.get(window, "terminal") as { "setup.restart"(): Promise<null> })["setup.restart"]())
      .catch(() => undefined);
    // The one window of before is gone, and the new one may change its process while it loads.
    await expect(async () => {
      const [kiosk, ...others] = app.windows();
      expect(others).toEqual([]);
      expect(await infoOf({ page: kiosk! })).toMatchObject({ role: "kiosk", counterId: null });
    }).toPass({ timeout: 15_000 });
  });
});

test("S62 a terminal leaves its hall when its second screen holds nothing unsent; it keeps nothing and cannot speak for the hall any more", async () => {
  const mark = "canary-of-the-hall-62";
  const write = (text: string) =>
    new Promise((done, fail) => {
      localStorage.setItem("kept", text);
      const open = indexedDB.open("hall-of-before");
      open.onupgradeneeded = () => open.result.createObjectStore("rows").put(text, 1);
      open.onsuccess = () => done(open.result.close());
      open.onerror = fail;
    });
  const held = () => filesBelow(userData).filter((file) => textOf(file).includes(mark));
  const before = await withTerminal(twoScreens(), async (terminal) => {
    const second = await terminal.secondPage();
    for (const page of [terminal.page, second]) await page.evaluate(write, mark);
    await changeJournal(second, [{ key: "a", text: "a review" }], []);
    return infoOf(terminal);
  });
  mkdirSync(join(userData, "outbox"), { recursive: true });
  const unsentReview = readFileSync(join(userData, "outbox", "device-2.journal"), "utf8");
  expect(unsentReview).not.toBe("");
  const leave = (page: Page) =>
    page.evaluate(() =>
      (Reflect.get(window, "terminal") as Record<string, (unsent: number) => Promise<unknown>>)["setup.leaveHall"]?.(0),
    );
  await withTerminal({ role: "setup" }, async ({ page }) => {
    expect(await leave(page)).toEqual({ ok: false, error: { code: "outbox_not_empty", unsent: 1 } });
    expect(await infoOf({ page })).toMatchObject({ dataKey: before.dataKey, credentials: { deviceId: "device-1" } });
  });
  writeFileSync(join(userData, "outbox", "device-2.journal"), `${mark}\n`);
  expect(held().length).toBeGreaterThan(2);
  const setup = await withTerminal({ role: "setup" }, async ({ page }) => {
    expect(await leave(page)).toEqual({ ok: true, value: null });
    return {
      databases: await page.evaluate(() => indexedDB.databases()),
      session: await page.evaluate(() =>
        (Reflect.get(window, "terminal") as { "terminal.session"(): Promise<unknown> })["terminal.session"]().then(
          () => "answered",
          () => "refused",
        ),
      ),
      info: await infoOf({ page }),
    };
  });
  expect(setup.databases).toEqual([]);
  expect(setup.session).toBe("refused");
  expect(setup.info.credentials).toBeNull();
  expect(setup.info.dataKey).not.toBe(before.dataKey);
  const after = await withTerminal({}, infoOf);
  expect(after).toMatchObject({ role: "setup", credentials: null, dataKey: setup.info.dataKey });
  expect(held()).toEqual([]);
});

test("the applicant's screen is a device of its own beside the counter's", async () => {
  await withTerminal(twoScreens(), async (terminal) => {
    expect(await infoOf(terminal)).toMatchObject({ role: "window", display: "main", counterId: "1" });
    expect(await infoOf({ page: await terminal.secondPage() })).toMatchObject({
      role: "review",
      display: "second",
      counterId: "1",
      credentials: { deviceId: "device-2", secret: CANARY.reviewSecret },
    });
  });
});

test("on two displays the applicant's screen fills the second one", async () => {
  test.skip(process.env["SERVICE_HALL_DISPLAYS"] !== "2", "needs two displays (Xorg with the dummy driver)");
  await withTerminal({ role: "window", node: node.url, enrol: "WINDOW1", windowed: false }, async (terminal) => {
    await terminal.secondPage();
    const placed = await terminal.app.evaluate(({ BrowserWindow, screen }) => {
      const [first, second] = screen.getAllDisplays();
      return {
        second: second?.bounds,
        first: first?.bounds,
        windows: BrowserWindow.getAllWindows().map((window) => ({
          title: window.getTitle(),
          bounds: window.getBounds(),
          kiosk: window.isKiosk(),
        })),
      };
    });
    const applicant = placed.windows.find(({ title }) => title.includes("窗口副屏"));
    expect(applicant).toMatchObject({ kiosk: true, bounds: placed.second });
  });
});
