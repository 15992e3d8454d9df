import { expect, test, type Page } from "@playwright/test";
import { launchDesk, launchKiosk, launchWindow, pressKey, signIn, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import type { LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { picture } from "./helpers/picture.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * A review at the kiosk by the number of a ticket, on real terminals:
 *  1. The number is taken; the screen shows the digits that stand on the paper as well. Before the service has ended there
 *     is nothing to review; with other digits there never is.
 *  2. A bad review reaches the desk as a work order; the clerk's terminal learns nothing.
 *  3. A second one without the network is kept, and arrives as an addition when the network is back.
 */
test.describe.configure({ mode: "serial" });

let node: DemoNode;
let kiosk: LaunchedTerminal;
let clerk: LaunchedTerminal;
let applicant: Page;
let desk: LaunchedTerminal;
let check = "";

const typeByTouch = async (letters: string): Promise<void> => {
  for (const letter of letters) await kiosk.page.getByRole("button", { name: letter, exact: true }).click();
};

/** Goes to the digits of a number. */
const enter = async (number: string, digits: string): Promise<void> => {
  await kiosk.page.locator('[data-errand="review"]').click();
  await typeByTouch(number);
  await kiosk.page.getByRole("button", { name: "下一步" }).click();
  await typeByTouch(digits);
  await kiosk.page.getByRole("button", { name: "下一步" }).click();
};
const goHome = (): Promise<void> => kiosk.page.getByRole("button", { name: "首页" }).click();

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  kiosk = await launchKiosk(node);
  ({ clerk, applicant } = await launchWindow(node, "2"));
  desk = await launchDesk(node);
});

keepPicturesOfFailures(() => ({ kiosk: kiosk?.page, clerk: clerk?.page, applicant, desk: desk?.page }));

test.afterAll(async () => {
  for (const terminal of [kiosk, clerk, desk]) await terminal?.close();
  await node?.remove();
});

test("1 nothing is reviewed before its time, or by whoever does not hold the paper", async () => {
  const { page } = kiosk;
  await page.getByRole("button", { name: /个人/ }).first().click();
  await takeAnonymously(page);
  await expect(page.getByTestId("number")).toHaveText("B001");
  check = /\d{4}/.exec(await page.getByTestId("review-check").innerText())?.[0] ?? "";
  expect(check).toMatch(/^\d{4}$/);
  await page.getByRole("button", { name: /完成/ }).click();
  await enter("B001", check);
  await expect(page.getByRole("alert")).toHaveText("这个号还没有办完，请办完后再来评价。");
  await goHome();
  await enter("B001", check === "1111" ? "2222" : "1111");
  await expect(page.getByRole("alert")).toContainText("没有找到");
  await picture(page, "kiosk-review-wrong");
  await goHome();
});

test("2 a bad review reaches the desk, and the clerk learns nothing", async () => {
  await signInAtCounter(clerk.page);
  await expect(clerk.page.getByText("下一位 B001")).toBeVisible();
  await pressKey(clerk.page, "F2");
  await expect(clerk.page.locator(".current-number")).toHaveText("B001");
  await pressKey(clerk.page, "F5");
  await expect(clerk.page.locator(".current-person")).toHaveAttribute("data-state", "serving");
  await pressKey(clerk.page, "F6");
  await applicant.getByRole("button", { name: "不评价" }).click();
  const { page } = kiosk;
  await enter("B001", check);
  await expect(page.getByRole("heading", { name: "B001 号，请评价这次服务" })).toBeVisible();
  await expect(page.getByText("2 号窗口的服务")).toBeVisible();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await picture(page, "kiosk-review");
  await page.getByRole("radio", { name: "不满意", exact: true }).click();
  await page.locator(".review-tag").first().click();
  await page.getByRole("button", { name: "提交评价" }).click();
  await expect(page.getByText("谢谢您的评价")).toBeVisible();
  await signIn(desk.page, "1002");
  await desk.page.getByRole("button", { name: "评价与整改" }).click();
  await expect(desk.page.getByRole("heading", { name: /B001 号整改单/ })).toBeVisible();
  await expect(clerk.page.getByText("B001 评价已结束")).toBeVisible();
  expect(await clerk.page.content()).not.toContain("不满意");
  await expect(page.locator('[data-errand="review"]')).toBeVisible();
});

test("3 without the network it is kept, and arrives as an addition", async () => {
  test.setTimeout(120_000);
  const { page } = kiosk;
  await node.stop();
  await expect(page.getByText("网络中断，仍可取号").or(page.locator(".public-strip")).first()).toBeVisible({
    timeout: 60_000,
  });
  await enter("B001", check);
  await expect(page.getByText("您的评价先保存在本机", { exact: false })).toBeVisible();
  await page.getByRole("radio", { name: "满意", exact: true }).click();
  await page.getByRole("button", { name: "提交评价" }).click();
  await expect(page.getByText("谢谢您的评价")).toBeVisible();
  await node.again();
  await desk.page.getByRole("button", { name: /^评价记录/ }).click();
  await expect(async () => {
    await desk.page.getByRole("button", { name: /^待认定/ }).click();
    await desk.page.getByRole("button", { name: /^评价记录/ }).click();
    await expect(desk.page.getByText("追评").or(desk.page.getByText("追加")).first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
});
