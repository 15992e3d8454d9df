import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { startCounterDisplaySimulator, type CounterDisplaySimulator } from "../helpers/counter-display-simulator.ts";
import { pressKey, screens, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { picture } from "./helpers/picture.ts";
import { openPreview } from "./helpers/preview.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * The boards of a hall and the strings of LEDs over its counters:
 *  1. A board that the plan gives zone A shows and lists zone A only; one without a zone shows the whole hall. Counter 2
 *     (zone A) calls: both show it. Counter 3 (zone B) calls: the board of zone A does not.
 *  2. The string of LEDs over counter 2 says the same as the counter, call, service and pause.
 *  3. Beside the calls the board plays a film from its own folder, silently, and again from the beginning.
 *  4. From 10 m the number, the rows and the next numbers are large enough to be read.
 *  5. Rows that are broken are left out, the board goes on.
 *  6. A machine that slept over half past three at night restarts its board when it wakes; the board shows the calls again.
 */

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let display: CounterDisplaySimulator;
let zoneA: LaunchedTerminal;
let whole: LaunchedTerminal;
const folders: string[] = [];
const terminals: LaunchedTerminal[] = [];

const userDataWith = (prepare: (folder: string) => void): string => {
  const folder = newUserData();
  folders.push(folder);
  prepare(folder);
  return folder;
};
const launch = async (options: Parameters<typeof launchTerminal>[0]): Promise<LaunchedTerminal> => {
  const terminal = await launchTerminal(options);
  terminals.push(terminal);
  return terminal;
};

/** Enrols by hand, because the name of the terminal is what the plan knows a board by. */
const launchNamed = async (name: string): Promise<LaunchedTerminal> => {
  const terminal = await launch({ bounds: screens.wide });
  const { page } = terminal;
  await page.getByLabel(/大厅节点地址/).fill(node.url);
  await page.getByLabel(/注册码/).fill(await node.code("display"));
  await page.getByLabel(/终端名称/).fill(name);
  await page.getByRole("button", { name: "注册本终端" }).click();
  await page.getByRole("button", { name: "进入工作界面" }).click();
  let board: Page | undefined;
  await expect(async () => {
    board = terminal.app.windows().at(-1);
    await expect(board!.locator(".board-main")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  return { ...terminal, page: board! };
};

const takeNumber = async (page: Page): Promise<string> => {
  await page.getByRole("button", { name: /个人/ }).first().click();
  await takeAnonymously(page);
  const number = await page.getByTestId("number").innerText();
  await page.getByRole("button", { name: /完成/ }).click();
  return number;
};

const startClerk = async (counter: string, clerkNo: string): Promise<LaunchedTerminal> => {
  const userData = userDataWith((folder) => {
    const counterDisplay = { kind: counter === "2" ? "tcp" : "none", host: "127.0.0.1", port: display.port, cells: 8 };
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ version: 1, counterDisplay }));
  });
  const enrol = await node.code("window", counter);
  const clerk = await launch({ role: "window", node: node.url, enrol, userData, bounds: screens.small });
  await signInAtCounter(clerk.page, clerkNo);
  return clerk;
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  display = await startCounterDisplaySimulator(8);
  zoneA = await launchNamed("A区大屏");
  const userData = userDataWith((folder) => {
    mkdirSync(join(folder, "board-videos"));
    copyFileSync(join(import.meta.dirname, "fixtures/film.webm"), join(folder, "board-videos", "film.webm"));
  });
  whole = await launch({
    role: "display",
    node: node.url,
    enrol: await node.code("display"),
    userData,
    bounds: screens.wide,
  });
});

