import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { enrolResponseSchema } from "../../shared/contract/api.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { launchDesk, signIn } from "./helpers/clerk.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import type { LaunchedTerminal } from "./helpers/electron.ts";
import { pdfText } from "./helpers/pdf-text.ts";
import { picture } from "./helpers/picture.ts";

/*
 * The desk at a city center, on a real center and a real database: what is taken in a hall that is homed there is counted, the hall is
 * listed with its lights, says that its sample is too small to be compared, and shows its days behind its name; the rates of its items
 * are told with how they are counted; the page prints.
 */
const plan = JSON.parse(readFileSync(join(import.meta.dirname, "../../data/demo-hall.json"), "utf8")) as {
  readonly name: string;
  readonly settings: object;
};

test("a desk of the city sees all halls, and compares nobody on a handful", async () => {
  test.setTimeout(120_000);
  const coverage = { asOf: "2026-11-01", listed: 1_200, inHall: 1_140, oneWindow: 855, online: 1_176 };
  const node = await DemoNode.start(() => ({ ...plan, settings: { ...plan.settings, coverage } }), "city");
  let desk: LaunchedTerminal | undefined;
  try {
    const answer = await fetch(`${node.url}/api/enrol`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: await node.code("kiosk"), name: "kiosk" }),
    });
    const { deviceId, secret } = enrolResponseSchema.parse(await answer.json());
    const kiosk = await NodeClient.connect({ url: node.url, deviceId, secret });
    const wish = { class: "ordinary", itemCode: null, itemName: null, personKey: null, businessId: "A" } as const;
    const lease = { day: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), serial: 901 };
    await kiosk.send("TakeTicket", { ...wish, ticketId: uuidv7(), lease }, { mode: "record" });
    kiosk.close();
    desk = await launchDesk(node);
    const { page } = desk;
    await signIn(page, "1002");
    await page.getByRole("navigation").getByRole("button", { name: "全市", exact: true }).click();
    const row = page.getByRole("row", { name: new RegExp(plan.name) });
    await expect(row).toContainText("没有红黄灯");
    await expect(row).toContainText("样本不足");
    const rates = page.getByRole("region", { name: "事项进驻、一窗、网办" });
    await expect(rates).toContainText("95.0 % 1140／1200 项");
    await expect(rates).toContainText("75.0 % 855／1140 项");
    await expect(rates).toContainText("1 个大厅中 1 个已填报");
    await picture(page, "desk-city");
    await row.getByRole("link").click();
    await expect(page.getByRole("heading", { name: new RegExp(plan.name) })).toBeVisible();
    await expect(page.getByRole("row", { name: new RegExp(`${lease.day} 1`) })).toBeVisible();
    expect(await page.evaluate(() => location.hash)).toBe("#/city/demo");
    await page.getByRole("button", { name: "关闭", exact: true }).click({ timeout: 5_000 });
    const bytes = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const paper = await window?.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
      return paper?.toString("base64") ?? "";
    });
    // Fonts name some signs by the radical that looks alike.
    const words = pdfText(Buffer.from(bytes, "base64")).normalize("NFKC");
    for (const there of ["全市政务大厅情况", "进驻率", "综合窗口受理的事项"]) expect(words).toContain(there);
    expect(words, "nothing to press").not.toContain("退出登录");
  } finally {
    await desk?.close();
    await node.remove();
  }
});
