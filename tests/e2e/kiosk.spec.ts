import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { enrolResponseSchema, loginResponseSchema } from "../../shared/contract/api.ts";
import { paperPage } from "../../electron/devices/paper-page.ts";
import type { TicketPrint } from "../../shared/contract/ipc.ts";
import { greenCodeDigest } from "../../shared/domain/kiosk/green-code.ts";
import { sampleCard, startIdReaderSimulator, type IdReaderSimulator } from "../helpers/id-reader-simulator.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { printPaper } from "../helpers/paper-bitmap.ts";
import { paperAsText, readPaper } from "../helpers/paper-view.ts";
import { encodePng } from "../helpers/png.ts";
import { startPrinterSimulator, type PrinterSimulator } from "../helpers/printer-simulator.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { launchTerminal, newUserData, type LaunchedTerminal } from "./helpers/electron.ts";
import { programsOnDisplay } from "./helpers/hand.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { picture } from "./helpers/picture.ts";
import { openPlainWindow, type PlainWindow } from "./helpers/plain-window.ts";

/*
 * One kiosk, upright as it stands in a hall, with a printer, a hall in which everything that can be in the way is: a
 * business without a counter, one whose numbers are used up, one that is closed today. What people do there, and what
 * goes wrong: each has its screen.
 */

const PORTRAIT = { x: 0, y: 0, width: 1080, height: 1920 };
const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
/** Around the clock, so that the test may run at any hour of any day. */
const day = [{ from: "00:00", to: "24:00" }];
const always = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
const business = (id: string, name: string, nameEn: string, more: object = {}) => ({
  id,
  name,
  nameEn,
  dailyCap: 300,
  typicalServiceMinutes: 8,
  ...more,
});

const planFor = (url: string): unknown => ({
  ...(JSON.parse(readFileSync(join(import.meta.dirname, "../../data/demo-hall.json"), "utf8")) as object),
  businesses: [
    business("A", "企业", "Enterprises", { dailyCap: 1 }),
    business("B", "个人", "Individuals", { appointmentsPerSlot: 2, hours: { week: always, followHolidays: false } }),
    business("C", "工程", "Construction"),
    business("D", "不动产", "Real estate", { hours: { week: never, followHolidays: false } }),
  ],
  counters: [
    { id: "2", number: 2, name: "综合窗口", nameEn: "General", zone: "A", businesses: ["B", "A", "D"] },
    { id: "4", number: 4, name: "工程窗口", nameEn: "Construction", zone: "B", businesses: ["C"] },
  ],
  settings: {
    requireOpenCounter: true,
    appointments: { slotMinutes: 5, closeMinutes: 0, earlyMinutes: 480 },
    kiosk: {
      identify: ["idCard", "qr", "phone", "none"],
      publicUrl: url,
      resultBusiness: "B",
      greenCodes: [greenCodeDigest("demo", "LVTD2026")],
    },
  },
});

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let printer: PrinterSimulator;
let reader: IdReaderSimulator;
let kiosk: LaunchedTerminal;
let phone: PlainWindow;
let userData: string;
let page: Page;
let clerk: NodeClient;

