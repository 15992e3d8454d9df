import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import readXlsx from "read-excel-file/node";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { openPage, sendForm, stampOf } from "../../tests/helpers/review-page.ts";
import { dayOf } from "../../shared/basics/time.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { TICKET_PAGE_PATH } from "../../shared/contract/ticket-page.ts";
import { followDigest, writeTicketPageKey } from "../../shared/domain/kiosk/ticket-page.ts";
import { DESK_AUDIT_PATH, deskAuditResponseSchema } from "../../shared/contract/desk-audit.ts";
import type { ListedReview, ReviewWords } from "../../shared/contract/desk-reviews.ts";
import type { ReviewFigures } from "../../shared/domain/review/figures.ts";
import { reviewIdOf } from "../../shared/domain/review/review.ts";
import { createLogger } from "../logger.ts";
import { reviewLink } from "./code-routes.ts";
import { scanLights } from "./light-scan.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * One hall, one clerk. People review on the screen and by the code on their phones; the desk reads, puts right, and
 * takes the figures out. The clock is set by the test.
 */
const DAY = 86_400_000;
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let clerkId: string;
let deskClerk: string;
let deskDevice: EnrolResponse;
let reviewDevice: EnrolResponse;
let window: NodeClient;
let screen: NodeClient;
let desk: NodeClient;
let kiosk: NodeClient;
/** Everything that the center logged, at its most talkative. */
const logLines: string[] = [];

beforeAll(async () => {
  const log = createLogger("trace", { write: (line) => void logLines.push(line) });
  center = await startCenter({ clock: () => now, plan: testPlan, log });
  await center.addClerk("1001");
  await center.addClerk("9001");
  const windowDevice = await center.enrol("window", "1");
  deskDevice = await center.enrol("desk");
  ({ clerkId } = await center.login(windowDevice, "1001"));
  ({ clerkId: deskClerk } = await center.login(deskDevice, "9001"));
  reviewDevice = await center.enrol("review", "1");
  const connect = (device: EnrolResponse) => NodeClient.connect({ url: center.url, ...device });
  window = await connect(windowDevice);
  window.keepWire = true;
  screen = await connect(reviewDevice);
  desk = await connect(deskDevice);
  kiosk = await connect(await center.enrol("kiosk"));
  await window.send("OpenCounter", { counterId: "1" }, { clerkId });
});
afterAll(async () => {
  for (const client of [window, screen, desk, kiosk]) client.close();
  await center.stop();
});

const hall = async () => (await center.context.halls.get("test-hall")).hall;

const serve = async (): Promise<string> => {
  const ticketId = uuidv7();
  const wish = ticketWish(ticketId);
  await kiosk.send("TakeTicket", wish);
  // A new day closes all counters.
  await window.send("OpenCounter", { counterId: "1" }, { clerkId });
  await window.send("CallNext", { counterId: "1" }, { clerkId });
  await window.send("BeginService", { ticketId, counterId: "1" }, { clerkId });
  now += 600_000;
  await window.send("EndService", { ticketId, counterId: "1" }, { clerkId });
  return reviewIdOf(ticketId, 1);
};

const pathOf = async (reviewId: string): Promise<string> => {
  const { hallId, code } = reviewLink(center.context, await hall(), reviewId);
  return `/r/${hallId}/${code}`;
};
const open = (path: string, init?: RequestInit) => openPage(center.url, path, init);
const fill = (path: string, fields: readonly (readonly [string, string])[]) => sendForm(center.url, path, fields);

const asDesk = () => ({ deviceId: deskDevice.deviceId, secret: deskDevice.secret, clerkId: deskClerk });
const ask = async <T>(what: string, body: object): Promise<T> =>
  (await post(`${center.url}/api/desk/reviews/${what}`, { ...asDesk(), ...body })).body as T;
const range = { from: "2026-11-01", to: "2026-12-31" };

