import { readFileSync } from "node:fs";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../tests/helpers/center.ts";
import { NodeClient } from "../tests/helpers/node-client.ts";
import { closeCodes, type EnrolResponse } from "../shared/contract/api.ts";
import { toSnapshot } from "../shared/domain/hall/state.ts";
import { visibleState } from "../shared/domain/hall/visible.ts";
import { ticketWish } from "../shared/testing/hall-fixture.ts";

let center: TestCenter;
let clerkId: string;
let kioskDevice: EnrolResponse;
let windowDevice: EnrolResponse;
let boardDevice: EnrolResponse;

const take = (businessId = "A", itemName: string | null = null) => ticketWish(uuidv7(), { businessId, itemName });

const connect = (device: EnrolResponse): Promise<NodeClient> => NodeClient.connect({ url: center.url, ...device });

beforeAll(async () => {
  center = await startCenter();
  await center.addClerk("1001");
  kioskDevice = await center.enrol("kiosk");
  windowDevice = await center.enrol("window", "1");
  boardDevice = await center.enrol("display");
  ({ clerkId } = await center.login(windowDevice, "1001"));
});
afterAll(() => center.stop());

it("is of the version that the project has", () => {
  const project = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(center.context.version).toBe(project.version);
});

describe("the main job", () => {
  it("takes a number, calls it, serves it and has it reviewed; each screen is told just what it may know", async () => {
    const review = windowDevice.review;
    if (!review) throw new Error("a window at a counter gets the credentials of its second screen");
    const [kiosk, board, window, screen, desk] = await Promise.all([
      connect(kioskDevice),
      connect(boardDevice),
      connect(windowDevice),
      NodeClient.connect({ url: center.url, ...review }),
      center.enrol("desk").then(connect),
    ]);
    for (const client of [kiosk, board, window, screen]) client.keepWire = true;

    const ticket = take("A", "公司设立登记");
    expect(await kiosk.send("TakeTicket", ticket)).toMatchObject({ status: "accepted" });
    const at = { counterId: "1" };
    const held = { ticketId: ticket.ticketId, ...at };
    await window.send("OpenCounter", at, { clerkId });
    expect(await window.send("CallNext", at, { clerkId })).toMatchObject({ status: "accepted" });
    await board.until(() => board.state.calls.length === 1);
    expect(board.state.calls[0]).toMatchObject({ number: "A001", counterId: "1" });
    await window.send("BeginService", held, { clerkId });
    await window.send("EndService", held, { clerkId });
    const reviewId = `${ticket.ticketId}.1`;
    await screen.until(() => screen.state.reviews.has(reviewId));
    const text = "窗口态度不好";
    const given = await screen.send(
      "GiveReview",
      {
        reviewId,
        counterId: "1",
        level: 1,
        tags: ["101"],
        elapsedMs: 9_000,
        channel: "secondDisplay",
        textId: "text-1",
        phoneId: null,
      },
      { mode: "record", personal: [{ id: "text-1", kind: "reviewText", value: text }] },
    );
    if (given.status !== "accepted") throw new Error("a record is never refused");
    await Promise.all([desk, window].map((client) => client.reached(given.seq)));

    expect(desk.state.reviews.get(reviewId)).toMatchObject({ level: 1, tags: ["101"], textId: "text-1" });
    expect(window.state.reviews.get(reviewId)).toMatchObject({ state: "closed", level: null });
    for (const secret of ['"level":', '"tags":["101"]', "text-1", text]) expect(window.wire).not.toContain(secret);
    for (const client of [kiosk, board]) {
      expect(client.wire).not.toContain("公司设立登记");
      expect(client.wire).not.toContain(clerkId);
      expect(client.wire).not.toContain("ReviewClosed");
    }
    const { rows } = await center.context.database.query<{ box: Buffer }>(
      "SELECT box FROM personal WHERE id = 'text-1'",
    );
    const box = rows[0]!.box;
    expect(box.toString("utf8")).not.toContain(text);
    expect(center.context.personal.open(center.hallId!, { id: "text-1", kind: "reviewText" }, box)).toBe(text);

    const { rows: read } = await center.context.database.query<{ state: string }>(
      "SELECT state FROM tickets WHERE ticket_id = $1",
      [ticket.ticketId],
    );
    expect(read[0]?.state).toBe("done");
    for (const client of [kiosk, board, window, screen, desk]) {
      expect(client.violations).toEqual([]);
      client.close();
    }
  });

  it("gives the same id the same answer, from another connection and after a restart of the center too", async () => {
    let kiosk = await connect(kioskDevice);
    const id = uuidv7();
    const data = take("B");
    const first = await kiosk.send("TakeTicket", data, { id });
    expect(await kiosk.send("TakeTicket", data, { id })).toEqual(first);
    const command = NodeClient.command("TakeTicket", data, { id });
    expect(await kiosk.sendAll([command, command])).toEqual([first, first]);
    const refused = await kiosk.send("TakeTicket", take("Q"), { id: uuidv7() });
    expect(refused).toMatchObject({ status: "refused", refusal: { code: "business_unknown" } });
    const bare = { ...kioskDevice, url: center.url };
    kiosk.close();

    const { dataDir, context } = center;
    const second = await startCenter({ dataDir, databaseUrl: center.databaseUrl });
    kiosk = await NodeClient.connect({ ...bare, url: second.url });
    expect(await kiosk.send("TakeTicket", data, { id })).toEqual(first);
    expect(await kiosk.send("TakeTicket", take("Q"), { id: refused.commandId })).toEqual(refused);
    kiosk.close();
    await second.stop();
    const { rows } = await context.database.query("SELECT 1 FROM tickets WHERE ticket_id = $1", [data.ticketId]);
    expect(rows).toHaveLength(1);
  });
});

