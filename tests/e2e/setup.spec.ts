import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal } from "./helpers/electron.ts";
import { picture } from "./helpers/picture.ts";

/*
 * A technician sets a terminal up:
 *  1. A program that knows nothing shows the set-up screen. A wrong address and a wrong code are answered in sentences.
 *  2. The right code enrols it; after the restart it is the kiosk of its hall, in Chinese and in English.
 *  3. The launcher of the demo hall shows every screen, the sample clerks and their passwords.
 */

const bounds = { x: 0, y: 0, width: 1280, height: 800 };
let node: DemoNode;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  node = await DemoNode.start();
});

test.afterAll(async () => {
  await node?.remove();
});

test("a terminal is enrolled by hand, after two mistakes that are explained", async () => {
  const terminal = await launchTerminal({ bounds });
  try {
    const { page } = terminal;
    await expect(page.getByRole("heading", { name: "注册到大厅" })).toBeVisible();
    await page.getByLabel(/大厅节点地址/).fill("http://127.0.0.1:9");
    await page.getByRole("button", { name: "测试连接" }).click();
    await expect(page.getByText("连不上大厅节点", { exact: false }).first()).toBeVisible({ timeout: 15_000 });
    await page.getByLabel(/大厅节点地址/).fill(node.url);
    await page.getByRole("button", { name: "测试连接" }).click();
    await expect(page.getByText("已连上：市民中心政务服务大厅")).toBeVisible();
    await page.getByLabel(/注册码/).fill("WRONGCODE1");
    await page.getByLabel(/终端名称/).fill("一楼东侧 1 号取号机");
    await page.getByRole("button", { name: "注册本终端" }).click();
    await expect(page.getByText("注册码不对、已用过或已过期", { exact: false })).toBeVisible();
    await picture(page, "setup");
    await page.getByLabel(/注册码/).fill(await node.code("kiosk"));
    await page.getByRole("button", { name: "注册本终端" }).click();
    await expect(page.getByText("自助取号", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "进入工作界面" }).click();
    await expect(async () => {
      const kiosk = terminal.app.windows().at(-1);
      await expect(kiosk!.getByRole("button", { name: /搜索事项/ })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    const kiosk = terminal.app.windows().at(-1)!;
    await kiosk.getByRole("button", { name: "语言 Language" }).click();
    await kiosk.getByRole("button", { name: "English" }).click();
    await expect(kiosk.getByRole("button", { name: /Individuals/ })).toBeVisible();
    await picture(kiosk, "kiosk-en");
  } finally {
    await terminal.close();
  }
});

test("the launcher shows the demo hall's screens and clerks", async () => {
  const folder = mkdtempSync(join(tmpdir(), "service-hall-launcher-"));
  mkdirSync(join(folder, "terminals"));
  const demoFile = join(folder, "demo.json");
  const { enrolSecret, codes, clerks } = node.demo;
  writeFileSync(
    demoFile,
    JSON.stringify({ url: node.url, folder: join(folder, "terminals"), demo: { enrolSecret, codes, clerks } }),
    { mode: 0o600 },
  );
  const terminal = await launchTerminal({ role: "launcher", demoFile, bounds });
  try {
    await expect(terminal.page.getByRole("button", { name: /打开演示大厅/ }).first()).toBeVisible();
    await expect(terminal.page.getByText("demo-1001").first()).toBeVisible();
    await picture(terminal.page, "launcher");
  } finally {
    await terminal.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