const post = async (path: string, body: unknown): Promise<unknown> => {
  const answer = await fetch(`${node.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
};

const openCounter = async (): Promise<NodeClient> => {
  const code = await node.code("window", "2");
  const device = enrolResponseSchema.parse(await post("/api/enrol", { code, name: "窗口" }));
  const signedIn = loginResponseSchema.parse(
    await post("/api/login", { ...device, clerkNo: "1001", password: "demo-1001" }),
  );
  const client = await NodeClient.connect({ url: node.url, deviceId: device.deviceId, secret: device.secret });
  await client.send("OpenCounter", { counterId: "2" }, { clerkId: signedIn.clerkId });
  return client;
};

const tapLetters = async (letters: string): Promise<void> => {
  for (const letter of letters) await page.getByRole("button", { name: letter.toUpperCase(), exact: true }).click();
};
const home = async (): Promise<void> => {
  const finish = page.getByRole("button", { name: /完成/ });
  if (await finish.isVisible()) await finish.click();
  else if (!(await page.locator(".business-tile").first().isVisible()))
    await page.getByRole("button", { name: "首页" }).click();
  await expect(page.locator(".business-tile").first()).toBeVisible();
};
const choose = (letter: string): Promise<void> =>
  page
    .locator(".business-tile")
    .filter({ has: page.getByText(letter, { exact: true }) })
    .click();
const take = (): Promise<void> => page.locator(".confirm-buttons button").first().click();
const way = (name: string): Promise<void> => page.locator(`[data-way="${name}"]`).click();
const errand = (name: string): Promise<void> => page.locator(`[data-errand="${name}"]`).click();
const number = () => page.getByTestId("number");

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start(planFor);
  printer = await startPrinterSimulator();
  reader = await startIdReaderSimulator();
  clerk = await openCounter();
  phone = await openPlainWindow();
  userData = newUserData();
  writeFileSync(
    join(userData, "settings.json"),
    JSON.stringify({
      printer: { kind: "tcp", host: "127.0.0.1", port: printer.port },
      idReader: { port: reader.path },
    }),
  );
  kiosk = await launchTerminal({
    role: "kiosk",
    node: node.url,
    enrol: await node.code("kiosk"),
    bounds: PORTRAIT,
    userData,
  });
  ({ page } = kiosk);
  // The test's display lies on its side; the kiosk stands upright.
  await page.setViewportSize({ width: PORTRAIT.width, height: PORTRAIT.height });
});

keepPicturesOfFailures(() => ({ kiosk: page }));

test.afterAll(async () => {
  clerk?.close();
  await kiosk?.close();
  await phone?.close();
  await printer?.stop();
  await reader?.stop();
  await node?.remove();
  if (userData) rmSync(userData, { recursive: true, force: true });
});

test("finds a service in Chinese that was typed by pinyin on the screen, and prints its guide", async () => {
  await expect(page.locator(".business-tile").first()).toBeVisible();
  await picture(page, "kiosk-portrait");
  await page.getByRole("button", { name: /搜索事项/ }).click();
  await tapLetters("shenfenzh");
  await page.getByRole("button", { name: "身份证", exact: true }).click();
  await expect(page.getByRole("textbox")).toHaveValue("身份证");
  await tapLetters("ban");
  await picture(page, "kiosk-pinyin");
  await page.getByRole("button", { name: "清空" }).click();
  await tapLetters("qyzgjbyljsl");
  await page.locator(".entry-list button").first().click();
  await page.locator("[data-print]").click();
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  expect(paperAsText(printer.printed())).toContain("要带的材料");
  expect(printer.faults).toEqual([]);
  await home();
});

test("S54 letters come from the screen's own keyboard: no other program is started for a field", async () => {
  const before = programsOnDisplay();
  await errand("green");
  await page.getByRole("textbox").click();
  await tapLetters("s54");
  await expect(page.getByRole("textbox")).toHaveValue("S54");
  expect(programsOnDisplay()).toEqual(before);
  await home();
});

let phoneUrl = "";

test("a double tap takes one number, printed with the address of its page, and the phone number hidden", async () => {
  const before = printer.printed().length;
  await choose("B");
  await picture(page, "kiosk-confirm");
  await take();
  await picture(page, "kiosk-identify");
  await way("phone");
  await tapLetters("13800005678");
  await picture(page, "kiosk-phone");
  await page.locator(".code-entry > .kiosk-next").dblclick();
  await expect(number()).toHaveText("B001");
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  await picture(page, "kiosk-number");
  const paper = printer.printed().slice(before);
  const text = paperAsText(paper);
  expect(text).toMatch(/B {3}0 {3}0 {3}1/);
  expect(text).toContain("138****5678");
  expect(text).not.toContain("13800005678");
  phoneUrl = /https?:\/\/\S+\/t#\S+/.exec(text)?.[0] ?? "";
  expect(phoneUrl).toContain(`${node.url}/t#demo.`);
  await clerk.until(() => clerk.state.tickets.size === 1);
  await clerk.until(() => [...clerk.state.tickets.values()].every(({ print }) => print === "printed"));
  await home();
});

