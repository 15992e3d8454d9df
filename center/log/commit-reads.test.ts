import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GENESIS_HASH } from "../../shared/contract/log-record.ts";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { findResults, type HallHead } from "./store.ts";
import { writeBatch } from "./write-batch.ts";

/*
 * A commit costs the same whatever lies in the log before it (decision 0126). A session keeps the plans of its statements, so one made while the log was new
 * and small must still be good when it has grown: what is read is counted by the database itself.
 */
const ROUNDS = 12;

let center: TestCenter;
let client: pg.Client;
beforeAll(async () => {
  center = await startCenter();
});
afterAll(() => center.stop());

/** Rows of the log that were read so far, from end to end or by an index. */
const readOfLog = async (): Promise<number> => {
  await client.query("SELECT pg_stat_force_next_flush()");
  const { rows } = await client.query<{ read: string }>(
    "SELECT sum(seq_tup_read + idx_tup_fetch) AS read FROM pg_stat_user_tables WHERE relname LIKE 'events_part_%'",
  );
  return Number(rows[0]?.read);
};

const hashOf = (seq: number): string => String(seq).padStart(64, "0");

/** Writes so many events behind the head. */
const write = async (hallId: string, head: HallHead, count: number): Promise<HallHead> => {
  const events = Array.from({ length: count }, (_, index) => {
    const seq = head.seq + 1 + index;
    const row = { hallId, seq, type: "DayOpened", v: 1, at: 1, recordedAt: 1, actor: "{}", data: "{}" };
    return { ...row, commandId: uuidv7(), prevHash: hashOf(seq - 1), hash: hashOf(seq) };
  });
  const none = { newTickets: [], changedTickets: [], reviews: [], intakes: new Map(), cases: [], anomalies: [] };
  const next = { ...head, seq: head.seq + count, hash: hashOf(head.seq + count) };
  const premise = { head, commandIds: events.map(({ commandId }) => commandId) };
  await writeBatch(client, hallId, { ...none, events, answers: [], personal: [] }, next, "test", premise);
  return next;
};

describe("a commit", () => {
  // As a day begins at a new center; the tables were looked at while they were small; and few events go another way than many.
  it.each([
    { count: 400, tables: "of which nothing is known", looked: false },
    { count: 400, tables: "looked at while small", looked: true },
    { count: 3, tables: "of which nothing is known", looked: false },
    { count: 3, tables: "looked at while small", looked: true },
  ])("of $count events reads nothing of the log before it, in tables $tables", async ({ count, looked }) => {
    const hall = `hall-${String(count)}-${String(looked)}`;
    client = new pg.Client({ connectionString: center.databaseUrl });
    await client.connect();
    try {
      let head: HallHead = { epoch: uuidv7(), seq: 0, hash: GENESIS_HASH, recordedAt: 1 };
      await client.query("INSERT INTO halls (hall_id, epoch, head_hash, homed, name) VALUES ($1, $2, $3, false, $1)", [
        hall,
        head.epoch,
        GENESIS_HASH,
      ]);
      if (looked) {
        head = await write(hall, head, 20);
        await client.query("ANALYZE events, commands");
      }
      const reads: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = await readOfLog();
        head = await write(hall, head, count);
        reads.push((await readOfLog()) - before);
      }
      // The head, when many are written; and whoever plans a statement looks at the ends of an index.
      expect(Math.max(...reads), `rows of the log read by each commit: ${reads.join(", ")}`).toBeLessThan(10);
    } finally {
      await client.end();
    }
  });

  it("finds what was answered before among many events by their index alone", async () => {
    client = new pg.Client({ connectionString: center.databaseUrl });
    await client.connect();
    try {
      const ofThem =
        "SELECT command_id, seq FROM events WHERE hall_id = 'hall-400-false' AND seq IN (7, 3000) ORDER BY seq";
      const { rows } = await client.query<{ command_id: string; seq: string }>(ofThem);
      const answers = rows.map(({ command_id: commandId, seq }) => ({
        commandId,
        status: "accepted",
        seq: Number(seq),
      }));
      const before = await readOfLog();
      const ids = [uuidv7(), ...answers.map(({ commandId }) => commandId), uuidv7()];
      expect([...(await findResults(client, "hall-400-false", ids)).values()]).toEqual(answers);
      expect((await readOfLog()) - before).toBe(answers.length);
    } finally {
      await client.end();
    }
  });
});
