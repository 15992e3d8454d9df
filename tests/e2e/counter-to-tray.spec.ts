import { expect, test, type Page } from "@playwright/test";
import { signPaper } from "./helpers/applicant.ts";
import { launchKiosk, launchWindow, pressKey, screens, signIn, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { allPaper, decide, fill, next, start, typePerson } from "./helpers/intake.ts";
import { picture } from "./helpers/picture.ts";
import { takeAnonymously } from "./helpers/take-number.ts";

/*
 * A case from the called number to the signed receipt, through a counter with its second screen and a department's desk:
 *  1. The called ticket's item begins the intake; the second screen follows what is typed, masked, and is asked to check it.
 *  2. A licence is authorised, a file chosen; the paper is read word for word before it is given out.
 *  3. The department sees its own cases and nothing else of the hall, reads the form and the file after a reason, returns the
 *     case, gets it back, stops and starts its clock, and decides.
 *  4. The counter hands out the result against a signature on the second screen; another goes by courier.
 *  5. Two counters open one intake: one of them edits, the other is told, and nothing typed is lost.
 */

test.describe.configure({ mode: "serial" });

const ITEM = "办理自学考试学历证明";
const DEPARTMENT = "广东省教育厅";
const ID_NUMBER = "440106199003077633";

let node: DemoNode;
let clerk: LaunchedTerminal;
let applicant: Page;
let desk: LaunchedTerminal | undefined;
let other: LaunchedTerminal | undefined;
let number = "";

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  ({ clerk, applicant } = await launchWindow(node, "2"));
  await signInAtCounter(clerk.page);
});

keepPicturesOfFailures(() => ({ clerk: clerk?.page, applicant, desk: desk?.page, other: other?.page }));

test.afterAll(async () => {
  await other?.close();
  await desk?.close();
  await clerk?.close();
  await node?.remove();
});

const caseRow = (page: Page, of: string) => page.locator(".virtual-row", { hasText: of });
const act = (page: Page, name: string) =>
  page.getByRole("group", { name: "可以做的事" }).getByRole("button", { name, exact: true });

test("1 the called number's item begins the intake, and the second screen follows", async () => {
  const nobody = clerk.page.getByText("现在没有人在等候。有人取号后再叫。");
  await pressKey(clerk.page, "F2");
  await expect(nobody).toBeVisible();
  const kiosk = await launchKiosk(node);
  await kiosk.page.getByRole("button", { name: /搜索事项/ }).click();
  for (const letter of "BLZXKSXLZM") await kiosk.page.getByRole("button", { name: letter, exact: true }).click();
  await kiosk.page
    .getByRole("list")
    .getByRole("button", { name: new RegExp(ITEM) })
    .first()
    .click();
  await kiosk.page.getByRole("button", { name: "取号", exact: true }).click();
  await takeAnonymously(kiosk.page);
  const ticket = await kiosk.page.getByTestId("number").innerText();
  await kiosk.close();

  const { page } = clerk;
  await pressKey(page, "F2");
  await expect(page.locator(".current-number")).toHaveText(ticket);
  await expect(nobody).toHaveCount(0);
  await pressKey(page, "F5");
  await expect(page.locator(".current-person")).toHaveAttribute("data-state", "serving");
  await page.keyboard.press("F10");
  const called = page.locator(".intake-called");
  await expect(called).toContainText(ticket);
  await expect(called).toContainText(ITEM);
  await expect(called).toBeFocused();
  await picture(page, "intake-called");
  await page.keyboard.press("Enter");
  await expect(page.locator(".intake-title h2")).toHaveText(ITEM);

  await typePerson(page, ID_NUMBER);
  await expect(applicant.locator(".applicant")).toContainText("**************7633");
  await expect(applicant.locator(".applicant")).toContainText("138****5678");
  await expect(applicant.locator(".applicant")).toContainText("李**");
  expect(await applicant.content()).not.toContain(ID_NUMBER);
  await expect(applicant.getByRole("button", { name: /无误|正确/ })).toHaveCount(0);
  await picture(applicant, "applicant-typed");
  await page.getByRole("button", { name: "请办事人核对" }).click();
  await applicant.locator(".applicant-end .big-button").first().click();
  await expect(page.getByText("办事人说有误")).toBeVisible();
  await fill(page, "person", { 姓名: "李建军" });
  await expect(page.getByText("办事人说有误")).toHaveCount(0);
  await page.getByRole("button", { name: "请办事人核对" }).click();
  await applicant.locator(".applicant-end .big-button-primary").click();
  await expect(page.getByText("办事人已核对无误")).toBeVisible();
});

