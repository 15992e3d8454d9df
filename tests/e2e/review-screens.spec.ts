import { expect, test, type Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { languages } from "../../renderer/languages.ts";
import { REVIEW_CODE_PATH } from "../../shared/contract/desk-reviews.ts";
import type { EnrolResponse, LoginResponse } from "../../shared/contract/api.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { post } from "../helpers/center.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { scenes } from "../preview/public/scenes.ts";
import { COLOURS, expectAccessible } from "./helpers/axe.ts";
import { findCutTexts } from "./helpers/cut-text.ts";
import { DemoNode } from "./helpers/demo-node.ts";
import { look, openPreview, type Preview } from "./helpers/preview.ts";

/*
 * Every screen on which people review or read of reviews, in all nine languages, in every theme, in one window:
 *  1. The applicant's screen and the kiosk shut nobody out by WCAG 2.2 A and AA.
 *  2. One switch is enough: the focus walks by itself, and the second press chooses.
 *  3. So do the page behind a code, used and unused, and the public figures, of a real node; at 360 px and type of 200 %
 *     nothing is cut off and nothing scrolls sideways.
 */
/** Colours do not depend on words: every language in one theme, and a language of each direction in all of them. */
const themesOf = (language: string) =>
  language === "zh-CN" || language === "ar" ? (["standard", "contrast", "dark"] as const) : (["standard"] as const);
/** Of what axe looks at only the colours change with a theme. */
const rulesOf = (theme: string) => (theme === "standard" ? undefined : COLOURS);
const looks = {
  standard: { colorScheme: "light", contrast: "no-preference" },
  dark: { colorScheme: "dark", contrast: "no-preference" },
  contrast: { colorScheme: "light", contrast: "more" },
} as const;
/** Enough reviews for the public figures to show shares. */
const ENOUGH = 31;
const NARROW = { width: 360, height: 740 };

let preview: Preview;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  preview = await openPreview();
});
test.afterAll(() => preview?.close());

test("1 the applicant's screen and the kiosk shut nobody out", async () => {
  test.setTimeout(420_000);
  const own = scenes.filter(({ name }) => name.includes("review"));
  expect(own.length).toBeGreaterThan(9);
  for (const scene of own)
    for (const language of languages) {
      await preview.open(scene, `lang=${language}`);
      for (const theme of themesOf(language)) {
        await look(preview.page, theme, 100);
        await expectAccessible(preview.page, `${scene.name}, ${language}, ${theme}`, rulesOf(theme));
        if (theme === "standard" && (language === "zh-CN" || language === "ar"))
          await preview.page.screenshot({ path: test.info().outputPath(`${scene.name}-${language}.png`) });
      }
    }
});

