import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { REVIEW_CASE_KEY_PATH } from "../../shared/contract/desk-reviews.ts";
import { FILES_PATH } from "../../shared/contract/files.ts";
import { ANSWER_PATH, ATTEND_PATH, FLEET_PATH, LOG_BYTES_MAX, type FleetList } from "../../shared/contract/fleet.ts";
import type { Attended, FleetOrder, TerminalAnswer } from "../../shared/contract/fleet-orders.ts";
import type { RemoteSettings } from "../../shared/contract/remote-settings.ts";
import { terminalLights } from "../../shared/domain/fleet/fleet.ts";
import type { TerminalReport } from "../../shared/domain/fleet/terminal-report.ts";
import { reportOf } from "../../shared/testing/terminal-report.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { post, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { runCli } from "../cli/run-cli.ts";
import { findClerkAt, setDuty } from "../identity/clerks.ts";
import { findOrder, forgetOrders, newOrderId, placeOrder, takeAnswer } from "./order-book.ts";

/*
 * Terminals of a hall on a real node, over the wire:
 * 1. What a terminal tells of itself is in the desk's list, the latest only, and no event of the log.
 * 2. Locked: it is told within a moment, its claims are refused, whoever is signed in there is signed out and can read no file any more, what
 *    it did before still comes in, its files too; unlocked it goes on.
 * 3. Renamed: told at once. Made another public screen: waits until the terminal says that nobody is at it and everything is sent, unless
 *    somebody says why it may not; its line begins anew as what it is. A later wish takes the place of one that waits, and takes it back.
 * 4. Revoked: its line is cut.
 * 5. Log and settings: fetched by the terminal itself, answered once, gone after a day; who is away or a browser is said at once.
 * 6. A clerk may look, a manager and a technician may act; departments, windows and other terminals may neither. All is noted.
 */
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let desk: EnrolResponse;
let manager: string;
let clerk: string;
let technician: string;

beforeAll(async () => {
  center = await startCenter({ clock: () => now });
  desk = await center.enrol("desk");
  for (const no of ["9001", "9002", "9003"]) await center.addClerk(no, `员工${no}`);
  await setDuty(center.context.database, "test-hall", "9001", "manager");
  await setDuty(center.context.database, "test-hall", "9003", "technician");
  ({ clerkId: manager } = await center.login(desk, "9001"));
});
afterAll(() => center.stop());
beforeEach(() => {
  now += 1_000;
});

const ask = async (path: string, body: object, who: EnrolResponse = desk, by = manager) => {
  const { deviceId, secret } = who;
  return post(`${center.url}${FLEET_PATH}/${path}`, { deviceId, secret, clerkId: by, ...body });
};
const list = async (): Promise<FleetList> => (await ask("list", {})).body as FleetList;
const find = async ({ deviceId }: EnrolResponse) =>
  (await list()).terminals.find((terminal) => terminal.deviceId === deviceId);
const order = async ({ deviceId }: EnrolResponse, wish: FleetOrder) =>
  (await ask("order", { terminalId: deviceId, order: wish })).body as {
    orderId: string;
    state: string;
    refusal: string | null;
  };
const connect = (device: EnrolResponse) => NodeClient.connect({ url: center.url, ...device });
const standings = (client: NodeClient) => client.messages.filter((message) => message.kind === "standing");
const told = async (client: NodeClient, isSo: (standing: ReturnType<typeof standings>[number]) => boolean) => {
  await client.until(() => {
    const last = standings(client).at(-1);
    return last !== undefined && isSo(last);
  });
};

/** Seldom enough for the limit of a desk's questions. */
const SOON = { timeout: 15_000, interval: 400 };

/** A terminal that is there and has told of itself. */
const present = async (role: "kiosk" | "display" | "window", change: Partial<TerminalReport> = {}) => {
  const device = await center.enrol(role, role === "window" ? "1" : null);
  const client = await connect(device);
  client.sendMessage({ kind: "report", report: reportOf(change) });
  await expect.poll(async () => (await find(device))?.reportedAt, SOON).toBe(now);
  return { device, client };
};

