import { expect, test, type Page } from "@playwright/test";
import {
  launchDesk,
  launchKiosk,
  launchWindow,
  pressKey,
  screens,
  signIn,
  signInAtCounter,
  sleepElevenMinutes,
} from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { picture } from "./helpers/picture.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * The main job on real Electron terminals, a real node and a real database:
 *  1. Somebody finds a service at the kiosk by the initials of its pinyin, reads what to bring, and takes a number.
 *  2. The board shows who is next. The clerk of counter 2 signs in and calls; number and counter stand on the board and on
 *     the applicant's screen. A re-call shows again.
 *  3. The clerk begins and ends; the applicant's screen asks for a review with nothing chosen. A bad one needs a tag.
 *  4. The clerk learns that the review is over and nothing else; the desk sees its level.
 *  5. The node goes away. The kiosk gives a number of its own block and says so; the window goes on after a notice and
 *     calls, serves and ends; the review is kept; the board says since when its data are old.
 *  6. The node comes back: everything arrives once, nobody has to do anything, and all screens say so.
 * The pictures of the README are taken on the way.
 */

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let kiosk: LaunchedTerminal;
let board: LaunchedTerminal;
let clerk: LaunchedTerminal;
let desk: LaunchedTerminal;
let applicant: Page;
let number = "";

/** Types on the kiosk's own keyboard, as a finger does. */
const typeByTouch = async (page: Page, letters: string): Promise<void> => {
  for (const letter of letters) await page.getByRole("button", { name: letter.toUpperCase(), exact: true }).click();
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  kiosk = await launchKiosk(node);
  const enrol = await node.code("display");
  board = await launchTerminal({ role: "display", node: node.url, enrol, bounds: screens.wide });
  ({ clerk, applicant } = await launchWindow(node, "2"));
  desk = await launchDesk(node, screens.wide);
});

keepPicturesOfFailures(() => ({
  kiosk: kiosk?.page,
  board: board?.page,
  clerk: clerk?.page,
  applicant,
  desk: desk?.page,
}));

test.afterAll(async () => {
  for (const terminal of [kiosk, board, clerk, desk]) await terminal?.close();
  await node?.remove();
});

test("1 a number is taken at the kiosk for a service found by the initials of its pinyin", async () => {
  const { page } = kiosk;
  await expect(page.getByRole("button", { name: /搜索事项/ })).toBeVisible();
  await expect(page.getByText("示例数据，非现行办事指南").first()).toBeVisible();
  await picture(page, "kiosk-start");
  await page.getByRole("button", { name: /搜索事项/ }).click();
  await typeByTouch(page, "qyzgjbyljsl");
  const first = page
    .getByRole("list")
    .getByRole("button", { name: /企业职工基本养老金申领/ })
    .first();
  await expect(first).toBeVisible();
  await picture(page, "kiosk-search");
  await first.click();
  await expect(page.getByText("要带的材料")).toBeVisible();
  await picture(page, "kiosk");
  await page.getByRole("button", { name: "取号", exact: true }).click();
  await takeAnonymously(page, "twice");
  await expect(page.getByTestId("number")).toHaveText(/^B001$/);
  number = await page.getByTestId("number").innerText();
  await expect(page.getByText("请拍照或记住号码。")).toBeVisible();
  await picture(page, "kiosk-number");
});

test("2 the clerk calls; number and counter stand on the board and on the applicant's screen", async () => {
  await expect(board.page.locator(".board-next")).toContainText(number);
  await signInAtCounter(clerk.page);
  await expect(clerk.page.getByText(`下一位 ${number}`)).toBeVisible();
  await pressKey(clerk.page, "F2");
  await expect(clerk.page.locator(".current-number")).toHaveText(number);
  await expect(board.page.locator(".board-now-number")).toContainText(number);
  await expect(board.page.locator(".board-now-counter")).toContainText("2");
  await expect(applicant.locator(".counter-ticket")).toHaveText(number);
  await picture(board.page, "display");
  await picture(applicant, "second-screen");
  // Spoken after the first call has been said to its end.
  await pressKey(clerk.page, "F3");
  await expect(board.page.locator(".board-now-number")).toContainText("再次叫号", { timeout: 30_000 });
});

test("2b nobody touches the clerk's screen: it locks itself, and whoever is served stays", async () => {
  const { page } = clerk;
  const locked = page.getByRole("dialog", { name: "李明（1001）的屏幕已锁定" });
  await sleepElevenMinutes(page, () => expect(locked).toBeVisible());
  await picture(page, "locked");
  await expect(applicant.locator(".counter-ticket")).toHaveText(number);
  for (const key of ["Escape", "Escape", "F5", "F6"]) await page.keyboard.press(key);
  await locked.getByRole("button", { name: "退出登录，换人使用" }).click();
  await expect(locked.getByRole("alert")).toHaveText(
    `${number} 号还没有办完，不能换人。请本人解锁后结束、挂起或过号；本人不在的，请联系值班台。`,
  );
  await picture(page, "locked-holds-ticket");
  await locked.getByLabel("密码").fill("demo-1002");
  await page.keyboard.press("Enter");
  await expect(locked.getByRole("alert")).toHaveText(/还可以试 4 次/);
  await page.keyboard.type("demo-1001");
  await page.keyboard.press("Enter");
  await expect(locked).toBeHidden();
  await expect(page.locator(".current-number")).toHaveText(number);
});