describe("the page behind a code", () => {
  it("has no script, nothing chosen before, five equal answers, and a policy that allows no more", async () => {
    const { status, html, headers } = await open(await pathOf(await serve()));
    expect(status).toBe(200);
    expect(html).not.toMatch(/<script|\son\w+=|style=|javascript:/i);
    expect(html).not.toMatch(/\schecked|\sselected/);
    expect(html.match(/type="radio"/g)).toHaveLength(5);
    expect(html.match(/type="checkbox"/g)).toHaveLength(40);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("speaks the language that is asked for, the levels and tags in all nine", async () => {
    const path = await pathOf(await serve());
    expect((await open(`${path}?lang=en`)).html).toContain("How was this service?");
    expect((await open(path, { headers: { "accept-language": "fr-FR,fr;q=0.9" } })).html).toContain(
      '<html lang="fr" dir="ltr">',
    );
    const arabic = (await open(`${path}?lang=ar`)).html;
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).not.toContain("Very satisfied");
    expect((await open(`${path}?lang=%3Cscript%3E`)).html).toContain('<html lang="zh-CN"');
  });

  it("gives back what was written when something is still wrong, as text and nothing else", async () => {
    const path = await pathOf(await serve());
    const stamp = stampOf((await open(path)).html);
    const { status, html, headers } = await fill(path, [
      ["level", "2"],
      ["tag", "214"],
      ["text", "</textarea><script>等了两小时"],
      ["phone", '13"80'],
      ["stamp", stamp],
    ]);
    expect(status).toBe(422);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(html).toMatch(/value="2" checked/);
    expect(html.match(/\schecked/g)).toHaveLength(2);
    expect(html).toContain("\n&lt;/textarea&gt;&lt;script&gt;等了两小时</textarea>");
    expect(html).toContain('value="13&quot;80"');
    expect(html).toContain(`value="${stamp}"`);
  });

  it("works once: the second use is told so and changes nothing, ten at once are one", async () => {
    const reviewId = await serve();
    const path = await pathOf(reviewId);
    const stamp = stampOf((await open(path)).html);
    now += 20_000;
    const fields = [
      ["level", "2"],
      ["tag", "214"],
      ["text", "<b>等了两小时</b>"],
      ["phone", "13800005678"],
      ["stamp", stamp],
    ] as const;
    const answers = await Promise.all(Array.from({ length: 10 }, () => fill(path, fields)));
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 410)).toEqual([]);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect((await open(path)).status).toBe(410);
    const again = await fill(path, [
      ["level", "5"],
      ["stamp", stamp],
    ]);
    expect(again.status).toBe(410);
    const review = (await hall()).state.reviews.get(reviewId);
    expect(review).toMatchObject({ state: "given", level: 2, additions: 0, flags: [] });
    expect((await hall()).state.rectifications.get(reviewId)).toMatchObject({ isNamed: true, channel: "qr" });
  });

  it("is worth nothing when changed, of another hall, too old, or without a service", async () => {
    const reviewId = await serve();
    const path = await pathOf(reviewId);
    for (const wrong of [
      `${path.slice(0, -2)}AA`,
      `${path}=`,
      "/r/test-hall/AAAA",
      "/r/other/AAAA",
      "/r/test-hall/%00",
    ])
      expect((await open(wrong)).status).toBe(404);
    expect((await open(await pathOf("never.1"))).status).toBe(404);
    now += 7 * DAY;
    expect((await open(path)).status).toBe(410);
    expect((await fill(path, [["level", "5"]])).status).toBe(410);
    expect((await hall()).state.reviews.get(reviewId)?.level ?? null).toBeNull();
  });

  it("answers what is missing where it was typed, and takes no words for a keyword's sake away", async () => {
    const path = await pathOf(await serve());
    const stamp = stampOf((await open(path)).html);
    expect((await fill(path, [["stamp", stamp]])).html).toContain("请先选一个评价");
    expect(
      (
        await fill(path, [
          ["level", "1"],
          ["stamp", stamp],
        ])
      ).html,
    ).toContain("请选一项原因或写几个字");
    expect(
      (
        await fill(path, [
          ["level", "1"],
          ["text", "长".repeat(151)],
          ["stamp", stamp],
        ])
      ).html,
    ).toContain("最多 150 字");
    expect(
      (
        await fill(path, [
          ["level", "1"],
          ["text", "x"],
          ["phone", "12"],
          ["stamp", stamp],
        ])
      ).html,
    ).toContain("电话号码不完整");
    now += 9_000;
    const rude = "垃圾 12345 投诉 <script>alert(1)</script> '; DROP TABLE";
    expect(
      (
        await fill(path, [
          ["level", "1"],
          ["text", rude],
          ["stamp", stamp],
        ])
      ).status,
    ).toBe(200);
    const { reviews } = await ask<{ reviews: ListedReview[] }>("list", { ...range, only: "bad" });
    const { entries } = await ask<ReviewWords>("words", { reviewId: reviews[0]?.reviewId, reveals: false });
    expect(entries[0]?.text).toBe(rude);
  });

  it("measures the time here: a form that was never shown, or was answered at once, is flagged", async () => {
    const [first, second] = [await serve(), await serve()];
    await fill(await pathOf(first), [
      ["level", "5"],
      ["stamp", "abc.def"],
    ]);
    const path = await pathOf(second);
    const stamp = stampOf((await open(path)).html);
    await fill(path, [
      ["level", "5"],
      ["stamp", stamp],
    ]);
    for (const reviewId of [first, second])
      expect((await hall()).state.reviews.get(reviewId)?.flags).toContain("tooFast");
  });

  it("a day later still knows the service, and a review that was given already becomes an addition", async () => {
    const reviewId = await serve();
    const path = await pathOf(reviewId);
    const given = {
      reviewId,
      counterId: "1",
      level: 4,
      elapsedMs: 5_000,
      channel: "tablet",
      textId: null,
      phoneId: null,
    } as const;
    await screen.send("GiveReview", { ...given, tags: [] }, { mode: "record", at: now });
    now += DAY;
    const { html } = await open(path);
    expect(html).toContain("作为追加");
    now += 9_000;
    expect(
      (
        await fill(path, [
          ["level", "1"],
          ["tag", "115"],
          ["stamp", stampOf(html)],
        ])
      ).status,
    ).toBe(200);
    await center.context.reviewLedgers.caughtUp("test-hall");
    const { rows } = await center.context.database.query<{ is_first: boolean; level: number; clerk_id: string }>(
      "SELECT is_first, level, clerk_id FROM review_ledger WHERE review_id = $1 ORDER BY seq",
      [reviewId],
    );
    expect(rows).toEqual([
      { is_first: true, level: 4, clerk_id: clerkId },
      { is_first: false, level: 1, clerk_id: clerkId },
    ]);
    expect((await hall()).state.rectifications.get(reviewId)).toMatchObject({ level: 1, clerkId });
  });

  it("is reached from the ticket's own page as soon as the service has ended, and by nobody without its secret", async () => {
    const ticketId = uuidv7();
    const secret = "00112233445566778899aabbccddeeff";
    const wish = { ticketId, businessId: "A", class: "ordinary", itemCode: null, itemName: null } as const;
    await kiosk.send("TakeTicket", { ...wish, personKey: null, followHash: followDigest(secret) });
    const look = async (key: string) => {
      const body = { key: writeTicketPageKey({ hallId: "test-hall", ticketId, secret: key }) };
      return (await post(`${center.url}${TICKET_PAGE_PATH}`, body)).body as { state: string; review?: string | null };
    };
    expect((await look(secret)).review).toBeNull();
    await window.send("OpenCounter", { counterId: "1" }, { clerkId });
    await window.send("CallNext", { counterId: "1" }, { clerkId });
    await window.send("BeginService", { ticketId, counterId: "1" }, { clerkId });
    await window.send("EndService", { ticketId, counterId: "1" }, { clerkId });
    const { review } = await look(secret);
    expect((await open(review ?? "")).status).toBe(200);
    expect(await look("f".repeat(32))).toMatchObject({ state: "unknown" });
  });

  it("is asked for by the counter's own screen only", async () => {
    const reviewId = await serve();
    const request = (device: EnrolResponse) =>
      post(`${center.url}/api/review-code`, { deviceId: device.deviceId, secret: device.secret, reviewId });
    const { body } = await request(reviewDevice);
    expect(new URL((body as { url: string }).url).pathname).toMatch(/^\/r\/test-hall\/[\w-]+$/);
    expect((await request(await center.enrol("review", "2"))).status).toBe(404);
    expect((await request(await center.enrol("window", "3"))).status).toBe(401);
  });
});

