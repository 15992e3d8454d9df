import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * A database that waits for a standby that is not there. What it has committed for itself alone may be lost with it: nobody is told that it was taken
 * until the standby has it, whatever ends the wait.
 */
let center: TestCenter;
let owner: pg.Client;

beforeAll(async () => {
  center = await startCenter({ postgresFlags: ["-c", "wal_level=replica", "-c", "max_wal_senders=1"] });
  owner = await connect();
  await owner.query("SET synchronous_commit = local");
});
afterEach(async () => {
  await owner.query("ALTER SYSTEM RESET synchronous_standby_names");
  await owner.query("SELECT pg_reload_conf()");
});
afterAll(async () => {
  await owner.end();
  await center.stop();
});

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: center.databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  return client;
};

/** Servers' processes whose COMMIT waits for the standby, and whether they write to the log. */
const waiting = async (): Promise<readonly { pid: number; writesLog: boolean }[]> => {
  const { rows } = await owner.query<{ pid: number; writesLog: boolean }>(
    `SELECT a.pid, EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.mode = 'RowExclusiveLock' AND l.relation = 'events'::regclass) AS "writesLog"
     FROM pg_stat_activity a WHERE a.wait_event = 'SyncRep'`,
  );
  return rows;
};

/** Long enough for a busy machine. */
const SOON = { timeout: 20_000 };

/** Names a standby, and waits until commits wait for it: the server takes the setting up in its own time. */
const waitForStandby = async (): Promise<void> => {
  await owner.query("ALTER SYSTEM SET synchronous_standby_names = 'a_standby_that_is_away'");
  await owner.query("SELECT pg_reload_conf()");
  const probe = await connect();
  const { rows } = await probe.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const isProbe = ({ pid }: { pid: number }): boolean => pid === rows[0]?.pid;
  for (let waits = false; !waits;) {
    let back = false;
    const ended = probe.query("SELECT pg_logical_emit_message(true, 'probe', '')").then(
      () => (back = true),
      () => (back = true),
    );
    await vi.waitFor(async () => {
      waits = (await waiting()).some(isProbe);
      if (!waits && !back) throw new Error("neither waits nor is back");
    }, SOON);
    if (!waits) await ended;
  }
  await owner.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await vi.waitFor(async () => expect((await waiting()).some(isProbe)).toBe(false), SOON);
};

it.each(["pg_terminate_backend", "pg_cancel_backend"])(
  "acknowledges nothing that only this server has: %s ends the wait, and the act sent again waits anew",
  { timeout: 60_000 },
  async (endsWait) => {
    const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
    await waitForStandby();
    const ticketId = uuidv7();
    const command = NodeClient.command("TakeTicket", ticketWish(ticketId));
    const answer = kiosk.sendAll([command], 50_000);
    let first: { pid: number } | undefined;
    await vi.waitFor(async () => {
      first = (await waiting()).find(({ writesLog }) => writesLog);
      expect(first).toBeDefined();
    }, SOON);
    const { hall } = await center.context.halls.get(center.hallId ?? "");
    const before = hall.head.seq;
    await owner.query(`SELECT ${endsWait}($1)`, [first?.pid]);
    // The server has it and says so; the center looks it up and has the look-up wait for the standby.
    await vi.waitFor(async () => {
      const { rowCount } = await owner.query("SELECT 1 FROM events WHERE command_id = $1", [command.command.id]);
      expect(rowCount).toBe(1);
      expect(await waiting()).not.toEqual([]);
    }, SOON);
    expect(kiosk.results.has(command.command.id)).toBe(false);
    // Nor is it shown: who saw it would hold more than the hall, were this server lost now.
    expect(hall.head.seq).toBe(before);
    expect(JSON.stringify(kiosk.events)).not.toContain(ticketId);
    await owner.query("ALTER SYSTEM RESET synchronous_standby_names");
    await owner.query("SELECT pg_reload_conf()");
    expect(await answer).toMatchObject([{ commandId: command.command.id, status: "accepted" }]);
    expect((await owner.query("SELECT 1 FROM tickets WHERE ticket_id = $1", [ticketId])).rowCount).toBe(1);
    kiosk.close();
  },
);
