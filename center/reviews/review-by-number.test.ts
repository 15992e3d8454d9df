import { readdirSync } from "node:fs";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { REVIEW_CASE_KEY_PATH, type ListedReview, type ReviewWords } from "../../shared/contract/desk-reviews.ts";
import { REVIEW_BY_NUMBER_PATH } from "../../shared/contract/review-by-number.ts";
import { followDigest } from "../../shared/domain/kiosk/ticket-page.ts";
import { writeCaseCode } from "../../shared/domain/review/case-code.ts";
import { ticketCheckOf, unfoundReviewIdOf } from "../../shared/domain/review/claim.ts";
import { caseReviewIdOf, reviewIdOf, type ReviewLevel } from "../../shared/domain/review/review.ts";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { openPage, sendForm, stampOf } from "../../tests/helpers/review-page.ts";
import { applicant, APPLICANT_TRACES, newIds, takeIn } from "../../tests/helpers/take-in.ts";
import { revokeDevice } from "../identity/devices.ts";
import { pageLanguages, pageTexts } from "./page-texts.ts";
import { settleClaims } from "./review-claims.ts";

/*
 * A kiosk at which people review by the number of their ticket or case, and papers whose codes the window makes by itself.
 * One window with a clerk, one desk, a clock that the test sets.
 */
const DAY = 86_400_000;
const SECRET = "0123456789abcdef0123456789abcdef";
const CHECK = ticketCheckOf(followDigest(SECRET));
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let clerkId: string;
let deskClerk: string;
let windowDevice: EnrolResponse;
let deskDevice: EnrolResponse;
let kioskDevice: EnrolResponse;
let window: NodeClient;
let kiosk: NodeClient;

beforeAll(async () => {
  center = await startCenter({ clock: () => now, plan: testPlan });
  await center.addClerk("1001");
  await center.addClerk("9001");
  windowDevice = await center.enrol("window", "1");
  deskDevice = await center.enrol("desk");
  kioskDevice = await center.enrol("kiosk");
  ({ clerkId } = await center.login(windowDevice, "1001"));
  ({ clerkId: deskClerk } = await center.login(deskDevice, "9001"));
  window = await NodeClient.connect({ url: center.url, ...windowDevice });
  kiosk = await NodeClient.connect({ url: center.url, ...kioskDevice });
  window.keepWire = true;
  kiosk.keepWire = true;
  await window.send("OpenCounter", { counterId: "1" }, { clerkId });
});
afterAll(async () => {
  window.close();
  kiosk.close();
  await center.stop();
});

const hall = async () => (await center.context.halls.get("test-hall")).hall;
const reviewOf = async (id: string) => (await hall()).state.reviews.get(id);

const take = async (): Promise<{ ticketId: string; number: string }> => {
  const ticketId = uuidv7();
  const plain = { businessId: "A", class: "ordinary", itemCode: null, itemName: null, personKey: null } as const;
  await kiosk.send("TakeTicket", { ticketId, ...plain, followHash: followDigest(SECRET) });
  return { ticketId, number: kiosk.state.tickets.get(ticketId)?.number ?? "" };
};
const serve = async (ticketId: string): Promise<void> => {
  await window.send("CallNext", { counterId: "1" }, { clerkId });
  await window.send("BeginService", { ticketId, counterId: "1" }, { clerkId });
  now += 600_000;
  await window.send("EndService", { ticketId, counterId: "1" }, { clerkId });
};

/** As a kiosk does, with the network or after it. */
const claim = async (number: string, check: string, level: ReviewLevel, text = "", at = now): Promise<string> => {
  const [claimId, checkId, textId] = [uuidv7(), uuidv7(), text === "" ? null : uuidv7()];
  const given = { level, tags: level <= 2 ? ["115"] : [], elapsedMs: 5_000, totalMs: 9_000, input: "touch" } as const;
  const result = await kiosk.send(
    "ClaimReview",
    { ...given, tags: [...given.tags], claimId, number, checkId, textId, phoneId: null },
    {
      mode: "record",
      at,
      personal: [
        { id: checkId, kind: "reviewCheck", value: check },
        ...(textId === null ? [] : [{ id: textId, kind: "reviewText" as const, value: text }]),
      ],
    },
  );
  expect(result.status).toBe("accepted");
  await settle();
  return claimId;
};
const settle = async (): Promise<void> => {
  await center.context.reviewLedgers.caughtUp("test-hall");
  await settleClaims(center.context, await hall(), now);
};
const look = async (number: string, check: string, device = kioskDevice) => {
  const { deviceId, secret } = device;
  const { status, body } = await post(`${center.url}${REVIEW_BY_NUMBER_PATH}`, { deviceId, secret, number, check });
  return { status, body: body as { error?: { code: string }; isReviewed?: boolean } };
};
const ask = async <T>(what: string, body: object): Promise<T> => {
  const { deviceId, secret } = deskDevice;
  return (await post(`${center.url}/api/desk/reviews/${what}`, { deviceId, secret, clerkId: deskClerk, ...body }))
    .body as T;
};
const checksKept = async (): Promise<number> =>
  (await center.context.database.query("SELECT 1 FROM personal WHERE kind = 'reviewCheck'")).rowCount ?? 0;