test("2 one switch is enough to choose a face and send", async () => {
  const faces = scenes.find(({ name }) => name === "review faces");
  if (!faces) throw new Error("no scene");
  await preview.open(faces, "lang=zh-CN");
  const { page } = preview;
  const walked = (level: string) =>
    expect(page.locator(`.faces [data-level="${level}"]`)).toBeFocused({ timeout: 10_000 });
  // The first press begins the walk at once; one that came before the screen listened is made again.
  await expect(async () => {
    await page.keyboard.press("Space");
    await expect(page.locator(".faces button:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await walked("4");
  await page.keyboard.press("Space");
  await expect(page.locator('[data-level="4"]')).toHaveAttribute("aria-checked", "true");
  const send = page.getByRole("button", { name: "提交评价" });
  await expect(send).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press("Space");
  await expect(page.getByText("谢谢您的评价")).toBeVisible();
});

const enrol = async (node: DemoNode, role: TerminalRole, counterId: string | null = null): Promise<EnrolResponse> => {
  const body = { code: await node.code(role, counterId), name: role };
  return (await post(`${node.url}/api/enrol`, body)).body as EnrolResponse;
};

/** Serves and reviews people at counter 2. @returns the address of a code that nobody has used, and of one that was */
const fillHall = async (node: DemoNode): Promise<{ readonly open: string; readonly used: string }> => {
  const [windowDevice, kioskDevice] = [await enrol(node, "window", "2"), await enrol(node, "kiosk")];
  const screenDevice = windowDevice.review;
  if (screenDevice === null) throw new Error("a window has a screen");
  const credentials = { deviceId: windowDevice.deviceId, secret: windowDevice.secret };
  const login = await post(`${node.url}/api/login`, { ...credentials, clerkNo: "1001", password: "demo-1001" });
  const { clerkId } = login.body as LoginResponse;
  const connect = (device: { readonly deviceId: string; readonly secret: string }) =>
    NodeClient.connect({ url: node.url, deviceId: device.deviceId, secret: device.secret });
  const [window, kiosk, screen] = [
    await connect(windowDevice),
    await connect(kioskDevice),
    await connect(screenDevice),
  ];
  const counter = { counterId: "2" };
  await window.send("OpenCounter", counter, { clerkId });
  const urlOf = async (reviewId: string): Promise<string> =>
    ((await post(`${node.url}${REVIEW_CODE_PATH}`, { ...screenDevice, reviewId })).body as { url: string }).url;
  const serve = async (): Promise<string> => {
    const ticketId = uuidv7();
    await kiosk.send("TakeTicket", ticketWish(ticketId, { businessId: "B" }));
    await window.send("CallNext", counter, { clerkId });
    await window.send("BeginService", { ticketId, ...counter }, { clerkId });
    await window.send("EndService", { ticketId, ...counter }, { clerkId });
    return ticketId;
  };
  let last = "";
  for (let served = 0; served <= ENOUGH; served += 1) {
    last = `${await serve()}.1`;
    if (served === ENOUGH) break;
    const level = served % 9 === 0 ? 2 : served % 3 === 0 ? 4 : 5;
    const words = { tags: level === 2 ? ["210"] : ["510"], textId: null, phoneId: null };
    const given = { ...words, ...counter, elapsedMs: 5_000, channel: "tablet" as const };
    await screen.send("GiveReview", { ...given, reviewId: last, level }, { mode: "record" });
  }
  const open = await urlOf(last);
  const ticketId = await serve();
  const used = await urlOf(`${ticketId}.1`);
  const form = new URLSearchParams({ level: "5", stamp: "" });
  await fetch(used, { method: "POST", body: form });
  for (const client of [window, kiosk, screen]) client.close();
  return { open, used };
};

const type200 = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });

test("3 the page behind a code and the public figures shut nobody out, and fit a narrow phone", async () => {
  test.setTimeout(420_000);
  const node = await DemoNode.start();
  try {
    const { open, used } = await fillHall(node);
    const { page } = preview;
    const pages = { form: open, used, figures: `${node.url}/figures/demo` };
    const cut: string[] = [];
    for (const [name, url] of Object.entries(pages))
      for (const language of languages) {
        await page.emulateMedia(looks.standard);
        await page.setViewportSize(NARROW);
        await page.goto(`${url}?lang=${language}`);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
        if (name === "form") await page.locator("#level-1").check();
        for (const theme of themesOf(language)) {
          await page.emulateMedia(looks[theme]);
          await expectAccessible(page, `${name}, ${language}, ${theme}`, rulesOf(theme));
        }
        if (["zh-CN", "en", "ar"].includes(language))
          await page.screenshot({ path: test.info().outputPath(`${name}-${language}.png`), fullPage: true });
        await type200(page);
        if (["zh-CN", "en", "ar"].includes(language))
          await page.screenshot({ path: test.info().outputPath(`${name}-${language}-200.png`), fullPage: true });
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (sideways > 1) cut.push(`${name}, ${language}: ${String(sideways)} px sideways`);
        for (const each of await findCutTexts(page))
          if (!each.includes("screen's edge")) cut.push(`${name}, ${language}: ${each}`);
      }
    expect(cut).toEqual([]);
  } finally {
    await node.remove();
  }
});
