import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../center/db/migrate.ts";
import { migrations, type Migration } from "../../center/db/migrations/index.ts";
import { verifyLog } from "../../center/log/verify.ts";
import { createLogger } from "../../center/logger.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { freeLeaseSerials } from "../../shared/domain/queue/lease.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { healthOf, standsStill } from "../helpers/health.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * A newer center comes to a database that an older one works on, and migrates it while two kiosks send (F34). Nobody is refused because of it, nothing that
 * was confirmed is lost or doubled, and the hall does not stand still while the migration waits for its turn.
 */
let center: TestCenter;
let kiosks: OpenTerminal[];
let work: readonly Promise<void>[];
let isWorking: boolean;
const confirmed: string[] = [];
const refused: string[] = [];
const log = createLogger("silent");

/** People at a kiosk, one after the other: numbers and calls for help. */
const useKiosk = async (kiosk: OpenTerminal): Promise<void> => {
  while (isWorking) {
    const outcomes = [
      await kiosk.send("TakeTicket", ticketWish(uuidv7()), { mode: "claim" }),
      await kiosk.send("RequestHelp", { helpId: uuidv7(), place: "自助区" }, { mode: "record" }),
    ];
    for (const { status, commandId } of outcomes.flatMap((each) => ("commandId" in each ? [each] : []))) {
      if (status === "accepted" || status === "kept") confirmed.push(commandId);
      if (status === "refused") refused.push(commandId);
    }
    await pause(10);
  }
};

beforeEach(async () => {
  center = await startCenter({ plan: { ...testPlan, settings: { ...testPlan.settings, leaseSize: 40 } } });
  kiosks = [];
  confirmed.length = 0;
  refused.length = 0;
  for (const { deviceId, secret } of [await center.enrol("kiosk"), await center.enrol("kiosk")])
    kiosks.push(
      await startTerminal({ machine: new TestMachine(), role: "kiosk", deviceId, secret, nodeUrl: center.url }),
    );
  isWorking = true;
  work = kiosks.map(useKiosk);
  await acts(10);
});
afterEach(async () => {
  isWorking = false;
  for (const kiosk of kiosks) await kiosk.close();
  await Promise.allSettled(work);
  await center.stop();
});

/** Waits until so many more acts have been answered. */
const acts = async (count: number): Promise<void> => {
  const until = answered() + count;
  await eventually(() => answered() >= until, `${String(count)} acts more`, 30_000);
};
const answered = (): number =>
  confirmed.length - kiosks.reduce((sum, { connection }) => sum + connection.get().outbox, 0);

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: center.databaseUrl });
  await client.connect();
  return client;
};

/** As the center's owner, past every rule of the program: what the newer program that takes the older one's place makes possible again. */
const asOwner = async (sql: string): Promise<void> => {
  const owner = await connect();
  await owner.query(sql);
  await owner.end();
};

const migrateWith = async (sql: string): Promise<void> => {
  const next: Migration = { id: 100_000, name: "next", sql };
  const client = await connect();
  await migrate(client, log, [...migrations, next]);
  await client.end();
};

/** Everything that people were told is in the log once, nobody was refused, and the chain is whole. */
const balance = async (): Promise<void> => {
  isWorking = false;
  await Promise.all(work);
  await eventually(() => kiosks.every(({ connection }) => connection.get().outbox === 0), "everything sent", 30_000);
  const { database } = center.context;
  const hallId = center.hallId ?? "";
  const { rows } = await database.query<{ id: string }>(
    "SELECT command_id::text AS id FROM events WHERE hall_id = $1 AND type IN ('TicketTaken', 'HelpRequested')",
    [hallId],
  );
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(confirmed.filter((id) => !ids.includes(id))).toEqual([]);
  expect(refused).toEqual([]);
  expect(kiosks.flatMap(({ notices }) => notices.get())).toEqual([]);
  expect((await verifyLog(database, hallId)).faults).toEqual([]);
};

