import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { enrolResponseSchema, loginResponseSchema } from "../../shared/contract/api.ts";
import { appliedItem, applicantOf, HASH, intakeOf, receipt } from "../../shared/testing/case-fixture.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { sampleCard, startIdReaderSimulator, type IdReaderSimulator } from "../helpers/id-reader-simulator.ts";
import { enrolledWindow, pressKey, screens, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { allPaper, decide, fill, fillPension, fillPerson, next, start, typePerson } from "./helpers/intake.ts";
import { picture } from "./helpers/picture.ts";

/*
 * Intake at a real window terminal, with a real node and an ID reader that speaks the real bytes:
 *  1. The clerk finds an item, the ID card fills the form, everything is there: accepted, with the due day.
 *  2. Something is missing: everything is told once and completely; a second time needs a reason; then it is accepted.
 *  3. What may follow follows: accepted with tolerance, and brought later. A commitment is decided at once. A refusal names
 *     the remedies. An applicant takes an application back.
 *  4. A one-thing package of nine items: one form, one list of materials, nine cases.
 *  5. The node goes away: an intake from start to end without it; it arrives when the node is back.
 *  6. The program is killed in the middle of typing: what was typed is there again.
 *  7. An item that is decided on the spot (即办件) is decided where it was accepted.
 *  8. Papers that a terminal did not come to make are made at another.
 */

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let clerk: LaunchedTerminal;
let reader: IdReaderSimulator;
let userData: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  reader = await startIdReaderSimulator();
  userData = await enrolledWindow(node, "2", { idReader: { port: reader.path } });
  clerk = await launchTerminal({ role: "window", userData, bounds: screens.window });
  // By Enter alone: the first leads to the empty password, so nobody types it where it can be read.
  await clerk.page.getByLabel("工号").fill("1001");
  await clerk.page.getByLabel("工号").press("Enter");
  await expect(clerk.page.getByLabel("密码")).toBeFocused();
  await expect(clerk.page.getByText("请填写工号和密码。")).toHaveCount(0);
  await clerk.page.keyboard.press("Enter");
  await expect(clerk.page.getByText("请填写工号和密码。")).toBeVisible();
  await signInAtCounter(clerk.page);
});

keepPicturesOfFailures(() => ({ clerk: clerk?.page }));

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
  await expect(page.locator(".intake-saved"), "nothing is typed, nothing is being kept").toHaveText("");
  await page.keyboard.press("Alt+s");
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
  await page.keyboard.press("Alt+s");
  await expect(page.getByRole("dialog")).toContainText("受理通知书");
  await picture(page, "intake-accept");
  await page.getByRole("button", { name: "确认受理" }).click();
  await expect(page.getByTestId("intake-number")).toHaveText(/^\d{14}$/);
  await picture(page, "intake-accepted");
  await expect(page.getByText("受理通知书").first()).toBeVisible();
  await page.getByRole("button", { name: "查看", exact: true }).first().click();
  await expect(page.getByRole("dialog")).toContainText("企业职工基本养老金申领");
  await picture(page, "intake-paper");
  await page.keyboard.press("Escape");
  // Left by the key instead of the button: what was accepted is no draft any more, to be handed in a second time.
  await page.keyboard.press("F10");
  await page.keyboard.press("F10");
  await expect(page.getByText("没有未完成的收件", { exact: false })).toBeVisible();
  await page.keyboard.press("F11");
  await expect(page.getByLabel("办件编号、事项或部门")).toBeFocused();
  await page.keyboard.type("养老金申领");
  await expect(page.locator(".virtual-row")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".virtual-list")).toBeFocused();
  await page.getByRole("button", { name: "查看收件", exact: true }).press("Enter");
  await expect(page.getByText("这个收件已经受理，这里只能查看，不能再改。")).toBeVisible();
  await expect(page.getByRole("button", { name: "受理", exact: false })).toHaveCount(0);
  await picture(page, "intake-looked-at");
  await page.keyboard.press("Alt+z");
  await expect(page.getByText("没有未完成的收件", { exact: false })).toBeVisible();
});

