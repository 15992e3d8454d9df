import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { logPartsOf, planOf, readsWholeLog } from "../../tests/helpers/query-plan.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import { GENESIS_HASH } from "../../shared/contract/log-record.ts";
import { hashOfText } from "../log/canonical.ts";
import { verifyLog } from "../log/verify.ts";
import { createLogger } from "../logger.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";

/*
 * The log in parts by hall (decision 0070), on a real database:
 * 1. A database with data gets it by migration: every event is there, the chains verify, nobody can change or empty it.
 * 2. Every table could be spread by hall_id: each unique key begins with it, or the table is named here with the reason.
 * 3. What a working hall asks of the log carries the hall's id: each statement touches one part, by an index.
 */
const log = createLogger("silent");
let center: TestCenter;
let owner: pg.Client;
/** What goes to the database; what the center asked while it started. */
const sent = vi.spyOn(pg.Client.prototype, "query");
let atStart: readonly unknown[][] = [];

/** Each statement that names the log, once, with values that it was sent with. */
const asked = (calls: readonly unknown[][]): ReadonlyMap<string, unknown[]> => {
  const found = new Map<string, unknown[]>();
  for (const [statement, values] of calls) {
    const { text, values: own } =
      typeof statement === "string" ? { text: statement } : (statement as { text?: string; values?: unknown });
    const given = own ?? values;
    if (text !== undefined && /^\s*(SELECT|UPDATE)[^]*\bevents\b/.test(text))
      found.set(text, Array.isArray(given) ? given : []);
  }
  return found;
};