test("the number is followed on a phone: people ahead, then given back", async () => {
  const screen = phone.page;
  await screen.setViewportSize({ width: 390, height: 844 });
  await screen.goto(phoneUrl);
  await expect(screen.getByTestId("number")).toHaveText("B001", { timeout: 15_000 });
  await screen.getByRole("combobox").selectOption("zh-CN");
  await expect(screen.getByTestId("ahead")).toContainText("您前面没有人了");
  await picture(screen, "phone-ticket");
  await screen.getByRole("combobox").selectOption("ar");
  await expect(screen.locator("html")).toHaveAttribute("dir", "rtl");
  await screen.getByRole("combobox").selectOption("en");
  await screen.getByRole("button", { name: "Cancel my number" }).click();
  await screen.getByRole("button", { name: "Yes, cancel" }).click();
  await expect(screen.getByText("This number has been cancelled")).toBeVisible();
  await clerk.until(() => [...clerk.state.tickets.values()].some(({ state }) => state === "cancelled"));
});

test("S57 a thousand touches and twenty taps at once: the screen lives, and there is one number", async () => {
  const before = clerk.state.tickets.size;
  await choose("B");
  await take();
  const touch = await page.context().newCDPSession(page);
  const strike = (points: readonly { x: number; y: number; id?: number }[]) => [
    touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [...points] }),
    touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] }),
  ];
  const fingers = Array.from({ length: 10 }, (_, id) => ({ id, x: 100 * id + 40, y: 20 + 3 * id }));
  await Promise.all(Array.from({ length: 100 }, () => strike(fingers)).flat());
  const button = (await page.locator('[data-way="none"]').boundingBox())!;
  const at = { x: button.x + button.width / 2, y: button.y + button.height / 2 };
  await Promise.all(Array.from({ length: 20 }, () => strike([at])).flat());
  await touch.detach();
  await expect(number()).toHaveText("B002");
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  await clerk.until(() => clerk.state.tickets.size > before);
  expect(clerk.state.tickets.size).toBe(before + 1);
  await home();
});

test("without a card reader it says so and offers the other ways", async () => {
  reader.set("silent");
  await choose("B");
  await take();
  await way("idCard");
  await expect(page.locator('[data-trouble="readerMissing"]')).toBeVisible();
  await picture(page, "kiosk-reader-missing");
  await page.getByRole("button", { name: "换一种方式" }).click();
  reader.set("well");
  await way("none");
  await expect(number()).toHaveText("B003");
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  await home();
});

test("several services are one number, and the visit is shown while it is gathered", async () => {
  await choose("B");
  await page.getByRole("button", { name: "还要办别的事" }).click();
  await expect(page.locator(".visit-strip")).toContainText("1 件事");
  await picture(page, "kiosk-visit");
  await choose("B");
  await expect(page.getByText("取一个号，办 2 件事")).toBeVisible();
  await take();
  await way("none");
  await expect(number()).toHaveText("B004");
  await expect(page.getByText("这个号接着还办 1 件事").first()).toBeVisible();
  await home();
});

test("a card says who it is: one waiting number a person, and four characters of it on the paper", async () => {
  const before = printer.printed().length;
  await choose("B");
  await take();
  await way("idCard");
  await expect(page.locator('[data-identify="card"]')).toBeVisible();
  await picture(page, "kiosk-card");
  reader.set("cannot_read");
  reader.lay(sampleCard);
  await expect(page.locator('[data-trouble="cardNotRead"]')).toBeVisible({ timeout: 15_000 });
  await picture(page, "kiosk-card-not-read");
  reader.set("well");
  reader.lay(null);
  reader.lay(sampleCard);
  await page.getByRole("button", { name: "再读一次" }).click();
  await expect(number()).toHaveText("B005", { timeout: 15_000 });
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  const text = paperAsText(printer.printed().slice(before));
  expect(text).toContain(sampleCard.idNumber.slice(-4));
  expect(text).not.toContain(sampleCard.idNumber);
  expect(text).not.toContain(sampleCard.name);
  await home();
  reader.lay(null);
  reader.lay(sampleCard);
  await choose("B");
  await take();
  await way("idCard");
  await expect(page.locator('[data-trouble="alreadyWaiting"]')).toContainText("B005", { timeout: 15_000 });
  await picture(page, "kiosk-already-waiting");
  await page.getByRole("button", { name: "补打号票" }).click();
  await expect(page.getByRole("textbox")).toBeVisible();
  reader.lay(null);
  await home();
});

