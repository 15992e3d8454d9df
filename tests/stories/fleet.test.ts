import { afterAll, beforeAll, expect, it } from "vitest";
import { machineOf } from "../../shared/testing/terminal-report.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { FLEET_PATH, type FleetList } from "../../shared/contract/fleet.ts";
import type { FleetOrder } from "../../shared/contract/fleet-orders.ts";
import type { MachineFacts } from "../../shared/domain/fleet/terminal-report.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { setDuty } from "../../center/identity/clerks.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { post, startCenter, type TestCenter } from "../helpers/center.ts";
import { findClerkAt } from "../../center/identity/clerks.ts";
import { openNodeSocket, TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * A terminal's store and sync, as they run in its window, with a real node:
 * 1. It tells of itself when it connects, and at once of a printer that has run out of paper.
 * 2. Locked, it says so until it is unlocked, over a restart without the node too; what it holds still leaves.
 * 3. Locked, its clerk is signed out, at the terminal as at the node. What a clerk did before, without the node, arrives once and under
 *    that clerk's name, though the first answer is lost and the terminal is started anew; unlocked, nothing comes a second time.
 * 4. An order makes it ask its program to attend, again until the node was reached.
 * 5. Made another screen, it holds what that screen may see and nothing of before.
 */
let center: TestCenter;
let desk: EnrolResponse;
let clerkId: string;

beforeAll(async () => {
  center = await startCenter();
  desk = await center.enrol("desk");
  await center.addClerk("9001");
  await setDuty(center.context.database, "test-hall", "9001", "manager");
  ({ clerkId } = await center.login(desk, "9001"));
});
afterAll(() => center.stop());

const ask = (path: string, body: object) =>
  post(`${center.url}${FLEET_PATH}/${path}`, { deviceId: desk.deviceId, secret: desk.secret, clerkId, ...body });
const order = ({ deviceId }: EnrolResponse, wish: FleetOrder) => ask("order", { terminalId: deviceId, order: wish });
const reportOf = async ({ deviceId }: EnrolResponse) =>
  ((await ask("list", {})).body as FleetList).terminals.find((each) => each.deviceId === deviceId)?.report;

/** A line that never comes about. */
const noLine = { openSocket: () => ({ send: () => undefined, buffered: () => 0, close: () => undefined }) };

const open = (machine: TestMachine, { deviceId, secret }: EnrolResponse, role: TerminalRole, more: object = {}) =>
  startTerminal({ machine, role, deviceId, secret, nodeUrl: center.url, environment: more });

/** Seldom enough for the limit of a desk's questions. */
const SOON = { timeout: 15_000, interval: 400 };

const facts = (printer: MachineFacts["printer"]): MachineFacts => machineOf({ printer });

it("tells of itself, and at once of what has changed", { timeout: 30_000 }, async () => {
  const machine = new TestMachine();
  machine.speed = 20;
  const device = await center.enrol("kiosk");
  let printer: MachineFacts["printer"] = "ok";
  const port = { facts: () => Promise.resolve(facts(printer)), attend: () => Promise.resolve(true) };
  const terminal = await open(machine, device, "kiosk", { machine: port });
  await expect.poll(async () => (await reportOf(device))?.machine?.printer, SOON).toBe("ok");
  printer = "out_of_paper";
  await expect.poll(async () => (await reportOf(device))?.machine?.printer, SOON).toBe("out_of_paper");
  expect(await reportOf(device)).toMatchObject({ version: "0.1.0", role: "kiosk", outbox: 0, deadLetters: 0 });
  await terminal.close();
});

it("stays out of service over a restart without the node, and sends what it holds", { timeout: 30_000 }, async () => {
  const machine = new TestMachine();
  const device = await center.enrol("kiosk");
  let terminal = await open(machine, device, "kiosk");
  await eventually(() => terminal.connection.get().link === "online", "on line");
  expect(terminal.standing.get().isLocked).toBe(false);
  await order(device, { what: "lock", reason: "检修" });
  await eventually(() => terminal.standing.get().isLocked, "locked");
  await terminal.close();
  terminal = await open(machine, device, "kiosk", noLine);
  expect(terminal.standing.get().isLocked, "without the node").toBe(true);
  const lease = { day: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), serial: 970 };
  const wish = { ...ticketWish(terminal.newId()), lease };
  expect(await terminal.send("TakeTicket", wish, { mode: "record" })).toMatchObject({ status: "kept" });
  await terminal.close();
  terminal = await open(machine, device, "kiosk");
  await eventually(() => terminal.connection.get().link === "online" && terminal.connection.get().outbox === 0, "sent");
  expect(await terminal.send("TakeTicket", ticketWish(terminal.newId()), { mode: "claim" })).toMatchObject({
    status: "refused",
    refusal: { code: "terminal_locked" },
  });
  await order(device, { what: "unlock" });
  await eventually(() => !terminal.standing.get().isLocked, "unlocked");
  await terminal.close();
});

