import pg from "pg";
import { z } from "zod";
import { writeSealed } from "./sealed-file.ts";

/** First line of a backup. */
export const backupHeadSchema = z.object({
  format: z.literal(1),
  at: z.int(),
  migrations: z.array(z.int()),
  /** Opens the personal records and the files of cases, hex. */
  nodeKey: z.string(),
  halls: z.array(z.object({ hallId: z.string(), head: z.int() })),
});
export type BackupHead = z.infer<typeof backupHeadSchema>;

const ROWS_AT_ONCE = 200;

/** A line that begins the rows of a table. */
export const tableLine = (table: string): string => `#${table}`;

/**
 * Writes everything that a center keeps into one sealed file: all tables as they were at one instant, and the key without
 * which they cannot be read. The center goes on working meanwhile.
 * @param databaseUrl the owner's
 * @returns what the file holds
 */
export const backUp = async (
  options: {
    readonly databaseUrl: string;
    readonly nodeKey: Buffer;
    readonly file: string;
    readonly passphrase: string;
  },
  now: number,
): Promise<BackupHead> => {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const migrations = await client.query<{ id: number }>("SELECT id FROM migrations ORDER BY id");
    const halls = await client.query<{ hall_id: string; head: number }>(
      "SELECT hall_id, head FROM halls ORDER BY hall_id",
    );
    const head: BackupHead = {
      format: 1,
      at: now,
      migrations: migrations.rows.map(({ id }) => id),
      nodeKey: options.nodeKey.toString("hex"),
      halls: halls.rows.map((row) => ({ hallId: row.hall_id, head: row.head })),
    };
    await writeSealed(options.file, options.passphrase, linesOf(client, head));
    return head;
  } finally {
    await client.end();
  }
};

const linesOf = async function* (client: pg.Client, head: BackupHead): AsyncGenerator<string> {
  yield JSON.stringify(head);
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
     AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'migrations' ORDER BY 1`,
  );
  for (const { name } of tables) {
    yield tableLine(name);
    await client.query(
      `DECLARE rows CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${pg.escapeIdentifier(name)} t`,
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`FETCH ${String(ROWS_AT_ONCE)} FROM rows`);
      for (const { line } of rows) yield line;
      if (rows.length < ROWS_AT_ONCE) break;
    }
    await client.query("CLOSE rows");
  }
};