test("a code that the scanner reads off a phone says who it is", async () => {
  await choose("B");
  await take();
  await way("qr");
  await expect(page.locator('[data-identify="qr"]')).toBeVisible();
  await picture(page, "kiosk-qr");
  // A hand that types as fast as this is none: slower keys are not a scanner's.
  await page.keyboard.type("GD-CODE-20261122-7731", { delay: 150 });
  await page.keyboard.press("Enter");
  await expect(page.locator('[data-identify="qr"]')).toBeVisible();
  await page.keyboard.type("GD-CODE-20261122-7731");
  await page.keyboard.press("Enter");
  await expect(number()).toHaveText("B006", { timeout: 15_000 });
  await home();
});

test("no counter, no numbers left, wrong hour: each has a screen that says what to do and where to turn", async () => {
  await choose("C");
  await expect(page.locator('[data-trouble="noCounter"]')).toContainText("工程");
  await picture(page, "kiosk-no-counter");
  await home();
  await choose("A");
  await take();
  await way("none");
  await expect(number()).toHaveText("A001");
  await home();
  await choose("A");
  await expect(page.locator('[data-trouble="capReached"]')).toContainText("1 个号已经取完");
  await picture(page, "kiosk-cap");
  await home();
  await expect(page.getByRole("button", { name: "不动产" })).toContainText("现在不是取号时间");
  await choose("D");
  await expect(page.locator('[data-trouble="wrongHour"]')).toContainText("今天不开放。下次开放的时间请问导办台。");
  await expect(page.locator('[data-trouble="wrongHour"]')).toContainText("导办台");
  await picture(page, "kiosk-wrong-hour");
  await page.getByRole("button", { name: "呼叫工作人员" }).first().click();
  await expect(page.getByText("已呼叫，工作人员马上到。")).toBeVisible();
  await home();
});

test("out of paper: the number is valid and stays on the screen, prints again when there is paper", async () => {
  printer.set("out_of_paper");
  await choose("B");
  await take();
  await way("none");
  await expect(page.locator('[data-print="outOfPaper"]')).toContainText("您的号码有效");
  await picture(page, "kiosk-out-of-paper");
  printer.set("ready");
  await page.getByRole("button", { name: "再打一次" }).click();
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  await home();
});

test("a printer that dies in the middle: the person is asked, and a number that nobody wants is given back", async () => {
  printer.set("dies_in_print");
  await choose("B");
  await take();
  await way("none");
  await expect(page.locator('[data-print="asked"]')).toBeVisible({ timeout: 20_000 });
  await picture(page, "kiosk-print-asked");
  const taken = await number().innerText();
  await clerk.until(() => [...clerk.state.tickets.values()].some(({ print }) => print === "unknown"));
  printer.set("ready");
  await page.getByRole("button", { name: "没有出来" }).click();
  await page.getByRole("button", { name: "不要这个号了" }).click();
  await expect(page.locator(`[data-void="${taken}"]`)).toBeVisible();
  await clerk.until(() =>
    [...clerk.state.tickets.values()].some((each) => each.number === taken && each.state === "cancelled"),
  );
  await home();
});

test("a lost ticket is printed again with its mark and without the code, and noted", async () => {
  const before = printer.printed().length;
  await errand("reprint");
  await tapLetters("B999");
  await expect(page.getByText("今天没有这个号码")).toBeVisible();
  await page.getByRole("button", { name: "清空" }).click();
  await tapLetters("B003");
  await picture(page, "kiosk-reprint");
  await page.getByRole("button", { name: "补打号票" }).click();
  await expect(page.locator('[data-reprint="printed"]')).toBeVisible({ timeout: 15_000 });
  const text = paperAsText(printer.printed().slice(before));
  expect(text).toContain("补打");
  expect(text).not.toContain("/t#");
  await clerk.until(() => [...clerk.state.tickets.values()].some((each) => each.reprints === 1));
  await home();
});

test("the green channel opens with the hall's code and with no other", async () => {
  await errand("green");
  await tapLetters("wrong1");
  await page.getByRole("button", { name: "确认" }).click();
  await expect(page.getByText("绿色通道码不对")).toBeVisible();
  await page.getByRole("button", { name: "清空" }).click();
  await tapLetters("lvtd2026");
  await page.getByRole("button", { name: "确认" }).click();
  await expect(page.getByText("绿色通道已开通")).toBeVisible();
  await choose("B");
  await take();
  await way("none");
  await expect(number()).toHaveText(/^VB\d{3}$/);
  await home();
});