test("2 correct: told once and completely, a second time only with a reason, then accepted", async () => {
  const { page } = clerk;
  await start(page, "办理自学考试学历证明");
  await typePerson(page, "110105194912310021");
  await expect(page.getByText("身份证号不对", { exact: false })).toBeVisible();
  await expect(page.locator('[data-section="person"]').getByLabel("证件号码")).toHaveValue("110105194912310021");
  await fill(page, "person", { 证件号码: "440106199003077633" });
  await page.keyboard.press("Tab");
  await expect(page.getByText("身份证号不对", { exact: false })).toHaveCount(0);
  await pressKey(page, "Alt+g");
  const dialog = page.getByRole("dialog");
  // Both materials and the four fields that must be filled in: everything, at once, nothing answered beforehand.
  await expect(dialog.locator(".lacks li")).toHaveCount(6);
  await picture(page, "intake-correct");
  await page.getByRole("button", { name: "确认一次性告知", exact: true }).click();
  await expect(page.getByText("一次性补正告知书").first()).toBeVisible();
  const number = await page.getByTestId("intake-number").innerText();
  await next(page);
  await page.locator(".draft-open", { hasText: "自学考试" }).click();
  await expect(page.getByText(number)).toBeVisible();
  await pressKey(page, "Alt+g");
  await page.getByRole("button", { name: "确认一次性告知", exact: true }).click();
  await expect(dialog.getByText("请写明再次告知的原因。")).toBeVisible();
  await page.keyboard.press("Escape");
  await fill(page, "education", { 学校: "广东开放大学", 层次: "[专科]" });
  await fill(page, "item:", { 用途: "[求职]", 份数: "1" });
  await allPaper(page);
  expect(await decide(page, "Alt+s", "确认受理")).toBe(number);
  await next(page);
});

test("3 tolerate, commit, refuse", async () => {
  const { page } = clerk;
  await start(page, "残疾人证》挂失补办");
  await typePerson(page, "440106199003077633");
  await fill(page, "disability", { 残疾类别: "[肢体残疾]" });
  await page.getByLabel("遗失", { exact: true }).check();
  await fill(page, "loss", { 情况说明: "在公交车上遗失" });
  await allPaper(page);
  await page.getByLabel("照片 的提交方式").selectOption("follow");
  await page.keyboard.press("Alt+s");
  await expect(page.getByText("不能直接受理", { exact: false })).toBeVisible();
  await page.keyboard.press("Alt+k");
  await picture(page, "intake-tolerate");
  await page.getByLabel("补交期限", { exact: false }).fill("20301231");
  await page.getByRole("button", { name: "确认容缺受理", exact: true }).click();
  await expect(page.getByText("补交期限要在今天之后", { exact: false })).toBeVisible();
  await page.keyboard.press("Escape");
  await decide(page, "Alt+k", "确认容缺受理");
  await expect(page.getByText("容缺受理承诺书").first()).toBeVisible();
  await next(page);

  // Days later the photograph is brought.
  const owing = page.locator(".virtual-row", { hasText: "残疾人证》挂失补办" });
  await page.keyboard.press("F11");
  await owing.click();
  await expect(page.locator(".case-detail")).toContainText("1 份，最迟");
  await page.getByRole("button", { name: "补收材料", exact: true }).click();
  await expect(page.getByText("容缺材料还欠 1 份", { exact: false })).toBeVisible();
  await expect(page.getByLabel("照片 的提交方式")).toBeEnabled();
  await expect(page.locator(".material select:enabled")).toHaveCount(1);
  await page.getByRole("button", { name: "纸质全部收齐" }).click();
  await picture(page, "intake-make-up");
  await pressKey(page, "Alt+S");
  await expect(page.getByText("补交的材料已登记，没有欠缺。")).toBeVisible();
  await expect(page.getByText("材料接收凭证").first()).toBeVisible();
  await picture(page, "intake-made-up");
  await next(page);
  await page.keyboard.press("F11");
  await owing.click();
  await expect(page.locator(".case-detail")).not.toContainText("容缺待补");
  await page.keyboard.press("F10");

  await start(page, "初次申领保安员证");
  await typePerson(page, "440106199003077633");
  await page.getByLabel("申报无犯罪记录").check();
  await fill(page, "employer", { 单位名称: "广州示例保安服务有限公司" });
  await fill(page, "item:", { 考试成绩: "86" });
  await decide(page, "Alt+c", "确认告知承诺");
  await expect(page.getByText("告知承诺书").first()).toBeVisible();
  await next(page);

  await start(page, "发票真伪鉴定");
  await typePerson(page, "440106199003077633");
  await page.keyboard.press("Alt+b");
  await page.getByRole("button", { name: "确认不予受理", exact: true }).click();
  await expect(page.getByText("请写明不予受理的理由", { exact: false })).toBeVisible();
  await page.getByLabel("不予受理的理由").fill("不属于本机关职权范围，请向开具地税务机关申请");
  await picture(page, "intake-refuse");
  await page.getByRole("button", { name: "确认不予受理", exact: true }).click();
  // One tap too many: still one order.
  await page.getByRole("button", { name: "登记“办不成事”" }).dblclick();
  await expect(page.getByText(/已登记“办不成事”，编号 \d{4}-0001/)).toBeVisible();
  await next(page);
});

