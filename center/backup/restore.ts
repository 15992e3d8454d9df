import pg from "pg";
import { uuidv7 } from "uuidv7";
import { migrate } from "../db/migrate.ts";
import { migrations } from "../db/migrations/index.ts";
import type { Logger } from "../logger.ts";
import { backupHeadSchema, type BackupHead } from "./backup.ts";
import { readSealed, SealedFileError } from "./sealed-file.ts";

const ROWS_AT_ONCE = 200;

/** Why a backup cannot be put back. */
export class RestoreError extends Error {}

/** Reads a backup to its end without putting anything back. @throws SealedFileError when it is not whole */
export const checkBackup = async (file: string, passphrase: string): Promise<BackupHead> => {
  let head: BackupHead | undefined;
  for await (const line of readSealed(file, passphrase)) head ??= backupHeadSchema.parse(JSON.parse(line));
  if (!head) throw new SealedFileError("the file is empty");
  return head;
};

/**
 * Puts a backup into an empty database. Each hall of this center begins a new epoch: terminals that hold more than the
 * backup take the log as it is now and send again what it has lost; the city keeps what it had and follows.
 * @param databaseUrl the owner's; its tables are made anew
 * @throws RestoreError when the database is not empty or older than the backup; nothing has been changed then
 */
export const restore = async (
  options: { readonly databaseUrl: string; readonly file: string; readonly passphrase: string },
  log: Logger,
): Promise<BackupHead> => {
  const { databaseUrl, file, passphrase } = options;
  const head = await checkBackup(file, passphrase);
  const known = new Set(migrations.map(({ id }) => id));
  const unknown = head.migrations.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new RestoreError(
      `The backup has migration ${String(unknown)}, which this program does not know: update the program.`,
    );
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await assertEmpty(client);
    await client.query("DROP SCHEMA public CASCADE");
    await client.query("CREATE SCHEMA public");
    // The tables as they were then; what came later changes them together with their rows.
    const then = new Set(head.migrations);
    await migrate(
      client,
      log,
      migrations.filter(({ id }) => then.has(id)),
    );
    await client.query("BEGIN");
    await load(client, readSealed(file, passphrase));
    for (const { hallId } of head.halls)
      await client.query("UPDATE halls SET epoch = $2 WHERE hall_id = $1 AND homed", [hallId, uuidv7()]);
    await client.query("COMMIT");
    await migrate(client, log);
    return head;
  } finally {
    await client.end();
  }
};

const assertEmpty = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ halls: string | null }>("SELECT to_regclass('halls') AS halls");
  if (rows[0]?.halls == null) return;
  const { rowCount } = await client.query("SELECT 1 FROM halls LIMIT 1");
  if (rowCount !== 0)
    throw new RestoreError("There is a hall in this database already. Restore into an empty data folder (--data).");
};

const load = async (client: pg.Client, lines: AsyncIterable<string>): Promise<void> => {
  let table = "";
  let rows: string[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const name = pg.escapeIdentifier(table);
    await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`, [
      `[${rows.join(",")}]`,
    ]);
    rows = [];
  };
  for await (const line of lines) {
    if (line.startsWith("#")) {
      await flush();
      table = line.slice(1);
    } else if (table !== "") {
      rows.push(line);
      if (rows.length >= ROWS_AT_ONCE) await flush();
    }
  }
  await flush();
};