test("an appointment is made, and checked in by its code for a number that stands in its place", async () => {
  await errand("book");
  await picture(page, "kiosk-book-which");
  await page.locator(".ask-tiles button").first().click();
  await page.locator("[data-day]").first().click();
  await picture(page, "kiosk-book");
  await page.locator("[data-slot]:enabled").first().click();
  await way("none");
  const booked = page.locator("[data-booked]");
  await expect(booked).toBeVisible();
  await picture(page, "kiosk-booked");
  const code = (await booked.getAttribute("data-booked")) ?? "";
  await home();
  await errand("checkIn");
  await tapLetters("00000000");
  await expect(page.getByText("没有找到这个预约")).toBeVisible();
  await page.getByRole("button", { name: "清空" }).click();
  await tapLetters(code);
  await expect(page.getByText("预约时段")).toBeVisible();
  await picture(page, "kiosk-check-in");
  await page.getByRole("button", { name: "签到取号" }).click();
  await expect(number()).toHaveText(/^YB\d{3}$/);
  await home();
});

test("an appointment for another day is given back by its code, after one question", async () => {
  await errand("book");
  await page.locator(".ask-tiles button").first().click();
  await page.locator("[data-day]").last().click();
  await page.locator("[data-slot]:enabled").last().click();
  await expect(page.getByRole("heading", { name: "谁来办理？" })).toBeVisible();
  await way("none");
  const code = (await page.locator("[data-booked]").getAttribute("data-booked")) ?? "";
  await home();
  const giveBack = async (): Promise<void> => {
    await errand("checkIn");
    await tapLetters(code);
    await expect(page.getByText("还没到预约取号的时间", { exact: false })).toBeVisible();
    await expect(page.getByRole("button", { name: "签到取号" })).toHaveCount(0);
    await page.getByRole("button", { name: "取消预约" }).click();
  };
  await giveBack();
  await picture(page, "kiosk-give-back");
  await page.getByRole("button", { name: "保留预约" }).click();
  await home();
  await giveBack();
  await page.getByRole("button", { name: "确定取消" }).click();
  await expect(page.getByText("预约已取消")).toBeVisible();
  await clerk.until(() => [...clerk.state.appointments.values()].some((each) => each.state === "cancelled"));
  await home();
  await errand("checkIn");
  await tapLetters(code);
  await expect(page.getByText("这个预约已经取消", { exact: false })).toBeVisible();
  await home();
});

test("a case is asked for by its number, and an unknown one is answered where it was typed", async () => {
  await errand("progress");
  await tapLetters("20261122001");
  await page.getByRole("button", { name: "下一步" }).click();
  await tapLetters("002x");
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.getByText("没有查到")).toBeVisible();
  await picture(page, "kiosk-progress");
  await home();
  await errand("pickup");
  await take();
  await way("none");
  await expect(number()).toHaveText(/^B\d{3}$/);
  await home();
});

const arabic = JSON.parse(readFileSync(join(import.meta.dirname, "../../renderer/locales/ar/kiosk.json"), "utf8")) as {
  print: Record<string, string>;
};
const sheets: readonly TicketPrint[] = [
  {
    language: "ar",
    business: "الأفراد",
    kind: arabic.print["kind"]!,
    lines: [arabic.print["ahead_two"]!, arabic.print["keep"]!],
  },
  {
    language: "ko",
    business: "개인",
    kind: "일반",
    lines: ["앞에 3명이 있습니다", "번호를 호출하면 창구로 오십시오."],
  },
].map((texts) => ({
  ...texts,
  ticketId: "t",
  hallName: "Citizens' Centre Government Service Hall",
  sampleNote: null,
  item: "企业职工基本养老金申领",
  number: "B012",
  takenAt: Date.UTC(2026, 2, 2, 1, 5),
}));

/** The same page as a window of the same browser shows it: where it is dark, row by row. */
const drawnByWindow = async (sheet: TicketPrint, height: number): Promise<readonly number[]> => {
  const screen = phone.page;
  await screen.setViewportSize({ width: 576, height });
  // Away from the node's page, whose policy forbids the paper's style.
  await screen.goto("about:blank");
  await screen.setContent(paperPage(sheet));
  const shot = (await screen.screenshot()).toString("base64");
  return screen.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: data.length / 4 }, (_, at) =>
      0.299 * data[4 * at]! + 0.587 * data[4 * at + 1]! + 0.114 * data[4 * at + 2]! < 128 ? 1 : 0,
    );
  }, shot);
};

