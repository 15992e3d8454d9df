import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { readToEnd, stroke } from "./helpers/applicant.ts";
import { enrolledWindow, pressKey, screens, signInAtCounter } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, type LaunchedTerminal } from "./helpers/electron.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { pdfText } from "./helpers/pdf-text.ts";
import { picture } from "./helpers/picture.ts";

/*
 * Papers at a real window terminal with its second screen, a camera of Chromium's and a printer that writes PDF:
 *  1. A material is scanned: two pages, turned, cropped by keyboard, put in another order; it reaches the node by itself.
 *  2. A file that is none is refused with a sentence; a PDF is taken by what is in it.
 *  3. The one-time notification is read on the second screen to its end, and signed there; the clerk cannot do it.
 *  4. It is printed, and printed again as a copy: both PDFs hold the words, only the second one the mark.
 *  5. Somebody who cannot sign says so on the screen; the clerk records how they agreed, and why.
 *  6. The QR code's page tells an applicant how far the case is, and a stranger nothing.
 */

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let clerk: LaunchedTerminal;
let applicant: Page;
let userData: string;
let number = "";
const printed = mkdtempSync(join(tmpdir(), "service-hall-printed-"));

const papers = (): readonly string[] =>
  readdirSync(printed)
    .filter((name) => name.endsWith(".pdf"))
    .map((name) => join(printed, name))
    .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);

const begin = async (page: Page, name: string): Promise<void> => {
  await expect(page.locator(".intake-home")).toBeVisible();
  await page.getByRole("combobox").fill("办理自学考试学历证明");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  const person = page.locator('[data-section="person"]');
  await person.getByLabel("姓名").fill(name);
  await person.getByLabel("证件类型").selectOption("居民身份证");
  await person.getByLabel("证件号码").fill("440106199003077633");
  await person.getByLabel("联系电话").fill("13812345678");
};

const tellMissing = async (page: Page): Promise<void> => {
  await pressKey(page, "Alt+g");
  await page.getByRole("button", { name: "确认一次性告知", exact: true }).click();
  await expect(page.getByTestId("intake-number")).toBeVisible();
  number = await page.getByTestId("intake-number").innerText();
  await page.getByRole("button", { name: "查看并签字" }).first().click();
  await expect(page.locator(".paper")).toContainText("补正告知书");
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start();
  userData = await enrolledWindow(node, "2", { documentPrinter: { kind: "pdf", name: printed } });
  clerk = await launchTerminal({
    role: "window",
    userData,
    bounds: screens.window,
    secondBounds: screens.small,
    switches: ["--use-fake-device-for-media-stream"],
  });
  applicant = await clerk.secondPage();
  await signInAtCounter(clerk.page);
  await clerk.page.keyboard.press("F10");
});

keepPicturesOfFailures(() => ({ clerk: clerk?.page, applicant }));

test.afterAll(async () => {
  await clerk?.close();
  await node?.remove();
  rmSync(printed, { recursive: true, force: true });
  rmSync(userData, { recursive: true, force: true });
});

test("1 pages under the camera become one material and reach the node by themselves", async () => {
  const { page } = clerk;
  await begin(page, "李建国");
  await page.locator(".material select").first().selectOption("scan");
  const dialog = page.getByRole("dialog");
  const shutter = dialog.getByRole("button", { name: "拍摄（空格）" });
  await expect(shutter).toBeFocused();
  await expect(shutter).toHaveAttribute("aria-disabled", "false", { timeout: 15_000 });
  await page.keyboard.press("Space");
  await expect(dialog.locator(".scan-pages li")).toHaveCount(1);
  await shutter.click();
  await expect(dialog.locator(".scan-pages li")).toHaveCount(2);
  await page.keyboard.press("r");
  await page.keyboard.press("c");
  const left = dialog.getByRole("slider", { name: "左边" });
  await left.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Shift+ArrowRight");
  await expect(left).toHaveAttribute("aria-valuenow", "15");
  await picture(page, "scan-crop");
  await dialog.getByRole("button", { name: "裁剪", exact: true }).click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(dialog.locator(".scan-pages li").first().getByRole("button")).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Delete");
  await expect(dialog.locator(".scan-pages li")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(dialog.locator(".scan-pages li")).toHaveCount(2);
  await picture(page, "scan");
  await dialog.getByRole("button", { name: "完成（2 页）" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".material").first()).toHaveAttribute("data-state", "ok");
  // The lamp is there while something is on its way, and gone when all is at the node.
  await expect(page.locator('[data-lamp="files"]')).toHaveCount(0, { timeout: 15_000 });
});

test("2 a file that a person brings is judged by what is in it", async () => {
  const { page } = clerk;
  const second = page.locator(".material").nth(1);
  await second.locator("select").selectOption("upload");
  const input = second.locator('input[type="file"]');
  await input.setInputFiles({ name: "证明.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ a program") });
  await expect(second.getByRole("alert")).toContainText("只能使用 PDF、JPG 或 PNG 文件");
  await input.setInputFiles({ name: "x.bin", mimeType: "", buffer: Buffer.from("%PDF-1.4\n/Type /Page \n%%EOF") });
  await expect(second.getByRole("alert")).toHaveCount(0);
  await expect(page.locator('[data-lamp="files"]')).toHaveCount(0, { timeout: 15_000 });
  await second.locator("select").selectOption("");
});

