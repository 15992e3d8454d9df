import { readFileSync } from "node:fs";
import pg from "pg";
import { pino } from "pino";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewLink } from "../../center/reviews/code-routes.ts";
import type { CommandResult, EnrolResponse, PersonalRecord } from "../../shared/contract/api.ts";
import type { ListedReview } from "../../shared/contract/desk-reviews.ts";
import type { CommandData } from "../../shared/domain/hall/commands.ts";
import type { ReviewFigures } from "../../shared/domain/review/figures.ts";
import { reviewIdOf, type ReviewFlag, type ReviewLevel } from "../../shared/domain/review/review.ts";
import { post, startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { NodeClient } from "../helpers/node-client.ts";
import { openPage, sendForm, stampOf } from "../helpers/review-page.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * Thirty ways to cheat the review, tried on a real center by two windows, two review screens, a kiosk, a desk and a phone.
 * docs/review-cheats.md tells each in words; the numbers are the same. Each must fail: it is refused, or it is kept and
 * flagged, and in no case does it make the score better without somebody at the desk having decided so.
 */
let now = Date.UTC(2026, 10, 23, 1);
/** Everything that the center wrote to its log, at the finest level. */
const logLines: string[] = [];
const PHONE = "13900001234";
const WORDS = "等了两个小时";
let center: TestCenter;
let zhang: string;
let wang: string;
let liu: string;
let windowDevice: EnrolResponse;
let deskDevice: EnrolResponse;
let screenDevice: EnrolResponse;
let window: NodeClient;
let screen: NodeClient;
let otherScreen: NodeClient;
let desk: NodeClient;
let kiosk: NodeClient;

beforeAll(async () => {
  const log = pino({ level: "trace" }, { write: (line: string) => void logLines.push(line) });
  center = await startCenter({ clock: () => now, plan: testPlan, log });
  for (const no of ["1001", "9001", "9002"]) await center.addClerk(no);
  windowDevice = await center.enrol("window", "1");
  deskDevice = await center.enrol("desk");
  screenDevice = await center.enrol("review", "1");
  ({ clerkId: zhang } = await center.login(windowDevice, "1001"));
  // Signing in at a terminal signs the one before out; who was there may still be named.
  await center.login(deskDevice, "1001");
  ({ clerkId: wang } = await center.login(deskDevice, "9001"));
  ({ clerkId: liu } = await center.login(deskDevice, "9002"));
  const connect = (device: EnrolResponse) => NodeClient.connect({ url: center.url, ...device });
  window = await connect(windowDevice);
  window.keepWire = true;
  screen = await connect(screenDevice);
  otherScreen = await connect(await center.enrol("review", "2"));
  desk = await connect(deskDevice);
  kiosk = await connect(await center.enrol("kiosk"));
  await window.send("OpenCounter", { counterId: "1" }, { clerkId: zhang });
});
afterAll(async () => {
  for (const client of [window, screen, otherScreen, desk, kiosk]) client.close();
  await center.stop();
});

const state = async () => (await center.context.halls.get("test-hall")).hall.state;
const reviewOf = async (id: string) => (await state()).reviews.get(id);
const flagsOf = async (id: string): Promise<readonly ReviewFlag[]> => (await reviewOf(id))?.flags ?? [];
const refusal = (result: CommandResult): string => (result.status === "refused" ? result.refusal.code : "accepted");

/** Serves somebody at counter 1; long enough after the last one that nothing looks like a burst. */
const serve = async (personal: readonly PersonalRecord[] = []): Promise<string> => {
  const ticketId = uuidv7();
  const wish = ticketWish(ticketId);
  await kiosk.send("TakeTicket", wish, { personal });
  await window.send("CallNext", { counterId: "1" }, { clerkId: zhang });
  await window.send("BeginService", { ticketId, counterId: "1" }, { clerkId: zhang });
  now += 600_000;
  await window.send("EndService", { ticketId, counterId: "1" }, { clerkId: zhang });
  return reviewIdOf(ticketId, 1);
};

const given = (reviewId: string, level: ReviewLevel, more: Partial<CommandData<"GiveReview">> = {}) => ({
  reviewId,
  counterId: "1",
  level,
  tags: level <= 2 ? ["115"] : [],
  elapsedMs: 5_000,
  channel: "secondDisplay" as const,
  textId: null,
  phoneId: null,
  ...more,
});
const give = (client: NodeClient, data: CommandData<"GiveReview">) =>
  client.send("GiveReview", data, { mode: "record", at: now, ...(client === window ? { clerkId: zhang } : {}) });

const asDesk = (clerkId: string) => ({ deviceId: deskDevice.deviceId, secret: deskDevice.secret, clerkId });
const range = { from: "2026-11-01", to: "2026-12-31" };
/** Asks as who signed in there last. */
const askDesk = async <T>(what: string, body: object = {}): Promise<T> =>
  (await post(`${center.url}/api/desk/reviews/${what}`, { ...asDesk(liu), ...range, ...body })).body as T;

const pathOf = async (reviewId: string): Promise<string> => {
  const { hall } = await center.context.halls.get("test-hall");
  const { hallId, code } = reviewLink(center.context, hall, reviewId);
  return `/r/${hallId}/${code}`;
};
const look = async (path: string) => {
  const { status, html } = await openPage(center.url, path);
  return { status, stamp: stampOf(html) };
};
const fill = async (path: string, fields: Readonly<Record<string, string>>): Promise<number> =>
  (await sendForm(center.url, path, Object.entries(fields))).status;
const badOrder = async (): Promise<string> => {
  const reviewId = await serve();
  const [textId, phoneId] = [uuidv7(), uuidv7()];
  const personal = [
    { id: textId, kind: "reviewText" as const, value: WORDS },
    { id: phoneId, kind: "reviewPhone" as const, value: PHONE },
  ];
  await screen.send("GiveReview", given(reviewId, 1, { textId, phoneId }), { mode: "record", at: now, personal });
  return reviewId;
};

const tries: readonly (readonly [number, string, () => Promise<void>])[] = [
  [
    1,
    "the clerk gives the review at the window",
    async () => {
      const id = await serve();
      expect(refusal(await window.send("GiveReview", given(id, 5), { clerkId: zhang }))).toBe("not_permitted");
      expect((await reviewOf(id))?.level).toBeNull();
    },
  ],
  [
    2,
    "the clerk gives it as something that has already happened",
    async () => {
      const id = await serve();
      expect(refusal(await give(window, given(id, 5)))).toBe("not_permitted");
    },
  ],
  [
    3,
    "the clerk closes the invitation before the person has answered",
    async () => {
      const id = await serve();
      const close = { reviewId: id, counterId: "1", reason: "declined" } as const;
      expect(refusal(await window.send("CloseReview", close, { mode: "record", clerkId: zhang }))).toBe(
        "not_permitted",
      );
      expect((await reviewOf(id))?.state).toBe("invited");
    },
  ],
  [
    4,
    "the clerk ends the service twice to be asked about twice",
    async () => {
      const id = await serve();
      const ticketId = id.slice(0, id.lastIndexOf("."));
      expect(refusal(await window.send("EndService", { ticketId, counterId: "1" }, { clerkId: zhang }))).toBe(
        "ticket_not_serving",
      );
      expect([...(await state()).reviews.values()].filter((review) => review.ticketId === ticketId)).toHaveLength(1);
    },
  ],
  [
    5,
    "the clerk calls the next person at once so that nobody can answer",
    async () => {
      const id = await serve();
      const ticketId = uuidv7();
      const wish = ticketWish(ticketId);
      await kiosk.send("TakeTicket", wish);
      await window.send("CallNext", { counterId: "1" }, { clerkId: zhang });
      expect((await reviewOf(id))?.state).toBe("invited");
      await give(screen, given(id, 4));
      expect(await reviewOf(id)).toMatchObject({ state: "given", level: 4 });
      await window.send("MissTicket", { ticketId, counterId: "1", reason: "未到" }, { clerkId: zhang });
    },
  ],
  [
    6,
    "silence is counted as satisfied",
    async () => {
      const before = (await askDesk<ReviewFigures>("figures")).hall.given;
      const id = await serve();
      const close = { reviewId: id, counterId: "1", reason: "timeout" } as const;
      await screen.send("CloseReview", close, { mode: "record", at: now });
      expect(await reviewOf(id)).toMatchObject({ state: "notGiven", level: null });
      expect((await askDesk<ReviewFigures>("figures")).hall.given).toBe(before);
    },
  ],
  [
    7,
    "another counter's screen speaks for this counter",
    async () => {
      await give(otherScreen, given("made-up.1", 5, { counterId: "1" }));
      expect(await reviewOf("made-up.1")).toMatchObject({ counterId: "2", flags: ["noService"] });
    },
  ],
  [
    8,
    "a review without a service",
    async () => {
      await give(screen, given("nobody.1", 5));
      expect(await flagsOf("nobody.1")).toContain("noService");
      expect((await state()).suspects.has("nobody.1")).toBe(true);
    },
  ],
  [
    9,
    "a good review is laid over a bad one",
    async () => {
      const id = await badOrder();
      await give(screen, given(id, 5));
      expect(await reviewOf(id)).toMatchObject({ level: 1, additions: 1 });
      expect((await state()).rectifications.get(id)?.closedAt).toBeNull();
    },
  ],
  [
    10,
    "a tap faster than anybody reads",
    async () => {
      const id = await serve();
      await give(screen, given(id, 5, { elapsedMs: 120 }));
      expect(await flagsOf(id)).toEqual(["tooFast"]);
    },
  ],
  [
    11,
    "face and tags tapped through without reading",
    async () => {
      const id = await serve();
      await give(screen, given(id, 5, { elapsedMs: 1_000, totalMs: 1_100, tags: ["510", "511", "512"] }));
      expect(await flagsOf(id)).toEqual(["tooFast"]);
    },
  ],
  [
    12,
    "the clerk's own mouse on the second display",
    async () => {
      const id = await serve();
      await give(screen, given(id, 5, { input: "mouse" }));
      expect(await flagsOf(id)).toEqual(["staffInput"]);
    },
  ],
  [
    13,
    "a program taps the screen",
    async () => {
      const id = await serve();
      await give(screen, given(id, 5, { input: "script", channel: "tablet" }));
      expect(await flagsOf(id)).toEqual(["staffInput"]);
    },
  ],
  [
    14,
    "a row of good reviews in one minute",
    async () => {
      const ids = [await serve(), await serve(), await serve()];
      for (const id of ids) await give(screen, given(id, 5));
      expect(await flagsOf(ids[2] ?? "")).toContain("burst");
    },
  ],
  [
    15,
    "one friend reviews all day",
    async () => {
      const ids: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        const id = await serve([{ id: uuidv7(), kind: "person", value: "idCard:11010519491231002X" }]);
        await give(screen, given(id, 5));
        ids.push(id);
      }
      expect(await flagsOf(ids[2] ?? "")).toContain("samePerson");
    },
  ],
  [
    16,
    "a changed code",
    async () => {
      const path = await pathOf(await serve());
      const at = path.length - 30;
      const forged = `${path.slice(0, at)}${path[at] === "A" ? "B" : "A"}${path.slice(at + 1)}`;
      expect((await look(forged)).status).toBe(404);
    },
  ],
  [
    17,
    "a code of another hall",
    async () => {
      const { hall } = await center.context.halls.get("test-hall");
      const expiresAt = now + 86_400_000;
      const code = center.context.reviewCodes.make("another-hall", { kind: "service", ref: await serve(), expiresAt });
      expect((await look(`/r/${hall.hallId}/${code}`)).status).toBe(404);
    },
  ],
  [
    18,
    "a code used a second time",
    async () => {
      const path = await pathOf(await serve());
      const { stamp } = await look(path);
      now += 9_000;
      expect(await fill(path, { level: "2", tag: "214", stamp })).toBe(200);
      expect(await fill(path, { level: "5", stamp })).toBe(410);
    },
  ],
  [
    19,
    "a code kept until nobody remembers",
    async () => {
      const path = await pathOf(await serve());
      now += 8 * 86_400_000;
      expect((await look(path)).status).toBe(410);
      // Days have gone by: the counter opens again.
      await window.send("OpenCounter", { counterId: "1" }, { clerkId: zhang });
    },
  ],
  [
    20,
    "the form is sent without the page",
    async () => {
      const id = await serve();
      expect(await fill(await pathOf(id), { level: "5" })).toBe(200);
      expect(await flagsOf(id)).toContain("tooFast");
    },
  ],
  [
    21,
    "the time is borrowed from another page",
    async () => {
      const [one, other] = [await pathOf(await serve()), await serve()];
      const { stamp } = await look(one);
      now += 60_000;
      expect(await fill(await pathOf(other), { level: "5", stamp })).toBe(200);
      expect(await flagsOf(other)).toContain("tooFast");
    },
  ],
  [
    22,
    "the window collects codes of its own services",
    async () => {
      const reviewId = await serve();
      const { deviceId, secret } = windowDevice;
      expect((await post(`${center.url}/api/review-code`, { deviceId, secret, reviewId })).status).toBe(401);
    },
  ],
  [
    23,
    "a screen claims to know of a service",
    async () => {
      const service = {
        ticketId: "x",
        number: "A001",
        counterId: "1",
        clerkId: null,
        businessId: "A",
        itemCode: null,
        itemName: null,
        caseId: null,
        isReviewed: false,
      };
      await give(screen, given("claimed.1", 5, { service }));
      expect(await flagsOf("claimed.1")).toContain("noService");
      expect((await reviewOf("claimed.1"))?.number ?? null).toBeNull();
    },
  ],
  [
    24,
    "the desk judges a bad review away",
    async () => {
      const reviewId = await badOrder();
      const judge = { reviewId, counts: false, reason: "影响考核成绩" };
      expect(refusal(await desk.send("JudgeReview", judge, { clerkId: wang }))).toBe("review_not_flagged");
    },
  ],
  [
    25,
    "the reviewed clerk deals with it at the desk",
    async () => {
      const rectificationId = await badOrder();
      const verify = { rectificationId, cause: "other", finding: "情况不属实" } as const;
      expect(refusal(await desk.send("VerifyRectification", verify, { clerkId: zhang }))).toBe("own_review");
    },
  ],
  [
    26,
    "one person appeals and upholds",
    async () => {
      const rectificationId = await badOrder();
      const appeal = { rectificationId, ground: "malicious", reason: "系恶意评价" } as const;
      expect(refusal(await desk.send("AppealReview", appeal, { clerkId: wang }))).toBe("accepted");
      const decide = { rectificationId, isUpheld: true, reason: "申诉成立吧" };
      expect(refusal(await desk.send("DecideAppeal", decide, { clerkId: wang }))).toBe("same_person");
      const { reviews } = await askDesk<{ reviews: ListedReview[] }>("list");
      expect(reviews.find((review) => review.reviewId === rectificationId)?.counts).toBe(true);
      expect(refusal(await desk.send("DecideAppeal", { ...decide, isUpheld: false }, { clerkId: liu }))).toBe(
        "accepted",
      );
    },
  ],
  [
    27,
    "the order is closed without putting anything right",
    async () => {
      const rectificationId = await badOrder();
      const close = () => desk.send("CloseRectification", { rectificationId }, { clerkId: wang });
      expect(refusal(await close())).toBe("rectification_lacks_cause");
      await desk.send(
        "VerifyRectification",
        { rectificationId, cause: "attitude", finding: "情况属实" },
        { clerkId: wang },
      );
      await desk.send("MeasureRectification", { rectificationId, measure: "当面道歉" }, { clerkId: wang });
      await desk.send("AnswerRectification", { rectificationId, answer: "已经道歉" }, { clerkId: wang });
      expect(refusal(await close())).toBe("rectification_lacks_call_back");
    },
  ],
  [
    28,
    "a measure that is none",
    async () => {
      const rectificationId = await badOrder();
      await desk.send(
        "VerifyRectification",
        { rectificationId, cause: "attitude", finding: "情况属实" },
        { clerkId: wang },
      );
      for (const measure of ["", "无", "   \n ", "ok"])
        expect(refusal(await desk.send("MeasureRectification", { rectificationId, measure }, { clerkId: wang }))).toBe(
          "bad_command",
        );
    },
  ],
  [
    29,
    "the clerk asks the center who it was and what was written",
    async () => {
      const reviewId = await badOrder();
      const { deviceId, secret } = windowDevice;
      const words = (who: object) => post(`${center.url}/api/desk/reviews/words`, { reviewId, reveals: true, ...who });
      expect((await words({ deviceId, secret, clerkId: zhang })).status).toBe(401);
      expect((await words(asDesk(zhang))).status).toBe(401);
    },
  ],
  [
    30,
    "somebody with the database's password rewrites what was said",
    async () => {
      const { database } = center.context;
      const owner = new pg.Client({ connectionString: center.databaseUrl });
      await owner.connect();
      for (const sql of [
        "UPDATE events SET data = replace(data, '\"level\":1', '\"level\":5')",
        "DELETE FROM events WHERE type = 'ReviewGiven'",
        "TRUNCATE events",
      ]) {
        await expect(database.query(sql)).rejects.toThrow(/permission denied/);
        await expect(owner.query(sql)).rejects.toThrow(/append-only/);
      }
      await owner.end();
    },
  ],
];

