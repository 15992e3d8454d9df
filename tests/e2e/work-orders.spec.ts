import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./helpers/axe.ts";
import { launchDesk, launchKiosk, signIn } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { pdfText } from "./helpers/pdf-text.ts";
import { picture } from "./helpers/picture.ts";
import { openPlainWindow } from "./helpers/plain-window.ts";

/*
 * What could not be done, from a person's finger to the closed order, on a real kiosk, a real desk, a real node and database:
 *  1. Somebody tells it at the kiosk and leaves with a number; somebody else tells it on a phone.
 *  2. The desk sees both, reads the words, takes one in, hands it over, accepts and answers it.
 *  3. Who answered may not verify it. Another person does, calls back and closes it, and keeps its paper as PDF.
 *  4. The figures lead to the guide's text that has to change, and it is told that it was; a matter of a court is turned away, with where to turn.
 */
test.describe.configure({ mode: "serial" });

const WORDS = "跑了三趟都说缺材料，但从没一次说清。";
const PHONE = "13800005678";

let node: DemoNode;
let kiosk: LaunchedTerminal;
let desk: LaunchedTerminal;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  kiosk = await launchKiosk(node);
  desk = await launchDesk(node);
});

keepPicturesOfFailures(() => ({ kiosk: kiosk?.page, desk: desk?.page }));

test.afterAll(async () => {
  for (const terminal of [kiosk, desk]) await terminal?.close();
  await node?.remove();
});

test("1 it is told at the kiosk and on a phone, and each leaves with a number", async () => {
  test.setTimeout(90_000);
  const { page } = kiosk;
  await page.getByRole("button", { name: "办不成事" }).click();
  await expect(page.getByRole("heading", { name: "遇到了什么情况？" })).toBeVisible();
  await picture(page, "kiosk-cannot");
  await page.getByRole("button", { name: "跑了多次没办成" }).click();
  await expect(page.getByRole("button", { name: "下一步" })).toBeDisabled();
  await page.getByRole("textbox").fill(WORDS);
  await picture(page, "kiosk-cannot-words");
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("textbox").fill(PHONE);
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByTestId("order-number")).toHaveText(/^\d{4}-0001$/);
  await expect(page.getByText(/一般在 \d{4}-\d{2}-\d{2} 前答复/)).toBeVisible();
  // The demo kiosk has no printer: the person is told, and may try again.
  await expect(page.locator("[data-print=notPrinted]")).toBeEnabled();
  await picture(page, "kiosk-cannot-number");

  const { page: phone, close } = await openPlainWindow();
  try {
    await phone.setViewportSize({ width: 390, height: 844 });
    await phone.goto(`${node.url}/cannot`);
    await phone.getByRole("combobox").selectOption("zh-CN");
    await expect(phone.getByRole("heading", { name: "办不成事，请告诉我们" })).toBeVisible();
    await phone.getByRole("button", { name: "提交" }).click();
    await expect(phone.getByText("请至少写4个字。")).toBeVisible();
    await phone.getByRole("textbox", { name: "想办什么" }).fill("法院还在审理，窗口不给办过户。");
    await phone.getByRole("textbox", { name: "联系电话" }).fill("123");
    await phone.getByRole("button", { name: "提交" }).click();
    await expect(phone.getByText("电话号码不完整")).toBeVisible();
    await picture(phone, "phone-cannot");
    await phone.getByRole("textbox", { name: "联系电话" }).fill("13900001234");
    await phone.getByRole("button", { name: "提交" }).click();
    await expect(phone.getByTestId("number")).toHaveText(/^\d{4}-0002$/);
    await expectAccessible(phone, "the phone page");
  } finally {
    await close();
  }
});

const card = () => desk.page.getByRole("region", { name: "下一步" });
const say = async (heading: string, sentence: string, button: string): Promise<void> => {
  await card().getByRole("textbox", { name: heading }).fill(sentence);
  await card().getByRole("button", { name: button, exact: true }).click();
};
const openOrder = async (serial: string): Promise<void> => {
  await desk.page
    .getByRole("list", { name: "工作单" })
    .getByRole("button", { name: new RegExp(serial) })
    .click();
};

