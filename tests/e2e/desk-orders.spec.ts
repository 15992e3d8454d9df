import { expect, test } from "@playwright/test";
import { start } from "./helpers/intake.ts";
import { picture } from "./helpers/picture.ts";
import { openStaffPreview } from "./helpers/preview.ts";

/*
 * Work orders on screen, in the product's own browser on a hall in memory:
 * 1. The desk of a department finds its own orders and no others: it accepts, asks for a later date, answers, and gives back.
 * 2. The duty desk raises an order out of a refused case: what was asked and why it was refused come along.
 * 3. It sees the weekly reports and the raise form, in Chinese and English.
 * 4. At a window the same order is raised out of the same case.
 * 5. A locked window hears neither a key nor a scanner, and gives its counter back when the clerk is signed out for another.
 */
const DEPARTMENT = "区卫健委";

test("does what a department and the duty desk do with work orders", async () => {
  test.setTimeout(120_000);
  const preview = await openStaffPreview();
  const { page } = preview;
  const list = page.getByRole("list", { name: "工作单" });
  const card = page.getByRole("region", { name: "下一步" });
  const folded = (name: string) => page.getByRole("group").filter({ has: page.locator("summary", { hasText: name }) });
  try {
    await preview.open(`role=desk&signedIn=1&lang=zh-CN&scene=orders&department=${DEPARTMENT}#/orders`);
    await expect(list.getByRole("button")).toHaveCount(4);
    await expect(page.getByRole("button", { name: "登记", exact: true })).toHaveCount(0);
    await list.getByRole("button", { name: /医疗机构执业登记/ }).click();
    await card.getByRole("button", { name: "签收", exact: true }).click();
    await expect(card.getByRole("combobox", { name: "原因" })).toBeVisible();
    await picture(page, "department-order");
    await folded("延期").locator("summary").click();
    await folded("延期").getByLabel("新的时限").fill("2027-01-01");
    await folded("延期").getByRole("textbox", { name: "延期理由" }).fill("需要现场踏勘核实");
    await folded("延期").getByRole("button", { name: "延期", exact: true }).click();
    await expect(page.getByText(/2027-01-01 不是工作日|已超过时限/)).toBeVisible();
    await card.getByRole("radio", { name: "经研究不予办理" }).check();
    await card.getByRole("combobox", { name: "原因" }).selectOption({ label: "政策空白、衔接不畅" });
    await card.getByRole("textbox", { name: "办理情况" }).fill("现行政策没有依据");
    await card.getByRole("button", { name: "反馈结果", exact: true }).click();
    await expect(page.getByText(/部门不能自行答复“办不了”/)).toBeVisible();
    await card.getByRole("radio", { name: "已解决" }).check();
    await card.getByRole("button", { name: "反馈结果", exact: true }).click();
    await expect(page.getByText("待核查").first()).toBeVisible();
    await list.getByRole("button", { name: /社会保障卡补领/ }).click();
    await folded("退回").locator("summary").click();
    await folded("退回").getByRole("textbox", { name: "退回理由" }).fill("不属于本部门职责");
    await folded("退回").getByRole("button", { name: "退回", exact: true }).click();
    await expect(list.getByRole("button", { name: /社会保障卡补领/ })).toHaveCount(0);

    await preview.open("role=desk&signedIn=1&lang=zh-CN&scene=orders&x=1#/cases/c1");
    await page.getByRole("button", { name: "登记“办不成事”" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("不属于本区管辖，请到市级大厅办理")).toBeVisible();
    await picture(page, "desk-raise-from-case");
    await dialog.getByRole("textbox", { name: "联系电话" }).fill("13800005678");
    await dialog.getByRole("button", { name: "登记工作单" }).click();
    await expect(dialog.getByText(/编号 \d{4}-0006/)).toBeVisible();
    await dialog.getByRole("button", { name: "关闭" }).click();

    await page.getByRole("navigation").getByRole("button", { name: "办不成事" }).click();
    await page.getByRole("button", { name: "周报" }).click();
    await expect(page.getByText("牵头部门备案").first()).toBeVisible();
    await picture(page, "desk-order-reports");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await picture(page, "desk-order-raise");
    for (const [tab, name] of [
      ["", "desk-orders-en"],
      ["Weekly reports", "desk-order-reports-en"],
      ["Raise", "desk-order-raise-en"],
    ] as const) {
      if (tab === "") await preview.open("role=desk&signedIn=1&lang=en&scene=orders&x=2#/orders");
      else await page.getByRole("button", { name: tab, exact: true }).click();
      await expect(page.getByRole("button", { name: "Weekly reports" })).toBeVisible();
      await picture(page, name);
    }

    await preview.open("role=window&signedIn=1&lang=zh-CN&scene=orders&x=3");
    await page.locator('[aria-keyshortcuts="F11"]').click();
    await page.getByRole("button", { name: /^不予受理/ }).click();
    await page.locator(".case-list [role=option]").first().click({ timeout: 5_000 });
    await page.getByRole("button", { name: "登记“办不成事”" }).click();
    await expect(dialog.getByRole("button", { name: "登记工作单" })).toBeEnabled();
    await picture(page, "window-raise-from-case");
    expect(await dialog.innerText()).not.toMatch(/\w+[:.]\w+\.\w+/);
    await dialog.getByRole("button", { name: "返回" }).click();

    await page.keyboard.press("F10");
    await start(page, "发票真伪鉴定");
    const said = page.locator(".identity-bar [data-said]");
    const name = page.locator('[data-section="person"]').getByLabel("姓名");
    const toWindow = async (): Promise<void> => {
      await page.keyboard.press("Alt+r");
      await page.keyboard.type("http://x/?k=id&n=Chen&i=440106199003077633&a=abcdef");
      await page.keyboard.press("Enter");
    };
    await page.evaluate(() => window.staff.terminal.lock());
    await toWindow();
    await expect(dialog.getByRole("alert")).toHaveText(/密码不对/);
    await dialog.getByLabel("密码").fill("demo");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(said).toHaveAttribute("data-said", "");
    await expect(name).toHaveValue("");
    await toWindow();
    await expect(said).not.toHaveAttribute("data-said", "");
    const stateOf = () => page.evaluate(() => window.staff.node.live.get().counters.get("1")?.state);
    await page.evaluate(() => window.staff.terminal.lock());
    await dialog.getByRole("button", { name: "退出登录，换人使用" }).click();
    await expect(page.getByRole("button", { name: "登录", exact: true })).toBeVisible();
    expect(await stateOf()).toBe("closed");
  } finally {
    await preview.close();
  }
});
