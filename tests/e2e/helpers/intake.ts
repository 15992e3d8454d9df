import { expect, type Page } from "@playwright/test";
import { pressKey } from "./clerk.ts";

/** Finds an item by its name and begins an intake of it. */
export const start = async (page: Page, words: string): Promise<void> => {
  await expect(page.locator(".intake-home")).toBeVisible();
  await page.getByRole("combobox").fill(words);
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.locator(".intake-form")).toBeVisible();
};

/** What a person has to tell beside who they are. */
export const fillPerson = async (page: Page): Promise<void> => {
  const person = page.locator('[data-section="person"]');
  await person.getByLabel("联系电话").fill("13812345678");
  await page.getByLabel("窗口领取").check();
};

/** Types into a section by the labels of its fields; what is in square brackets is chosen from a list. */
export const fill = async (page: Page, section: string, values: Readonly<Record<string, string>>): Promise<void> => {
  const fields = page.locator(`[data-section^="${section}"]`).first();
  for (const [label, value] of Object.entries(values)) {
    const field = fields.getByLabel(label, { exact: false }).first();
    const choice = /^\[(.*)\]$/.exec(value)?.[1];
    if (choice === undefined) await field.fill(value);
    else await field.selectOption(choice);
  }
};

/** The item form of 企业职工基本养老金申领. */
export const fillPension = async (page: Page): Promise<void> => {
  await fill(page, "insured", {
    社会保障号码: "11010519491231002X",
    险种: "[企业职工基本养老保险]",
    参保地: "广州市",
  });
  await fill(page, "employer", { 单位名称: "广州示例机械有限公司" });
  await fill(page, "bank", { 开户银行: "中国银行", 账户名称: "王小芳", 银行账号: "6217001234567890123" });
  await fill(page, "item:", { 退休类别: "[正常退休]", 退休日期: "20261130" });
};

/** Who applies, typed. */
export const typePerson = async (page: Page, idNumber: string): Promise<void> => {
  await fill(page, "person", { 姓名: "李建国", 证件类型: "[居民身份证]", 证件号码: idNumber });
  await fillPerson(page);
};

/** Everything was brought on paper. */
export const allPaper = (page: Page): Promise<void> => page.getByRole("button", { name: "纸质全部收齐" }).click();

/** Ends an intake by its key and the confirmation. @returns its number */
export const decide = async (page: Page, key: string, confirm: string): Promise<string> => {
  await pressKey(page, key);
  await page.getByRole("button", { name: confirm, exact: true }).click();
  await expect(page.getByTestId("intake-number")).toBeVisible();
  return page.getByTestId("intake-number").innerText();
};

/** From the outcome back to where an intake begins. */
export const next = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "继续下一件" }).click();
  await expect(page.locator(".intake-home")).toBeVisible();
};
