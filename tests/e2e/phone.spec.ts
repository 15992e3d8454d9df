import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { enrolResponseSchema } from "../../shared/contract/api.ts";
import { followDigest, writeTicketPageKey } from "../../shared/domain/kiosk/ticket-page.ts";
import { languages } from "../../renderer/languages.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { expectAccessible } from "./helpers/axe.ts";
import { findCutTexts } from "./helpers/cut-text.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { picture } from "./helpers/picture.ts";
import { openPlainWindow, type PlainWindow } from "./helpers/plain-window.ts";

/*
 * What people see on their own phones, served by a real node: making an appointment (a slip in the number, somebody who was
 * faster), seeing and cancelling it; over a line of 6 KB a second; and each page in nine languages on a small phone.
 */

const LARGE = { width: 390, height: 844 };
/** As narrow as phones get, and as long as the page: up and down people scroll, sideways they must not have to. */
const SMALL = { width: 320, height: 2_400 };
const WANG = "11010519491231002X";
const day = [{ from: "00:00", to: "24:00" }];
const always = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };

interface DemoPlan {
  readonly businesses: readonly object[];
  readonly settings: object;
}
const planFor = (url: string): unknown => {
  const plan = JSON.parse(readFileSync(join(import.meta.dirname, "../../data/demo-hall.json"), "utf8")) as DemoPlan;
  return {
    ...plan,
    // Around the clock, so that the test may run at any hour of any day; one place in each slot.
    businesses: plan.businesses.map((each) => ({ ...each, appointmentsPerSlot: 1 })),
    hours: { week: always, followHolidays: false },
    settings: { ...plan.settings, kiosk: { publicUrl: url } },
  };
};

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let phone: PlainWindow;
let page: Page;
let ticketUrl = "";

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start(planFor);
  phone = await openPlainWindow();
  ({ page } = phone);
  await page.setViewportSize(LARGE);
  // As on a page from another computer without TLS, which is how many halls serve theirs.
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "randomUUID", { value: undefined }));
  const enrolled = await fetch(`${node.url}/api/enrol`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: await node.code("kiosk"), name: "自助机" }),
  });
  const kiosk = await NodeClient.connect({ url: node.url, ...enrolResponseSchema.parse(await enrolled.json()) });
  const secret = "00112233445566778899aabbccddeeff";
  const ticketId = uuidv7();
  await kiosk.send("TakeTicket", {
    ticketId,
    businessId: "B",
    class: "ordinary",
    itemCode: null,
    itemName: null,
    personKey: null,
    followHash: followDigest(secret),
  });
  kiosk.close();
  ticketUrl = `${node.url}/t#${writeTicketPageKey({ hallId: "demo", ticketId, secret })}`;
});
test.afterAll(async () => {
  await phone?.close();
  await node?.remove();
});
keepPicturesOfFailures(() => ({ phone: page }));

const speak = async (language: string): Promise<void> => {
  await page.getByRole("combobox").selectOption(language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
};
const field = (name: string): Locator => page.locator(`input[name="${name}"]`);
const open = async (language = "zh-CN"): Promise<void> => {
  // The same address with another # alone would not load the page anew.
  await page.goto("about:blank");
  await page.goto(`${node.url}/a#demo`);
  await expect(page.getByTestId("tab-make")).toBeVisible();
  await speak(language);
};
const firstFree = (): Locator => page.locator('button[data-testid^="slot-"]:enabled').first();
const chooseSlot = async (): Promise<string> => {
  await page.getByTestId("business-B").click();
  await page.locator('[data-testid^="day-"]').nth(1).click();
  const slot = (await firstFree().getAttribute("data-testid")) ?? "";
  await firstFree().click();
  return slot;
};
const send = (): Promise<void> => page.locator('button[type="submit"]').click();

let code = "";

test("an appointment is made: what is wrong is said where it was typed, then code and time stand there", async () => {
  await open();
  await expect(page.getByText("示例数据，非现行办事指南")).toBeVisible();
  await picture(page, "phone-appointment");
  await page.getByTestId("business-B").click();
  await page.locator('[data-testid^="day-"]').nth(1).click();
  await expect(firstFree()).toContainText("还有 1 个");
  await picture(page, "phone-appointment-slots");
  await firstFree().click();
  await send();
  await expect(page.locator("#name-note")).toHaveText("请填写姓名。");
  await expect(field("name")).toBeFocused();
  await field("name").fill("王小明");
  await field("idNumber").fill("110105194912310021");
  await field("phone").fill("13800");
  await send();
  await expect(page.locator("#idNumber-note")).toHaveText("身份证号码不对，请逐位核对。");
  await expect(page.locator("#phone-note")).toHaveText("电话号码不对，请核对；也可以不填。");
  await picture(page, "phone-appointment-fault");
  await field("idNumber").fill("11010519491231002x");
  await field("phone").fill("13800005678");
  await send();
  await expect(page.getByRole("heading", { name: "预约成功" })).toBeVisible();
  code = (await page.getByTestId("code").innerText()).replace(" ", "");
  expect(code).toMatch(/^\d{8}$/);
  expect(await page.content()).not.toMatch(/1949|13800005678|王小明/);
  expect(page.url()).not.toContain("1949");
  await picture(page, "phone-appointment-booked");
});

test("somebody was faster: the page says so and shows what is still free", async () => {
  await open("en");
  const slot = await chooseSlot();
  const second = await secondDay();
  const rival = await fetch(`${node.url}/api/appointments/book`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      hallId: "demo",
      appointmentId: crypto.randomUUID(),
      businessId: "B",
      day: second,
      from: slot.replace("slot-", ""),
      idNumber: "440524188001010014",
      name: "Rival",
      phone: "",
    }),
  });
  expect(rival.status).toBe(200);
  await field("name").fill("Ms Smith");
  await field("idNumber").fill("P1234567");
  await send();
  await expect(page.getByTestId("problem")).toContainText("is fully booked. Choose another one.");
  await expect(page.getByTestId(slot)).toBeDisabled();
  await firstFree().click();
  // What was typed is still there.
  await expect(field("name")).toHaveValue("Ms Smith");
  await field("idNumber").fill(WANG);
  await send();
  await expect(page.getByTestId("problem")).toContainText("one a day is possible");
});

