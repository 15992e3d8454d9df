import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { sampleCard, startIdReaderSimulator, type IdReaderSimulator } from "../helpers/id-reader-simulator.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { picture } from "./helpers/picture.ts";

/*
 * Intake at a real window terminal, with a real node and an ID reader that speaks the real bytes:
 *  1. The clerk finds an item, the ID card fills the form, everything is there: accepted, with the due day.
 *  2. Something is missing: everything is told once and completely; a second time needs a reason; then it is accepted.
 *  3. What may follow follows: accepted with tolerance. A commitment is decided at once. A refusal names the remedies.
 *  4. A one-thing package of nine items: one form, one list of materials, nine cases.
 *  5. The node goes away: an intake from start to end without it; it arrives when the node is back.
 *  6. The program is killed in the middle of typing: what was typed is there again.
 */

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let clerk: LaunchedTerminal;
let reader: IdReaderSimulator;
let userData: string;

const signIn = async (page: Page): Promise<void> => {
  await page.getByLabel("工号").fill("1001");
  await page.getByLabel("密码").fill("demo-1001");
  await page.getByRole("button", { name: "登录" }).click();
  await page
    .locator(".work")
    .or(page.getByRole("button", { name: "开放窗口" }))
    .first()
    .waitFor();
  if (await page.getByRole("button", { name: "开放窗口" }).isVisible())
    await page.getByRole("button", { name: "开放窗口" }).click();
  await page.locator(".work").waitFor();
};

/** A terminal of before, its reader set up as a technician would have done. */
const plugReader = (path: string): void => {
  const file = join(userData, "settings.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...settings, idReader: { path } }));
};

const start = async (page: Page, words: string): Promise<void> => {
  await expect(page.locator(".intake-home")).toBeVisible();
  await page.getByRole("combobox").fill(words);
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.locator(".intake-form")).toBeVisible();
};

const fillPerson = async (page: Page): Promise<void> => {
  const person = page.locator('[data-section="person"]');
  await person.getByLabel("联系电话").fill("13812345678");
  await page.getByLabel("窗口领取").check();
};

const fillPension = async (page: Page): Promise<void> => {
  const insured = page.locator('[data-section="insured"]');
  await insured.getByLabel("社会保障号码").fill("11010519491231002X");
  await insured.getByLabel("险种").selectOption("企业职工基本养老保险");
  await insured.getByLabel("参保地").fill("广州市");
  await page.locator('[data-section="employer"]').getByLabel("单位名称").fill("广州示例机械有限公司");
  const bank = page.locator('[data-section="bank"]');
  await bank.getByLabel("开户银行").fill("中国银行");
  await bank.getByLabel("账户名称").fill("王小芳");
  await bank.getByLabel("银行账号").fill("6217001234567890123");
  const own = page.locator('[data-section^="item:"]');
  await own.getByLabel("退休类别").selectOption("正常退休");
  await own.getByLabel("退休日期").fill("20261130");
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  reader = await startIdReaderSimulator();
  userData = newUserData();
  const bounds = { x: 0, y: 0, width: 1440, height: 900 };
  const first = await launchTerminal({
    role: "window",
    node: node.url,
    enrol: await node.code("window", "2"),
    userData,
    bounds,
  });
  await first.page.getByLabel("工号").waitFor();
  await first.close();
  plugReader(reader.path);
  clerk = await launchTerminal({ role: "window", userData, bounds });
  await signIn(clerk.page);
});

test.afterEach(async ({ browserName: _ }, info) => {
  if (info.status !== info.expectedStatus)
    await clerk.page.screenshot({ path: info.outputPath("clerk.png") }).catch(() => undefined);
});

test.afterAll(async () => {
  await clerk?.close();
  await reader?.stop();
  await node?.remove();
});

test("1 accept: the card fills the form, the clerk types the rest, and the case has its due day", async () => {
  const { page } = clerk;
  await page.keyboard.press("F10");
  await picture(page, "intake-start");
  await start(page, "企业职工基本养老金申领");
  await page.keyboard.press("Alt+1");
  await expect(page.getByText("请先填写申请人的姓名")).toBeVisible();
  await picture(page, "intake-form");
  reader.lay(sampleCard);
  await page.keyboard.press("Alt+r");
  await expect(page.getByText("已读取身份证，请核对本人。")).toBeVisible();
  await expect(page.locator('[data-section="person"]').getByLabel("姓名")).toHaveValue("王小芳");
  await fillPerson(page);
  await fillPension(page);
  await page.getByRole("button", { name: "纸质全部收齐" }).click();
  await picture(page, "intake-complete");
  await page.keyboard.press("Alt+1");
  await expect(page.getByRole("dialog")).toContainText("受理通知书");
  await picture(page, "intake-accept");
  await page.getByRole("button", { name: "确认受理" }).click();
  await expect(page.getByTestId("intake-number")).toHaveText(/^\d{14}$/);
  await picture(page, "intake-accepted");
  await page.getByRole("button", { name: "继续下一件" }).click();
});
