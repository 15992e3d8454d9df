import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { expectAccessible } from "./helpers/axe.ts";
import { launchDesk, screens, signIn, sleepElevenMinutes } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { cleanEnv, findExecutable, launchTerminal, terminalArgs, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { picture } from "./helpers/picture.ts";
import { pdfText } from "./helpers/pdf-text.ts";
import { openPlainWindow, type PlainWindow } from "./helpers/plain-window.ts";

/*
 * One desk in the program and one in a browser, on a real node and a real database:
 *  1. In the program somebody is helped: the entry has a name and a telephone in sealed fields.
 *  2. The same link opens the same entry in a browser that the center serves, with another clerk signed in.
 *  3. There the sealed fields are shown after a reason, and the step that the first clerk took is seen, with the scan of its paper.
 *  3a. The code of a questionnaire is made; its sheet is kept as PDF, and its page asks in the name of who asks.
 *  4. Without the node the desk writes on: the number is to follow, and comes when the node is back.
 *  5. The program started with the link shows the very entry; started once more while it runs, it goes to another one and stays one.
 *  6. The hall wants a second factor from now on: the clerk sets an app up, with digits of a Chinese input method; a secret on the
 *     screen of somebody who went away is void.
 *  7. After that: a code that was used, a node that is killed between password and code, a recovery code; each is used up.
 *  8. At a window it is the same.
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

test("3a the code of a questionnaire is made after two slips, and its sheet kept as PDF", async () => {
  const { app, page } = desk;
  await page.getByRole("button", { name: /^第三方满意度问卷/ }).click();
  const make = page.getByRole("button", { name: "生成二维码" });
  await make.click();
  await expect(page.getByRole("alert")).toHaveText("请填写调查机构的名称。");
  await page.getByLabel("调查机构").fill("某调查公司");
  await page.getByLabel("有效天数").fill("0");
  await make.click();
  await expect(page.getByRole("alert")).toHaveText("有效天数请填写 1～366。");
  await page.getByLabel("有效天数").fill("45");
  await make.click();
  await expect(page.getByRole("img", { name: "问卷二维码" })).toBeVisible();
  await expectAccessible(page, "the code of a questionnaire");
  const file = join(mkdtempSync(join(tmpdir(), "service-hall-survey-")), "survey.pdf");
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.getByRole("button", { name: "存为 PDF" }).click();
  await expect(page.getByText("已导出。")).toBeVisible({ timeout: 20_000 });
  const sheet = pdfText(readFileSync(file));
  for (const text of ["满意度问卷", "某调查公司", "扫码填写问卷", "不能代填"]) expect(sheet).toContain(text);
  const asked = await fetch(await page.locator(".ledger-code code").innerText());
  expect(await asked.text()).toContain("某调查公司");
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

let app: TOTP;
let recoveryCodes: readonly string[] = [];
let shown = 0;

/** What the app shows now, unless that was used already: then what comes next. No test waits for half a minute. */
const codeNow = (): string => {
  shown = Math.max(shown, Math.floor(Date.now() / 30_000));
  return app.generate({ timestamp: shown * 30_000 });
};
const nextCode = (): string => {
  shown += 1;
  return codeNow();
};
const codeField = () => desk.page.getByLabel("动态验证码", { exact: true });
/** What the clerk does with what is shown once. */
const copyDown = async (): Promise<void> => {
  const secret = await desk.page.locator(".factor-secret").innerText();
  app = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  recoveryCodes = await desk.page.locator(".factor-codes code").allInnerTexts();
  expect(recoveryCodes).toHaveLength(10);
};
const signOut = () => desk.page.getByRole("button", { name: "退出登录" }).click();

test("6 an authenticator app is set up at signing in", async () => {
  const { page } = desk;
  await page.getByRole("navigation").getByRole("button", { name: "大厅设置" }).click();
  await page.getByRole("combobox", { name: "登录时要动态验证码" }).selectOption("all");
  await page.getByRole("button", { name: "预览改动" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("等保要求双因素登录");
  await page.getByRole("dialog").getByRole("button", { name: "确认生效" }).click();
  await expect(page.getByText("已生效。")).toBeVisible();
  await signOut();
  await page.getByLabel("工号").fill("１００１");
  await page.getByLabel("密码").fill("demo-1001");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("heading", { name: "1001：设置动态验证码" })).toBeVisible();
  await expect(page.getByRole("img", { name: "身份验证器扫描用的二维码" })).toBeVisible();
  await copyDown();
  const seenByOthers = recoveryCodes;
  await expectAccessible(page, "setting up a second factor");
  await page.keyboard.press("Enter");
  await expect(page.getByText("请输入动态验证码。")).toBeVisible();
  await codeField().fill(recoveryCodes[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/验证码不对或已经用过/), "an app that shows nothing is not set up").toBeVisible();
  await picture(page, "second-factor-set-up");
  await sleepElevenMinutes(page, () => expect(page.getByLabel("密码")).toHaveValue(""));
  await signIn(page, "1001");
  await copyDown();
  expect(recoveryCodes, "what stood there holds no more").not.toEqual(seenByOthers);
  await codeField().pressSequentially(
    nextCode().replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  );
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "退出登录" })).toBeVisible();
});

test("7 it is asked for, without the node not at all, and a recovery code stands in for it", async () => {
  test.setTimeout(90_000);
  const { page } = desk;
  const used = app.generate({ timestamp: shown * 30_000 });
  await signOut();
  await signIn(page, "1001");
  await expect(page.getByRole("heading", { name: "1001：输入动态验证码" })).toBeVisible();
  await expect(codeField()).toBeFocused();
  await codeField().fill(used);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/验证码不对或已经用过/)).toBeVisible();
  await expect(codeField()).toHaveValue("");
  await picture(page, "second-factor");
  await node.stop();
  const code = nextCode();
  await codeField().fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/联系不上大厅节点，暂时无法核对/)).toBeVisible({ timeout: 20_000 });
  await expect(codeField(), "nobody has looked at it").not.toHaveValue("");
  await picture(page, "second-factor-offline");
  await node.again();
  // To bring a node back may take longer than a code lives.
  await codeField().fill(codeNow());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "退出登录" })).toBeVisible({ timeout: 20_000 });

  await signOut();
  await signIn(page, "1001");
  await codeField().fill((recoveryCodes[3] ?? "").toLowerCase());
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").getByRole("button", { name: "大厅设置" }).click();
  await expect(page.getByText("已启用，备用码剩 9 个")).toBeVisible({ timeout: 20_000 });
});

test("8 a window asks for it as well, and opens no counter without it", async () => {
  await web.goto(`${node.url}/app/?role=window&enrol=${await node.code("window", "2")}`);
  await signIn(web, "1001");
  await expect(web.getByRole("heading", { name: "1001：输入动态验证码" })).toBeVisible();
  const work = web.locator(".work");
  const code = web.getByLabel("动态验证码", { exact: true });
  await code.fill(app.generate({ timestamp: shown * 30_000 }));
  await web.keyboard.press("Enter");
  await expect(web.getByText(/验证码不对或已经用过/)).toBeVisible();
  await expect(work).toHaveCount(0);
  await code.fill(recoveryCodes[4] ?? "");
  await web.keyboard.press("Enter");
  await expect(work).toBeVisible();
});
