import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, type Page } from "@playwright/test";
import { launchDesk, screens, signIn } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { cleanEnv, findExecutable, launchTerminal, terminalArgs, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { openPlainWindow, type PlainWindow } from "./helpers/plain-window.ts";

/*
 * One desk in the program and one in a browser, on a real node and a real database:
 *  1. In the program somebody is helped: the entry has a name and a telephone in sealed fields.
 *  2. The same link opens the same entry in a browser that the center serves, with another clerk signed in.
 *  3. There the sealed fields are shown after a reason, and the step that the first clerk took is seen, with the scan of its paper.
 *  4. Without the node the desk writes on: the number is to follow, and comes when the node is back.
 *  5. The program started with the link shows the very entry; started once more while it runs, it goes to another one and stays one.
 */
const PHONE = "13812345678";
/** A picture of one point. */
const ONE_POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let desk: LaunchedTerminal;
let browser: PlainWindow | undefined;
let web: Page;
let link = "";

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  desk = await launchDesk(node);
});

keepPicturesOfFailures(() => ({ desk: desk?.page, web }));

test.afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await node?.remove();
});

const openAssisted = async (page: Page, item: string): Promise<void> => {
  await page.getByRole("navigation").getByRole("button", { name: "台账", exact: true }).click();
  await page.getByRole("button", { name: /帮办代办/ }).click();
  await page.getByRole("button", { name: "登记一条" }).click();
  await page.getByRole("textbox", { name: /^委托人必填/ }).fill("张桂兰");
  await page.getByRole("textbox", { name: /联系电话/ }).fill(PHONE);
  await page.getByRole("combobox", { name: /服务对象/ }).selectOption("old");
  await page.getByRole("textbox", { name: /办理事项/ }).fill(item);
  await page.getByRole("combobox", { name: /服务方式/ }).selectOption("home");
  await page.getByRole("button", { name: "登记一条" }).last().click();
};

/** From now on no picked file is read before the returned function was called, as from a slow stick. */
const holdFiles = async (page: Page): Promise<() => Promise<void>> => {
  await page.evaluate(() => {
    const held = new Promise<void>((release) => Object.assign(window, { releaseFiles: release }));
    Blob.prototype.arrayBuffer = function () {
      return held.then(() => new Response(this).arrayBuffer());
    };
  });
  return () => page.evaluate(() => (window as unknown as { releaseFiles: () => void }).releaseFiles());
};

test("1 somebody is helped", async () => {
  await signIn(desk.page, "1001");
  await openAssisted(desk.page, "社会保障卡申领");
  await expect(desk.page.getByRole("heading", { name: /BD\d{4}-0001/ })).toBeVisible();
  expect(await desk.page.content()).not.toMatch(/张桂兰|13812345678/);
  link = `${node.url}/desk${await desk.page.evaluate(() => location.hash)}`;
  expect(link).toMatch(/#\/ledgers\/assisted\/[\w-]+$/);
});

test("2 3 the same link opens the same entry in a browser", async () => {
  browser = await openPlainWindow();
  web = browser.page;
  await web.setViewportSize({ width: 1600, height: 1000 });
  const code = await node.code("desk");
  await web.goto(link.replace("/desk#", `/desk?enrol=${code}#`));
  await signIn(web, "1002");
  await expect(web.getByRole("heading", { name: /BD\d{4}-0001/ })).toBeVisible();
  await expect(web.getByText("社会保障卡申领").first()).toBeVisible();
  await web.getByRole("button", { name: "查看", exact: true }).click();
  await web.getByRole("dialog").getByRole("button", { name: "查看" }).click();
  await expect(web.getByText(PHONE)).toBeVisible();
  await desk.page.getByRole("button", { name: /签署委托/ }).click();
  await desk.page.getByRole("combobox", { name: /授权委托书/ }).selectOption("signed");
  await desk.page.getByRole("textbox", { name: /材料移交清单/ }).fill("身份证复印件\n户口簿原件");
  const release = await holdFiles(desk.page);
  await desk.page.locator('.ledger-files input[type="file"]').setInputFiles({
    name: "授权委托书.png",
    mimeType: "image/png",
    buffer: Buffer.from(ONE_POINT, "base64"),
  });
  const send = desk.page.getByRole("button", { name: /签署委托/ }).last();
  await send.click();
  await expect(desk.page.getByRole("alert")).toContainText("文件正在保存，请保存好后再提交。");
  await release();
  await expect(desk.page.getByText(/第 1 份：1 页/)).toBeVisible();
  await expect(desk.page.getByText("文件正在保存")).toHaveCount(0);
  await send.click();
  await expect(web.getByText("已委托").first()).toBeVisible();
  await expect(web.getByText("户口簿原件").first()).toBeVisible();
  await web.getByRole("button", { name: "查看（1 份）" }).click();
  await expect(web.getByRole("dialog").getByRole("img")).toBeVisible();
  await web.keyboard.press("Escape");
});

test("4 without the node the desk writes on, and the number comes later", async () => {
  test.setTimeout(90_000);
  await node.stop();
  await expect(desk.page.locator('[data-lamp="connection"]')).not.toContainText("已连接", { timeout: 20_000 });
  await openAssisted(desk.page, "老年人优待证");
  await expect(desk.page.getByRole("heading", { name: /编号待定/ })).toBeVisible();
  // Who did it is known without the node too, also to a page that was opened without it.
  await desk.page.reload();
  await expect(desk.page.locator(".ledger-history")).toContainText("李明");
  await node.again();
  await expect(desk.page.getByRole("heading", { name: /BD\d{4}-0002/ })).toBeVisible({ timeout: 40_000 });
});

test("5 the program started with the link shows the very entry", async () => {
  const { userData } = desk;
  await desk.app.close();
  desk = await launchTerminal({ role: "desk", node: node.url, userData, bounds: screens.desk, open: link });
  await expect(desk.page.getByRole("heading", { name: /BD\d{4}-0001/ })).toBeVisible({ timeout: 20_000 });
  // A second start with the same settings hands its link over and ends.
  const other = link.replace(/#.*/, "#/ledgers/renewal");
  const again = spawn(
    await findExecutable(),
    terminalArgs({ open: other, switches: ["--password-store=basic"] }, userData),
    {
      env: cleanEnv(),
      stdio: "ignore",
    },
  );
  await once(again, "exit");
  await expect(desk.page.getByRole("region", { name: /无感续证/ })).toBeVisible({ timeout: 10_000 });
  expect(desk.app.windows()).toHaveLength(1);
});