describe("the desk", () => {
  it("alone reads words and numbers, the number masked until it is asked for, and each look is noted", async () => {
    const { reviews } = await ask<{ reviews: ListedReview[] }>("list", { ...range, only: "bad" });
    const named = reviews.find((review) => review.hasPhone);
    const words = (reveals: boolean) => ask<ReviewWords>("words", { reviewId: named?.reviewId, reveals });
    expect((await words(false)).entries[0]).toMatchObject({ text: "<b>等了两小时</b>", phone: "138****5678" });
    expect((await words(true)).entries[0]?.phone).toBe("13800005678");
    const { rows } = await center.context.database.query<{ act: string; clerk_id: string }>(
      "SELECT act, clerk_id FROM staff_audit ORDER BY at, act",
    );
    expect(rows).toContainEqual({ act: "review.words", clerk_id: deskClerk });
    expect(rows).toContainEqual({ act: "review.phone", clerk_id: deskClerk });
  });

  it("reads who looked at what, by name and number, without anybody who was looked at", async () => {
    const body = { ...asDesk(), from: dayOf(now, 480), to: dayOf(now, 480) };
    const answer = await post(`${center.url}${DESK_AUDIT_PATH}`, body);
    const { acts } = deskAuditResponseSchema.parse(answer.body);
    expect(acts.map(({ act }) => act)).toEqual(expect.arrayContaining(["review.words", "review.phone"]));
    expect(acts[0]).toMatchObject({ clerkNo: "9001", clerkName: "Clerk 9001", terminalName: "desk" });
    expect(acts[0]?.about).toMatch(/^A\d{3}$/);
    expect(JSON.stringify(acts)).not.toMatch(/13800005678|两小时/);
    const before = { ...body, from: "2026-01-01", to: "2026-01-31" };
    expect(deskAuditResponseSchema.parse((await post(`${center.url}${DESK_AUDIT_PATH}`, before)).body).acts).toEqual(
      [],
    );
    expect((await post(`${center.url}${DESK_AUDIT_PATH}`, { ...body, clerkId })).status).toBe(401);
  });

  it("is a desk terminal with its clerk signed in: nobody else gets anything", async () => {
    const windowDevice = await center.enrol("window", "2");
    await center.login(windowDevice, "1001");
    for (const what of ["figures", "list", "words", "export"]) {
      const body = { ...range, reviewId: "x", reveals: true };
      const as = (who: object) => post(`${center.url}/api/desk/reviews/${what}`, { ...body, ...who });
      expect((await as({ ...windowDevice, clerkId })).status).toBe(401);
      expect((await as({ ...asDesk(), clerkId })).status).toBe(401);
      expect((await as({ ...asDesk(), secret: "wrong" })).status).toBe(401);
    }
  });

  it("counts first reviews, says too few below thirty, and takes out a workbook that names nobody", async () => {
    const figures = await ask<ReviewFigures>("figures", range);
    expect(figures.hall.given).toBeGreaterThan(4);
    expect(figures.hall.satisfied).toBeNull();
    expect(figures.responses?.of).toBeGreaterThan(figures.hall.given);
    const response = await fetch(`${center.url}/api/desk/reviews/export`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...asDesk(), ...range }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const sheets = JSON.stringify(await readXlsx(bytes));
    expect(sheets).toContain("总表");
    expect(sheets).not.toMatch(/13800005678|138\*|两小时|A0\d\d|DROP TABLE/);
    expect(sheets).not.toContain(clerkId);
    const { rows } = await center.context.database.query("SELECT 1 FROM staff_audit WHERE act = 'review.export'");
    expect(rows).toHaveLength(1);
  });

  it("the public board shows the figures with their formula, and nobody", async () => {
    const response = await fetch(`${center.url}/figures/test-hall`);
    const html = await response.text();
    expect(html).toContain("满意率 = 非常满意、满意、基本满意的评价数 ÷ 有效评价数");
    expect(html).toContain("样本不足");
    expect(html).not.toMatch(/<script|13800005678|138\*|两小时/);
    expect(html).not.toContain(clerkId);
    expect((await fetch(`${center.url}/figures/other`)).status).toBe(404);
  });

  it.each(["/r", "/r/test-hall", "/figures/other", "/T", "//evil.test/x"])(
    "says to a person, in their language, that there is nothing at %s, and to a program in its own",
    async (path) => {
      const ask = (headers: Record<string, string>) => fetch(`${center.url}${path}`, { headers });
      const page = await ask({ accept: "text/html,*/*;q=0.8", "accept-language": "de" });
      expect(page.status).toBe(404);
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(page.headers.get("cache-control")).toBe("no-store");
      const html = await page.text();
      expect(html).toContain("Diese Seite gibt es nicht");
      expect(html).toContain('href="/r?lang=ar"');
      expect(html).not.toContain("evil.test");
      expect(await (await ask({ accept: "application/json" })).json()).toMatchObject({ error: { code: "not_found" } });
    },
  );
});