test("a paper in letters that the printer has not is printed as a picture of what a browser shows", async () => {
  for (const sheet of sheets) {
    const before = printer.printed().length;
    const outcome = await page.evaluate(
      (paper) =>
        (window as unknown as { terminal: Record<string, (paper: unknown) => unknown> }).terminal["ticket.print"]!(
          paper,
        ),
      sheet,
    );
    expect(outcome).toEqual({ ok: true, value: { paperLow: false } });
    const pictures = readPaper(printer.printed().slice(before)).flatMap((part) =>
      "picture" in part ? [part.picture] : [],
    );
    const dots = Buffer.concat(pictures.map((part) => part.dots));
    const height = dots.length / 576;
    const shown = await drawnByWindow(sheet, height);
    const black = dots.reduce((sum, dot) => sum + dot, 0);
    const differing = dots.reduce((sum, dot, at) => sum + (dot === shown[at] ? 0 : 1), 0);
    // The window's last row is the mark, which is not printed.
    expect(differing - 576, sheet.language).toBeLessThan(black * 0.02);
    expect(black).toBeGreaterThan(8_000);
    // Lines begin at the right in Arabic, at the left elsewhere.
    const edge = (x: number): number =>
      Array.from({ length: height }, (_, y) => dots[y * 576 + x]!).filter(Boolean).length;
    const inked = (from: number, to: number): number => {
      let sum = 0;
      for (let x = from; x < to; x += 1) sum += edge(x);
      return sum;
    };
    const [left, right] = [inked(0, 40), inked(536, 576)];
    if (sheet.language === "ar") expect(right).toBeGreaterThan(left);
    else expect(left).toBeGreaterThan(right);
  }
  expect(printer.faults).toEqual([]);
});

test("who reads Arabic gets an Arabic paper", async () => {
  const before = printer.printed().length;
  await page.getByRole("button", { name: /Language/ }).click();
  await page.getByRole("button", { name: "العربية" }).click();
  await choose("B");
  await take();
  await way("none");
  await expect(page.locator('[data-print="printed"]')).toBeVisible({ timeout: 15_000 });
  const paper = printer.printed().slice(before);
  const parts = readPaper(paper);
  expect(parts.some((part) => "picture" in part)).toBe(true);
  expect(parts.some((part) => "qr" in part && part.qr.includes("/t#demo."))).toBe(true);
  if (process.env["SERVICE_HALL_PICTURES"] === "1")
    writeFileSync(join(import.meta.dirname, "../../docs/screens/ticket-paper-ar.png"), encodePng(printPaper(paper)));
  await page.locator(".kiosk-leave .big-button-primary").click();
  await expect(page.locator(".business-tile").first()).toBeVisible();
  // Whoever comes next does not read Arabic.
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("nobody's things stay on the screen: a minute of quiet, a countdown, and it forgets", async () => {
  test.setTimeout(120_000);
  await errand("green");
  await tapLetters("lvtd");
  await expect(page.getByText("您还在吗？")).toBeHidden();
  // Most of the minute passes at once; the rest of it and the countdown are waited for.
  await page.evaluate(() => {
    const own = performance.now.bind(performance);
    performance.now = () => own() + 56_000;
  });
  await expect(page.getByText("您还在吗？")).toBeVisible({ timeout: 10_000 });
  await picture(page, "kiosk-idle");
  await expect(page.locator(".business-tile").first()).toBeVisible({ timeout: 25_000 });
  await errand("green");
  await expect(page.getByRole("textbox")).toHaveValue("");
  await home();
});

test("S50 ended by force and started again, it begins at the beginning, with nothing of who stood there", async () => {
  test.setTimeout(120_000);
  await errand("green");
  await tapLetters("lvtd50");
  const { pid } = kiosk.app.process();
  process.kill(pid!, "SIGKILL");
  await kiosk.close();
  // As the unit does: the same command line, the same data.
  kiosk = await launchTerminal({ role: "kiosk", node: node.url, bounds: PORTRAIT, userData });
  ({ page } = kiosk);
  await expect(page.locator(".business-tile").first()).toBeVisible();
  expect(await page.locator("body").innerText()).not.toMatch(/lvtd50/i);
  await errand("green");
  await expect(page.getByRole("textbox")).toHaveValue("");
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});
