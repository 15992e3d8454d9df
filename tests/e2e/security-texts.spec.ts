import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { enrolResponseSchema, loginResponseSchema, type PersonalRecord } from "../../shared/contract/api.ts";
import { CANNOT_RAISE_PATH } from "../../shared/contract/cannot-page.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { followDigest, writeTicketPageKey } from "../../shared/domain/kiosk/ticket-page.ts";
import { reviewIdOf } from "../../shared/domain/review/review.ts";
import { applicantOf, appliedItem, intakeOf, requirement } from "../../shared/testing/case-fixture.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { views, type View } from "../../renderer/apps/desk/route.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { ADDED_PASSWORD, DemoNode } from "./helpers/demo-node.ts";
import { keepPicturesOfFailures } from "./helpers/failure.ts";
import { ENDLESS, oddTexts, packedPayloads, payloads, shortPayloads } from "./helpers/hostile-texts.ts";
import { openPlainWindow, type PlainWindow } from "./helpers/plain-window.ts";

/*
 * S16, S17: every text that somebody outside may give is a script or breaks lines, on a real node and database:
 *  1. The hall is called so, its businesses, counters, clerks, terminals, items and departments; people said so in reviews, in what they
 *     could not do, in their applications; the desk in its notices.
 *  2. Every screen is opened on it. Nothing runs, nothing is asked of anybody else, no dialog, no fault; the texts stand there letter for
 *     letter, and the button that the screen is for is in sight and can be pressed.
 *  3. Ten thousand characters typed into its fields leave it so.
 */
const KIOSK = { width: 1080, height: 1920 };
const WIDE = { width: 1600, height: 1000 };
const PHONE = { width: 390, height: 844 };

const day = [{ from: "00:00", to: "24:00" }];
const always = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };

let turn = 0;
/** The next of the hostile and the odd texts that a field of so many characters takes. */
const nextText = (max: number): string => {
  const fitting = [...shortPayloads(max), ...oddTexts.filter((each) => each.length <= max)];
  turn += 7;
  return fitting[turn % fitting.length] ?? "<b>";
};

/** The city's view tells little more of a hall than its name. */
const HALL_NAME = "<img src=x onerror=hit()>";

const hostilePlan = (url: string): unknown => {
  const plan = JSON.parse(readFileSync(join(import.meta.dirname, "../../data/demo-hall.json"), "utf8")) as {
    readonly businesses: readonly object[];
    readonly counters: readonly object[];
    readonly settings: object;
  };
  const named = () => ({ name: nextText(40), nameEn: nextText(60), names: { ar: nextText(80), ja: nextText(80) } });
  return {
    ...plan,
    ...named(),
    name: HALL_NAME,
    businesses: plan.businesses.map((each) => ({ ...each, ...named(), department: nextText(40) })),
    counters: plan.counters.map((each) => ({ ...each, ...named(), department: nextText(60) })),
    hours: { week: always, followHolidays: false },
    settings: {
      ...plan.settings,
      requireOpenCounter: false,
      kiosk: { publicUrl: url, resultBusiness: "B", identify: ["phone", "idCard", "qr", "none"] },
    },
  };
};

test.describe.configure({ mode: "serial" });

let node: DemoNode;
let screen: PlainWindow;
let page: Page;
/** Pages of people's own phones: of somebody who waits, and of somebody who was served. */
let waitingPage = "";
let servedPage = "";
/** Of whom an intake is that came from elsewhere, and of whom one is that is typed at the window. */
const applicantName = "<img src=x onerror=hit()>";
const FOLLOW_SECRET = "00112233445566778899aabbccddeeff";
const seen: string[] = [];

const post = async (path: string, body: object): Promise<unknown> => {
  const answer = await fetch(`${node.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${text}`);
  return JSON.parse(text);
};
const enrol = async (role: TerminalRole, counterId: string | null = null) =>
  enrolResponseSchema.parse(await post("/api/enrol", { code: await node.code(role, counterId), name: nextText(60) }));
const accepted = async (sent: Promise<{ readonly status: string }>): Promise<void> => {
  expect(await sent).toMatchObject({ status: "accepted" });
};
const personal = (kind: PersonalRecord["kind"], value: string): PersonalRecord => ({ id: uuidv7(), kind, value });

