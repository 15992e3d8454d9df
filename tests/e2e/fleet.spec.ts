import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { languages } from "../../renderer/languages.ts";
import { launchDesk, launchKiosk, signIn } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import type { LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { picture } from "./helpers/picture.ts";

/*
 * The hall's terminals at the desk, on the real program:
 * 1. A kiosk that is locked says so in all languages at once, and goes on when that is undone (without the node: tests/stories/fleet.test.ts).
 * 2. Its settings are changed after a look at the difference and put back by one press; its log comes without anybody's name.
 * 3. It is to become a board when nobody is at it; done at once for a reason, its window is one.
 * 4. The board's picture is turned from afar, which is put back by one press, and it offers the languages that were chosen.
 */
test.describe.configure({ mode: "serial" });

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
let node: DemoNode;
let kiosk: LaunchedTerminal;
let desk: LaunchedTerminal;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  [kiosk, desk] = await Promise.all([launchKiosk(node), launchDesk(node)]);
  await signIn(desk.page, "1001");
});

keepPicturesOfFailures(() => ({ kiosk: kiosk?.page, desk: desk?.page }));

test.afterAll(async () => {
  for (const terminal of [kiosk, desk]) await terminal?.close();
  await node?.remove();
});

const detail = (page: Page) => page.getByRole("region", { name: "终端详情" });
const press = (name: string) => detail(desk.page).getByRole("button", { name, exact: true }).click({ timeout: 15_000 });

test("1 a kiosk is taken out of service and put back", async () => {
  const { page } = desk;
  await page.getByRole("link", { name: /终端.*共 \d 台/ }).click();
  const row = page.getByRole("row", { name: /取号机/ });
  // Which lights burn is this machine's matter (its disk); that it has reported is not.
  await expect(row).toContainText(version, { timeout: 20_000 });
  await row.getByRole("link").click();
  await expect(detail(page)).toContainText("全部已发出", { timeout: 20_000 });
  await picture(page, "desk-terminals");
  await press("停用");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/停用“.*”？/);
  await dialog.getByRole("button", { name: "停用", exact: true }).click();
  await expect(detail(page)).toContainText("已停用。屏幕已提示暂停服务。");
  const titles = kiosk.page.locator(".out-of-service h1");
  await expect(titles).toHaveCount(languages.length);
  await expect(titles.first()).toHaveText("本机暂停服务");
  await picture(kiosk.page, "kiosk-out-of-service");
  await expect(row).toContainText("已停用", { timeout: 20_000 });
  await press("恢复使用");
  await expect(kiosk.page.getByRole("button", { name: /个人/ }).first()).toBeVisible({ timeout: 20_000 });
});

const settingsOf = (): { printer: { kind: string; host: string }; screen: { turn: number } } =>
  JSON.parse(readFileSync(join(kiosk.userData, "settings.json"), "utf8")) as ReturnType<typeof settingsOf>;

test("2 its settings and its log are handled from afar", async () => {
  const { page } = desk;
  await press("查看设置");
  await detail(page).getByLabel("小票打印机").selectOption("tcp");
  await detail(page).getByLabel("打印机端口").fill("70000");
  await expect(detail(page)).toContainText("端口应是 1 到 65535 的整数。");
  await detail(page).getByLabel("打印机端口").fill("9100");
  await press("预览改动");
  await expect(page.getByRole("dialog")).toContainText("小票打印机 没有 → 网络");
  await picture(page, "desk-terminal-settings");
  await page.getByRole("dialog").getByRole("button", { name: "应用到终端" }).click();
  await expect(detail(page)).toContainText("设置已生效。", { timeout: 20_000 });
  expect(settingsOf().printer.kind).toBe("tcp");
  await press("撤销");
  await expect.poll(() => settingsOf().printer.kind, { timeout: 20_000 }).toBe("none");
  await expect(detail(page).getByLabel("小票打印机"), "as the terminal has it again").toHaveValue("none");
  await press("调取日志");
  const log = page.getByRole("list", { name: /运行日志，新的在前/ });
  await expect(log).toContainText("app.started", { timeout: 20_000 });
  await picture(page, "desk-terminal-log");
});

