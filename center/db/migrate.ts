import type pg from "pg";
import type { Logger } from "../logger.ts";
import { prepareAppRole } from "./roles.ts";
import { migrations, type Migration } from "./migrations/index.ts";

/** Key of the advisory lock: two centers that start at once must not migrate at once. Any constant does. */
const LOCK = 7_204_150_001;

/**
 * Brings the database to the newest schema: each missing migration in a transaction of its own.
 * @returns whether the program can work under the role that may not change the log
 * @throws when the database is newer than this program: an older one must not write to it
 */
export const migrate = async (
  client: pg.ClientBase,
  log: Logger,
  list: readonly Migration[] = migrations,
): Promise<boolean> => {
  await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
  try {
    await client.query(
      "CREATE TABLE IF NOT EXISTS migrations (id integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const { rows } = await client.query<{ id: number }>("SELECT id FROM migrations");
    const done = new Set(rows.map((row) => row.id));
    const known = new Set(list.map((migration) => migration.id));
    const newer = [...done].find((id) => !known.has(id));
    if (newer !== undefined)
      throw new Error(
        `The database has migration ${String(newer)}, which this program does not know: update the program.`,
      );
    for (const migration of list) {
      if (done.has(migration.id)) continue;
      await client.query("BEGIN");
      try {
        await client.query(migration.sql);
        await client.query("INSERT INTO migrations (id, name) VALUES ($1, $2)", [migration.id, migration.name]);
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      }
      log.info({ event: "database.migrated", id: migration.id, name: migration.name }, "migration applied");
    }
    return list === migrations && (await prepareAppRole(client, log));
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
};
