import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyLog } from "../../center/log/verify.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { freeLeaseSerials } from "../../shared/domain/queue/lease.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { makeDataDir, startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { healthOf, standsStill } from "../helpers/health.ts";
import { Random } from "../helpers/random.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * One bit of the node's database turns over on its disk (F09), in the file of a real PostgreSQL with page checksums, as every node's is made. Nothing that is
 * not so is read, told or built upon: the node says what is wrong, the kiosk goes on out of its lease, and when the page is put back everything arrives once.
 */
let dataDir: string;
let center: TestCenter;
let kiosk: OpenTerminal;
const plan = { ...testPlan, settings: { ...testPlan.settings, leaseSize: 40 } };

beforeEach(async () => {
  dataDir = await makeDataDir();
  center = await startCenter({ dataDir, plan });
  const { deviceId, secret } = await center.enrol("kiosk");
  kiosk = await startTerminal({ machine: new TestMachine(), role: "kiosk", deviceId, secret, nodeUrl: center.url });
  await eventually(() => kiosk.connection.get().link === "online", "on-line");
  await kiosk.send("LeaseNumbers", { days: [day()] }, { mode: "claim" });
  for (let n = 1; n <= 5; n += 1) await kiosk.send("TakeTicket", ticketWish(`t${String(n)}`), { mode: "claim" });
  await eventually(() => kiosk.connection.get().outbox === 0, "everything sent");
});
afterEach(async () => {
  await kiosk.close();
  await center.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const day = (): string => kiosk.hall.get().day ?? "";

const sql = async <T extends pg.QueryResultRow>(...statements: readonly string[]): Promise<readonly T[]> => {
  const client = new pg.Client({ connectionString: center.databaseUrl });
  await client.connect();
  try {
    let rows: T[] = [];
    for (const statement of statements) ({ rows } = await client.query<T>(statement));
    return rows;
  } finally {
    await client.end();
  }
};

/**
 * Turns one bit over within `text`, where it stands in the file of a table that nobody is using.
 * @returns puts the page back
 */
const tear = async (table: string, text: string, random: Random): Promise<() => Promise<void>> => {
  const [place] = await sql<{ path: string }>(
    "CREATE EXTENSION IF NOT EXISTS pg_buffercache",
    "CHECKPOINT",
    `SELECT pg_buffercache_evict_relation('${table}')`,
    `SELECT pg_relation_filepath('${table}') AS path`,
  );
  const file = await open(join(dataDir, "pg", place?.path ?? ""), "r+");
  const bytes = await file.readFile();
  const found = bytes.indexOf(text);
  expect(found, `${text} in ${table}`).toBeGreaterThan(0);
  const at = found + random.between(0, text.length - 1);
  const turn = async (byte: number): Promise<void> => {
    await file.write(Buffer.of(byte), 0, 1, at);
    await file.sync();
  };
  const before = bytes[at] ?? 0;
  await turn(before ^ (1 << random.between(0, 6)));
  return async () => {
    await turn(before);
    await file.close();
  };
};

/** Somebody takes a number while the node is of no help. */
const takeFromLease = async (): Promise<string> => {
  const [serial] = freeLeaseSerials(kiosk.hall.get(), kiosk.info.credentials?.deviceId ?? "", day(), "A");
  const wish = { ...ticketWish(`alone-${String(serial)}`), lease: { day: day(), serial: serial ?? 0 } };
  const outcome = await kiosk.send("TakeTicket", wish, { mode: "record" });
  expect(outcome).toMatchObject({ status: "kept" });
  return outcome.status === "kept" ? outcome.commandId : "";
};

const eventsOf = async (ids: readonly string[]): Promise<number> => {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::integer AS count FROM events WHERE command_id::text IN (${ids.map((id) => `'${id}'`).join(", ")})`,
  );
  return row?.count ?? 0;
};

describe("a torn page of the node's database (F09)", { timeout: 60_000 }, () => {
  it.each([
    { seed: 1, table: "tickets", text: "t3" },
    { seed: 2, table: "halls", text: "head_hash" },
  ])("of $table stops the hall with a reason, not the kiosk (seed $seed)", async ({ seed, table, text }) => {
    const hallId = center.hallId ?? "";
    const { hall } = await center.context.halls.get(hallId);
    const { seq, hash } = hall.head;
    const mend = await tear(table, text === "head_hash" ? hash : text, new Random(seed));
    const ids = [await takeFromLease(), await takeFromLease(), await takeFromLease()];
    expect(await standsStill(center.url)).toContain("invalid page");
    ids.push(await takeFromLease());
    expect(kiosk.connection.get().outbox).toBe(ids.length);
    expect(hall.head.seq).toBe(seq);

    await mend();
    await eventually(() => kiosk.connection.get().outbox === 0, "everything sent", 30_000);
    expect(await eventsOf(ids)).toBe(ids.length);
    expect((await healthOf(center.url)).status).toBe(200);
    expect(await verifyLog(center.context.database, hallId)).toEqual({ events: hall.head.seq, faults: [] });
  });

  it("of the log: it is not told to be whole, and a node does not start on it", async () => {
    const hallId = center.hallId ?? "";
    const [part] = await sql<{ part: string }>("SELECT tableoid::regclass::text AS part FROM events LIMIT 1");
    const mend = await tear(part?.part ?? "", "ticketId", new Random(3));
    await expect(verifyLog(center.context.database, hallId)).rejects.toThrow("invalid page");
    const id = await takeFromLease();
    await center.stop();
    await expect(startCenter({ dataDir, plan })).rejects.toThrow("invalid page");
    const another = await takeFromLease();
    await mend();
    center = await startCenter({ dataDir, plan, port: Number(new URL(center.url).port) });
    await eventually(() => kiosk.connection.get().outbox === 0, "everything sent", 30_000);
    expect(await eventsOf([id, another])).toBe(2);
    expect((await verifyLog(center.context.database, hallId)).faults).toEqual([]);
  });
});