test("3 the applicant reads on the second screen to the end and signs there; the clerk cannot", async () => {
  const { page } = clerk;
  await tellMissing(page);
  await page.getByRole("button", { name: "请办事人在副屏签名" }).click();
  await expect(applicant.locator(".applicant-paper")).toContainText("现将需要补正的全部内容一次性告知如下");
  await expect(applicant.locator(".applicant-paper")).toContainText("李建国");
  await picture(applicant, "applicant-paper");
  await readToEnd(applicant);
  const confirm = applicant.getByRole("button", { name: "确认签名" });
  await expect(confirm).toBeDisabled();
  await stroke(applicant, 0.2, 0.5);
  await expect(confirm).toBeEnabled();
  await applicant.getByRole("button", { name: "撤销一笔" }).click();
  await expect(confirm).toBeDisabled();
  await stroke(applicant, 0.2, 0.5);
  await stroke(applicant, 0.5, 0.8);
  await picture(applicant, "applicant-sign");
  // Nothing that the clerk's own window can call answers for the applicant.
  const forged = await page.evaluate(async () => {
    const { terminal } = window as unknown as { terminal: Record<string, (answer: unknown) => Promise<unknown>> };
    return terminal["applicant.answer"]?.({ kind: "confirmed", requestId: "x" }).then(
      () => "taken",
      (error: Error) => error.message,
    );
  });
  expect(forged).toContain("not_allowed");
  await confirm.click();
  // Also when the window has had the signature and taken the paper away long before.
  await expect(applicant.getByText("签名完成，谢谢。")).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("申请人已签名");
  await expect(page.locator(".paper img.signature")).toBeVisible();
  await expect(applicant.getByText("签名完成，谢谢。")).toHaveCount(0);
  await picture(page, "paper-signed");
});

test("4 it is printed, and printed again as a copy", async () => {
  const { page } = clerk;
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "打印", exact: true }).click();
  await expect(dialog.locator(".paper-prints li")).toHaveCount(1);
  await dialog.getByRole("button", { name: "补打副本（第 1 次）" }).click();
  await expect(dialog.locator(".paper-prints li")).toHaveCount(2);
  await expect(dialog.locator(".paper-prints")).toContainText("副本（第 1 次补打）");
  const [original = "", copy = ""] = papers().map((file) => pdfText(readFileSync(file)));
  for (const paper of [original, copy]) expect(paper).toContain("扫码评价本次服务");
  for (const text of [original, copy]) {
    expect(text).toContain("补正告知书");
    expect(text).toContain(number);
    expect(text).toContain("李建国");
    expect(text).not.toContain("440106199003077633");
  }
  expect(original).not.toContain("副本");
  expect(copy).toContain("副本");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "继续下一件" }).click();
});

test("5 somebody who cannot sign says so, and the clerk records how they agreed", async () => {
  const { page } = clerk;
  await begin(page, "陈秀英");
  await tellMissing(page);
  await page.getByRole("button", { name: "请办事人在副屏签名" }).click();
  await applicant.getByRole("button", { name: "我无法签名" }).click();
  await expect(applicant.getByText("已告知工作人员，请稍候。")).toBeVisible();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("办事人表示无法在屏幕上签名");
  await dialog.getByRole("button", { name: "记录" }).click();
  await expect(dialog.getByRole("alert")).toContainText("请填写无法签名的原因。");
  await dialog.getByLabel("无法签名的原因").fill("右手受伤");
  await picture(page, "paper-witness");
  await dialog.getByRole("button", { name: "记录" }).click();
  await expect(dialog).toContainText("无法签名，已由工作人员记录");
  await page.keyboard.press("Escape");
});

test("6 the page of the QR code tells how far the case is, and a stranger nothing", async () => {
  const page = await fetch(`${node.url}/p`);
  expect(page.url).toBe(`${node.url}/app/progress.html`);
  expect(await page.text()).toContain("default-src 'none'");
  const ask = async (last4: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${node.url}/api/progress`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ number, last4 }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  await expect(async () => expect((await ask("7633")).status).toBe(200)).toPass({ timeout: 15_000 });
  const { text } = await ask("7633");
  expect(text).toContain("toldMissing");
  expect(text).not.toMatch(/陈秀英|4401061990|07633|13812345678|138\*/);
  expect((await ask("0000")).status).toBe(404);
});