beforeAll(async () => {
  center = await startCenter({ mode: "city", plan: testPlan, ownServer: true });
  atStart = [...sent.mock.calls];
  owner = new pg.Client({ connectionString: center.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  sent.mockRestore();
  await owner.end();
  await center.stop();
});

const databaseOf = async (name: string): Promise<pg.Client> => {
  await owner.query(`CREATE DATABASE ${name}`);
  const url = new URL(center.databaseUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  return client;
};

/** A hall's log of `count` events with its true chain, as an older program wrote it. */
const writeLog = async (client: pg.Client, hallId: string, count: number): Promise<void> => {
  let prevHash = GENESIS_HASH;
  for (let seq = 1; seq <= count; seq += 1) {
    const actor = canonicalJson({ deviceId: "k1", role: "kiosk" });
    const data = canonicalJson({ ticketId: `t${String(seq)}`, number: "A001", note: "大厅\n\t\\" });
    const head = {
      hallId,
      seq,
      type: "TicketTaken",
      v: 1,
      at: seq,
      recordedAt: seq,
      commandId: uuidv7(),
      actor,
      data,
      prevHash,
    };
    const hash = hashOfText(head);
    await client.query(
      "INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      [hallId, seq, head.type, 1, seq, seq, head.commandId, actor, data, prevHash, hash],
    );
    prevHash = hash;
  }
  await client.query("INSERT INTO halls (hall_id, epoch, head, head_hash, homed) VALUES ($1, 'e', $2, $3, true)", [
    hallId,
    count,
    prevHash,
  ]);
};

describe("the log in parts by hall", () => {
  it("takes over a log that was in one piece: every event, every chain, and still nobody can change it", async () => {
    const client = await databaseOf("grown_city");
    await migrate(
      client,
      log,
      migrations.filter(({ id }) => id < 70),
    );
    const halls = Array.from({ length: 12 }, (_, index) => `hall-${String(index)}`);
    for (const hallId of halls) await writeLog(client, hallId, 7);
    const whole = "SELECT * FROM events ORDER BY hall_id, seq";
    const before = (await client.query(whole)).rows;
    expect(await migrate(client, log)).toBe(true);
    expect((await client.query(whole)).rows).toEqual(before);
    for (const hallId of halls) expect(await verifyLog(client, hallId)).toEqual({ events: 7, faults: [] });
    const { rows: parts } = await client.query<{ part: string; halls: number }>(
      "SELECT tableoid::regclass::text AS part, count(DISTINCT hall_id)::integer AS halls FROM events GROUP BY 1",
    );
    expect(parts.length).toBeGreaterThan(4);
    expect(parts.reduce((sum, part) => sum + part.halls, 0)).toBe(halls.length);
    const part = parts[0]?.part ?? "";
    for (const sql of ["UPDATE events SET at = 0", `DELETE FROM ${part}`, "TRUNCATE events", `TRUNCATE ${part}`])
      await expect(client.query(sql), sql).rejects.toThrow("append-only");
    await client.query("SET ROLE service_hall_app");
    for (const sql of [
      "DELETE FROM events",
      `UPDATE ${part} SET at = 0`,
      `DELETE FROM ${part}`,
      `SELECT 1 FROM ${part}`,
    ])
      await expect(client.query(sql), sql).rejects.toThrow("permission denied");
    await client.end();
  });

  it("leaves everything as it was when it cannot be taken over", async () => {
    const client = await databaseOf("hurt_city");
    await migrate(
      client,
      log,
      migrations.filter(({ id }) => id < 70),
    );
    // A table that lost its key before: the same event twice.
    await client.query("ALTER TABLE events DROP CONSTRAINT events_pkey");
    await writeLog(client, "h", 3);
    await client.query("INSERT INTO events SELECT * FROM events WHERE seq = 2");
    await expect(migrate(client, log)).rejects.toThrow("could not create unique index");
    expect((await client.query("SELECT 1 FROM events")).rowCount).toBe(4);
    expect((await client.query("SELECT 1 FROM migrations WHERE id = 70")).rowCount).toBe(0);
    await client.end();
  });
});

/** Tables that belong to no hall: on Citus each would be a reference table, the same on every node. */
const REFERENCE = {
  authority: "whose certificates the installation serves with; one row",
  migrations: "what the schema is; a few rows, written at an update",
  platforms: "booking platforms of the city, which push to every hall; a handful",
  releases: "versions of the terminal's program, given to all halls in stages; a handful",
};

describe("spreading by hall_id", () => {
  it("is open to every table: each unique key begins with hall_id, and what belongs to no hall is named", async () => {
    const { rows: tables } = await owner.query<{ name: string; has: boolean }>(
      `SELECT c.relname AS name, EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'hall_id' AND a.attnotnull) AS has
       FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    expect(tables.filter(({ has }) => !has).map(({ name }) => name)).toEqual(Object.keys(REFERENCE));
    const { rows: keys } = await owner.query<{ index: string }>(
      `SELECT i.indexrelid::regclass::text AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
       WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL ($1) AND a.attname IS DISTINCT FROM 'hall_id'`,
      [Object.keys(REFERENCE)],
    );
    expect(keys).toEqual([]);
    const { rows: foreign } = await owner.query(
      "SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
    );
    expect(foreign, "a foreign key would have to carry hall_id too").toEqual([]);
    const { rows: log } = await owner.query<{ by: string }>("SELECT pg_get_partkeydef('events'::regclass) AS by");
    expect(log).toEqual([{ by: "HASH (hall_id)" }]);
  });

  it("costs no question that crosses halls: each statement on the log of a working hall touches one part, by an index", async () => {
    sent.mockClear();
    const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
    // One goes by a statement of its own, many at once by others.
    expect(await kiosk.send("TakeTicket", ticketWish(uuidv7()))).toMatchObject({ status: "accepted" });
    await kiosk.sendAll(Array.from({ length: 40 }, () => NodeClient.command("TakeTicket", ticketWish(uuidv7()))));
    kiosk.close();
    const { database, cityFigures } = center.context;
    await cityFigures?.caughtUp();
    await verifyLog(database, testPlan.hallId);
    const own = asked([...atStart, ...sent.mock.calls]);
    expect(own.size).toBeGreaterThanOrEqual(5);
    await owner.query("SET enable_seqscan = off");
    for (const [text, values] of own) {
      const plan = await planOf(owner, text, values);
      expect(logPartsOf(plan).size, `${text}\n${plan}`).toBe(1);
      expect(readsWholeLog(plan), plan).toBe(false);
    }
  });
});