test("3a the applicant takes it back", async () => {
  const { page } = clerk;
  await start(page, "办理自学考试学历证明");
  await typePerson(page, "11010519491231002X");
  const number = await decide(page, "Alt+g", "确认一次性告知");
  await next(page);
  await page.keyboard.press("F11");
  await page.locator(".virtual-row", { hasText: number }).click();
  await page.getByRole("button", { name: "申请人撤回", exact: true }).click();
  await picture(page, "intake-withdraw");
  await page.getByRole("dialog").getByRole("button", { name: "确认撤回" }).click();
  await expect(page.locator(".case-detail .state-chip")).toHaveText("已撤回");
  await expect(page.getByRole("button", { name: "申请人撤回", exact: true })).toHaveCount(0);
  await page.keyboard.press("F10");
  const drafts = page.locator(".draft-open", { hasText: "自学考试" });
  await expect(drafts).toHaveCount(0);

  // What was typed is not gone by one slip of the hand.
  await start(page, "办理自学考试学历证明");
  await page.locator('[data-section="person"]').getByLabel("姓名").fill("赵敏");
  await page.keyboard.press("Alt+z");
  await page.getByRole("button", { name: /^删除草稿/ }).click();
  await expect(page.getByRole("dialog")).toContainText("不能恢复");
  await page.keyboard.press("Escape");
  await expect(drafts).toHaveCount(1);
  await page.getByRole("button", { name: /^删除草稿/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除", exact: true }).click();
  await expect(drafts).toHaveCount(0);
});

test("3b a credit code that fails its check blocks, or stands with a reason", async () => {
  const { page } = clerk;
  await start(page, "内资股份有限公司设立登记");
  await page.getByRole("radio", { name: "单位", exact: true }).check();
  const firm = page.locator('[data-section="firm"]');
  await firm.getByLabel("统一社会信用代码").fill("91440101MA59ABCD0X");
  await page.keyboard.press("Tab");
  const fault = firm.getByText("统一社会信用代码不对", { exact: false });
  await expect(fault).toBeVisible();
  const reason = page.getByLabel("统一社会信用代码校验不通过", { exact: false });
  await reason.pressSequentially("新设企业，证照上如此");
  await expect(reason).toHaveValue("新设企业，证照上如此");
  await expect(fault).toHaveCount(0);
  await reason.fill("");
  await expect(fault).toBeVisible();
  await page.keyboard.press("Alt+z");
});

test("4 a one-thing package: one form, one list of materials, a case for each of its nine items", async () => {
  const { page } = clerk;
  await start(page, "新生儿出生中山集成版");
  await expect(page.getByText("含 9 个事项")).toBeVisible();
  await expect(page.locator(".material")).toHaveCount(5);
  await typePerson(page, "440106199003077633");
  await fill(page, "child", {
    姓名: "李小满",
    性别: "[女]",
    出生日期: "2026-11-01",
    接生机构: "中山市人民医院",
  });
  await fill(page, "family", { 姓名: "陈丽", 关系: "[母亲]", 证件号码: "440106199202023427" });
  await fill(page, "bank", { 开户银行: "中国银行", 账户名称: "李建国", 银行账号: "6217001234567890123" });
  await page.getByLabel("母亲", { exact: true }).check();
  await allPaper(page);
  await picture(page, "intake-package");
  const number = await decide(page, "Alt+s", "确认受理");
  await expect(page.locator(".due-table tbody tr")).toHaveCount(9);
  await next(page);
  await page.keyboard.press("F11");
  await expect(page.locator(".virtual-row", { hasText: number })).toHaveCount(9);
  await page.locator(".virtual-row", { hasText: number }).first().click();
  await expect(page.locator(".case-detail-number")).toContainText(number);
  await picture(page, "cases");
  await page.keyboard.press("F10");
});

test("5 without the node from start to end, and synced later", async () => {
  test.setTimeout(120_000);
  const { page } = clerk;
  await node.stop();
  await expect(page.locator('[data-lamp="connection"]')).toContainText("已离线", { timeout: 20_000 });
  await start(page, "企业职工基本养老金申领");
  await typePerson(page, "440106199003077633");
  await fillPension(page);
  await allPaper(page);
  const number = await decide(page, "Alt+s", "确认受理");
  expect(number).toMatch(/^\d{14}$/);
  await expect(page.getByText("现在离线。", { exact: false })).toBeVisible();
  await expect(page.getByText("受理通知书").first()).toBeVisible();
  await picture(page, "intake-offline");
  await next(page);
  await node.again();
  await expect(page.getByText("没有待发送")).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('[data-lamp="connection"]')).toContainText("已连接", { timeout: 20_000 });
  await page.keyboard.press("F11");
  await page.getByRole("searchbox").fill(number);
  await expect(page.locator(".virtual-row", { hasText: number })).toContainText("审批中");
  await expect(page.getByText("没有待处理提示")).toBeVisible();
  await page.keyboard.press("F10");
});

test("6 killed in the middle of typing: what was typed is there again, and a double is told", async () => {
  test.setTimeout(90_000);
  const { page } = clerk;
  await start(page, "出具中等职业学校毕业生学历证明书");
  await typePerson(page, "440106199003077633");
  await fill(page, "education", { 学校: "广州市示例职业技术学校" });
  await expect(page.getByText("已自动保存", { exact: false })).toBeVisible();
  await page.locator('[data-section="education"]').getByLabel("专业").pressSequentially("数控技术应", { delay: 20 });
  clerk.app.process().kill("SIGKILL");
  await clerk.app.waitForEvent("close").catch(() => undefined);
  clerk = await launchTerminal({ role: "window", userData, bounds: screens.window });
  const again = clerk.page;
  await again.locator(".work").waitFor();
  await again.keyboard.press("F10");
  await again.locator(".draft-open", { hasText: "中等职业" }).click();
  await expect(again.locator('[data-section="education"]').getByLabel("学校")).toHaveValue("广州市示例职业技术学校");
  await expect(again.locator('[data-section="person"]').getByLabel("证件号码")).toHaveValue("440106199003077633");
  await picture(again, "intake-after-kill");
  // The same person's number in another item: the earlier matters are offered, a double is told.
  await again.keyboard.press("Alt+z");
  await start(again, "企业职工基本养老金申领");
  await typePerson(again, "440106199003077633");
  await expect(again.getByText("同一事项已有在办件", { exact: false })).toBeVisible();
  await picture(again, "intake-double");
});

test("7 what is decided on the spot is decided at the counter", async () => {
  const { page } = clerk;
  const file = join(userData, "items.csv");
  writeFileSync(
    file,
    "实施编码,事项名称,部门,事项类型,承诺时限,法定时限\n" +
      "11440000006939756B2440101999000,参保证明打印,广东省人力资源和社会保障厅,公共服务,即办,5工作日\n",
  );
  node.operate("import-catalogue", file);
  if (await page.locator(".intake-form").isVisible()) await page.keyboard.press("Alt+z");
  await start(page, "参保证明打印");
  await typePerson(page, "11010519491231002X");
  await fill(page, "item:", { 申请事由: "办理贷款" });
  await decide(page, "Alt+s", "确认受理");
  await page.getByRole("button", { name: /^当场办结/ }).click();
  await page.getByRole("button", { name: "作出决定", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: "准予", exact: true })).toBeFocused();
  await page.keyboard.press("Space");
  await dialog.getByLabel("结果名称", { exact: false }).fill("参保证明");
  await dialog.getByRole("button", { name: "作出决定" }).click();
  await expect(page.locator(".case-detail .state-chip")).toHaveText("已办结待领");
  await expect(page.locator(".papers-panel")).toContainText("办理结果");
  await expect(page.getByRole("button", { name: "发放结果", exact: true })).toBeVisible();
  await page.keyboard.press("F10");
});