test("3 a kiosk becomes a board", async () => {
  const { page } = desk;
  await press("更改用途");
  await page.getByRole("dialog").getByRole("radio", { name: "叫号大屏" }).check();
  await kiosk.page.mouse.move(200, 200);
  await page.getByRole("dialog").getByRole("button", { name: "更改用途" }).click();
  await expect(detail(page)).toContainText("屏幕前没有人时改为“叫号大屏”", { timeout: 20_000 });
  await picture(page, "desk-terminal-waits");
  await press("立即更改");
  const opened = kiosk.app.waitForEvent("window");
  await page.getByRole("dialog").getByRole("button", { name: "立即更改" }).click();
  await expect(detail(page)).toContainText("已更改用途。", { timeout: 20_000 });
  const board = await opened;
  await expect.poll(() => board.evaluate(() => document.documentElement.dataset["app"])).toBe("display");
  await picture(board, "kiosk-made-board");
});

test("4 the board's picture is turned, and it offers fewer languages", async () => {
  const { page } = desk;
  const screens = () => kiosk.app.windows().filter((each) => !each.isClosed());
  const turnOf = () =>
    screens()[0]
      ?.evaluate(() => document.documentElement.dataset["turn"] ?? "")
      .catch(() => null);
  await expect(detail(page)).toContainText("叫号大屏", { timeout: 20_000 });
  await press("查看设置");
  const languagesHere = detail(page).getByRole("group", { name: "可选语言" });
  await expect(detail(page)).toContainText("已读到当前设置。", { timeout: 20_000 });
  for (const box of await languagesHere.getByRole("checkbox").all()) await box.uncheck({ timeout: 5_000 });
  await expect(detail(page)).toContainText("至少选一种语言。");
  await languagesHere.getByRole("checkbox", { name: "中文" }).check();
  await languagesHere.getByRole("checkbox", { name: "English" }).check();
  await detail(page).getByLabel("屏幕方向").selectOption("90");
  await press("预览改动");
  await expect(page.getByRole("dialog")).toContainText("→ 中文、English");
  await expect(page.getByRole("dialog")).toContainText("不旋转 → 向右转 90°（横竖互换）");
  await picture(page, "desk-terminal-screen");
  await page.getByRole("dialog").getByRole("button", { name: "应用到终端" }).click();
  await expect(detail(page)).toContainText("设置已保存；屏幕的语言和方向在屏幕前没有人时生效。", { timeout: 20_000 });
  await expect.poll(turnOf, { timeout: 20_000 }).toBe("90");
  const board = screens()[0] ?? kiosk.page;
  await picture(board, "board-turned");
  const sides = await board.evaluate(() => {
    const { width, height } = document.getElementById("root")?.getBoundingClientRect() ?? { width: 0, height: 0 };
    return [Math.round(width) - innerWidth, Math.round(height) - innerHeight];
  });
  expect(sides, "it fills the window").toEqual([0, 0]);
  // A touch shows the bar; it arrives where the picture is, not where it would be unturned.
  await board.locator(".board").click({ timeout: 5_000 });
  await board.locator(".language-opener").click({ timeout: 5_000 });
  await expect(board.locator(".language-panel button")).toHaveText(["中文", "English"]);
  await press("撤销");
  // The picture follows when nobody has touched the board for two minutes (electron/fleet/attend.test.ts).
  await expect.poll(() => settingsOf().screen.turn, { timeout: 20_000 }).toBe(0);
  await page.getByRole("button", { name: /English/ }).click({ timeout: 5_000 });
  await expect(page.getByRole("heading", { name: "Devices and screen" })).toBeVisible();
  await picture(page, "desk-terminals-en");
});