it("signs its clerk out, and loses and doubles nothing of what the clerk did", { timeout: 40_000 }, async () => {
  const { database } = center.context;
  const clerk = await center.addClerk("1001");
  const kiosk = await center.enrol("kiosk");
  const device = await center.enrol("window", "1");
  const { deviceId } = device;
  const machine = new TestMachine();
  const openWindow = (more: object) =>
    startTerminal({ machine, ...device, role: "window", counterId: "1", nodeUrl: center.url, environment: more });
  const isOnLine = () => window.connection.get().link === "online";
  let window = await openWindow({});
  await window.login("1001", "pw-1001");
  await eventually(isOnLine, "on line");
  expect(await window.send("OpenCounter", { counterId: "1" }, { mode: "claim" })).toMatchObject({ status: "accepted" });
  const visitor = await open(new TestMachine(), kiosk, "kiosk");
  await eventually(() => visitor.connection.get().link === "online", "the kiosk on line");
  await visitor.send("TakeTicket", ticketWish(visitor.newId()), { mode: "claim" });
  expect(await window.send("CallNext", { counterId: "1" }, { mode: "claim" })).toMatchObject({ status: "accepted" });
  const ticketId = [...window.hall.get().tickets.values()].find(({ state }) => state === "called")?.id ?? "";
  await window.close();

  window = await openWindow(noLine);
  for (const type of ["BeginService", "EndService"] as const)
    expect(await window.send(type, { ticketId, counterId: "1" }, { mode: "record" })).toMatchObject({ status: "kept" });
  await order(device, { what: "lock", reason: "检修" });
  expect(window.clerk.get()?.clerkNo, "has not heard of it").toBe("1001");
  await window.close();

  // The node has them, and its answer is lost.
  const isServed = async () => (await center.context.halls.get("test-hall")).hall.state.tickets.get(ticketId)?.state;
  const deaf: typeof openNodeSocket = (url, handlers) =>
    openNodeSocket(url, {
      ...handlers,
      received: (text) => (text?.startsWith('{"kind":"results"') ? undefined : handlers.received(text)),
    });
  window = await openWindow({ openSocket: deaf });
  await expect.poll(isServed, SOON).toBe("done");
  await eventually(() => window.standing.get().isLocked && window.clerk.get() === null, "signed out");
  expect(await findClerkAt(database, "test-hall", deviceId)).toBeUndefined();
  await window.close();

  window = await openWindow({});
  await eventually(() => isOnLine() && window.connection.get().outbox === 0, "all of it acknowledged, locked as it is");
  expect(window.clerk.get(), "over a restart").toBeNull();
  await order(device, { what: "unlock" });
  await eventually(() => !window.standing.get().isLocked, "unlocked");
  expect((await window.login("1001", "pw-1001")).ok).toBe(true);
  const { rows } = await database.query<{ type: string; clerk: string }>(
    `SELECT type, actor::json ->> 'clerkId' AS clerk FROM events
     WHERE actor::json ->> 'deviceId' = $1 ORDER BY seq`,
    [deviceId],
  );
  const served = ["CounterOpened", "TicketCalled", "ServiceBegan", "ServiceEnded", "ReviewInvited"];
  expect(rows).toEqual(served.map((type) => ({ type, clerk })));
  for (const terminal of [window, visitor]) await terminal.close();
});

it("asks its program to attend to an order until the node was reached", { timeout: 30_000 }, async () => {
  const machine = new TestMachine();
  machine.speed = 20;
  const device = await center.enrol("kiosk");
  let times = 0;
  const attend = () => {
    times += 1;
    return Promise.resolve(times > 1);
  };
  const terminal = await open(machine, device, "kiosk", {
    machine: { facts: () => Promise.resolve(facts("ok")), attend },
  });
  // Its name here is not the hall's: it asks for that already.
  await eventually(() => times === 2, "asked again", 10_000);
  await expect.poll(() => reportOf(device), SOON).not.toBeNull();
  await order(device, { what: "logs" });
  await eventually(() => times === 3, "asked for the order", 10_000);
  await terminal.close();
});

it("made another screen, holds what that one may see", { timeout: 30_000 }, async () => {
  const machine = new TestMachine();
  machine.speed = 20;
  const device = await center.enrol("kiosk");
  const port = { facts: () => Promise.resolve(facts("ok")), attend: () => Promise.resolve(true) };
  let terminal = await open(machine, device, "kiosk", { machine: port });
  await eventually(() => terminal.connection.get().link === "online", "on line");
  await eventually(() => terminal.hall.get().day !== null, "the day");
  const days = [terminal.hall.get().day ?? ""];
  expect(await terminal.send("LeaseNumbers", { days }, { mode: "claim" })).toMatchObject({ status: "accepted" });
  expect(terminal.hall.get().leases.length).toBeGreaterThan(0);
  await expect.poll(async () => (await reportOf(device))?.outbox, SOON).toBe(0);
  expect(
    (await order(device, { what: "role", role: "display", counterId: null, nowBecause: "已确认没有人" })).body,
  ).toMatchObject({
    state: "done",
  });
  await terminal.close();
  terminal = await open(machine, device, "display", { machine: port });
  await eventually(() => terminal.connection.get().link === "online" && terminal.seq() > 0, "on line as a board");
  const held = await center.context.halls.get("test-hall");
  await eventually(() => terminal.seq() === held.hall.head.seq, "everything");
  expect(terminal.hall.get().leases).toEqual([]);
  await terminal.close();
});