test("3 the applicant reviews: nothing is chosen before, a bad one needs a tag", async () => {
  await pressKey(clerk.page, "F5");
  await expect(clerk.page.getByText("办理中").first()).toBeVisible();
  await picture(clerk.page, "window");
  await pressKey(clerk.page, "F6");
  await expect(applicant.getByRole("radio")).toHaveCount(5);
  await expect(applicant.getByRole("radio", { checked: true })).toHaveCount(0);
  await picture(applicant, "review");
  await applicant.getByRole("radio", { name: "不满意", exact: true }).click();
  await expect(applicant.getByText("选一项原因或写几个字后，就可以提交。")).toBeVisible();
  await applicant
    .getByRole("button", { name: "服务态度生硬" })
    .or(applicant.locator(".review-tag").first())
    .first()
    .click();
  await picture(applicant, "review-tags");
  await applicant.getByRole("button", { name: "提交评价" }).click();
  await expect(applicant.getByText("谢谢您的评价")).toBeVisible();
  await expect(applicant.getByText("欢迎")).toBeVisible({ timeout: 10_000 });
});

test("4 the clerk learns that it is over and nothing else; the desk sees the level", async () => {
  await expect(clerk.page.getByText(`${number} 评价已结束`)).toBeVisible();
  expect(await clerk.page.content()).not.toMatch(/不满意|态度/);
  await signIn(desk.page, "1002");
  await desk.page.getByRole("button", { name: "实况", exact: true }).click();
  await expect(desk.page.getByText("今天有 1 条差评待整改")).toBeVisible();
  await expect(desk.page.getByText("没有窗口开放").or(desk.page.getByText("全厅实况")).first()).toBeVisible();
  await picture(desk.page, "desk");
});

test("5 the node goes away and the hall goes on", async () => {
  const { page } = kiosk;
  // The kiosk goes back to its start by itself, maybe in this moment.
  const done = page.getByRole("button", { name: /完成/ });
  await expect(async () => {
    if (await done.isVisible()) await done.click({ timeout: 500 });
    await expect(page.getByRole("button", { name: /个人/ }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  // Two people more, so that the window has somebody in its cached line.
  for (let person = 0; person < 2; person += 1) {
    await page.getByRole("button", { name: /个人/ }).first().click();
    await takeAnonymously(page);
    await expect(page.getByTestId("number")).toHaveText(`B00${String(person + 2)}`);
    await page.getByRole("button", { name: /完成/ }).click();
  }
  await expect(clerk.page.getByText("下一位 B002")).toBeVisible();
  await node.stop();

  await expect(clerk.page.locator('[data-lamp="connection"]')).toContainText("已离线", {
    timeout: 20_000,
  });
  await expect(page.getByText("网络中断，仍可取号。").first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: /个人/ }).first().click();
  await takeAnonymously(page);
  await expect(page.getByTestId("number")).toHaveText(/^B9\d\d$/);
  await expect(page.getByText("这个号码是本机的备用号，同样有效。", { exact: false })).toBeVisible();
  await picture(page, "kiosk-offline");

  await pressKey(clerk.page, "F2");
  await clerk.page.getByRole("button", { name: "继续叫号" }).click();
  await expect(clerk.page.locator(".current-number")).toHaveText(/^B00[23]$/);
  await expect(applicant.locator(".counter-ticket")).toHaveText(/^B00[23]$/);
  await pressKey(clerk.page, "F5");
  await expect(clerk.page.locator(".current-person")).toHaveAttribute("data-state", "serving");
  await picture(clerk.page, "window-offline");
  await pressKey(clerk.page, "F6");
  await applicant.getByRole("radio", { name: "非常满意", exact: true }).click();
  await applicant.getByRole("button", { name: "提交评价" }).click();
  await expect(applicant.getByText("谢谢您的评价")).toBeVisible();
  await expect(board.page.getByText(/数据自 \d\d:\d\d 起未更新/)).toBeVisible({ timeout: 20_000 });
  await expect(board.page.locator(".board-now-number")).toContainText(number);
  await picture(board.page, "display-stale");
});

test("6 the node comes back: everything arrives once", async () => {
  test.setTimeout(90_000);
  await node.again();
  await expect(clerk.page.getByText("没有待发送")).toBeVisible({ timeout: 40_000 });
  await expect(clerk.page.locator('[data-lamp="connection"]')).toContainText("已连接", {
    timeout: 20_000,
  });
  await expect(board.page.getByText(/数据自 \d\d:\d\d 起未更新/)).toHaveCount(0, { timeout: 30_000 });
  // Four numbers, two served, two reviews; one of the reviews came from a screen that was without its node.
  await expect(desk.page.getByText("没有求助，也没有异常记录。")).toBeVisible({ timeout: 30_000 });
  const totals = desk.page.locator("main, #root").first();
  await expect(totals).toContainText(/今日取号\s*4/);
  await expect(totals).toContainText(/办结\s*2/);
  await expect(desk.page.getByText("今天有 1 条差评待整改")).toBeVisible();
});
