import { expect, test, type Page } from "@playwright/test";
import { launchKiosk, launchWindow, pressKey } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import type { LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * A clerk's hour without a mouse: signed in by Enter, somebody missed and back, somebody put aside and gone on with, somebody
 * sent to another business, a pause, an end that was a mis-click. Everything is pressed where the focus lies.
 */

let node: DemoNode | undefined;
let kiosk: LaunchedTerminal | undefined;
let clerk: LaunchedTerminal | undefined;

keepPicturesOfFailures(() => ({ kiosk: kiosk?.page, clerk: clerk?.page }));

test.afterEach(async () => {
  await clerk?.close();
  await kiosk?.close();
  await node?.remove();
});

const focused = (page: Page) => page.locator(":focus");

test("an hour at the window by the keyboard alone", async () => {
  node = await DemoNode.start();
  kiosk = await launchKiosk(node);
  ({ clerk } = await launchWindow(node, "1"));
  const { page } = clerk;
  const { keyboard } = page;

  await expect(page.getByLabel("工号")).toBeFocused();
  await keyboard.type("1001");
  await keyboard.press("Enter");
  await expect(page.getByLabel("密码")).toBeFocused();
  await keyboard.type("demo-1001");
  await keyboard.press("Enter");
  await expect(page.locator(".work")).toBeVisible();
  await expect(focused(page), "the next key calls").toContainText("呼叫下一位");

  for (const number of ["A001", "A002"]) {
    await kiosk.page.locator("button", { hasText: "企业" }).first().click();
    await takeAnonymously(kiosk.page);
    await expect(kiosk.page.getByText(number, { exact: true })).toBeVisible();
    await kiosk.page.getByRole("button", { name: /完成/ }).click();
  }
  await expect(page.locator(".line-row")).toHaveCount(2);

  // Called, not there, and back.
  await pressKey(page, "F2");
  await pressKey(page, "F4");
  await expect(page.getByRole("dialog")).toContainText("A001");
  await keyboard.press("1");
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("tab", { name: /过号/ })).toContainText("1");
  await keyboard.press("Alt+3");
  await expect(focused(page)).toContainText("A001");
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await expect(focused(page)).toHaveText("恢复排队");
  await keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /过号/ })).toContainText("0");

  // Put aside, and gone on with.
  await pressKey(page, "F2");
  await pressKey(page, "F5");
  await pressKey(page, "F7");
  await keyboard.press("Enter");
  const parked = page.getByRole("tab", { name: /挂起/ });
  await expect(parked).toContainText("1");
  await keyboard.press("Alt+2");
  await expect(page.locator(".line-row")).toBeFocused();
  await keyboard.press("Shift+Tab");
  await expect(parked, "one stop for the three of them").toBeFocused();
  await keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: /等候/ })).toBeFocused();
  await keyboard.press("ArrowRight");
  await expect(parked).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await expect(focused(page)).toHaveText("继续办理");
  await keyboard.press("Enter");
  await expect(parked).toContainText("0");

  // Sent on to another business.
  await pressKey(page, "F8");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("转移到哪里");
  await keyboard.press("Space");
  await keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("窗口空闲")).toBeVisible();

  // A pause, and an end that was a mis-click.
  await pressKey(page, "F9");
  await keyboard.press("Enter");
  await expect(page.locator(".work-head .state-paused")).toBeVisible();
  await pressKey(page, "F9");
  await pressKey(page, "F2");
  await pressKey(page, "F5");
  await pressKey(page, "F6");
  const undo = page.getByRole("button", { name: "按错了，继续办理" });
  await expect(undo).toBeVisible();
  for (let tabs = 0; tabs < 40 && !(await undo.evaluate((button) => button === document.activeElement)); tabs += 1)
    await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(page.locator('[aria-keyshortcuts="F6"]')).toHaveAttribute("aria-disabled", "false");
  await expect(undo).toHaveCount(0);
});