describe("telemetry", () => {
  it("is in the list as told last, makes no event, and lights up by the hall's limits", async () => {
    const before = (await center.context.halls.get("test-hall")).hall.head.seq;
    const { device, client } = await present("kiosk", { outbox: 3, oldestMs: 11 * 60_000 });
    const machine = { ...reportOf().machine, printer: "out_of_paper", diskFreeMb: 150 };
    now += 1_000;
    client.sendMessage({ kind: "report", report: { ...reportOf({ outbox: 3, oldestMs: 11 * 60_000 }), machine } });
    await expect.poll(async () => (await find(device))?.report?.machine?.printer, SOON).toBe("out_of_paper");
    const { limits, nodeVersion, now: at, terminals } = await list();
    const terminal = terminals.find(({ deviceId }) => deviceId === device.deviceId);
    expect(terminal && terminalLights(terminal, limits, nodeVersion, at).map(({ id }) => id)).toEqual([
      "outbox",
      "diskFull",
      "paperOut",
    ]);
    expect((await center.context.halls.get("test-hall")).hall.head.seq).toBe(before);
    client.close();
  });

  it("of a newer program is dropped and counted, and the line goes on", async () => {
    const { device, client } = await present("kiosk");
    const newer = { ...reportOf().machine, printer: "out_of_glue" };
    const missed = async () =>
      /^service_hall_bad_reports_total (\d+)$/m.exec(await (await fetch(`${center.url}/metrics`)).text())?.[1];
    const before = Number(await missed());
    client.sendMessage({ kind: "report", report: { ...reportOf(), machine: newer } });
    expect(await client.send("TakeTicket", ticketWish(uuidv7()))).toMatchObject({ status: "accepted" });
    expect(Number(await missed())).toBe(before + 1);
    expect((await find(device))?.report?.machine?.printer).toBe("ok");
    client.close();
  });
});