/** People come, are served and say what they think, each with another text. */
const fillHall = async (): Promise<void> => {
  const kiosk = await NodeClient.connect({ url: node.url, ...(await enrol("kiosk")) });
  const device = await enrol("window", "1");
  const { clerkId } = loginResponseSchema.parse(
    await post("/api/login", { ...device, clerkNo: "9001", password: ADDED_PASSWORD }),
  );
  const window = await NodeClient.connect({ url: node.url, ...device });
  await accepted(window.send("OpenCounter", { counterId: "1" }, { clerkId }));
  const take = async (itemName: string, businessId: string): Promise<string> => {
    const ticketId = uuidv7();
    const followHash = followDigest(FOLLOW_SECRET);
    const nobody = { class: "ordinary", itemCode: null, personKey: null } as const;
    await accepted(kiosk.send("TakeTicket", { ...nobody, ticketId, businessId, itemName, followHash }));
    return ticketId;
  };
  const serve = async (ticketId: string): Promise<void> => {
    await accepted(window.send("CallNext", { counterId: "1" }, { clerkId }));
    await accepted(window.send("BeginService", { ticketId, counterId: "1" }, { clerkId }));
  };
  const end = (ticketId: string) => accepted(window.send("EndService", { ticketId, counterId: "1" }, { clerkId }));
  const ticketPage = (ticketId: string): string =>
    `/t#${writeTicketPageKey({ hallId: "demo", ticketId, secret: FOLLOW_SECRET })}`;
  const words = packedPayloads(190);
  await Promise.all(words.map((text) => take(text, "B")));
  for (const text of oddTexts) await take(text, "B");
  waitingPage = ticketPage(await take(nextText(190), "B"));
  await accepted(kiosk.send("RequestHelp", { helpId: uuidv7(), place: nextText(60) }));

  const ticketId = await take(nextText(190), "A");
  await serve(ticketId);
  const [applicant, intakeId] = [
    personal("applicant", JSON.stringify(applicantOf({ name: applicantName, address: nextText(200) }))),
    uuidv7(),
  ];
  const items = words.slice(0, 5).map((itemName) => appliedItem(uuidv7(), { itemName, department: nextText(100) }));
  const intake = intakeOf({ intakeId, ticketId, applicantId: applicant.id, items, materials: [] });
  const materials = words.map((name, at) =>
    requirement(`m${String(at)}`, {
      name,
      wishes: [{ caseId: items[0]?.caseId ?? "", necessity: 1, form: 3, copies: 0 }],
    }),
  );
  await accepted(
    window.send("OpenIntake", { ...intake, materials }, { mode: "record", clerkId, personal: [applicant] }),
  );
  // Another one that lacks nothing, so that its cases are worked on.
  const whole = uuidv7();
  const accepting = items.map((item) => ({ ...item, caseId: uuidv7() }));
  await accepted(
    window.send("OpenIntake", intakeOf({ ...intake, intakeId: whole, items: accepting }), {
      mode: "record",
      clerkId,
      personal: [applicant],
    }),
  );
  const form = { intakeId: whole, formId: uuidv7(), formHash: "a".repeat(64), errors: [] };
  await accepted(window.send("FillForm", form, { mode: "record", clerkId }));
  await accepted(window.send("AcceptIntake", { intakeId: whole }, { clerkId }));
  await end(ticketId);
  const served = await take(nextText(190), "A");
  await serve(served);
  await end(served);
  servedPage = ticketPage(served);
  const tablet = await NodeClient.connect({ url: node.url, ...(await enrol("review", "1")) });
  const said = personal("reviewText", payloads.slice(0, 20).join(" "));
  const review = { counterId: "1", level: 1, elapsedMs: 9_000, channel: "secondDisplay" } as const;
  await accepted(
    tablet.send(
      "GiveReview",
      { ...review, tags: ["115"], reviewId: reviewIdOf(ticketId, 1), textId: said.id, phoneId: null },
      { mode: "record", personal: [said] },
    ),
  );
  for (const text of packedPayloads(480).slice(0, 12))
    await post(CANNOT_RAISE_PATH, {
      orderId: crypto.randomUUID(),
      problem: "other",
      itemName: nextText(200),
      words: text,
      contact: { name: nextText(40), phone: "13800005678" },
    });
  const deskDevice = await enrol("desk");
  const { clerkId: manager } = loginResponseSchema.parse(
    await post("/api/login", { ...deskDevice, clerkNo: "9001", password: ADDED_PASSWORD }),
  );
  const desk = await NodeClient.connect({ url: node.url, ...deskDevice });
  for (const tone of ["info", "urgent"] as const) {
    const notice = { noticeId: uuidv7(), text: nextText(120), textEn: nextText(200), tone, until: null };
    await accepted(
      desk.send("PublishNotice", { ...notice, places: ["board", "counter", "kiosk", "staff"] }, { clerkId: manager }),
    );
  }
  const result = { resultName: nextText(190), resultNo: nextText(90), note: words[0] ?? "" };
  for (const [at, outcome] of (["granted", "denied"] as const).entries()) {
    const caseId = accepting[at]?.caseId ?? "";
    await accepted(desk.send("DecideCase", { ...result, caseId, outcome }, { clerkId: manager }));
  }
  for (const client of [kiosk, window, tablet, desk]) client.close();
};