describe("a review by a ticket's number", () => {
  it("is of the service behind it, given at a kiosk, and its proof is forgotten", async () => {
    const { ticketId, number } = await take();
    expect((await look(number, CHECK)).body.error?.code).toBe("review_not_yet");
    await serve(ticketId);
    expect(await look(number.toLowerCase(), CHECK)).toMatchObject({
      status: 200,
      body: { counterId: "1", itemName: null, isReviewed: false },
    });
    await claim(number, CHECK, 1, "等了两小时");
    const id = reviewIdOf(ticketId, 1);
    expect(await reviewOf(id)).toMatchObject({ state: "given", level: 1, flags: [], additions: 0 });
    expect((await hall()).state.rectifications.get(id)).toMatchObject({ counterId: "1", channel: "kiosk" });
    expect(await checksKept()).toBe(0);
  });

  it("is an addition the second time, and the first one stands", async () => {
    const { ticketId, number } = await take();
    await serve(ticketId);
    await claim(number, CHECK, 4);
    expect((await look(number, CHECK)).body.isReviewed).toBe(true);
    await claim(number, CHECK, 1);
    expect(await reviewOf(reviewIdOf(ticketId, 1))).toMatchObject({ level: 4, additions: 1 });
  });

  it("needs the digits on the paper: five wrong tries lock the number, at the kiosk alone", async () => {
    const { ticketId, number } = await take();
    await serve(ticketId);
    const wrong = CHECK === "0000" ? "1111" : "0000";
    for (let tries = 0; tries < 5; tries += 1)
      expect((await look(number, wrong)).body.error?.code).toBe("progress_unknown");
    expect((await look(number, CHECK)).body.error?.code).toBe("too_many_requests");
    now += 16 * 60_000;
    expect((await look(number, CHECK)).status).toBe(200);
    for (const device of [windowDevice, deskDevice]) expect((await look(number, CHECK, device)).status).toBe(401);
    expect((await look("A999", CHECK)).body.error?.code).toBe("progress_unknown");
    expect((await look(number, "12")).status).toBe(400);
  });

  it("that was given without a network with the wrong digits is kept, flagged, and of no service", async () => {
    const { ticketId, number } = await take();
    await serve(ticketId);
    const claimId = await claim(number, CHECK === "0000" ? "1111" : "0000", 5);
    expect((await reviewOf(reviewIdOf(ticketId, 1)))?.state).toBe("invited");
    expect(await reviewOf(unfoundReviewIdOf(claimId))).toMatchObject({
      level: 5,
      flags: ["noService"],
      counterId: null,
    });
    expect((await hall()).state.suspects.has(unfoundReviewIdOf(claimId))).toBe(true);
  });

  it("waits for a service that is still on a window without a network, for a day", async () => {
    const { ticketId, number } = await take();
    const early = await claim(number, CHECK, 4);
    expect((await hall()).state.reviews.has(unfoundReviewIdOf(early))).toBe(false);
    await serve(ticketId);
    await settle();
    expect(await reviewOf(reviewIdOf(ticketId, 1))).toMatchObject({ state: "given", level: 4 });
    const never = await claim("B777", CHECK, 4);
    now += DAY;
    await settle();
    await settle();
    expect(await reviewOf(unfoundReviewIdOf(never))).toMatchObject({ flags: ["noService"], additions: 0 });
    expect(await checksKept()).toBe(0);
  });

  it("shows the clerk no more than that it is over, and the kiosk nothing", () => {
    expect(window.wire).not.toMatch(/ReviewClaimed|等了两小时|"level"|claimId/);
    expect(kiosk.wire).not.toMatch(/ReviewClaimed|等了两小时|"level"/);
  });
});

describe("a review by a case's number", () => {
  it("needs the last four of the applicant, goes to the counter's order, and is named", async () => {
    const ids = newIds();
    const number = await takeIn(window, { deviceId: windowDevice.deviceId, clerkId }, ids);
    expect((await look(number, "9999")).body.error?.code).toBe("progress_unknown");
    expect(await look(number, "002X")).toMatchObject({
      status: 200,
      body: { itemName: "高等学校教师资格认定", isReviewed: false },
    });
    await claim(number, "5678", 2);
    const id = caseReviewIdOf(ids.caseId);
    expect(await reviewOf(id)).toMatchObject({ state: "given", level: 2, flags: [] });
    expect((await hall()).state.rectifications.get(id)).toMatchObject({ clerkId, counterId: "1", isNamed: true });
    const { reviews } = await ask<{ reviews: ListedReview[] }>("list", { from: "2026-11-01", to: "2026-12-31" });
    expect(reviews.find(({ reviewId }) => reviewId === id)).toMatchObject({ channel: "kiosk" });
    expect(JSON.stringify(reviews)).not.toMatch(APPLICANT_TRACES);
    const hidden = await ask<ReviewWords>("words", { reviewId: id, reveals: false });
    expect(hidden.entries[0]?.phone).toBe("138****5678");
    const shown = await ask<ReviewWords>("words", { reviewId: id, reveals: true });
    expect(shown.entries[0]?.phone).toBe(applicant.phone);
  });
});

