import type pg from "pg";
import type { Logger } from "../logger.ts";

/** The role that the program works under once the schema is up to date. */
export const APP_ROLE = "service_hall_app";

/** What nobody may change once it is written: the log, what was set aside of it and why, who looked at whose data, and what was erased. */
const APPEND_ONLY = ["events", "events_superseded", "relay_disputes", "staff_audit", "erasures"] as const;

const NO_PRIVILEGE = "42501";
const EXISTS_ALREADY = ["42710", "23505"];

/** Runs what a plain user may not. @returns false when this one may not */
const attempt = async (client: pg.ClientBase, sql: string): Promise<boolean> => {
  try {
    await client.query(sql);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === NO_PRIVILEGE) return false;
    throw error;
  }
};

/** @returns false when the database's user may not make roles */
const makeRole = async (client: pg.ClientBase): Promise<boolean> => {
  const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APP_ROLE]);
  if (rowCount === 1) return true;
  try {
    return await attempt(client, `CREATE ROLE ${APP_ROLE} NOLOGIN`);
  } catch (error) {
    // Roles belong to the whole server: another database's center has made it just now.
    if (EXISTS_ALREADY.includes((error as { code?: string }).code ?? "")) return true;
    throw error;
  }
};

/** Whether there is nothing to grant: every table is open to the role, the log closed against change, its parts against all. */
const isGranted = async (client: pg.ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ granted: boolean }>(
    `SELECT bool_and(has_table_privilege($1, c.oid, 'INSERT') <> c.relispartition
                     AND has_table_privilege($1, c.oid, 'UPDATE') = (c.relname <> ALL ($2) AND NOT c.relispartition)) AS granted
     FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'migrations'`,
    [APP_ROLE, APPEND_ONLY],
  );
  return rows[0]?.granted === true;
};

const grant = async (client: pg.ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ schema: string }>("SELECT quote_ident(current_schema()) AS schema");
  const schema = rows[0]?.schema ?? "public";
  // The whole log is the one way to its parts.
  const parts = await client.query<{ names: string }>(
    `SELECT string_agg(c.oid::regclass::text, ', ') AS names FROM pg_class c
     WHERE c.relispartition AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace`,
  );
  return attempt(
    client,
    `GRANT ${APP_ROLE} TO CURRENT_USER;
     GRANT USAGE ON SCHEMA ${schema} TO ${APP_ROLE};
     GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${APP_ROLE};
     GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${APP_ROLE};
     REVOKE UPDATE, DELETE ON ${APPEND_ONLY.join(", ")} FROM ${APP_ROLE};
     REVOKE ALL ON ${parts.rows[0]?.names ?? ""} FROM ${APP_ROLE};
     REVOKE INSERT, UPDATE, DELETE ON migrations FROM ${APP_ROLE};
     GRANT EXECUTE ON FUNCTION supersede_events(text, bigint, text, bigint) TO ${APP_ROLE};`,
  );
};

/**
 * Makes the role that may do everything with the data but change the log, and hands it the tables as they are now.
 * Runs after the migrations and under their lock.
 * @returns whether the program can work under it; false on a server whose user may not make or take roles, where the log
 *   is guarded by its triggers alone
 */
export const prepareAppRole = async (client: pg.ClientBase, log: Logger): Promise<boolean> => {
  if ((await makeRole(client)) && ((await isGranted(client)) || (await grant(client)))) return true;
  log.warn(
    { event: "database.no_role", role: APP_ROLE },
    "the database user may not make roles: triggers guard the log",
  );
  return false;
};