describe("cheating the review", () => {
  it.each(tries)("%i: %s", async (_number, _title, attempt) => attempt());

  it("every way is told in docs/review-cheats.md, with the same number", () => {
    const told = readFileSync(new URL("../../docs/review-cheats.md", import.meta.url), "utf8");
    for (const [number, title] of tries) expect(told).toContain(`| ${String(number)} | ${title} |`);
    expect(tries).toHaveLength(30);
  });

  it("and after all of them neither feed, log nor event names anybody", async () => {
    const { head } = (await center.context.halls.get("test-hall")).hall;
    for (const client of [window, kiosk, screen]) await client.reached(head.seq);
    expect(window.wire).toContain("ReviewClosed");
    expect(window.wire).not.toMatch(/"level"|"tags":\["|"flags"|textId|phoneId|Rectification|"input"/);
    const { database } = center.context;
    const { rows } = await database.query<{ data: string }>("SELECT data FROM events");
    const everything = [...logLines, ...rows.map(({ data }) => data), window.wire, kiosk.wire, screen.wire];
    expect(logLines.length).toBeGreaterThan(0);
    for (const text of everything) expect(text).not.toMatch(new RegExp(`${PHONE}|${WORDS}|11010519491231002X`));
    for (const client of [window, screen, otherScreen, desk, kiosk]) expect(client.violations).toEqual([]);
  });
});
