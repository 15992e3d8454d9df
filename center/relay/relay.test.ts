import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDataDir, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { rm } from "node:fs/promises";
import { hashOf, type LogRecord } from "../../shared/contract/log-record.ts";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import { readRecords } from "../log/store.ts";
import { verifyLog } from "../log/verify.ts";
import { putHandedPlan } from "./handed-plan.ts";
import { HeadSealer } from "./head-seal.ts";
import { putRelayHall } from "./receive.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

let city: TestCenter;
let hall: TestCenter;
let cityDir: string;
let key: string;
let cityPort: number;
const hallId = testPlan.hallId;

const cityHead = async (): Promise<{ head: number; head_hash: string; relay_alarm: string | null }> => {
  const { rows } = await city.context.database.query<{ head: number; head_hash: string; relay_alarm: string | null }>(
    "SELECT head, head_hash, relay_alarm FROM halls WHERE hall_id = $1",
    [hallId],
  );
  return rows[0]!;
};

const hallHead = () => hall.context.halls.open[0]!.hall.head;

const waitForCity = async (): Promise<void> => {
  await expect.poll(async () => (await cityHead()).head, { timeout: 15_000, interval: 50 }).toBe(hallHead().seq);
  expect((await cityHead()).head_hash).toBe(hallHead().hash);
};

const send = async (path: string, body: unknown, bearer = key): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${city.url}/api/relay/${hallId}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

/** A batch as the hall itself signs it. */
const signed = (epoch: string, records: readonly LogRecord[]) => {
  const { seq, hash } = records.at(-1)!;
  return { epoch, records, seal: new HeadSealer(hall.context.personal, hallId).seal({ hallId, epoch, seq, hash }) };
};

/** Records with whatever was changed, linked and hashed anew from the first one on. */
const relink = (records: readonly LogRecord[]): LogRecord[] => {
  let prevHash = records[0]!.prevHash;
  return records.map((record) => {
    const linked = { ...record, prevHash };
    prevHash = hashOf(linked);
    return { ...linked, hash: prevHash };
  });
};

beforeAll(async () => {
  cityDir = await makeDataDir();
  city = await startCenter({ mode: "city", dataDir: cityDir });
  cityPort = Number(new URL(city.url).port);
  key = await putRelayHall(city.context.database, hallId, "测试大厅");
  hall = await startCenter({ city: { url: city.url, key } });
});
afterAll(async () => {
  await hall.stop();
  await city.stop();
  await rm(cityDir, { recursive: true, force: true });
});

describe("hall and city", () => {
  it("brings the whole log to the city, also what happened while it was away, and nobody in the hall waits for it", async () => {
    const kiosk = await NodeClient.connect({ url: hall.url, ...(await hall.enrol("kiosk")) });
    const take = (): Promise<unknown> => kiosk.send("TakeTicket", ticketWish(uuidv7()));
    await take();
    await waitForCity();
    await city.stop();
    for (let index = 0; index < 20; index += 1) await take();
    await kiosk.until(() => kiosk.messages.some((message) => message.kind === "city" && message.city.state === "down"));
    city = await startCenter({ mode: "city", dataDir: cityDir, port: cityPort });
    await waitForCity();
    expect(await verifyLog(city.context.database, hallId)).toMatchObject({ faults: [] });
    await kiosk.until(() => kiosk.messages.findLast((message) => message.kind === "city")?.city.state === "up");
    kiosk.close();
  });

  it("takes a batch twice without a change, and refuses a gap, a broken chain, a strange key and another history", async () => {
    const records = await readRecords(hall.context.database, hallId, 0, 1_000);
    const { epoch } = hallHead();
    const before = await cityHead();
    expect((await send("", signed(epoch, records))).status).toBe(200);
    expect((await send("", signed(epoch, records.slice(3, 9)))).status).toBe(200);
    expect(await cityHead()).toEqual(before);

    const last = records.at(-1)!;
    const after = { ...last, seq: last.seq + 2, prevHash: last.hash };
    expect(await send("", signed(epoch, relink([after])))).toMatchObject({
      status: 409,
      body: { error: { code: "relay_gap", params: { head: before.head } } },
    });
    const broken = records.map((record, index) => (index === 2 ? { ...record, at: record.at + 1 } : record));
    expect(await send("", signed(epoch, broken))).toMatchObject({
      status: 400,
      body: { error: { code: "bad_request" } },
    });
    expect((await send("", signed(epoch, records), "another-key")).status).toBe(401);
    const forked = relink(records.map((record) => (record.seq >= 5 ? { ...record, at: record.at + 1 } : record)));
    expect(await send("", signed(epoch, forked))).toMatchObject({
      status: 409,
      body: { error: { code: "relay_forked", params: { seq: 5 } } },
    });
    const head = await cityHead();
    expect(head).toMatchObject({ head: before.head, head_hash: before.head_hash });
    expect(head.relay_alarm).toContain("5");
  });

  it("keeps what it held and follows the hall when that was put back from a backup, under a new epoch", async () => {
    const records = await readRecords(hall.context.database, hallId, 0, 1_000);
    const other = relink(records.map((record) => (record.seq >= 10 ? { ...record, at: record.at + 1 } : record))).slice(
      0,
      12,
    );
    const aside = await makeDataDir();
    const second = await startCenter({ mode: "city", dataDir: aside });
    try {
      const otherKey = await putRelayHall(second.context.database, hallId, "x");
      const post = (body: unknown): Promise<Response> =>
        fetch(`${second.url}/api/relay/${hallId}`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${otherKey}` },
          body: JSON.stringify(body),
        });
      expect((await post({ epoch: "one", records })).status).toBe(200);
      const answer = await post({ epoch: "two", records: other.slice(5) });
      expect(await answer.json()).toMatchObject({ head: 12, headHash: other[11]!.hash });
      const { rows } = await second.context.database.query("SELECT seq FROM events_superseded ORDER BY seq");
      expect(rows).toHaveLength(records.length - 9);
      expect(await verifyLog(second.context.database, hallId)).toMatchObject({ events: 12, faults: [] });
    } finally {
      await second.stop();
      await rm(aside, { recursive: true, force: true });
    }
  });

  it("hands a plan down", async () => {
    const plan = hallPlanSchema.parse({ ...testPlan, name: "新名大厅" });
    await putHandedPlan(city.context.database, plan, null);
    const kiosk = await NodeClient.connect({ url: hall.url, ...(await hall.enrol("kiosk")) });
    await kiosk.send("LeaseNumbers", { days: [hall.context.halls.open[0]!.hall.state.day!] });
    await kiosk.until(() => kiosk.state.plan?.name === "新名大厅", 15_000);
    kiosk.close();
  });
});