describe("out of service", () => {
  it("is told at once, begins nothing, and takes what was done before", async () => {
    const { device, client } = await present("kiosk");
    expect(await order(device, { what: "lock", reason: "换打印头" })).toMatchObject({ state: "done" });
    await told(client, ({ isLocked }) => isLocked);
    expect(await client.send("TakeTicket", ticketWish(uuidv7()))).toMatchObject({
      status: "refused",
      refusal: { code: "terminal_locked" },
    });
    const lease = { day: "2026-11-23", serial: 950 };
    const given = { ...ticketWish(uuidv7()), lease };
    expect(await client.send("TakeTicket", given, { mode: "record", at: now })).toMatchObject({ status: "accepted" });
    expect(await find(device)).toMatchObject({ lockedAt: now, lockReason: "换打印头" });
    const again = await connect(device);
    await told(again, ({ isLocked }) => isLocked);
    await order(device, { what: "unlock" });
    await told(again, ({ isLocked }) => !isLocked);
    expect(await again.send("TakeTicket", ticketWish(uuidv7()))).toMatchObject({ status: "accepted" });
    again.close();
  });

  it("signs out who is at it, gives out nothing, and takes the files of before", async () => {
    const device = await center.enrol("window", "2");
    await center.login(device, "9002");
    const { deviceId, secret } = device;
    const headers = { authorization: `Bearer ${deviceId}:${secret}` };
    const bytes = Buffer.from("%PDF-1.4 a scan of before");
    const hash = createHash("sha256").update(bytes).digest("hex");
    const read = async () => {
      const answer = await fetch(`${center.url}${FILES_PATH}/${hash}`, { headers });
      return ((await answer.json()) as { error: { code: string } }).error.code;
    };
    const offer = () =>
      fetch(`${center.url}${FILES_PATH}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ hash, size: bytes.length, type: "application/pdf" }),
      });
    const key = () => post(`${center.url}${REVIEW_CASE_KEY_PATH}`, { deviceId, secret });
    expect(await read(), "there is none yet").toBe("file_unknown");
    expect((await key()).status).toBe(200);
    await order(device, { what: "lock", reason: "被盗" });
    expect(await read()).toBe("terminal_locked");
    expect(await key()).toMatchObject({ status: 403, body: { error: { code: "terminal_locked" } } });
    expect((await offer()).status).toBe(200);
    expect(await findClerkAt(center.context.database, "test-hall", deviceId)).toBeUndefined();
    await order(device, { what: "unlock" });
    expect(await read(), "nobody is signed in any more").toBe("no_clerk");
  });

  it("keeps a window's clerk from signing in, and its own desk from being locked out", async () => {
    const { device, client } = await present("window", { role: "window" });
    await order(device, { what: "lock", reason: "检修" });
    const { deviceId, secret } = device;
    const login = { deviceId, secret, clerkNo: "9002", password: "pw-9002" };
    expect(await post(`${center.url}/api/login`, login)).toMatchObject({
      status: 403,
      body: { error: { code: "terminal_locked" } },
    });
    expect(await order(desk, { what: "lock", reason: "试" })).toMatchObject({
      state: "refused",
      refusal: "own_terminal",
    });
    expect((await find(desk))?.lockedAt).toBeNull();
    client.close();
  });
});

const toBoard = { what: "role", role: "display", counterId: null, nowBecause: null } as const;

describe("another name, another screen, no terminal any more", () => {
  it("is renamed and made a board, and its line begins anew as one", async () => {
    const { device, client } = await present("kiosk");
    await order(device, { what: "rename", name: "东门取号机" });
    await told(client, ({ name }) => name === "东门取号机");
    expect(await order(device, { ...toBoard, nowBecause: "已确认没有人" })).toMatchObject({ state: "done" });
    expect(await client.closed()).toBe(4005);
    const board = await connect(device);
    expect(board.welcome?.role).toBe("display");
    expect(await board.send("TakeTicket", ticketWish(uuidv7()))).toMatchObject({ status: "refused" });
    board.close();
  });

  it("stays what it is while acts of it are unsent, while it is away, and when it is no screen for anybody", async () => {
    const { device, client } = await present("kiosk", { outbox: 1 });
    expect(await order(device, { ...toBoard, nowBecause: "已确认没有人" })).toMatchObject({
      refusal: "terminal_unsent",
    });
    client.close();
    now += 91_000;
    expect(await order(device, toBoard)).toMatchObject({ refusal: "terminal_offline" });
    const window = await present("window", { role: "window" });
    expect(await order(window.device, toBoard)).toMatchObject({ refusal: "terminal_not_public" });
    window.client.close();
    const other = await present("kiosk");
    const review = { what: "role", role: "review", nowBecause: "已确认没有人" } as const;
    expect(await order(other.device, { ...review, counterId: null })).toMatchObject({ refusal: "counter_needed" });
    expect(await order(other.device, { ...review, counterId: "77" })).toMatchObject({ refusal: "counter_unknown" });
    expect(await order(other.device, { ...review, counterId: "2" })).toMatchObject({ state: "done" });
    expect(await other.client.closed()).toBe(4005);
    const tablet = await connect(other.device);
    expect(tablet.welcome).toMatchObject({ role: "review", counterId: "2" });
    // A counter has one tablet, whatever that was enrolled as.
    const next = await center.enrol("review", "2");
    expect(await tablet.closed()).toBe(4005);
    expect((await find(other.device))?.counterId).toBeNull();
    expect((await find(next))?.counterId).toBe("2");
  });

  it("stays the applicant's screen of its window's computer", async () => {
    const { review: credentials, ...window } = await center.enrol("window", "1");
    const second = { ...window, ...credentials } as EnrolResponse;
    const client = await connect(second);
    client.sendMessage({ kind: "report", report: reportOf({ role: "review" }) });
    await expect.poll(async () => (await find(second))?.reportedAt, SOON).toBe(now);
    expect(await find(second)).toMatchObject({ role: "review", counterId: "1", isSecond: true });
    expect(await order(second, toBoard)).toMatchObject({ refusal: "terminal_not_public" });
    const tablet = await center.enrol("review", "2");
    expect(await find(tablet)).toMatchObject({ role: "review", isSecond: false });
    client.close();
  });

  it("waits until nobody is at the screen and everything is sent", async () => {
    const { device, client } = await present("kiosk", { outbox: 1 });
    const { orderId, state } = await order(device, toBoard);
    expect(state).toBe("open");
    await told(client, ({ orders }) => orders === 1);
    const waiting = async () => (await list()).orders.find((each) => each.orderId === orderId);
    const becomes = { role: "display", counterId: null };
    expect(await waiting()).toMatchObject({ state: "open", waitsFor: "alone", becomes });
    expect((await attend(device)).orders).toEqual([{ orderId, order: toBoard }]);
    expect((await answer(device, orderId, { kind: "alone" })).status, "with an act unsent").toBe(404);
    expect((await answer(device, orderId, { kind: "settings", settings })).status, "no answer to that").toBe(404);
    expect((await find(device))?.role).toBe("kiosk");
    now += 3 * 3_600_000;
    client.sendMessage({ kind: "report", report: reportOf() });
    await expect.poll(async () => (await find(device))?.reportedAt, SOON).toBe(now);
    expect((await waiting())?.state, "as long as it takes").toBe("open");
    expect((await answer(device, orderId, { kind: "alone" })).status).toBe(204);
    expect(await client.closed()).toBe(4005);
    expect((await find(device))?.role).toBe("display");
    expect(await waiting()).toMatchObject({ state: "done", waitsFor: null });
  });

  it("is done at once for a reason, which is noted, and taken back by wanting what is there", async () => {
    const { device, client } = await present("kiosk");
    const first = await order(device, toBoard);
    const stay = await order(device, { ...toBoard, role: "kiosk" });
    expect(stay.state).toBe("done");
    const ended = async () =>
      (await list()).orders
        .map((each) => [each.orderId, each.state, each.refusal] as const)
        .find(([id]) => id === first.orderId);
    expect(await ended()).toEqual([first.orderId, "refused", "superseded"]);
    expect((await answer(device, first.orderId, { kind: "alone" })).status).toBe(404);
    expect((await find(device))?.role).toBe("kiosk");
    const second = await order(device, toBoard);
    const atOnce = await order(device, { ...toBoard, nowBecause: "一直有人使用" });
    expect(atOnce.state).toBe("done");
    expect(await client.closed()).toBe(4005);
    expect((await list()).orders.find(({ orderId }) => orderId === second.orderId)?.refusal).toBe("superseded");
    const { rows } = await center.context.database.query<{ reason: string }>(
      "SELECT reason FROM staff_audit WHERE act = 'terminal.role' AND detail = $1 ORDER BY at, audit_id",
      [device.deviceId],
    );
    expect(rows.map(({ reason }) => reason)).toEqual(["display", "kiosk", "display", "display 一直有人使用"]);
  });

  it("is told of a terminal whose program is too old to wait", async () => {
    const { device, client } = await present("kiosk");
    const { orderId } = await order(device, toBoard);
    await answer(device, orderId, { kind: "refused", code: "failed" });
    expect((await ask("answer", { orderId })).body).toMatchObject({ state: "refused", refusal: "terminal_too_old" });
    client.close();
  });

  it("is revoked: its line is cut, and no further order is taken for it", async () => {
    const { device, client } = await present("kiosk");
    expect(await order(device, { what: "revoke", reason: "被盗" })).toMatchObject({ state: "done" });
    expect(await client.closed()).toBe(4001);
    expect(await order(device, { what: "unlock" })).toMatchObject({ refusal: "terminal_revoked" });
    expect((await find(device))?.revokedAt).toBe(now);
  });
});

const settings: RemoteSettings = {
  printer: { kind: "tcp", host: "10.0.0.9", port: 9100, device: "/dev/usb/lp0", queue: "" },
  documentPrinter: { kind: "system", name: "" },
  idReader: { port: null },
  counterDisplay: { kind: "none", host: "127.0.0.1", port: 4001, cells: 8 },
};
const attend = async ({ deviceId, secret }: EnrolResponse) =>
  (await post(`${center.url}${ATTEND_PATH}`, { deviceId, secret })).body as Attended;
const answer = ({ deviceId, secret }: EnrolResponse, orderId: string, given: TerminalAnswer) =>
  post(`${center.url}${ANSWER_PATH}`, { deviceId, secret, orderId, answer: given });

describe("the book of orders", () => {
  it("notes and does once what is placed twice at the same time", async () => {
    const { device, client } = await present("kiosk");
    const { database } = center.context;
    const placed = {
      orderId: newOrderId(),
      hallId: "test-hall",
      deviceId: device.deviceId,
      order: { what: "rename", name: "西门取号机" } as const,
      askedBy: "",
      isOfCity: true,
    };
    const by = { hallId: "test-hall", deviceId: "city", clerkId: "city" };
    const ends = await Promise.all([1, 2, 3].map(() => placeOrder(database, placed, by, null, now)));
    expect(ends.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(ends.filter(({ isNew }) => isNew).length).toBe(1);
    const { rows } = await database.query("SELECT act FROM staff_audit WHERE device_id = 'city' AND detail = $1", [
      device.deviceId,
    ]);
    expect(rows).toEqual([{ act: "terminal.rename" }]);
    client.close();
  });

  it("holds nothing of an order that broke off", async () => {
    const { device, client } = await present("kiosk");
    const { database } = center.context;
    const orderId = newOrderId();
    const broken = { what: "rename", name: "\u0000" } as const;
    const placed = {
      orderId,
      hallId: "test-hall",
      deviceId: device.deviceId,
      order: broken,
      askedBy: "",
      isOfCity: false,
    };
    const by = { hallId: "test-hall", deviceId: desk.deviceId, clerkId: manager };
    await expect(placeOrder(database, placed, by, null, now)).rejects.toThrow();
    expect(await findOrder(database, "test-hall", orderId, now)).toBeUndefined();
    client.close();
  });

  /** So many of the center's statements wait for another one's lock. */
  const waitingForLocks = async (): Promise<number> =>
    (
      await center.context.database.query(
        `SELECT DISTINCT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE NOT granted AND datname = current_database()`,
      )
    ).rows.length;
  const plan = async () => (await center.context.halls.get("test-hall")).hall.plan;
  const placeRole = async (device: EnrolResponse, wish: Partial<Extract<FleetOrder, { what: "role" }>>) => {
    const { hallId, deviceId } = device;
    const placed = {
      orderId: newOrderId(),
      hallId,
      deviceId,
      order: { ...toBoard, ...wish },
      askedBy: "",
      isOfCity: false,
    };
    const by = { hallId, deviceId: desk.deviceId, clerkId: manager };
    return placeOrder(center.context.database, placed, by, await plan(), now);
  };
  const alone = async (device: EnrolResponse, orderId: string) =>
    takeAnswer(center.context.database, device, orderId, { kind: "alone" }, await plan(), now);
  /** Holds a terminal's row while `meet` brings others to wait for it, one after the other. */
  const whileHeld = <T>(held: EnrolResponse, meet: () => Promise<T>): Promise<T> =>
    center.context.database.transaction(async (client) => {
      await client.query("SELECT 1 FROM devices WHERE device_id = $1 FOR UPDATE", [held.deviceId]);
      return meet();
    });

  it("says that a use was taken back only when it was", { timeout: 30_000 }, async () => {
    const paired = await center.enrol("review", "1");
    const { device, client } = await present("kiosk");
    const { orderId } = await order(device, { ...toBoard, role: "review", counterId: "1" });
    // The terminal's answer has changed the use, and goes no further before the tablet that it unpairs is let go.
    const [isTaken, stays] = await whileHeld(paired, async () => {
      const answered = alone(device, orderId);
      await expect.poll(waitingForLocks, SOON).toBe(1);
      const takenBack = placeRole(device, { role: "kiosk" });
      await expect.poll(waitingForLocks, SOON).toBe(2);
      return [answered, takenBack] as const;
    }).then((both) => Promise.all(both));
    expect(isTaken).toBe(true);
    expect((await find(device))?.role).toBe("review");
    expect(stays.state, "another wish, which waits like any").toBe("open");
    client.close();
  });

  it("is given a reason and the terminal's answer at once, and takes one of them", { timeout: 30_000 }, async () => {
    const { device, client } = await present("kiosk");
    const { orderId } = await order(device, toBoard);
    const [atOnce, isTaken] = await whileHeld(device, async () => {
      const placing = placeRole(device, { nowBecause: "已确认没有人" });
      await expect.poll(waitingForLocks, SOON).toBe(1);
      const answered = alone(device, orderId);
      await expect.poll(waitingForLocks, SOON).toBe(2);
      return [placing, answered] as const;
    }).then((both) => Promise.all(both));
    expect([atOnce.state, isTaken]).toEqual(["done", false]);
    client.close();
  });

  const byCommandLine = async ({ deviceId }: EnrolResponse): Promise<unknown> => {
    vi.stubEnv("DATABASE_URL", center.databaseUrl);
    const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      return await runCli(["revoke", "--device", deviceId, "--data", center.dataDir]);
    } finally {
      said.mockRestore();
      vi.unstubAllEnvs();
    }
  };

  it.each([
    ["the desk", (device: EnrolResponse) => order(device, { what: "revoke", reason: "报废" })],
    ["the command line", byCommandLine],
  ])("holds nothing open for a terminal that %s has revoked", async (_, revoke) => {
    const { device, client } = await present("kiosk");
    const ids = [await order(device, toBoard), await order(device, { what: "logs" })].map(({ orderId }) => orderId);
    await revoke(device);
    const ended = (await list()).orders.filter(({ orderId }) => ids.includes(orderId));
    expect(ended.map(({ state, refusal }) => [state, refusal])).toEqual([
      ["refused", "superseded"],
      ["refused", "superseded"],
    ]);
    client.close();
  });
});

describe("log and settings", () => {
  it("are fetched by the terminal that is meant, answered once, and gone after a day", async () => {
    const { device, client } = await present("kiosk");
    const stranger = await present("display", { role: "display" });
    const { orderId, state } = await order(device, { what: "logs" });
    expect(state).toBe("open");
    await told(client, ({ orders }) => orders === 1);
    expect((await attend(stranger.device)).orders).toEqual([]);
    expect((await attend(device)).orders).toEqual([{ orderId, order: { what: "logs" } }]);
    const lines = [{ at: "2026-11-23T01:00:00.000Z", event: "app.started", version: "0.1.0" }];
    expect((await answer(stranger.device, orderId, { kind: "logs", lines })).status).toBe(404);
    expect((await answer(device, orderId, { kind: "logs", lines })).status).toBe(204);
    expect((await answer(device, orderId, { kind: "logs", lines: [] })).status).toBe(404);
    expect((await ask("answer", { orderId })).body).toMatchObject({ state: "done", answer: { kind: "logs", lines } });
    now += 25 * 3_600_000;
    expect((await ask("answer", { orderId })).status, "though nobody has looked at the list").toBe(404);
    const { database } = center.context;
    await forgetOrders(database, now);
    expect((await database.query("SELECT 1 FROM fleet_orders WHERE order_id = $1", [orderId])).rows).toEqual([]);
    client.close();
    stranger.client.close();
  });

  it("are taken by the node as long as a terminal may send them", async () => {
    const { device, client } = await present("kiosk");
    const { orderId } = await order(device, { what: "logs" });
    const line = {
      at: "2026-11-23T01:00:00.000Z",
      event: "ui.error",
      message: "x".repeat(300),
      where: "y".repeat(300),
    };
    const lines = Array.from({ length: Math.floor(LOG_BYTES_MAX / (JSON.stringify(line).length + 1)) }, () => line);
    expect((await answer(device, orderId, { kind: "logs", lines })).status).toBe(204);
    client.close();
  });

  it("are changed against what was shown, and a refusal of the terminal is told", async () => {
    const { device, client } = await present("kiosk");
    const changed = { ...settings, printer: { ...settings.printer, host: "10.0.0.10" } };
    const { orderId } = await order(device, { what: "applySettings", before: settings, settings: changed });
    await answer(device, orderId, { kind: "refused", code: "settings_changed" });
    expect((await ask("answer", { orderId })).body).toMatchObject({ state: "refused", answer: null });
    expect((await list()).orders[0]).toMatchObject({ orderId, state: "refused", refusal: "settings_changed" });
    client.close();
  });

  it("are not asked of who is away or of a browser, and what nobody fetches in time ends", async () => {
    const away = await center.enrol("kiosk");
    expect(await order(away, { what: "logs" })).toMatchObject({ refusal: "terminal_offline" });
    const browser = await present("display", { role: "display", machine: null });
    expect(await order(browser.device, { what: "logs" })).toMatchObject({ refusal: "terminal_browser" });
    browser.client.close();
    const { device, client } = await present("kiosk");
    const { orderId } = await order(device, { what: "logs" });
    now += 3 * 60_000;
    expect((await attend(device)).orders).toEqual([]);
    expect((await list()).orders.find((each) => each.orderId === orderId)?.state).toBe("expired");
    client.close();
  });
});

describe("rights", () => {
  it("let a clerk look and not act, a technician act, and nobody else either", async () => {
    const { device, client } = await present("kiosk");
    const lock = { terminalId: device.deviceId, order: { what: "lock", reason: "试" } };
    const as = async (no: string) => (await center.login(desk, no)).clerkId;
    clerk = await as("9002");
    expect((await ask("list", {}, desk, clerk)).status).toBe(200);
    expect((await ask("order", lock, desk, clerk)).status).toBe(401);
    technician = await as("9003");
    expect((await ask("order", lock, desk, technician)).body).toMatchObject({ state: "done" });
    expect((await ask("order", lock, desk, manager)).status, "signed out").toBe(401);
    const department = await center.enrol("desk", null, "人社局");
    const { clerkId: theirs } = await center.login(department, "9001");
    expect((await ask("list", {}, department, theirs)).status).toBe(401);
    const window = await center.enrol("window", "1");
    const { clerkId: atWindow } = await center.login(window, "9001");
    expect((await ask("list", {}, window, atWindow)).status).toBe(401);
    expect((await ask("list", { hallId: "other-hall" }, desk, technician)).status, "a hall knows itself").toBe(404);
    ({ clerkId: manager } = await center.login(desk, "9001"));
    client.close();
  });

  it("leave a line in the book for each act, with who and why", async () => {
    const { rows } = await center.context.database.query<{ act: string; reason: string; clerk_id: string }>(
      "SELECT act, reason, clerk_id FROM staff_audit WHERE hall_id = 'test-hall' AND act LIKE 'terminal.%' ORDER BY at, audit_id",
    );
    expect(new Set(rows.map(({ act }) => act))).toEqual(
      new Set([
        "terminal.lock",
        "terminal.unlock",
        "terminal.rename",
        "terminal.role",
        "terminal.revoke",
        "terminal.logs",
        "terminal.applySettings",
      ]),
    );
    expect(rows).toContainEqual({ act: "terminal.revoke", reason: "被盗", clerk_id: manager });
    expect(rows).toContainEqual({ act: "terminal.lock", reason: "试", clerk_id: technician });
  });
});