const addManagers = (...numbers: readonly string[]): void => {
  for (const no of numbers) {
    node.operate("add-clerk", "--no", no, "--name", "<img src=x onerror=hit()>");
    node.operate("set-duty", "--no", no, "--duty", "manager");
  }
};

/** A version of the program lies at the node, to be given to terminals; not a program, as nobody fetches it. */
const addRelease = (): void => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const folder = test.info().outputPath("release");
  mkdirSync(folder, { recursive: true });
  const [file, key] = [join(folder, "service-hall-9.0.0-linux-x64.tar.gz"), join(folder, "release.key")];
  writeFileSync(file, "x".repeat(1_000));
  writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
  node.operate("sign-release", file, "--key", key, "--out", join(folder, "signed"));
  node.operate("add-release", join(folder, "signed"));
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  node = await DemoNode.start(hostilePlan);
  // The second one because nobody reads what was said of their own service.
  addManagers("9001", "9002");
  addRelease();
  await fillHall();
  screen = await openPlainWindow();
  ({ page } = screen);
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { hit: () => found.push("a script ran"), found: () => found });
    // The policy would have stopped it; that there was something to stop is a fault already.
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      found.push(`${effectiveDirective}: ${blockedURI}`);
    });
  });
  page.on("dialog", (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => seen.push(`a fault: ${error.message}`));
  page.on("console", (message) => {
    // That something of ours is not there, as a board's films in a browser, is no fault; what is asked of others is seen below.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      seen.push(`the console: ${message.text()} ${message.location().url}`);
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).host !== new URL(node.url).host)
      seen.push(`asked ${request.url()}`);
  });
});
test.afterAll(async () => {
  await screen?.close();
  await node?.remove();
});
keepPicturesOfFailures(() => ({ screen: page }));

/** Elements and addresses that only a text that became HTML could have made. */
const grown = (): Promise<readonly string[]> =>
  page.evaluate(() => {
    const events = [...document.querySelectorAll("*")].flatMap((each) =>
      each.getAttributeNames().filter((name) => name.startsWith("on")),
    );
    const strange = document.querySelectorAll(
      'script:not([src]), iframe, object, embed, base, marquee, details[ontoggle], meta[http-equiv="refresh"], [href^="javascript:"], [href*="evil.test"], [src*="evil.test"], [action^="javascript:"]',
    );
    // A page for phones that has no script runs none, not even this.
    const hits = (window as unknown as { found?: () => readonly string[] }).found?.() ?? [];
    return [...hits, ...events, ...[...strange].map(({ outerHTML }) => outerHTML.slice(0, 120))];
  });

/** The screen is whole: nothing came of the texts, and its button is where a person sees it and can press it. */
const isWhole = async (name: string, main: Locator): Promise<void> => {
  await expect(main.first(), name).toBeVisible({ timeout: 15_000 });
  await expect(main.first(), `${name}: in sight`).toBeInViewport({ ratio: 0.9 });
  await main.first().click({ trial: true, timeout: 15_000 });
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    `${name}: sideways`,
  ).toBeLessThan(2);
  expect([...(await grown()), ...seen], name).toEqual([]);
};
const shows = async (name: string, text: string): Promise<void> =>
  expect(page.getByText(text, { exact: false }).first(), `${name} shows ${text}`).toBeAttached({ timeout: 15_000 });

/** A part of the screen shows one of the texts, letter for letter: else the walk would look at nothing. */
const showsHostile = (name: string, part: Locator): Promise<void> =>
  expect(part, `${name} shows a hostile text`).toContainText(/hit\(\)|evil\.test|display:none|nope/, {
    timeout: 15_000,
  });