test("2 the desk reads it, takes it in, hands it over, accepts and answers it", async () => {
  test.setTimeout(90_000);
  const { page } = desk;
  await signIn(page, "1001");
  await page.getByRole("button", { name: "办不成事", exact: true }).click();
  await openOrder("-0001");
  await page.getByRole("button", { name: "查看原话" }).click();
  await expect(page.getByText(WORDS)).toBeVisible();
  await expect(page.getByText("138****5678")).toBeVisible();
  await page.getByRole("button", { name: "显示联系方式" }).click();
  await expect(page.getByText(PHONE)).toBeVisible();
  await say("问题摘要", "材料齐全，三次未受理", "受理");
  await expect(card().getByRole("textbox", { name: "有关要求" })).toBeVisible();
  await picture(page, "desk-order");
  await card().getByRole("combobox", { name: "承办部门" }).fill("区市场监督管理局");
  await say("有关要求", "请按期办结并反馈", "交办");
  await card().getByRole("button", { name: "签收", exact: true }).click();
  await card().getByRole("radio", { name: "已解决" }).check();
  await card().getByRole("combobox", { name: "原因" }).selectOption({ label: "办事指南不清、不全" });
  await card().getByRole("textbox", { name: "办事指南要改哪里" }).fill("写明场地证明的三种形式");
  await say("办理情况", "已一次说清并当场受理", "反馈结果");
  await expect(page.getByText("待核查").first()).toBeVisible();
});

test("3 who answered may not verify it; another person does, calls back and closes it", async () => {
  test.setTimeout(90_000);
  const { page } = desk;
  await card().getByRole("radio", { name: "属实，通过" }).check();
  await say("核查情况", "抽查卷宗情况属实", "提交核查");
  await expect(page.getByText(/请由另一人核查/)).toBeVisible();
  await page.getByRole("button", { name: "退出登录" }).click();
  await signIn(page, "1002");
  await page.getByRole("button", { name: "办不成事", exact: true }).click();
  await openOrder("-0001");
  await card().getByRole("radio", { name: "属实，通过" }).check();
  await say("核查情况", "抽查卷宗情况属实", "提交核查");
  await card().getByRole("radio", { name: "认可", exact: true }).check();
  await say("回访情况", "反映人表示满意", "登记回访");
  await card().getByRole("button", { name: "销号", exact: true }).click();
  await expect(page.getByRole("heading", { name: /工作单 \d{4}-0001/ }).getByText("已销号")).toBeVisible();
  await picture(page, "desk-order-closed");
  const file = join(mkdtempSync(join(tmpdir(), "service-hall-order-")), "order.pdf");
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.getByRole("button", { name: "存为 PDF" }).click();
  await expect(page.getByText("已导出。")).toBeVisible({ timeout: 20_000 });
  const paper = pdfText(readFileSync(file));
  for (const text of ["办不成事", "三次未受理", "当场受理", "抽查卷宗情况属实", "销号"]) expect(paper).toContain(text);
  expect(paper).not.toContain(PHONE);
});

test("4 the guide's text that must change is told; a matter of a court is turned away", async () => {
  test.setTimeout(60_000);
  const { page } = desk;
  await page.getByRole("button", { name: "统计分析" }).click();
  await expect(page.getByText("写明场地证明的三种形式")).toBeVisible();
  await page.locator("summary", { hasText: "登记指南已修改" }).click();
  await page.getByRole("textbox", { name: /改成了什么/ }).fill("材料三已列明场地证明的三种形式");
  await page.getByRole("button", { name: "登记指南已修改" }).click();
  await expect(page.getByText(/王芳 已修改：材料三已列明/)).toBeVisible();
  await picture(page, "desk-order-figures");
  await page.getByRole("button", { name: "工作单", exact: true }).click();
  await openOrder("-0002");
  const reject = page.getByRole("group").filter({ hasText: "不予受理" }).first();
  await reject.getByText("不予受理").first().click();
  await reject.getByRole("combobox").selectOption({ label: "涉诉事项" });
  await expect(reject.getByRole("textbox", { name: "请到哪里办" })).toHaveValue(/12368/);
  await reject.getByRole("textbox", { name: "不予受理的理由" }).fill("正在法院审理之中");
  await reject.getByRole("button", { name: "不予受理", exact: true }).click();
  await page.getByRole("button", { name: /^已销号/ }).click();
  await openOrder("-0002");
  await expect(page.getByText(/正在法院审理之中 → /)).toBeVisible();
  expect(await page.content()).not.toContain("13900001234");
});
