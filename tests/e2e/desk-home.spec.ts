import { expect, test } from "@playwright/test";
import { picture } from "./helpers/picture.ts";
import { openStaffPreview } from "./helpers/preview.ts";
import { serveReleases } from "./helpers/releases.ts";

/*
 * The duty desk's day in the product's own browser on a hall in memory:
 * 1. It opens with nothing lit and nothing to do, and says so.
 * 2. A finding is written into a ledger with the keyboard; what is missing is answered at its field.
 * 3. The entry goes on; its light and the next step stand on the first screen; a link leads to the very entry.
 * 4. Whoever opened it may not dismiss it: the step says that it needs another person.
 * 5. The shift is handed over; the search finds a ticket, and its matter is told in one line of time.
 * 6. A counter has the ledgers that it writes into, and no others.
 * 7. A version of the program goes to one terminal, then to all; one that failed somewhere is halted and let go on.
 * 8. All of it is clean for axe, in Chinese and English.
 */
test("runs the desk from its first screen", async () => {
  const preview = await openStaffPreview();
  const { page } = preview;
  try {
    await preview.open("role=desk&signedIn=1&lang=zh-CN");
    await expect(page.getByRole("heading", { name: "待我处理" })).toBeVisible();
    await expect(page.getByText("没有红黄灯").first()).toBeVisible();

    await page.getByRole("navigation").getByRole("button", { name: "台账", exact: true }).click();
    await page.getByRole("button", { name: /走流程/ }).click();
    await page.getByRole("button", { name: "登记一条" }).click();
    await page.getByRole("combobox", { name: /发现方式/ }).selectOption("secret");
    await page.getByRole("textbox", { name: /发现的问题/ }).fill("窗口要求提供指南以外的材料，请联系13812345678");
    await page.getByRole("button", { name: "登记一条" }).last().click();
    await expect(page.getByText("这里不能写电话或证件号码，请填到保密栏。")).toBeVisible();
    await expect(page.getByText("请填写。").first()).toBeVisible();
    await picture(page, "desk-ledger-form");
    await page.getByRole("textbox", { name: /发现的问题/ }).fill("窗口要求提供指南以外的材料");
    const day = page.getByLabel(/发现日期/);
    await day.fill("");
    await day.pressSequentially("2026-11-31");
    await day.press("Enter");
    await expect(page.getByRole("alert")).toContainText("2026-11-22");
    await expect(day).toBeFocused();
    await day.fill("2026-11-20");
    await page.getByRole("textbox", { name: /环节或窗口/ }).fill("3 号窗口收件");
    await page.getByRole("combobox", { name: /问题类别/ }).selectOption("guide");
    await page.getByRole("button", { name: "登记一条" }).last().click();
    await expect(page.getByRole("heading", { name: /ZL2026-0001/ })).toBeVisible();
    await expect(page.getByRole("button", { name: /核查不属实/ })).toBeDisabled();
    await expect(page.getByRole("button", { name: /核查不属实/ })).toContainText("须由另一人办理");
    await page.getByRole("button", { name: "交办整改" }).click();
    await page.getByRole("textbox", { name: /整改责任部门/ }).fill("市场监督管理局");
    await page.getByRole("button", { name: "交办整改" }).last().click();
    await expect(page.getByText("整改中").first()).toBeVisible();
    await picture(page, "desk-ledger");
    const link = await page.evaluate(() => location.hash);
    expect(link).toMatch(/^#\/ledgers\/walk\//);

    await page.getByRole("navigation").getByRole("button", { name: "今日", exact: true }).click();
    await expect(page.getByRole("link", { name: /ZL2026-0001/ })).toBeVisible();
    await page.getByRole("button", { name: "写交接" }).click();
    await page.getByRole("combobox", { name: /班次/ }).selectOption("morning");
    await page.getByRole("textbox", { name: /本班情况/ }).fill("上午平稳，3 号窗口整改已交办");
    await page.getByRole("button", { name: "交班" }).click();
    await expect(page.getByText("等待接班")).toBeVisible();
    await expect(page.getByRole("button", { name: /接班签收/ })).toBeDisabled();

    await page.getByRole("searchbox", { name: "查询" }).fill("A00");
    await page.getByRole("searchbox", { name: "查询" }).press("Enter");
    await expect(page.getByRole("heading", { name: /办事经过/ })).toBeVisible();
    await expect(page.getByText(/取号 A00/)).toBeVisible();
    await picture(page, "desk-home");

    await page.getByRole("searchbox", { name: "查询" }).fill(`http://10.1.2.3:4800/desk${link}`);
    await page.getByRole("link", { name: "打开链接" }).click();
    await expect(page.getByRole("heading", { name: /ZL2026-0001/ })).toBeVisible();

    await preview.open("role=desk&signedIn=1&lang=en#/ledgers/enterprise");
    await expect(page.getByText("Nothing is in work here.")).toBeVisible();
    await picture(page, "desk-ledger-en");
    await preview.open("role=desk&signedIn=1&lang=en&x#/home");
    await expect(page.getByRole("heading", { name: "To do" })).toBeVisible();
    await picture(page, "desk-home-en");

    await preview.open("role=desk&signedIn=1&lang=zh-CN&x#/updates");
    await expect(page.getByText("读不到程序版本")).toBeVisible();
    await serveReleases(page);
    await preview.open("role=desk&signedIn=1&lang=zh-CN&xx#/updates");
    const fresh = page.getByRole("article", { name: "版本 0.3.0" });
    await fresh.getByRole("button", { name: "给一台终端试用" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("button", { name: "给一台终端试用" })).toBeDisabled();
    await dialog.getByRole("combobox", { name: "终端" }).selectOption("东门取号机");
    await picture(page, "desk-updates-stage");
    await dialog.getByRole("button", { name: "给一台终端试用" }).click();
    await expect(fresh.getByText("东门取号机")).toBeVisible();
    await fresh.getByRole("button", { name: "给全部终端" }).click();
    await page.keyboard.press("Enter");
    await expect(fresh.getByText("全部终端", { exact: true })).toBeVisible();
    await fresh.getByRole("button", { name: "暂停发放" }).click();
    await expect(fresh.getByText(/已暂停发放/)).toBeVisible();
    await picture(page, "desk-updates");
    await page.getByRole("article", { name: "版本 0.2.0" }).getByRole("button", { name: "继续发放" }).click();
    await page.keyboard.press("Enter");
    await expect(page.getByText(/已暂停发放/)).toHaveCount(1);
    await preview.open("role=desk&signedIn=1&noManager=1&lang=en#/updates");
    await expect(page.getByText("17 run it; 1 could not start it", { exact: false })).toBeVisible();
    await expect(page.getByRole("button", { name: "Halt" })).toHaveCount(0);
    await picture(page, "desk-updates-en");

    await preview.open("role=window&signedIn=1&lang=zh-CN");
    await page.getByRole("button", { name: "台账", exact: true }).click();
    await expect(page.getByRole("button", { name: /企业诉求/ })).toHaveCount(0);
    await page.getByRole("button", { name: "登记一条" }).click();
    await expect(page.getByRole("textbox", { name: /联系电话/ })).toBeVisible();
    await picture(page, "window-ledger");
  } finally {
    await preview.close();
  }
});