/** What a field takes at most: ten thousand characters, or as many digits, or the last day there is. */
const mostOf = (type: string): string | null => {
  if (["text", "search", "textarea", "tel", "password", "email", "url"].includes(type)) return ENDLESS;
  if (type === "number") return "9".repeat(10_000);
  return type === "date" ? "275760-09-13" : null;
};

/** As much as it takes into every field that is there, and more. */
const fillEverything = async (within: Page | Locator = page): Promise<void> => {
  for (const field of await within.locator("input:visible, textarea:visible").all()) {
    const most = mostOf(await field.evaluate((each) => (each as HTMLInputElement).type));
    if (most !== null && (await field.isEditable())) await field.fill(most);
  }
};

/**
 * A dialog is opened by a button, a key or a choice, filled and closed again.
 * @param isTold one of the hostile texts has to stand in it
 */
const walkDialog = async (
  name: string,
  opener: Locator | string | (() => Promise<unknown>),
  isTold = false,
): Promise<void> => {
  if (typeof opener === "string") await page.keyboard.press(opener);
  else if (typeof opener === "function") await opener();
  else await opener.first().click({ timeout: 15_000 });
  const dialog = page.getByRole("dialog");
  await expect(dialog, name).toBeVisible();
  if (isTold) await showsHostile(name, dialog);
  const own = dialog.locator('input[type="radio"]').last();
  if (await own.isVisible()) await own.check();
  await fillEverything(dialog);
  await isWhole(name, dialog.getByRole("button", { disabled: false }).last());
  await page.keyboard.press("Escape");
  await expect(dialog, name).toBeHidden();
};

const openRole = async (role: TerminalRole, counterId: string | null, size: { width: number; height: number }) => {
  await page.setViewportSize(size);
  await page.goto(
    `${node.url}/app/?role=${role}&enrol=${await node.code(role, counterId)}&name=${encodeURIComponent(nextText(40))}`,
  );
};
const signIn = async (clerkNo: string): Promise<void> => {
  await page.getByLabel("工号").fill(clerkNo);
  await page.getByLabel("密码").fill(ADDED_PASSWORD);
  await page.getByRole("button", { name: "登录", exact: true }).click();
};

test("the kiosk, the board and the screen for reviews", async () => {
  await openRole("kiosk", null, KIOSK);
  const tile = page.locator(".business-tile");
  await isWhole("kiosk start", tile);
  await shows("kiosk", "hit()");
  for (const at of [0, 3, 4]) {
    await page.locator(".way-tiles button").nth(at).click();
    await fillEverything();
    await isWhole(`kiosk way ${String(at)}`, page.getByRole("button", { name: "首页" }));
    await page.getByRole("button", { name: "首页" }).click();
  }
  await tile.nth(1).click();
  await isWhole("kiosk confirm", page.locator(".confirm-buttons button"));
  await page.locator(".confirm-buttons button").first().click();
  const nobody = page.locator('[data-way="none"]');
  await isWhole("kiosk who", nobody);
  await page.locator('[data-way="phone"]').click();
  await fillEverything();
  await expect(page.locator('input[type="tel"]')).toHaveValue(/^\d{0,11}$/);
  await isWhole("kiosk who, phone", page.getByRole("button", { name: "返回" }));
  await page.getByRole("button", { name: "返回" }).click({ timeout: 15_000 });
  await nobody.click({ timeout: 15_000 });
  await isWhole("kiosk number", page.getByTestId("number"));

  await openRole("display", null, { width: 1920, height: 1080 });
  await isWhole("board", page.locator(".board-main"));
  await shows("board", "hit()");
  await openRole("review", "1", { width: 1280, height: 800 });
  await isWhole("review", page.locator(".public"));
});

/** Views in which nothing stands that somebody else has written: no entry of a ledger, no release. */
const OF_OUR_OWN: ReadonlySet<View> = new Set(["ledgers", "updates"]);

/** An intake of somebody who is called so, told what is missing: the list, the question and the paper. */
const tellMissing = async (): Promise<void> => {
  const person = page.locator('[data-section="person"]');
  await person.getByLabel("姓名").fill(applicantName);
  await person.getByLabel("证件类型").selectOption("居民身份证");
  await person.getByLabel("证件号码").fill("440106199003077633");
  await person.getByLabel("联系电话").fill("13812345678");
  await isWhole("intake, somebody's name", page.getByRole("button", { name: "纸质全部收齐" }));
  await page.keyboard.press("Alt+g");
  const confirm = page.getByRole("button", { name: "确认一次性告知", exact: true });
  await isWhole("intake, what is missing", confirm);
  await confirm.click();
  await expect(page.getByTestId("intake-number")).toBeVisible();
  await page.getByRole("button", { name: /^查看/ }).first().click();
  await expect(page.locator(".paper")).toContainText(applicantName);
  await isWhole("the paper of an intake", page.getByRole("dialog").getByRole("button", { disabled: false }).last());
  await page.keyboard.press("Escape");
};

