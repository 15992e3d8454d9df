import { expect, test } from "@playwright/test";
import { expectAccessible } from "./helpers/axe.ts";
import { picture } from "./helpers/picture.ts";
import { openStaffPreview } from "./helpers/preview.ts";

/*
 * The manager's view, in the product's own browser on a hall in memory:
 * 1. The map shows every counter; one that is closed is opened, its businesses chosen with the keyboard.
 * 2. A notice without words is answered where it was typed; with words it is published and taken down.
 * 3. An appointment is made, checked in and another one cancelled.
 * 4. Settings: a slip is answered where it was typed, a change is previewed, needs a reason, and is in force then.
 * 5. All screens are clean for axe, in Chinese and English.
 */
test("runs the hall from the desk", async () => {
  const preview = await openStaffPreview();
  const { page } = preview;
  try {
    await preview.open("role=desk&signedIn=1&lang=zh-CN");
    await page.getByRole("button", { name: "现场调度" }).click();
    await expect(page.getByRole("heading", { name: "窗口分布" })).toBeVisible();

    const opening = page.getByRole("button", { name: "开放窗口：4 号" });
    await opening.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Space");
    await page.getByRole("dialog").getByRole("button", { name: "开放窗口" }).click();
    await expect(page.getByText("已开放，等窗口人员登录")).toBeVisible();
    await page.getByRole("button", { name: "调整业务：2 号窗口" }).click();
    await page.getByRole("dialog").getByRole("checkbox").last().check();
    await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();

    const onward = page.getByRole("button", { name: /^转走：/ });
    const held = await onward.count();
    await onward.first().click();
    await expect(page.getByRole("dialog")).toContainText("转移到哪里？");
    await picture(page, "desk-send-on");
    await page.getByRole("dialog").getByRole("button", { name: "转移" }).click();
    await expect(onward).toHaveCount(held - 1);

    await page.getByRole("button", { name: "发布通知" }).click();
    await expect(page.getByText("请填写通知内容。")).toBeVisible();
    await page.getByRole("textbox", { name: "通知内容" }).fill("因系统升级，12:00 至 12:30 暂停取号。");
    await page.getByRole("textbox", { name: "英文" }).fill("No numbers from 12:00 to 12:30 because of an upgrade.");
    await page.getByRole("button", { name: "发布通知" }).click();
    await expect(page.getByRole("button", { name: /撤下通知/ })).toBeVisible();
    await picture(page, "desk-floor");
    await page.getByRole("button", { name: /撤下通知/ }).click();
    await expect(page.getByText("现在没有通知。")).toBeVisible();

    await page.getByRole("navigation").getByRole("button", { name: "预约", exact: true }).click();
    const days = page.getByRole("combobox", { name: "日期" });
    await days.selectOption({ index: 1 });
    await page.getByRole("button", { name: "预约", exact: true }).last().click();
    await expect(page.getByText("请选择时段。")).toBeVisible();
    await page.getByRole("radio").first().check();
    await page.getByRole("textbox", { name: "姓名" }).fill("张晓明");
    await page.getByRole("textbox", { name: "证件号码" }).fill("11010519491231002X");
    await page.getByRole("button", { name: "预约", exact: true }).last().click();
    await expect(page.getByText(/预约码 \d{8}/)).toBeVisible();
    await picture(page, "desk-appointments");
    await page.getByRole("button", { name: /^取消预约/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "取消", exact: true }).click();
    await expect(page.getByText("已取消")).toBeVisible();

    await page.getByRole("button", { name: "大厅设置" }).click();
    await expect(page.getByRole("button", { name: "预览改动" })).toBeDisabled();
    await page.getByRole("checkbox", { name: "全天开放，不设时间" }).uncheck();
    await page.getByRole("textbox", { name: "周六" }).fill("9：00—12:00");
    await page.getByRole("textbox", { name: "周日" }).fill("9点");
    await page.getByRole("textbox", { name: "爱心（老、残、孕、军、携幼）" }).fill("200");
    await page.getByRole("button", { name: "生成新码" }).click();
    await page.getByRole("button", { name: "预览改动" }).click();
    await expect(page.getByText("请填写 0～120 之间的整数。")).toBeVisible();
    await expect(page.getByText(/^请按“09:00-12:00, 13:30-17:00”填写，先后不重叠。$/)).toBeVisible();
    await picture(page, "desk-settings-fault");
    await page.getByRole("textbox", { name: "周日" }).fill("");
    await page.getByRole("textbox", { name: "爱心（老、残、孕、军、携幼）" }).fill("20");
    await page.getByRole("button", { name: "预览改动" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("15 → 20");
    await expect(dialog).toContainText("09:00-12:00");
    await expect(dialog.getByRole("listitem").filter({ hasText: "周日" })).toContainText("不开放");
    await expect(dialog.getByRole("listitem").filter({ hasText: "办公时间" })).toContainText("按时间开放");
    await picture(page, "desk-settings-preview");
    await dialog.getByRole("button", { name: "确认生效" }).click();
    await expect(dialog.getByText("请填写修改原因。")).toBeVisible();
    await dialog.getByRole("textbox").fill("周六延时服务，老年人优先");
    await dialog.getByRole("button", { name: "确认生效" }).click();
    await expect(page.getByText("已生效。")).toBeVisible();
    await expect(page.getByText(/已生效，请抄给本人/)).toBeVisible();
    await expect(page.getByText("现在有 1 个码有效。")).toBeVisible();
    await picture(page, "desk-settings");

    await preview.open("role=desk&signedIn=1&noManager=1");
    await page.getByRole("button", { name: "大厅设置" }).click();
    await expect(page.getByText("大厅设置只由值班经理修改")).toBeVisible();
    await page.getByRole("textbox", { name: "爱心（老、残、孕、军、携幼）" }).fill("5");
    await expect(page.getByRole("button", { name: "预览改动" })).toBeDisabled();
    await expectAccessible(page, "settings of somebody who is no manager");

    await preview.open("role=desk&signedIn=1&lang=en");
    await page.getByRole("button", { name: "Settings" }).click();
    await picture(page, "desk-settings-en");
    await page.getByRole("button", { name: "Run the hall" }).click();
    await expect(page.getByRole("heading", { name: "Counters" })).toBeVisible();
    await picture(page, "desk-floor-en");
  } finally {
    await preview.close();
  }
});
