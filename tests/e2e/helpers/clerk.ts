import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { DemoNode } from "./demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal, type LaunchOptions } from "./electron.ts";

/** Sizes of the screens that tests open. */
export const screens = {
  kiosk: { x: 0, y: 0, width: 1080, height: 1920 },
  wide: { x: 0, y: 0, width: 1920, height: 1080 },
  desk: { x: 0, y: 0, width: 1600, height: 1000 },
  window: { x: 0, y: 0, width: 1440, height: 900 },
  small: { x: 0, y: 0, width: 1280, height: 800 },
} as const;

/** Signs a clerk of the demo hall in. */
export const signIn = async (page: Page, clerkNo: string): Promise<void> => {
  await page.getByLabel("工号").fill(clerkNo);
  await page.getByLabel("密码").fill(`demo-${clerkNo}`);
  await page.getByRole("button", { name: "登录", exact: true }).click();
};

/** Signs a clerk in at a window and sees the counter open: by itself when it was this terminal's before, else by its button. */
export const signInAtCounter = async (page: Page, clerkNo = "1001"): Promise<void> => {
  await signIn(page, clerkNo);
  const open = page.getByRole("button", { name: "开放窗口" });
  await expect(async () => {
    if (await open.isVisible()) await open.click({ timeout: 500 });
    await expect(page.locator(".work")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
};

/** A kiosk of the demo hall. */
export const launchKiosk = async (node: DemoNode): Promise<LaunchedTerminal> =>
  launchTerminal({ role: "kiosk", node: node.url, enrol: await node.code("kiosk"), bounds: screens.kiosk });

/** The duty desk of the demo hall. */
export const launchDesk = async (
  node: DemoNode,
  bounds: LaunchOptions["bounds"] = screens.desk,
): Promise<LaunchedTerminal> =>
  launchTerminal({ role: "desk", node: node.url, enrol: await node.code("desk"), bounds });

/** A window with the applicant's screen beside it. */
export const launchWindow = async (
  node: DemoNode,
  counterId: string,
): Promise<{ readonly clerk: LaunchedTerminal; readonly applicant: Page }> => {
  const clerk = await launchTerminal({
    role: "window",
    node: node.url,
    enrol: await node.code("window", counterId),
    bounds: screens.small,
    secondBounds: screens.small,
  });
  return { clerk, applicant: await clerk.secondPage() };
};

/** The data of a window terminal that was enrolled before, with devices set up as a technician would have done. */
export const enrolledWindow = async (
  node: Pick<DemoNode, "url" | "code">,
  counterId: string,
  devices: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const userData = newUserData();
  const enrol = await node.code("window", counterId);
  const first = await launchTerminal({ role: "window", node: node.url, enrol, userData, bounds: screens.window });
  await first.page.getByLabel("工号").waitFor();
  await first.close();
  const file = join(userData, "settings.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...settings, ...devices }));
  return userData;
};

/** Presses a clerk's key as a person does: when its button can be pressed, not while the act before it is being kept. */
export const pressKey = async (page: Page, key: string): Promise<void> => {
  await expect(page.locator(`[aria-keyshortcuts="${key}" i]`)).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press(key);
};

/** The computer slept for eleven minutes, so nobody touched the screen that long; `seen` is what the screen does about it. */
export const sleepElevenMinutes = async (page: Page, seen: () => Promise<void>): Promise<void> => {
  await page.evaluate(() => {
    const real = Date.now;
    Object.assign(Date, { now: () => real() + 660_000, awake: () => Object.assign(Date, { now: real }) });
  });
  await seen();
  await page.evaluate(() => (Date as unknown as { awake(): void }).awake());
};