test("2 a licence, a file, and the paper before it is given out", async () => {
  const { page } = clerk;
  await fill(page, "education", { 学校: "广东开放大学", 层次: "[专科]" });
  await fill(page, "item:", { 用途: "[求职]", 份数: "1" });
  const [licence, upload] = [page.locator(".material").first(), page.locator(".material").nth(1)];
  await licence.locator("select").selectOption("licence");
  const code = page.getByRole("dialog").getByRole("textbox");
  await code.fill("https://example.cn/?k=id");
  await page.getByRole("button", { name: "确认授权并调取" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("这不是电子证照二维码");
  await code.fill(`https://example.cn/l?k=id&n=${encodeURIComponent("李建军")}&i=${ID_NUMBER}&a=auth-code-1`);
  await page.getByRole("button", { name: "确认授权并调取" }).click();
  await expect(licence).toHaveAttribute("data-state", "ok");
  await upload.locator("select").selectOption("upload");
  const choosing = page.waitForEvent("filechooser");
  await upload.getByRole("button", { name: "选择文件…" }).click();
  const picked = await applicant.screenshot({ type: "jpeg" });
  await (await choosing).setFiles({ name: "申请表.jpg", mimeType: "image/jpeg", buffer: picked });
  await expect(upload).toHaveAttribute("data-state", "ok");
  await expect(page.locator('[data-lamp="files"]')).toHaveCount(0, { timeout: 15_000 });

  await pressKey(page, "Alt+s");
  const preview = page.getByRole("dialog").getByRole("region", { name: "文书预览" });
  await expect(preview).toContainText("受理通知书");
  await expect(preview).toContainText("材料接收凭证");
  await expect(preview).toContainText("李建军");
  const told = await preview.locator(".paper .number").first().innerText();
  await picture(page, "intake-accept");
  await page.getByRole("button", { name: "确认受理" }).click();
  number = await page.getByTestId("intake-number").innerText();
  expect(told).toContain(number);
  await page.getByRole("button", { name: "查看", exact: true }).first().click();
  // Word for word what was shown before.
  await expect(page.locator(".paper-dialog .paper .number")).toHaveText(told);
  await page.keyboard.press("Escape");
  await next(page);
});

test("3 the department decides, after a return and with its clock stopped once", async () => {
  test.setTimeout(120_000);
  desk = await launchTerminal({
    role: "desk",
    node: node.url,
    enrol: node.departmentCode(DEPARTMENT),
    bounds: screens.desk,
  });
  const { page } = desk;
  await signIn(page, "1002");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(DEPARTMENT);
  await expect(page.getByRole("button", { name: "现场调度" })).toHaveCount(0);
  await page.getByRole("navigation").getByRole("button", { name: "办件", exact: true }).click();
  await caseRow(page, number).click();
  await picture(page, "tray");
  expect(await page.content()).not.toContain("李建军");
  await act(page, "开始办理").click();
  await expect(page.getByText("本人正在办理")).toBeVisible();
  await page.getByRole("button", { name: "查看申请人和申请表" }).click();
  await page.getByRole("button", { name: "查看并记录" }).click();
  await expect(page.locator(".case-person")).toContainText(ID_NUMBER);
  await expect(page.locator(".case-person")).toContainText("广东开放大学");
  await page.getByRole("button", { name: "查看文件 学历证明申请表" }).click();
  await expect(page.locator(".file-view img")).toHaveJSProperty("complete", true);
  await picture(page, "tray-file");
  await page.keyboard.press("Escape");
  await picture(page, "tray-person");

  await act(page, "退回窗口").click();
  await page.getByRole("dialog").getByRole("button", { name: "退回窗口" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("还有没填的内容");
  await page.getByLabel("退回的原因", { exact: false }).fill("申请表缺少签名");
  await page.getByRole("dialog").getByRole("button", { name: "退回窗口" }).click();
  await expect(page.getByText("退回窗口：申请表缺少签名", { exact: false })).toBeVisible();

  await clerk.page.keyboard.press("F11");
  await caseRow(clerk.page, number).click();
  await act(clerk.page, "补收材料").click();
  await expect(clerk.page.getByText("部门要求补充材料。", { exact: false })).toBeVisible();
  await clerk.page.getByLabel("学历证明申请表 的提交方式").selectOption("paper");
  await pressKey(clerk.page, "Alt+S");
  await expect(clerk.page.getByText("请到“办件”中把退回的办件补正后再送", { exact: false })).toBeVisible();
  await clerk.page.keyboard.press("F11");
  await caseRow(clerk.page, number).click();
  await act(clerk.page, "补正后再送").click();
  await clerk.page.getByRole("dialog").getByRole("textbox").fill("已补签名");
  await clerk.page.getByRole("dialog").getByRole("button", { name: "补正后再送" }).click();

  await act(page, "启动特别程序").click();
  await page.getByRole("radio", { name: "专家评审" }).check();
  await page.getByLabel("启动的原因").fill("学历存疑，请专家评审");
  await page.getByRole("dialog").getByRole("button", { name: "启动特别程序" }).click();
  await expect(page.locator(".case-detail .light")).toContainText("暂停");
  await expect(page.locator(".papers-panel")).toContainText("特别程序告知书");
  await act(page, "结束特别程序").click();
  await page.getByRole("dialog").getByRole("textbox").fill("评审通过");
  await page.getByRole("dialog").getByRole("button", { name: "结束特别程序" }).click();

  await act(page, "作出决定").click();
  await page.getByRole("dialog").getByRole("button", { name: "作出决定" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("还有没填的内容");
  await page.getByRole("radio", { name: "准予", exact: true }).check();
  await page.getByLabel("结果名称", { exact: false }).fill("自学考试学历证明");
  await page.getByLabel("结果文号").fill("粤考证〔2026〕1号");
  await picture(page, "tray-decide");
  await page.getByRole("dialog").getByRole("button", { name: "作出决定" }).click();
  await expect(page.locator(".papers-panel")).toContainText("办理结果告知书");
  await page.locator(".paper-row", { hasText: "办理结果告知书" }).getByRole("button").click();
  await expect(page.locator(".paper-dialog .paper")).toContainText("粤考证〔2026〕1号");
  await page.keyboard.press("Escape");
});

test("4 the result is handed out against a signature; another one goes by courier", async () => {
  const { page } = clerk;
  await expect(page.locator(".case-detail header")).toContainText("已办结待领");
  await act(page, "发放结果").click();
  await expect(page.getByRole("dialog")).toContainText("请核对证件原件：李建军，440***********7633");
  await picture(page, "hand-out");
  await page.getByRole("button", { name: "出具回执并请签名" }).click();
  await page.getByRole("button", { name: "请办事人在副屏签名" }).click();
  await expect(applicant.locator(".applicant-paper")).toContainText("本人已收到上述办理结果");
  await signPaper(applicant);
  await expect(page.getByRole("dialog")).toContainText("申请人已签名");
  await expect(page.locator(".paper img.signature")).toBeVisible();
  await picture(page, "hand-out-signed");
  await page.keyboard.press("Escape");
  await expect(page.locator(".case-detail header")).toContainText("已领取");
  await expect(page.getByText("没有待处理提示").or(page.locator(".work")).first()).toBeVisible();

  await page.keyboard.press("F10");
  await start(page, ITEM);
  await typePerson(page, "440106199202023427");
  await fill(page, "education", { 学校: "广东开放大学", 层次: "[专科]" });
  await fill(page, "item:", { 用途: "[求职]", 份数: "1" });
  await page.getByLabel("邮寄", { exact: false }).first().check();
  await fill(page, "delivery", { 收件人: "李建国", 收件电话: "13812345678", 收件地址: "广州市天河区示例路 8 号" });
  await allPaper(page);
  const second = await decide(page, "Alt+s", "确认受理");
  await next(page);
  if (!desk) throw new Error("no desk");
  await caseRow(desk.page, second).click();
  await act(desk.page, "作出决定").click();
  await desk.page.getByRole("radio", { name: "准予", exact: true }).check();
  await desk.page.getByRole("dialog").getByRole("button", { name: "作出决定" }).click();
  await act(desk.page, "发放结果").click();
  await expect(desk.page.getByRole("dialog")).toContainText("广州市天河区示例路 8 号");
  await desk.page.getByRole("dialog").getByRole("button", { name: "发放结果" }).click();
  await expect(desk.page.getByRole("dialog").getByRole("alert")).toContainText("还有没填的内容");
  await desk.page.getByLabel("快递公司").fill("EMS");
  await desk.page.getByLabel("快递单号").fill("EM123456789CN");
  await picture(desk.page, "tray-courier");
  await desk.page.getByRole("dialog").getByRole("button", { name: "发放结果" }).click();
  await expect(desk.page.locator(".case-detail header")).toContainText("邮寄中");
  await act(desk.page, "确认已签收").click();
  await expect(desk.page.locator(".case-detail header")).toContainText("已签收");
});

test("5 two counters, one intake: one of them edits, and nothing typed is lost", async () => {
  test.setTimeout(120_000);
  const { page } = clerk;
  await start(page, ITEM);
  await typePerson(page, "11010519491231002X");
  await fill(page, "education", { 学校: "甲校", 层次: "[专科]" });
  const told = await decide(page, "Alt+g", "确认一次性告知");
  await next(page);
  await page.locator(".draft-open", { hasText: "自学考试" }).first().click();
  await expect(page.getByText(told)).toBeVisible();
  await fill(page, "education", { 学校: "乙校" });

  other = await launchTerminal({
    role: "window",
    node: node.url,
    enrol: await node.code("window", "3"),
    bounds: screens.window,
  });
  await signInAtCounter(other.page, "1002");
  const goOn = async (): Promise<void> => {
    await other?.page.keyboard.press("F11");
    if (other) await caseRow(other.page, told).click();
    if (other) await act(other.page, "继续收件").click();
  };
  await goOn();
  await expect(other.page.getByText("正由", { exact: false }).or(other.page.getByRole("alert")).first()).toBeVisible();
  await picture(other.page, "intake-held");
  await other.page.getByRole("button", { name: "接手办理" }).click();
  await other.page.getByRole("dialog").getByRole("button", { name: "接手办理" }).click();
  await expect(other.page.locator(".intake-form")).toHaveCount(0);
  await expect(other.page.getByRole("button", { name: "接手办理" })).toBeVisible();

  await expect(page.getByText("已自动保存", { exact: false })).toBeVisible();
  await page.keyboard.press("Alt+z");
  await goOn();
  await expect(other.page.locator('[data-section="education"]').getByLabel("学校")).toHaveValue("甲校");
  // The first counter is told, and what it has typed is still there.
  await page.locator(".draft-open", { hasText: "自学考试" }).first().click();
  await expect(page.getByRole("button", { name: "接手办理" })).toBeVisible();
  await fill(other.page, "education", { 学校: "丙校" });
  await pressKey(other.page, "Alt+g");
  await other.page.getByRole("dialog").getByRole("textbox").fill("学校名称更正");
  await other.page.getByRole("button", { name: "确认一次性告知", exact: true }).click();
  await next(other.page);

  await page.locator(".draft-open", { hasText: "自学考试" }).first().click();
  await expect(page.getByText("您离开期间", { exact: false })).toBeVisible();
  const school = page.locator('[data-section="education"]').getByLabel("学校");
  await expect(school).toHaveValue("乙校");
  await picture(page, "intake-outdated");
  await page.getByRole("button", { name: "改用最新内容" }).click();
  await expect(school).toHaveValue("丙校");

  // The same screens in English.
  await page.getByRole("button", { name: /English/ }).click();
  await expect(page.getByRole("button", { name: "Ask the applicant to check" })).toBeVisible();
  await picture(page, "intake-en");
  await pressKey(page, "Alt+g");
  await expect(page.getByRole("dialog").getByRole("region", { name: "Preview of the document" })).toBeVisible();
  await picture(page, "intake-correct-en");
  await page.keyboard.press("Escape");
  if (!desk) throw new Error("no desk");
  await desk.page.getByRole("button", { name: /English/ }).click();
  await expect(desk.page.getByRole("group", { name: "Trays" })).toBeVisible();
  await picture(desk.page, "tray-en");
});