describe("a migration under load (F34)", { timeout: 60_000 }, () => {
  it("that adds to the tables the hall writes to is not noticed", async () => {
    await migrateWith(
      `ALTER TABLE tickets ADD COLUMN shade text NOT NULL DEFAULT 'grey'; ALTER TABLE events ADD COLUMN shade text;
       UPDATE tickets SET shade = 'green'; CREATE INDEX tickets_by_shade ON tickets (hall_id, shade);`,
    );
    await acts(10);
    expect((await healthOf(center.url)).status).toBe(200);
    await balance();
  });

  it("that has to wait for a long reading lets the hall go on meanwhile", async () => {
    const reader = await connect();
    await reader.query("BEGIN");
    await reader.query("SELECT count(*) FROM tickets");
    let isDone = false;
    const migrating = migrateWith("ALTER TABLE tickets ADD COLUMN shade text").then(() => (isDone = true));
    const watcher = await connect();
    const queued = `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE NOT granted AND mode = 'AccessExclusiveLock' AND datname = current_database()`;
    const isQueued = async (): Promise<boolean> => (await watcher.query(queued)).rowCount === 1;
    while (!(await isQueued())) await pause(5);
    await watcher.end();
    await acts(20);
    expect(isDone).toBe(false);
    await reader.query("COMMIT");
    await reader.end();
    await migrating;
    await acts(10);
    await balance();
  });

  it("that takes something away from an older center stops it with a reason, and refuses nobody", async () => {
    await migrateWith("ALTER TABLE tickets RENAME COLUMN calls TO times_called");
    for (const kiosk of kiosks)
      for (let count = 0; count < 5; count += 1) {
        const help = { helpId: uuidv7(), place: "自助区" };
        const outcome = await kiosk.send("RequestHelp", help, { mode: "record" });
        expect(outcome).toMatchObject({ status: "kept" });
        if (outcome.status === "kept") confirmed.push(outcome.commandId);
      }
    expect(await standsStill(center.url)).toContain("calls");
    expect(kiosks.map(({ connection }) => connection.get().outbox).every((waiting) => waiting >= 5)).toBe(true);
    await asOwner("ALTER TABLE tickets RENAME COLUMN times_called TO calls");
    await acts(10);
    expect((await healthOf(center.url)).status).toBe(200);
    await balance();
  });

  it.each([
    {
      what: "must be told what it never heard of",
      tighter: `ALTER TABLE tickets ADD COLUMN shade text NOT NULL DEFAULT 'grey'; ALTER TABLE tickets ALTER COLUMN shade DROP DEFAULT`,
      wider: "ALTER TABLE tickets ALTER COLUMN shade SET DEFAULT 'grey'",
    },
    {
      what: "takes less than it did",
      tighter: "ALTER TABLE tickets ALTER COLUMN item_code TYPE varchar(3)",
      wider: "ALTER TABLE tickets ALTER COLUMN item_code TYPE text",
    },
  ])("after which a table $what stops an older center with a reason, and refuses no printed number", async (change) => {
    const [kiosk] = kiosks;
    const day = kiosk?.hall.get().day ?? "";
    expect(await kiosk?.send("LeaseNumbers", { days: [day] }, { mode: "claim" })).toMatchObject({ status: "accepted" });
    await migrateWith(change.tighter);
    const free = kiosk ? freeLeaseSerials(kiosk.hall.get(), kiosk.info.credentials?.deviceId ?? "", day, "A") : [];
    for (const serial of free.slice(0, 3)) {
      const wish = { ...ticketWish(uuidv7(), { itemCode: "11370100MB28" }), lease: { day, serial } };
      const outcome = await kiosk?.send("TakeTicket", wish, { mode: "record" });
      expect(outcome).toMatchObject({ status: "kept" });
      if (outcome?.status === "kept") confirmed.push(outcome.commandId);
    }
    expect(await standsStill(center.url)).toContain("migration 100000");
    expect(kiosk?.connection.get().outbox).toBeGreaterThanOrEqual(3);
    await asOwner(change.wider);
    await acts(10);
    expect((await healthOf(center.url)).status).toBe(200);
    await balance();
  });
});
