import { rm } from "node:fs/promises";
import readXlsx from "read-excel-file/node";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { CITY_PATH } from "../../shared/contract/city.ts";
import type { HallCounts } from "../../shared/domain/city/hall-counts.ts";
import type { HallLine, OpenKind } from "../../shared/domain/city/overview.ts";
import { makeDataDir, post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { newIds, takeIn } from "../../tests/helpers/take-in.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { setDuty } from "../identity/clerks.ts";
import { putRelayHall } from "../relay/receive.ts";
import { readOverview } from "./read-overview.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * A hall that relays to its city, and a desk that is homed at the city:
 * 1. What happens in the hall is counted at the city by day, once, and its open orders light up when their limit is over.
 * 2. Counting it all anew gives the same; a city that was stopped in between counts nothing twice.
 * 3. A desk of the hall gets nothing, neither does a department of the city; the workbook is noted.
 * 4. A year of 500 halls: one district's first screen is read in well under a second, without reading the rest.
 */
const DAY = 86_400_000;
let now = Date.UTC(2026, 10, 23, 1);
const clock = (): number => now;
const cityPlan = { ...testPlan, hallId: "city", name: "市政务服务管理部门", nameEn: "City" };
const hallPlan = {
  ...testPlan,
  settings: { ...testPlan.settings, reporting: { profile: "anhui", areaCode: "340102", areaName: "某区" } },
};
let cityDir: string;
let city: TestCenter;
let hall: TestCenter;
let desk: EnrolResponse;
let clerkId: string;
let window: NodeClient;
let screen: NodeClient;
let kiosk: NodeClient;
let windowDevice: EnrolResponse;
let hallClerk: string;

beforeAll(async () => {
  cityDir = await makeDataDir();
  city = await startCenter({ mode: "city", plan: cityPlan, dataDir: cityDir, clock });
  const key = await putRelayHall(city.context.database, testPlan.hallId, "测试大厅");
  hall = await startCenter({ city: { url: city.url, key }, plan: hallPlan, clock });
  await city.addClerk("9001");
  desk = await city.enrol("desk");
  ({ clerkId } = await city.login(desk, "9001"));
  await hall.addClerk("1001");
  windowDevice = await hall.enrol("window", "1");
  ({ clerkId: hallClerk } = await hall.login(windowDevice, "1001"));
  const connect = (device: EnrolResponse) => NodeClient.connect({ url: hall.url, ...device });
  window = await connect(windowDevice);
  screen = await connect(await hall.enrol("review", "1"));
  kiosk = await connect(await hall.enrol("kiosk"));
  await window.send("OpenCounter", { counterId: "1" }, { clerkId: hallClerk });
});
afterAll(async () => {
  for (const client of [window, screen, kiosk]) client.close();
  await hall.stop();
  await city.stop();
  await rm(cityDir, { recursive: true, force: true });
});

const serve = async (level: 1 | 5): Promise<void> => {
  const ticketId = uuidv7();
  await kiosk.send("TakeTicket", ticketWish(ticketId));
  const at = { ticketId, counterId: "1" };
  const as = { clerkId: hallClerk };
  await window.send("CallNext", { counterId: "1", ticketId }, { ...as, mode: "record", at: now });
  await window.send("BeginService", at, as);
  await window.send("EndService", at, as);
  const review = { reviewId: `${ticketId}.1`, counterId: "1", level, elapsedMs: 9_000, channel: "tablet" } as const;
  const tags = level === 1 ? ["110"] : [];
  await screen.send("GiveReview", { ...review, tags, textId: null, phoneId: null }, { mode: "record", at: now });
};

/** The city holds all that the hall has by now; the hall's duties go on meanwhile. */
const relayed = async (): Promise<void> => {
  const { head } = (await hall.context.halls.get("test-hall")).hall;
  const atCity = async (): Promise<number> => {
    const { rows } = await city.context.database.query<{ head: number }>(
      "SELECT head FROM halls WHERE hall_id = 'test-hall'",
    );
    return rows[0]?.head ?? 0;
  };
  await expect.poll(atCity, { timeout: 20_000 }).toBeGreaterThanOrEqual(head.seq);
};

const ask = async (what: string, body: object, who: EnrolResponse = desk, by = clerkId) => {
  const { deviceId, secret } = who;
  return post(`${city.url}${CITY_PATH}/${what}`, { deviceId, secret, clerkId: by, ...body });
};
const range = { from: "2026-11-01", to: "2026-12-31", area: "" };
const overview = async (area = ""): Promise<readonly HallLine[]> =>
  ((await ask("overview", { ...range, area })).body as { halls: HallLine[] }).halls;
const line = async (): Promise<HallLine | undefined> => (await overview()).find(({ hallId }) => hallId === "test-hall");

it("counts what happens in the hall, by its day, and lights up what runs out", async () => {
  await serve(5);
  await serve(1);
  const order = { orderId: "o1", flow: "government", channel: "counter", problem: "severalTries" } as const;
  const nothing = { itemCode: null, itemName: null, intakeId: null, caseId: null, ticketNumber: null } as const;
  const raised = { ...order, ...nothing, externalId: null, wordsId: null, contactId: null };
  expect(await window.send("RaiseWorkOrder", raised, { clerkId: hallClerk })).toMatchObject({ status: "accepted" });
  await relayed();
  expect(await line()).toMatchObject({
    name: "测试大厅",
    area: "340102",
    areaName: "某区",
    counts: { tickets: 2, served: 2, reviews: 2, bad: 1, ordersOpened: 1, ordersClosed: 0, workRaised: 1 },
    lights: { open: 2, red: 0 },
    satisfied: null,
  });
  now += 7 * DAY;
  expect((await line())?.lights).toEqual({ open: 2, yellow: 1, red: 1 });
  now += 2 * DAY;
  expect((await line())?.lights).toEqual({ open: 2, yellow: 0, red: 2 });
  const { days } = (await ask("hall", { ...range, hallId: "test-hall" })).body as {
    days: { day: string; counts: HallCounts }[];
  };
  expect(days.reduce((sum, { counts }) => sum + counts.tickets, 0)).toBe(2);
  expect((await overview("3401")).map(({ hallId }) => hallId)).toEqual(["test-hall"]);
  expect(await overview("9")).toEqual([]);
});

it("tells what runs out by kind, and lights a case before its limit is over", async () => {
  const by = { deviceId: windowDevice.deviceId, clerkId: hallClerk };
  const promisedLimit = { days: 15, unit: "calendar" } as const;
  for (const ids of [newIds(), newIds()]) await takeIn(window, by, ids, { item: { promisedLimit } });
  await relayed();
  const kinds = async (): Promise<readonly OpenKind[]> => {
    const { body } = await ask("hall", { ...range, hallId: "test-hall" });
    return (body as { kinds: readonly OpenKind[] }).kinds.filter(({ kind }) => kind === "case");
  };
  await overview();
  const [cases] = await kinds();
  expect(cases?.lights).toEqual({ open: 2, yellow: 0, red: 0 });
  const end = cases?.oldestDueAt ?? 0;
  now = end - DAY / 2;
  await overview();
  expect(await kinds()).toEqual([{ kind: "case", lights: { open: 2, yellow: 2, red: 0 }, oldestDueAt: end }]);
  now = end + 1;
  expect(await kinds()).toMatchObject([{ lights: { open: 2, yellow: 0, red: 2 } }]);
});

it("works out rates from what the hall says of its items, and says that it has not", async () => {
  expect((await line())?.coverage).toBeNull();
  const coverage = { asOf: "2026-11-01", listed: 1_200, inHall: 1_140, oneWindow: 855, online: 1_176 };
  await setDuty(hall.context.database, "test-hall", "1001", "manager");
  const hallDevice = await hall.enrol("desk");
  await hall.login(hallDevice, "1001");
  const hallDesk = await NodeClient.connect({ url: hall.url, ...hallDevice });
  const change = { change: { coverage }, reason: "季度核对" };
  expect(await hallDesk.send("ChangeHallPlan", change, { clerkId: hallClerk })).toMatchObject({ status: "accepted" });
  const wrong = { change: { coverage: { ...coverage, inHall: 1_201 } }, reason: "x" };
  expect(await hallDesk.send("ChangeHallPlan", wrong, { clerkId: hallClerk })).toMatchObject({ status: "refused" });
  hallDesk.close();
  await relayed();
  expect((await line())?.coverage).toEqual(coverage);
  // A hall with another program may say what this one does not take: nobody else's line is lost by it.
  const { database } = city.context;
  const say = (odd: object) =>
    database.query("UPDATE city_cursors SET coverage = $1 WHERE hall_id = 'test-hall'", [JSON.stringify(odd)]);
  await say({ ...coverage, inHall: "most" });
  expect(await line()).toMatchObject({ hallId: "test-hall", coverage: null });
  await say(coverage);
});

it("counts nothing twice, whatever stops in between, and the same when it begins anew", async () => {
  await serve(5);
  await relayed();
  const before = await line();
  expect(before?.counts.tickets).toBe(3);
  await Promise.all([city.context.cityFigures?.caughtUp(), city.context.cityFigures?.caughtUp(), overview()]);
  expect(await line()).toEqual(before);
  const { database } = city.context;
  await database.query("UPDATE city_cursors SET epoch = 'another'");
  expect(await line()).toEqual(before);
});

it("is for a duty desk of the city alone, and the workbook is noted", async () => {
  expect((await ask("overview", range, await hall.enrol("desk"))).status).toBe(401);
  const department = await city.enrol("desk", null, "市发改委");
  await city.login(department, "9001");
  expect((await ask("overview", range, department)).status).toBe(401);
  expect((await post(`${hall.url}${CITY_PATH}/overview`, { ...range, ...desk, clerkId })).status).toBe(404);
  const response = await fetch(`${city.url}${CITY_PATH}/export`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ deviceId: desk.deviceId, secret: desk.secret, clerkId, ...range }),
  });
  const text = JSON.stringify(await readXlsx(Buffer.from(await response.arrayBuffer())));
  expect(text).toMatch(/测试大厅.*某区/);
  expect(text).toContain("样本不足");
  expect(text).toMatch(/0\.95,0\.75,0\.98,"2026-11-01",1200,1140,855,1176/);
  expect(text).toContain("1／1 个大厅已填报");
  const { rows } = await city.context.database.query("SELECT detail FROM staff_audit WHERE act = 'city.export'");
  expect(rows).toEqual([{ detail: "2026-11-01..2026-12-31" }]);
});

