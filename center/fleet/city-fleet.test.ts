import { machineOf, reportOf } from "../../shared/testing/terminal-report.ts";
import { rm } from "node:fs/promises";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { ANSWER_PATH, ATTEND_PATH, FLEET_PATH, type FleetHall, type FleetList } from "../../shared/contract/fleet.ts";
import type { Attended, FleetOrder } from "../../shared/contract/fleet-orders.ts";
import { freePort } from "../../tests/helpers/free-port.ts";
import { makeDataDir, post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { runCli } from "../cli/run-cli.ts";
import { setDuty } from "../identity/clerks.ts";
import { putRelayHall } from "../relay/receive.ts";
import { newOrderId } from "./order-book.ts";

/*
 * A hall that has a city, and a desk of the city, on two real nodes:
 * 1. The city sees how many of the hall's terminals need somebody, and the terminals behind the hall's name.
 * 2. What it orders reaches the terminal at once: locked over its socket, its log fetched and answered; both ends note who it was.
 * 3. What the city forgot it is told again, and noted once; answers of more bytes than one question holds arrive too.
 * 4. A city that is stopped stops nothing in the hall; started again it is told what holds then, and a lock it gave before is done once.
 * 5. An order that the hall does not know ends with that, and the hall does the others; another use waits at the hall, and the city says so;
 *    it waits no longer there than at the city.
 * 6. A hall with a newer program is heard: what the city does not understand of a terminal is left out, and no more.
 * 7. What the hall's command line revokes the city hears of before it asks again by itself.
 * 8. A clerk of the city may look and not act; the hall's own desk may mean no other hall; a strange key is told nothing.
 */
let cityDir: string;
let port: number;
let city: TestCenter;
let hall: TestCenter;
let desk: EnrolResponse;
let manager: string;
let kiosk: EnrolResponse;
let line: NodeClient;
let key: string;

const cityPlan = { ...testPlan, hallId: "city", name: "市政务服务管理部门", nameEn: "City" };
const startCity = () => startCenter({ mode: "city", plan: cityPlan, dataDir: cityDir, port });

beforeAll(async () => {
  cityDir = await makeDataDir();
  port = await freePort();
  city = await startCity();
  key = await putRelayHall(city.context.database, "test-hall", "测试大厅");
  hall = await startCenter({ city: { url: city.url, key } });
  await city.addClerk("9001", "市长热线");
  await city.addClerk("9002");
  await setDuty(city.context.database, "city", "9001", "manager");
  desk = await city.enrol("desk");
  ({ clerkId: manager } = await city.login(desk, "9001"));
  kiosk = await hall.enrol("kiosk");
  line = await NodeClient.connect({ url: hall.url, ...kiosk });
  line.sendMessage({ kind: "report", report: reportOf({ machine: machineOf({ printer: "out_of_paper" }) }) });
});
afterAll(async () => {
  line.close();
  await hall.stop();
  await city.stop();
  await rm(cityDir, { recursive: true, force: true });
});

const ask = async (path: string, body: object = {}, by = manager) =>
  post(`${city.url}${FLEET_PATH}/${path}`, { deviceId: desk.deviceId, secret: desk.secret, clerkId: by, ...body });
const hallId = "test-hall";
const halls = async () => ((await ask("halls")).body as { halls: readonly FleetHall[] }).halls;
const list = async () => (await ask("list", { hallId })).body as FleetList;
const atCity = async () => (await list()).terminals.find(({ deviceId }) => deviceId === kiosk.deviceId);
const order = async (wish: FleetOrder) =>
  (await ask("order", { hallId, terminalId: kiosk.deviceId, order: wish })).body as { orderId: string; state: string };
const isLocked = () => {
  const [last] = line.messages.filter((message) => message.kind === "standing").slice(-1);
  return last?.isLocked === true;
};
const stateOf = async (orderId: string) => ((await ask("answer", { hallId, orderId })).body as { state: string }).state;
/** Seldom enough for the limit of a desk's questions. */
const LONG = { timeout: 30_000, interval: 500 };
/** The hall tells its city now, and not with the next question. */
const hurry = () => hall.context.fleetCalls.wake(hallId);

it("tells the city of the hall's terminals, counted and one by one", { timeout: 40_000 }, async () => {
  const counted = async () => {
    hurry();
    return (await halls()).find((each) => each.hallId === hallId);
  };
  await expect
    .poll(counted, LONG)
    .toMatchObject({ terminals: 1, red: 1, yellow: 0, locked: 0, versions: { "0.1.0": 1 } });
  expect(await atCity()).toMatchObject({ role: "kiosk", report: { machine: { printer: "out_of_paper" } } });
  expect((await halls()).map((each) => each.hallId)).toEqual(["city", hallId]);
});

it("locks a terminal of the hall at once, and fetches its log", { timeout: 40_000 }, async () => {
  const locked = await order({ what: "lock", reason: "市级抽查" });
  expect(locked.state).toBe("open");
  await line.until(isLocked, 20_000);
  await expect.poll(() => stateOf(locked.orderId), LONG).toBe("done");
  await expect.poll(async () => (await atCity())?.lockReason, LONG).toBe("市级抽查");
  const { orderId } = await order({ what: "logs" });
  await line.until(() => line.messages.some((each) => each.kind === "standing" && each.orders === 1), 20_000);
  const { deviceId, secret } = kiosk;
  const { orders } = (await post(`${hall.url}${ATTEND_PATH}`, { deviceId, secret })).body as Attended;
  expect(orders).toEqual([{ orderId, order: { what: "logs" } }]);
  const lines = [{ at: "2026-11-23T01:00:00.000Z", event: "app.started", version: "0.1.0" }];
  await post(`${hall.url}${ANSWER_PATH}`, { deviceId, secret, orderId, answer: { kind: "logs", lines } });
  await expect.poll(() => stateOf(orderId), LONG).toBe("done");
  expect((await ask("answer", { hallId, orderId })).body).toMatchObject({ answer: { kind: "logs", lines } });
  for (const [center, device] of [
    [hall, "city"],
    [city, desk.deviceId],
  ] as const) {
    const { rows } = await center.context.database.query(
      "SELECT act FROM staff_audit WHERE device_id = $1 AND detail = $2 ORDER BY at, audit_id",
      [device, kiosk.deviceId],
    );
    expect(rows).toEqual([{ act: "terminal.lock" }, { act: "terminal.logs" }]);
  }
});

it(
  "is told again of what it forgot, once noted, and of more logs than one question holds",
  { timeout: 60_000 },
  async () => {
    const { orderId } = await order({ what: "rename", name: "南门取号机" });
    await expect.poll(() => stateOf(orderId), LONG).toBe("done");
    const own = hall.context.database;
    const notes = async () =>
      (await own.query("SELECT 1 FROM staff_audit WHERE device_id = 'city' AND act = 'terminal.rename'")).rows.length;
    expect(await notes()).toBe(1);
    // As after a backup of the city was put back.
    await city.context.database.query("UPDATE fleet_orders SET state = 'open' WHERE order_id = $1", [orderId]);
    await city.context.database.notify(`fleet ${hallId}`);
    await expect.poll(() => stateOf(orderId), LONG).toBe("done");
    expect(await notes()).toBe(1);

    const line = {
      at: "2026-11-23T01:00:00.000Z",
      event: "ui.error",
      message: "x".repeat(300),
      where: "y".repeat(150),
    };
    const text = JSON.stringify({ kind: "logs", lines: Array.from({ length: 280 }, () => line) });
    const ids = Array.from({ length: 30 }, newOrderId);
    const now = Date.now();
    for (const [database, cells] of [
      [city.context.database, "'open', NULL, NULL"],
      [own, "'done', $5, false"],
    ] as const)
      await database.query(
        `INSERT INTO fleet_orders (hall_id, order_id, device_id, body, asked_at, asked_by, expires_at, state, answer, city_knows)
       SELECT $1, id, $2, '{"what":"logs"}', $3::bigint, '', $3::bigint + 60000, ${cells} FROM unnest($4::uuid[]) AS id`,
        [hallId, kiosk.deviceId, now, ids, ...(database === own ? [text] : [])],
      );
    const left = async () => {
      hurry();
      return (await city.context.database.query("SELECT 1 FROM fleet_orders WHERE state = 'open'")).rows.length;
    };
    await expect.poll(left, LONG).toBe(0);
  },
);

it("goes on without its city, which is told what holds when it is back", { timeout: 60_000 }, async () => {
  await city.stop();
  const own = await hall.enrol("desk");
  await hall.addClerk("1001");
  await setDuty(hall.context.database, hallId, "1001", "technician");
  const { clerkId } = await hall.login(own, "1001");
  const as = { deviceId: own.deviceId, secret: own.secret, clerkId };
  const unlock = { ...as, terminalId: kiosk.deviceId, order: { what: "unlock" } };
  expect((await post(`${hall.url}${FLEET_PATH}/order`, unlock)).body).toMatchObject({ state: "done" });
  await line.until(() => !isLocked(), 20_000);
  expect((await post(`${hall.url}${FLEET_PATH}/list`, { ...as, hallId: "city" })).status).toBe(404);
  city = await startCity();
  await expect.poll(async () => (await atCity())?.lockedAt, LONG).toBeNull();
  await order({ what: "rename", name: "市级改名" });
  await line.until(() => line.messages.some((each) => each.kind === "standing" && each.name === "市级改名"), 20_000);
});

it("hears that the hall does not know an order, and what another one waits for", { timeout: 60_000 }, async () => {
  const { database } = city.context;
  const orderId = newOrderId();
  // As a newer city would have it.
  await database.query(
    `INSERT INTO fleet_orders (hall_id, order_id, device_id, body, asked_at, asked_by, expires_at, state)
     VALUES ($1, $2, $3, '{"what":"dance","tempo":3}', $4, '', $4::bigint + 3600000, 'open')`,
    [hallId, orderId, kiosk.deviceId, Date.now()],
  );
  const locked = await order({ what: "lock", reason: "检修" });
  await expect.poll(() => stateOf(locked.orderId), LONG).toBe("done");
  await expect.poll(() => stateOf(orderId), LONG).toBe("refused");
  expect((await ask("answer", { hallId, orderId })).body).toMatchObject({ refusal: "hall_too_old" });
  expect((await list()).centerVersion).toBe(city.context.version);
  const own = await hall.context.database.query("SELECT 1 FROM fleet_orders WHERE order_id = $1", [orderId]);
  expect(own.rows, "nothing of it in the hall's book").toEqual([]);
  await order({ what: "unlock" });

  line.sendMessage({ kind: "report", report: reportOf({ machine: machineOf({ printer: "out_of_paper" }) }) });
  const use = { role: "display", counterId: null } as const;
  const toBoard = { what: "role", ...use, nowBecause: null } as const;
  const HOUR = 3_600_000;
  const old = newOrderId();
  // Of yesterday, as for a hall that was away since.
  await database.query(
    `INSERT INTO fleet_orders (hall_id, order_id, device_id, body, asked_at, asked_by, expires_at, state)
     VALUES ($1, $2, $3, $4, $5, '', $5::bigint + $6, 'open')`,
    [hallId, old, kiosk.deviceId, JSON.stringify(toBoard), Date.now() - 23 * HOUR, 24 * HOUR],
  );
  await database.notify(`fleet ${hallId}`);
  const endsAt = async () =>
    (
      await hall.context.database.query<{ expires_at: number }>(
        "SELECT expires_at FROM fleet_orders WHERE order_id = $1",
        [old],
      )
    ).rows[0]?.expires_at;
  await expect.poll(endsAt, LONG).toBeDefined();
  expect((await endsAt()) ?? 0, "not an hour later than the city").toBeLessThan(Date.now() + HOUR);
  const { deviceId, secret } = kiosk;
  const waiting = await order(toBoard);
  const waitsFor = async () => (await list()).orders[0]?.waitsFor;
  await expect.poll(waitsFor, LONG).toBe("alone");
  expect((await list()).orders[0]).toMatchObject({ state: "open", waitsFor: "alone", becomes: use });
  const body = { deviceId, secret, orderId: waiting.orderId, answer: { kind: "alone" } };
  expect((await post(`${hall.url}${ANSWER_PATH}`, body)).status).toBe(204);
  await expect.poll(() => stateOf(waiting.orderId), LONG).toBe("done");
  await expect.poll(async () => (await atCity())?.role, LONG).toBe("display");
});

it("hears a hall that is newer than itself", { timeout: 40_000 }, async () => {
  const newer = "newer-hall";
  const itsKey = await putRelayHall(city.context.database, newer, "新版大厅");
  const { now: _now, heardAt: _heardAt, orders: _orders, ...fleet } = await list();
  const [known] = fleet.terminals;
  const machine = { ...known?.report?.machine, printer: "out_of_glue" };
  const terminals = [
    { ...known, deviceId: "as-known" },
    { ...known, deviceId: "new-printer", report: { ...known?.report, machine } },
    { ...known, deviceId: "new-role", role: "robot" },
  ];
  const ended = [{ orderId: uuidv7(), state: "postponed", refusal: null, answer: null }];
  const headers = { "content-type": "application/json", authorization: `Bearer ${itsKey}` };
  const body = JSON.stringify({ fleet: { ...fleet, terminals }, taken: [], ended });
  // Nobody waits for an order here.
  const line = new AbortController();
  const told = fetch(`${city.url}/api/relay/${newer}/fleet`, { method: "POST", headers, body, signal: line.signal });
  const heard = async () => {
    const { terminals: there } = (await ask("list", { hallId: newer })).body as Partial<FleetList>;
    return there?.map(({ deviceId, report }) => [deviceId, report?.machine?.printer]);
  };
  await expect.poll(heard, LONG).toEqual([
    ["as-known", "out_of_paper"],
    ["new-printer", undefined],
  ]);
  line.abort();
  await expect(told).rejects.toThrow();
});

it("hears at once of a terminal that the hall's command line has revoked", { timeout: 60_000 }, async () => {
  const { deviceId } = await hall.enrol("display");
  const listed = async () => (await list()).terminals.find((each) => each.deviceId === deviceId);
  const hurried = async () => {
    hurry();
    return listed();
  };
  await expect.poll(hurried, LONG).toMatchObject({ revokedAt: null });
  vi.stubEnv("DATABASE_URL", hall.databaseUrl);
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    expect(await runCli(["revoke", "--device", deviceId, "--data", hall.dataDir])).toBe(0);
  } finally {
    said.mockRestore();
    vi.unstubAllEnvs();
  }
  await expect.poll(async () => (await listed())?.revokedAt, { timeout: 10_000, interval: 500 }).not.toBeNull();
});

it("lets a clerk of the city look and not act, and tells a stranger nothing", async () => {
  const { clerkId } = await city.login(desk, "9002");
  expect((await ask("list", { hallId }, clerkId)).status).toBe(200);
  const lock = { hallId, terminalId: kiosk.deviceId, order: { what: "lock", reason: "试" } };
  expect((await ask("order", lock, clerkId)).status).toBe(401);
  expect((await ask("list", { hallId: "nowhere" }, clerkId)).status).toBe(404);
  const body = JSON.stringify({ fleet: null, taken: [], ended: [] });
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}x` };
  const answer = await fetch(`${city.url}/api/relay/test-hall/fleet`, { method: "POST", headers, body });
  expect(answer.status).toBe(401);
});