/** The second day on offer, as `chooseSlot` takes it. */
const secondDay = async (): Promise<string> => {
  const answer = await fetch(`${node.url}/api/appointments/offer`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ hallId: "demo" }),
  });
  const { businesses } = (await answer.json()) as { businesses: { id: string; days: string[] }[] };
  return businesses.find(({ id }) => id === "B")?.days[1] ?? "";
};

test("it is found again with code and number, and given back", async () => {
  await page.goto("about:blank");
  await page.goto(`${node.url}/a#demo/${code}`);
  await speak("zh-CN");
  await expect(field("code")).toHaveValue(code);
  await field("idNumber").fill("440524188001010014");
  await send();
  await expect(page.getByTestId("problem")).toHaveText("没有找到这个预约。请核对预约码和证件号码。");
  await picture(page, "phone-appointment-find");
  await field("idNumber").fill(WANG);
  await send();
  await expect(page.getByRole("heading", { name: "已预约" })).toBeVisible();
  await page.getByTestId("cancel").click();
  await page.getByTestId("cancel-yes").click();
  await expect(page.getByRole("heading", { name: "预约已取消" })).toBeVisible();
});

test("over a line of 6 KB a second it stands there within ten seconds, and says so when the line is gone", async () => {
  test.setTimeout(60_000);
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.clearBrowserCache");
  const rate = { latency: 400, downloadThroughput: 6_000, uploadThroughput: 3_000 };
  await line.send("Network.emulateNetworkConditions", { offline: false, ...rate });
  const since = Date.now();
  await open();
  expect(Date.now() - since).toBeLessThan(10_000);
  await line.send("Network.emulateNetworkConditions", { offline: true, ...rate });
  await page.getByTestId("business-B").click();
  await page.locator('[data-testid^="day-"]').nth(1).click();
  await expect(page.getByTestId("problem")).toHaveText("连不上大厅，请检查网络后再试一次。");
  await line.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await page.locator('[data-testid^="day-"]').nth(1).click();
  await expect(firstFree()).toBeVisible();
});

/** Each page of the phone, brought to a state worth looking at in each language. */
const pages: readonly (readonly [name: string, show: () => Promise<void>])[] = [
  [
    "ticket",
    async () => {
      await page.goto(ticketUrl);
      await expect(page.getByTestId("ahead")).toBeVisible();
    },
  ],
  [
    "appointment",
    async () => {
      await open();
      await chooseSlot();
      await field("idNumber").fill("12");
      await send();
    },
  ],
  [
    "progress",
    async () => {
      await page.goto(`${node.url}/p`);
      await page.getByRole("button").first().click();
    },
  ],
];

for (const [name, show] of pages)
  test(`the ${name} page speaks nine languages on a small phone, cuts nothing off and shuts nobody out`, async () => {
    await page.setViewportSize(SMALL);
    await show();
    const seen = new Set<string>();
    const found: string[] = [];
    for (const language of languages) {
      await speak(language);
      await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
      await expect(async () => expect(seen.has(await page.title())).toBe(false)).toPass();
      seen.add(await page.title());
      const text = await page.locator("main").innerText();
      expect(text, language).not.toMatch(/\{\{|\w+:\w+\.|undefined/);
      if (language !== "zh-CN" && language !== "ja") expect(text, language).not.toMatch(/[请预约办]/);
      for (const cut of await findCutTexts(page)) found.push(`${language}: ${cut}`);
      if (["zh-CN", "ar", "de"].includes(language)) await expectAccessible(page, `${name} in ${language}`);
    }
    await page.setViewportSize(LARGE);
    await speak("ar");
    await picture(page, `phone-${name}-ar`);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, `${name}, dark`);
    await page.emulateMedia({ colorScheme: "light" });
    expect(found).toEqual([]);
  });
