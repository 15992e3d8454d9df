import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Logger } from "../logger.ts";
import { prepareAppRole } from "./roles.ts";
import { migrations, type Migration } from "./migrations/index.ts";

/** Key of the advisory lock: two centers that start at once must not migrate at once. Any constant does. */
const LOCK = 7_204_150_001;

/**
 * Whoever waits for a table to itself keeps out everybody who comes later: behind a backup that is being read, a whole hall that
 * another center serves (F34). So it is waited for a short time, and then all the others go first for a while, milliseconds.
 */
const OTHERS_FIRST_MS = 3_000;

/** The wait, a second and a half as PostgreSQL is made: it ends an autovacuum that is in the way when somebody has waited for `deadlock_timeout`, not before. */
const LIMIT_WAIT = `SELECT set_config('lock_timeout', (setting::integer + 500)::text, true) FROM pg_settings WHERE name = 'deadlock_timeout'`;

/** In a transaction of its own. @throws as the database does; nothing of it is done then */
const apply = async (client: pg.ClientBase, { id, name, sql }: Migration): Promise<void> => {
  await client.query("BEGIN");
  try {
    await client.query(LIMIT_WAIT);
    await client.query(sql);
    await client.query("INSERT INTO migrations (id, name) VALUES ($1, $2)", [id, name]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
};

/** Not in time, or each had what the other one waited for. */
const isKeptOut = (error: unknown): boolean => /^(55P03|40P01)$/.test(String((error as { code?: unknown }).code));

/** Tries until it is its turn. */
const applyInTurn = async (client: pg.ClientBase, log: Logger, migration: Migration): Promise<void> => {
  const { id, name } = migration;
  for (;;) {
    try {
      await apply(client, migration);
      return void log.info({ event: "database.migrated", id, name }, "migration applied");
    } catch (error) {
      if (!isKeptOut(error)) throw error;
      log.warn({ event: "database.migration_waits", id, name }, "others use its tables: the migration waits");
      await sleep(OTHERS_FIRST_MS);
    }
  }
};

/** Says that a newer program has changed the schema; null when this one knows all that is in it. */
export const schemaFault = async (
  db: { query(sql: string): Promise<{ readonly rows: readonly unknown[] }> },
  list: readonly Migration[] = migrations,
): Promise<string | null> => {
  const known = new Set(list.map(({ id }) => id));
  const { rows } = await db.query("SELECT id FROM migrations ORDER BY id");
  const newer = (rows as readonly { readonly id: number }[]).find(({ id }) => !known.has(id));
  return newer === undefined
    ? null
    : `The database has migration ${String(newer.id)}, which this program does not know: update the program.`;
};

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
    const fault = await schemaFault(client, list);
    if (fault !== null) throw new Error(fault);
    for (const migration of list) {
      if (done.has(migration.id)) continue;
      await applyInTurn(client, log, migration);
    }
    return list === migrations && (await prepareAppRole(client, log));
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
};
