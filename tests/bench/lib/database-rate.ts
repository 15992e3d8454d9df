import pg from "pg";
import type { BenchContext } from "./bench.ts";
import { startPostgres } from "./postgres.ts";

/** The log's own table, so that the reference writes what the node writes. */
const TABLE = `CREATE TABLE bench_events (
  hall_id text NOT NULL, seq bigint NOT NULL, type text NOT NULL, v integer NOT NULL, at bigint NOT NULL,
  data text NOT NULL, PRIMARY KEY (hall_id, seq))`;

/** Rows per second that the database itself takes: `batch` rows a statement, a commit each, one connection, fsync on. */
export const batchedInsertRate = async (
  context: BenchContext,
  batches: readonly (readonly string[])[],
): Promise<number> => {
  const client = new pg.Client(await startPostgres(context));
  await client.connect();
  context.defer(() => client.end());
  const { rows } = await client.query<{ fsync: string }>("SHOW fsync");
  if (rows[0]?.fsync !== "on") throw new Error("fsync is off: this would be no reference");
  await client.query(TABLE);
  const text = `INSERT INTO bench_events
    SELECT 'bench', * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::bigint[], $5::text[])`;
  let seq = 0;
  const insert = async (data: readonly string[]): Promise<void> => {
    const seqs = data.map(() => (seq += 1));
    const types = data.map(() => "TicketTaken");
    const ones = data.map(() => 1);
    await client.query({ name: "insert", text, values: [seqs, types, ones, seqs, data] });
  };
  // The connection, the plan and the first pages warm, as in a hall that is open.
  for (const batch of batches.slice(0, 5)) await insert(batch);
  const since = performance.now();
  for (const batch of batches) await insert(batch);
  return (batches.length * (batches[0]?.length ?? 0) * 1000) / (performance.now() - since);
};