describe("the code on a case's paper", () => {
  const keyOf = async (device: EnrolResponse): Promise<Buffer> => {
    const { deviceId, secret } = device;
    const { status, body } = await post(`${center.url}${REVIEW_CASE_KEY_PATH}`, { deviceId, secret });
    expect(status).toBe(200);
    return Buffer.from((body as { key: string }).key, "base64");
  };
  const pathOf = (key: Uint8Array, deviceId: string, ref: string, expiresAt = now + 7 * DAY): string => {
    const code = writeCaseCode(key, "test-hall", { deviceId, ref, expiresAt });
    return `/r/test-hall/${Buffer.from(code ?? []).toString("base64url")}`;
  };
  const open = (path: string) => openPage(center.url, path);

  it("is made by the window alone, without a network, and works once", async () => {
    const key = await keyOf(windowDevice);
    const ids = newIds();
    const path = pathOf(key, windowDevice.deviceId, ids.caseId);
    // Printed offline: the paper is in the person's hand before the case has reached the center.
    expect(await open(path)).toMatchObject({ status: 409, html: expect.stringContaining("现在还不能评价") as string });
    await takeIn(window, { deviceId: windowDevice.deviceId, clerkId }, ids);
    const page = await open(path);
    expect(page.html).toContain("高等学校教师资格认定");
    expect(page.html).not.toMatch(APPLICANT_TRACES);
    now += 20_000;
    const fields = [
      ["level", "5"],
      ["stamp", stampOf(page.html)],
    ] as const;
    expect((await sendForm(center.url, path, fields)).status).toBe(200);
    expect((await sendForm(center.url, path, fields)).status).toBe(410);
    // A second paper about the same case is the same code in other clothes.
    expect((await open(pathOf(key, windowDevice.deviceId, ids.caseId, now + DAY))).status).toBe(410);
    expect(await reviewOf(caseReviewIdOf(ids.caseId))).toMatchObject({ level: 5, additions: 0, flags: [] });
  });

  it("stands for the whole intake when the paper is about several cases", async () => {
    const ids = newIds();
    await takeIn(window, { deviceId: windowDevice.deviceId, clerkId }, ids);
    const page = await open(pathOf(await keyOf(windowDevice), windowDevice.deviceId, ids.intakeId));
    expect(page.status).toBe(200);
  });

  it("is worth nothing when changed, too old, with another terminal's key, or of one that was sent away", async () => {
    const ids = newIds();
    await takeIn(window, { deviceId: windowDevice.deviceId, clerkId }, ids);
    const key = await keyOf(windowDevice);
    const path = pathOf(key, windowDevice.deviceId, ids.caseId);
    expect((await open(`${path.slice(0, -3)}AAA`)).status).toBe(404);
    expect((await open(pathOf(key, deskDevice.deviceId, ids.caseId))).status).toBe(404);
    expect((await open(pathOf(key, windowDevice.deviceId, ids.caseId, now - 60_000))).status).toBe(410);
    const lost = await center.enrol("window", "2");
    const lostPath = pathOf(await keyOf(lost), lost.deviceId, ids.caseId);
    expect((await open(lostPath)).status).toBe(200);
    await revokeDevice(center.context.database, lost.deviceId, now);
    expect((await open(lostPath)).status).toBe(404);
    for (const device of [kioskDevice, { deviceId: windowDevice.deviceId, secret: "wrong" }])
      expect(
        (await post(`${center.url}${REVIEW_CASE_KEY_PATH}`, { deviceId: device.deviceId, secret: device.secret }))
          .status,
      ).toBe(401);
  });
});

describe("the pages' texts", () => {
  it("are there in all nine languages, with the same blanks", () => {
    const folder = join(import.meta.dirname, "../../data/locale");
    expect(readdirSync(folder).sort()).toEqual(Object.keys(pageLanguages).sort());
    for (const language of Object.keys(pageLanguages) as (keyof typeof pageLanguages)[]) {
      const { say } = pageTexts(language);
      expect(say("once", { date: "2026-11-30" }), language).toContain("2026-11-30");
      expect(say("thanks.bad", { days: 7 }), language).toContain("7");
      if (language !== "en") expect(say("board.formula"), language).not.toBe(pageTexts("en").say("board.formula"));
    }
  });
});
