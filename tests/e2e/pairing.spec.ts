import { rmSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { launchKiosk, launchWindow, pressKey, screens, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * A tablet at a counter:
 *  1. Paired by a code, it asks for a review after each service, beside the counter's second display; what is answered on
 *     one is over on the other.
 *  2. It survives a restart: it comes back as the same counter's screen, without a code.
 *  3. One tablet for a counter: another one that is paired takes its place, and a used code pairs nothing.
 */
test.describe.configure({ mode: "serial" });

let node: DemoNode;
let kiosk: LaunchedTerminal;
let clerk: LaunchedTerminal;
let second: Page;
let tablet: LaunchedTerminal;
let code = "";
const folders = [newUserData(), newUserData(), newUserData()] as const;
const bounds = screens.small;

const launchTablet = async (userData: string, enrol?: string): Promise<LaunchedTerminal> =>
  launchTerminal({ role: "review", userData, bounds, ...(enrol === undefined ? {} : { node: node.url, enrol }) });

const serve = async (): Promise<void> => {
  const { page } = kiosk;
  await page.getByRole("button", { name: /个人/ }).first().click();
  await takeAnonymously(page);
  const number = await page.getByTestId("number").innerText();
  await page.getByRole("button", { name: /完成/ }).click();
  await expect(clerk.page.getByText(`下一位 ${number}`)).toBeVisible();
  await pressKey(clerk.page, "F2");
  await expect(clerk.page.locator(".current-number")).toHaveText(number);
  await pressKey(clerk.page, "F5");
  await expect(clerk.page.locator(".current-person")).toHaveAttribute("data-state", "serving");
  await pressKey(clerk.page, "F6");
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  kiosk = await launchKiosk(node);
  ({ clerk, applicant: second } = await launchWindow(node, "2"));
  code = await node.code("review", "2");
  tablet = await launchTablet(folders[0], code);
  await signInAtCounter(clerk.page);
});

keepPicturesOfFailures(() => ({ clerk: clerk?.page, second, tablet: tablet?.page }));

test.afterAll(async () => {
  for (const terminal of [kiosk, clerk, tablet]) await terminal?.close();
  await node?.remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test("1 it asks beside the second display, and one answer is enough", async () => {
  await serve();
  for (const page of [tablet.page, second]) {
    await expect(page.getByRole("heading", { name: /请评价这次服务/ })).toBeVisible();
    await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  }
  await tablet.page.getByRole("radio", { name: "满意", exact: true }).click();
  await tablet.page.getByRole("button", { name: "提交评价" }).click();
  await expect(tablet.page.getByText("谢谢您的评价")).toBeVisible();
  await expect(second.getByRole("heading", { name: /请评价这次服务/ })).toHaveCount(0);
});

test("2 it survives a restart without a code", async () => {
  await tablet.close();
  tablet = await launchTablet(folders[0]);
  await expect(tablet.page.getByText("2 号窗口").first()).toBeVisible();
  await serve();
  await expect(tablet.page.getByRole("heading", { name: /请评价这次服务/ })).toBeVisible();
  await tablet.page.getByRole("button", { name: "不评价" }).click();
  await expect(second.getByRole("heading", { name: /请评价这次服务/ })).toHaveCount(0);
});

test("3 another tablet takes its place, and a used code pairs nothing", async () => {
  test.setTimeout(120_000);
  const other = await launchTablet(folders[1], await node.code("review", "2"));
  const late = await launchTerminal({ role: "review", node: node.url, enrol: code, userData: folders[2], bounds });
  try {
    // Its screen is opened anew: it belongs to no counter any more.
    const shown = (): Page => tablet.app.windows().at(-1) ?? tablet.page;
    await expect(async () => {
      await expect(shown().getByText("本屏还没有绑定窗口").first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await serve();
    await expect(other.page.getByRole("heading", { name: /请评价这次服务/ })).toBeVisible();
    for (const page of [shown(), late.page]) await expect(page.locator(".faces")).toHaveCount(0);
  } finally {
    await other.close();
    await late.close();
  }
});