describe("the feed", () => {
  it("gives by snapshot the same state as by events, to every role", async () => {
    const { hall, feed } = center.context.halls.open[0]!;
    for (const device of [kioskDevice, windowDevice, boardDevice]) {
      const byEvents = await connect(device);
      await byEvents.until(() => byEvents.to === hall.head.seq);
      const viewer = { role: device.role, deviceId: device.deviceId, counterId: null };
      expect(toSnapshot(byEvents.state)).toEqual(toSnapshot(visibleState(hall.state, viewer)));
      byEvents.close();
      const bySnapshot = await NodeClient.connect({ url: center.url, ...device, since: 3, epoch: "another-log" });
      await bySnapshot.until(() => bySnapshot.snapshots === 1);
      expect(bySnapshot.digest).toBe(byEvents.digest);
      bySnapshot.sendMessage({ kind: "resync", seq: bySnapshot.to, digest: "other" });
      await bySnapshot.until(() => bySnapshot.snapshots === 2);
      expect(bySnapshot.violations).toEqual([]);
      bySnapshot.close();
    }
    expect(feed.size).toBeLessThanOrEqual(1);
  });

  it("tells an answer in one frame with its events, and a terminal that came before this in frames of their own", async () => {
    for (const joined of [true, false]) {
      const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")), joined });
      kiosk.keepWire = true;
      await kiosk.send("TakeTicket", take());
      const answer = kiosk.frames.find((frame) => frame.includes('"kind":"results"'));
      expect(answer?.includes('"type":"TicketTaken"')).toBe(joined);
      expect(kiosk.violations).toEqual([]);
      kiosk.close();
    }
  });

  it("begins a new epoch when a terminal holds more than the log: the database was put back from a backup", async () => {
    const { hall } = center.context.halls.open[0]!;
    const { epoch, seq } = hall.head;
    const client = await NodeClient.connect({ url: center.url, ...boardDevice, since: seq + 50, epoch });
    expect(client.welcome?.epoch).not.toBe(epoch);
    await client.until(() => client.snapshots === 1);
    expect(client.to).toBe(seq);
    client.close();
  });

  it("keeps one line per device: the older one is told that it was replaced", async () => {
    const older = await connect(boardDevice);
    const newer = await connect(boardDevice);
    expect(await older.closed()).toBe(closeCodes.replaced);
    expect(newer.closeCode).toBeUndefined();
    newer.close();
  });

  it("gives up a line that is not read from, and the terminal catches up when it is back", async () => {
    const slow = await connect(boardDevice);
    slow.pause();
    const kiosk = await connect(kioskDevice);
    await kiosk.send("TakeTicket", take("A"));
    slow.resume();
    const { hall } = center.context.halls.open[0]!;
    await slow.reached(hall.head.seq);
    expect(slow.violations).toEqual([]);
    slow.close();
    kiosk.close();
  });
});

describe("who may act", () => {
  it("lets only those clerks act who are or were signed in at this terminal", async () => {
    const window = await connect(windowDevice);
    const stranger = await center.addClerk("1009");
    const at = { counterId: "1" };
    for (const clerk of [stranger, null, uuidv7()])
      expect(await window.send("PauseCounter", { ...at, reason: "x" }, { clerkId: clerk })).toMatchObject({
        refusal: { code: "not_permitted" },
      });
    // A record is never refused: it goes on without the clerk, and the desk sees that something is odd.
    const record = await window.send("PauseCounter", { ...at, reason: "x" }, { clerkId: stranger, mode: "record" });
    expect(record.status).toBe("accepted");
    const { state } = center.context.halls.open[0]!.hall;
    expect(state.anomalies.at(-1)).toMatchObject({ code: "counter_not_yours", commandType: "PauseCounter" });
    window.close();
  });

  it("refuses what a role may never send, whatever it says of itself", async () => {
    const board = await connect(boardDevice);
    expect(await board.send("TakeTicket", take())).toMatchObject({ refusal: { code: "not_permitted" } });
    expect(await board.send("OpenDay", { day: "2099-01-01" })).toMatchObject({ refusal: { code: "not_permitted" } });
    board.close();
  });

  it("dates a record no earlier than the terminal's last empty outbox, so a wrong clock moves nobody up", async () => {
    const kiosk = await connect(kioskDevice);
    await kiosk.send("LeaseNumbers", { days: [center.context.halls.open[0]!.hall.state.day!] });
    const lease = kiosk.state.leases.find((held) => held.businessId === "A")!;
    kiosk.sendMessage({ kind: "status", outbox: 0, oldestMs: 0, refusals: 0 });
    const before = Date.now();
    const data = { ...take("A"), lease: { day: lease.day, serial: lease.from } };
    const yesterday = await kiosk.send("TakeTicket", data, { mode: "record", at: before - 86_400_000 });
    expect(yesterday.status).toBe("accepted");
    const ticket = kiosk.state.tickets.get(data.ticketId)!;
    expect(ticket.takenAt).toBeGreaterThan(before - 15_000);
    const later = { ...take("A"), lease: { day: lease.day, serial: lease.from + 1 } };
    await kiosk.send("TakeTicket", later, { mode: "record", at: before + 86_400_000 });
    expect(kiosk.state.tickets.get(later.ticketId)!.takenAt).toBeLessThanOrEqual(Date.now());
    kiosk.close();
  });
});