/** Somebody comes again for an intake that came from elsewhere: its materials are scanned, or shown by a licence's code. */
const goOnWithAnother = async (): Promise<void> => {
  await page.keyboard.press("F11");
  await page.getByRole("button", { name: /^收件中/ }).click();
  await page.locator(".case-list [role=option]", { hasText: "hit()" }).first().click();
  await page.getByRole("button", { name: "继续收件", exact: true }).click();
  const material = page.locator(".material", { hasText: "hit()" }).first();
  for (const way of ["scan", "licence"])
    await walkDialog(`intake, ${way}`, () => material.getByRole("combobox").selectOption(way), true);
};

test("the window, an intake, and the desk with all its views", async () => {
  test.setTimeout(120_000);
  await openRole("window", "2", WIDE);
  await signIn("9001");
  const open = page.getByRole("button", { name: "开放窗口" });
  // By itself when the hall has let nobody else in there.
  await expect(async () => {
    if (await open.isVisible()) await open.click({ timeout: 500 });
    await expect(page.locator(".work")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await isWhole("window", page.locator('[aria-keyshortcuts="F2"]'));
  await shows("window", "<img src=x onerror=hit()>");
  await page.keyboard.press("F2");
  await expect(page.locator(".current-number")).toBeVisible();
  await isWhole("window, called", page.locator('[aria-keyshortcuts="F5"]'));
  for (const key of ["F1", "F4", "F8", "F9"]) await walkDialog(`window, dialog of ${key}`, key);
  for (const act of ["置顶", "取消号票"]) {
    await page.locator(".line-row").first().click();
    await walkDialog(`window, ${act}`, page.getByRole("button", { name: act, exact: true }));
  }
  await page.keyboard.press("F5");
  await expect(page.locator('[aria-keyshortcuts="F7"]')).toBeEnabled();
  await walkDialog("window, dialog of F7", "F7");
  await page.keyboard.press("F10");
  await isWhole("intake", page.getByRole("combobox"));
  await page.getByRole("combobox").fill("养老金");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".intake-form").waitFor();
  await fillEverything();
  await isWhole("intake form", page.getByRole("button", { name: "纸质全部收齐" }));
  await tellMissing();
  await goOnWithAnother();

  await openRole("desk", null, WIDE);
  await signIn("9002");
  const main = page.getByRole("main");
  /** What a view is worked with: the first of its own that can be pressed or written into. */
  const own = main.locator("button:enabled, a[href], input:enabled, select:enabled").filter({ visible: true });
  const dialogs: Partial<Record<View, readonly RegExp[]>> = {
    live: [/^置顶$/, /^取消$/],
    floor: [/^调整业务$/, /^关闭窗口$/],
    terminals: [/^停用$/, /^改名$/, /^更改用途$/, /^注销$/],
    cases: [/^填写平台编号$/, /^退回窗口$/, /^启动特别程序$/, /^作出决定$/],
  };
  for (const view of views.filter((each) => each !== "city")) {
    await page.evaluate((to) => (location.hash = `#/${to}`), view);
    // It loads what it shows, and may ask the node for it.
    await expect(main).toContainText(/\S/, { timeout: 15_000 });
    if (!OF_OUR_OWN.has(view)) await showsHostile(view, main);
    await isWhole(`desk ${view}`, view === "updates" ? main : own);
    if (view === "reviews") {
      await page.getByRole("button", { name: "看原话" }).first().click();
      await shows("desk, a review's words", payloads[0] ?? "");
    }
    if (view === "cases") {
      await page.getByRole("button", { name: /^收件中/ }).click();
      await page.locator(".case-list [role=option]", { hasText: "hit()" }).first().click();
      const detail = page.locator(".case-detail");
      await showsHostile("desk, a case", detail);
      await showsHostile("desk, a case's materials", detail.locator(".case-materials"));
      await detail.getByRole("button", { name: "查看申请人和申请表" }).click();
      await page.getByRole("button", { name: "查看并记录" }).click();
      await expect(detail.locator(".case-person dd").first(), "whose case it is").toHaveText(applicantName);
      await page.getByRole("button", { name: /^审批中/ }).click();
      await page.locator(".case-list [role=option]", { hasText: "hit()" }).first().click();
      await detail.getByRole("button", { name: "开始办理" }).click();
    }
    if (view === "orders") {
      await page.getByRole("list", { name: "工作单" }).getByRole("button").first().click();
      await page.getByRole("button", { name: "查看原话" }).click();
      await shows("desk, words", "hit()");
    }
    if (view === "terminals") {
      await main.getByRole("row", { name: "叫号大屏" }).getByRole("link").first().click();
      await showsHostile("desk, a terminal", main.locator(".fleet-detail"));
    }
    if (view === "plan") {
      await main
        .getByLabel(/每个时段名额/)
        .nth(1)
        .fill("7");
      await walkDialog("desk plan, preview", main.getByRole("button", { name: "预览改动" }), true);
    }
    if (view === "updates")
      await walkDialog("desk updates, one terminal", main.getByRole("button", { name: "给一台终端试用" }), true);
    for (const act of dialogs[view] ?? [])
      await walkDialog(`desk ${view}, ${String(act)}`, main.locator("button:enabled", { hasText: act }));
    if (view === "cases") {
      await page.getByRole("button", { name: /^已办结待领/ }).click();
      for (const [at, act] of [/^发放结果$/, /^登记“办不成事”$/].entries()) {
        await page.locator(".case-list [role=option]").nth(at).click();
        await walkDialog(`desk cases, ${String(act)}`, main.locator("button:enabled", { hasText: act }));
      }
    }
    await fillEverything();
    // A long view was scrolled to the last of its fields.
    if (view !== "updates") await own.first().scrollIntoViewIfNeeded();
    await isWhole(`desk ${view}, full`, view === "updates" ? main : own);
  }
});

test("setting up, and people's own phones", async () => {
  await page.setViewportSize(WIDE);
  await page.goto(`${node.url}/app/?role=setup`);
  await fillEverything();
  await isWhole("setup", page.getByRole("button").first());
  await page.setViewportSize(PHONE);
  for (const [path, main] of [
    ["/a#demo", page.getByTestId("tab-make")],
    ["/cannot", page.getByRole("button", { name: "提交" })],
    ["/p", page.getByRole("combobox")],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(`${node.url}${path}`);
    await page.getByRole("combobox").first().selectOption("zh-CN");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    // A phone is scrolled; the page may be drawn anew meanwhile.
    await main.first().click({ trial: true });
    await isWhole(path, main);
    await fillEverything();
    await main.first().click({ trial: true });
    await isWhole(`${path}, full`, main);
  }
  const body = page.locator("body");
  for (const [name, path] of [
    ["a ticket that waits", waitingPage],
    ["a ticket that is done", servedPage],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(`${node.url}${path}`);
    await showsHostile(name, body);
    await isWhole(name, page.getByRole("combobox"));
  }
  await page.locator('a[href*="/r"].large').click({ timeout: 10_000 });
  await page.locator('input[name="level"][value="1"]').check({ force: true });
  await showsHostile("a review", body);
  await fillEverything();
  await page.locator('button[type="submit"]').scrollIntoViewIfNeeded();
  await isWhole("a review, full", page.locator('button[type="submit"]'));
});

test("the desk of a city, and a hall behind its name", async () => {
  test.setTimeout(120_000);
  const ofHall = node;
  node = await DemoNode.start(hostilePlan, "city");
  try {
    addManagers("9001");
    // A hall is listed once something has been counted there.
    const kiosk = await NodeClient.connect({ url: node.url, ...(await enrol("kiosk")) });
    await accepted(kiosk.send("TakeTicket", ticketWish(uuidv7())));
    kiosk.close();
    await openRole("desk", null, WIDE);
    await signIn("9001");
    await page.getByRole("navigation").getByRole("button", { name: "全市", exact: true }).click();
    const link = page.getByRole("row").getByRole("link").first();
    await showsHostile("desk city", page.locator(".city-halls"));
    await isWhole("desk city", link);
    await link.click();
    await showsHostile("desk, a hall of the city", page.locator("#city-hall"));
    await isWhole("desk, a hall of the city", page.getByRole("button", { name: "关闭", exact: true }));
    await fillEverything();
    await isWhole("desk city, full", page.getByRole("button", { name: "关闭", exact: true }));
  } finally {
    await node.remove();
    node = ofHall;
  }
});