it("reads one district of 500 halls over a year in well under a second, by its keys alone", async () => {
  const { database } = city.context;
  await database.query(`
    INSERT INTO halls (hall_id, epoch, head_hash, homed, name) SELECT 'h' || n, 'e', '', false, 'hall ' || n FROM generate_series(1, 500) n;
    INSERT INTO city_cursors (hall_id, epoch, seq, name, area) SELECT 'h' || n, 'e', 0, '大厅' || n, (440100 + n % 25)::text FROM generate_series(1, 500) n;
    INSERT INTO city_days (hall_id, day, tickets, served, reviews, bad)
      SELECT 'h' || n, to_char(date '2026-01-01' + d, 'YYYY-MM-DD'), 400, 380, 120, 2 FROM generate_series(1, 500) n, generate_series(0, 364) d;
    INSERT INTO city_open (hall_id, kind, id, yellow_at, due_at)
      SELECT 'h' || n, 'case', n || '.' || k, NULL, 1767225600000 + k * 86400000::bigint FROM generate_series(1, 500) n, generate_series(1, 100) k;
    ANALYZE city_days, city_open, city_cursors, halls;`);
  const year = { from: "2026-01-01", to: "2026-12-31", area: "440101" };
  const took: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const since = performance.now();
    const halls = await readOverview(database, year, now);
    took.push(performance.now() - since);
    expect(halls).toHaveLength(20);
    expect(halls[0]?.counts.tickets).toBe(365 * 400);
  }
  // The quickest: in the others the machine may have been busy with something else.
  expect(Math.min(...took)).toBeLessThan(1_000);
  const { rows } = await database.query<{ "QUERY PLAN": string }>(
    "EXPLAIN SELECT sum(tickets) FROM city_cursors c JOIN city_days d ON d.hall_id = c.hall_id AND d.day BETWEEN '2026-01-01' AND '2026-12-31' WHERE c.hall_id = 'h7'",
  );
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("city_days_pkey");
});