test.afterAll(async () => {
  for (const terminal of terminals) await terminal.close();
  await display?.stop();
  await node?.remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test("1 and 2: calls stand on the boards of their zone, and over their counter", async () => {
  test.setTimeout(120_000);
  const kiosk = await launch({
    role: "kiosk",
    node: node.url,
    enrol: await node.code("kiosk"),
    bounds: screens.kiosk,
  });
  const first = await takeNumber(kiosk.page);
  const second = await takeNumber(kiosk.page);
  const clerkA = await startClerk("2", "1001");
  const leds = (text: string): Promise<void> =>
    expect.poll(() => display.shown().trim(), { timeout: 10_000 }).toBe(text);
  await leds("欢迎办理");
  await pressKey(clerkA.page, "F2");
  for (const board of [zoneA, whole]) {
    await expect(board.page.locator(".board-now-number")).toContainText(first);
    await expect(board.page.locator(".board-now-counter")).toContainText("2");
  }
  await leds(`请${first}号`);
  await pressKey(clerkA.page, "F5");
  await leds(`${first}办理`);

  const clerkB = await startClerk("3", "1002");
  await pressKey(clerkB.page, "F2");
  await expect(whole.page.locator(".board-now-number, .board-last").filter({ hasText: second }).first()).toBeVisible();
  await expect(zoneA.page.locator(".board-now-number")).toContainText(first);
  await expect(zoneA.page.getByText(second)).toHaveCount(0);
  await expect(zoneA.page.locator(".board-next li")).toHaveCount(3);
  expect(display.faults).toEqual([]);
});

test("3: a film plays beside the calls, silently, and again from its beginning", async () => {
  const film = whole.page.locator("video");
  await expect(film).toHaveAttribute("data-name", "film.webm");
  const at = (): Promise<number> => film.evaluate((video) => (video as HTMLVideoElement).currentTime);
  // Looks a second apart would fall on the same two places of a film of two seconds for ever.
  const looks = { intervals: [130] };
  await expect.poll(at, looks).toBeGreaterThan(1.2);
  // It lasts two seconds: once it stands before its end again, it has begun anew.
  await expect.poll(at, looks).toBeLessThan(1);
  expect(await film.evaluate((video) => (video as HTMLVideoElement).muted)).toBe(true);
  await expect(whole.page.locator(".board-next li").first()).toBeVisible();
  await picture(whole.page, "display-video");
  await expect(zoneA.page.locator("video")).toHaveCount(0);
});

test("4 and 5: everything is read from 10 m; broken rows are left out and the board goes on", async () => {
  test.setTimeout(90_000);
  const preview = await openPreview();
  try {
    await preview.open({ name: "board", role: "display" }, "lang=zh-CN");
    const { page } = preview;
    // A screen of 55 inch is 685 mm high. At 10 m ten minutes of arc are the least that is read, 29 mm; twenty are read with ease.
    const heightInMm = (selector: string): Promise<number> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize) * 0.72 * (685 / 1080));
    expect(await heightInMm(".board-now-number strong")).toBeGreaterThan(2 * 58);
    for (const led of [".board-last li strong", ".board-next li strong"])
      expect(await heightInMm(led), led).toBeGreaterThan(26);

    const before = await page.locator(".board-last li").count();
    await page.evaluate(() => {
      const { live } = window.preview.node;
      const state = live.get();
      const broken = state.calls.slice(-4).map((call, n) => ({
        ...call,
        ticketId: `broken-${String(n)}`,
        seqKey: `broken-${String(n)}#1`,
        at: Date.now(),
        number: [{}, null, undefined, "<b>"][n],
        counterId: [undefined, {}, null, "77"][n],
      }));
      const [ticket] = [...state.tickets.values()].filter((each) => each.state === "waiting");
      const tickets = new Map(state.tickets).set("odd", { ...ticket!, id: "odd", number: {} as string });
      live.set({ ...state, tickets, calls: [...state.calls, ...(broken as unknown as typeof state.calls)] });
    });
    await expect(page.locator(".board-header")).toBeVisible();
    await expect(page.locator(".board-main")).toBeVisible();
    await expect(page.getByText("77 号窗口").first()).toBeVisible();
    await expect(page.locator(".board-last li")).not.toHaveCount(0);
    expect(await page.locator(".board-last li").count()).toBeLessThanOrEqual(before + 1);
    // The next sound call is shown and announced as ever.
    const called = await page.evaluate(() => {
      window.preview.begin("1");
      window.preview.end("1");
      return window.preview.callNext("1");
    });
    expect(called).toMatch(/^[VY]?[A-C]\d{3}$/);
    await expect(page.locator(".board-main")).toContainText(called!);
  } finally {
    await preview.close();
  }
});

test("6: a board is restarted by night, also after sleeping over the hour, and shows the calls again", async () => {
  const waiting = await whole.page.locator(".board-next li strong").allInnerTexts();
  const before = whole.page;
  await whole.app.evaluate(({ powerMonitor }) => {
    const night = new Date();
    night.setDate(night.getDate() + 1);
    night.setHours(3, 31, 0, 0);
    const shift = night.getTime() - Date.now();
    globalThis.Date = class extends Date {
      constructor(...given: readonly unknown[]) {
        super(...((given.length === 0 ? [Date.now() + shift] : given) as [number]));
      }
    } as DateConstructor;
    powerMonitor.emit("resume");
  });
  await expect.poll(() => whole.log()).toContain("app.nightlyRestart");
  await expect.poll(() => before.isClosed()).toBe(true);
  await expect.poll(() => whole.app.windows().length).toBe(1);
  const [after] = whole.app.windows();
  await expect(after!.locator(".board-now-number strong")).toHaveText(/^B00[12]$/);
  await expect(after!.locator(".board-next li strong")).toHaveText(waiting);
  await expect(after!.locator("video")).toHaveAttribute("data-name", "film.webm");
});