describe("lights", () => {
  it("come on once each, whoever scans, also after days without the node", async () => {
    const before = [...(await hall()).state.rectifications.values()];
    expect(before.length).toBeGreaterThan(1);
    now += 20 * DAY;
    await scanLights(await hall(), now, center.context.log);
    await scanLights(await hall(), now, center.context.log);
    const { rows } = await center.context.database.query<{ step: string; count: number }>(
      "SELECT data::json->>'step' AS step, count(*) AS count FROM events WHERE type = 'RectificationEscalated' GROUP BY 1 ORDER BY 1",
    );
    expect(rows).toEqual([
      { step: "red", count: before.length },
      { step: "yellow", count: before.length },
    ]);
    await desk.until(() => [...desk.state.rectifications.values()].every((order) => order.escalated.length === 2));
  });
});

describe("the ledger", () => {
  it("is the same when it is made anew from the log", async () => {
    const read = async () => {
      await center.context.reviewLedgers.caughtUp("test-hall");
      const { database } = center.context;
      const tables = ["review_ledger", "review_invitations", "rectifications"];
      return Promise.all(
        tables.map(async (table) => (await database.query(`SELECT * FROM ${table} ORDER BY 1, 2`)).rows),
      );
    };
    const before = await read();
    await center.context.database.query("UPDATE review_ledger_cursors SET epoch = 'another'");
    expect(await read()).toEqual(before);
  });
});

it("nothing that went to the clerk's window tells who reviewed, how, or with what words", async () => {
  await window.reached((await hall()).head.seq);
  expect(window.wire).not.toMatch(
    /"level"|"tags"|textId|phoneId|"flags"|Rectification|Appeal|elapsedMs|13800005678|两小时/,
  );
  expect(window.wire).toContain("ReviewClosed");
  for (const client of [window, screen, desk, kiosk]) expect(client.violations).toEqual([]);
});

it("no log line tells who reviewed, or with what words", () => {
  expect(logLines.length).toBeGreaterThan(0);
  for (const line of logLines) expect(line).not.toMatch(/13800005678|两小时/);
});