/** A window terminal that accepts an intake, and whose power goes before it has made the papers. */
const powerlessTerminal = async (): Promise<NodeClient> => {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    return (await fetch(`${node.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  const code = await node.code("window", "3");
  const device = enrolResponseSchema.parse(await post("/api/enrol", { code, name: "窗口" }));
  const { clerkId } = loginResponseSchema.parse(
    await post("/api/login", { ...device, clerkNo: "1002", password: "demo-1002" }),
  );
  const client = await NodeClient.connect({ url: node.url, deviceId: device.deviceId, secret: device.secret });
  const record = { mode: "record", clerkId } as const;
  const [intakeId, caseId, applicantId] = [uuidv7(), uuidv7(), uuidv7()];
  const applicant = { id: applicantId, kind: "applicant" as const, value: JSON.stringify(applicantOf()) };
  const opened = intakeOf({ intakeId, applicantId, items: [appliedItem(caseId)] });
  await client.send("OpenIntake", opened, { ...record, personal: [applicant] });
  await client.send("FillForm", { intakeId, formId: uuidv7(), formHash: HASH, errors: [] }, record);
  await client.send("ReceiveMaterial", { intakeId, key: "m1", receipt: receipt() }, record);
  await client.send("AcceptIntake", { intakeId }, record);
  return client;
};

test("8 papers that another terminal did not come to make are made at this one", async () => {
  const { page } = clerk;
  const other = await powerlessTerminal();
  await page.keyboard.press("F11");
  await page.getByRole("searchbox").fill("高等学校教师资格认定");
  await page.locator(".virtual-row").first().click();
  const ask = (paper: string) => page.getByRole("button", { name: `出具${paper}`, exact: true });
  await expect(ask("材料接收凭证")).toBeVisible();
  await ask("受理通知书").click();
  await expect(page.locator(".papers-panel")).toContainText("受理通知书");
  await expect(ask("受理通知书")).toHaveCount(0);
  await page.locator(".papers-panel").getByRole("button", { name: "查看", exact: true }).first().click();
  await expect(page.getByRole("dialog")).toContainText("张三");
  other.close();
});
