import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { Database } from "../../center/db/database.ts";
import { databaseUrlOf, EmbeddedDatabase, readServerAddress } from "../../center/db/embedded.ts";
import { createLogger } from "../../center/logger.ts";
import { SERVERS_FOLDER } from "./database-servers.ts";

const log = createLogger("silent");

/** Two centers of a test, each with all its writers, and what the files before have not closed yet. */
const FLAGS = ["-c", "max_connections=200"];

const ofServer = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/** The server of an earlier file on this folder; undefined when there is none that answers: a killed one leaves its pid file. */
const runningServer = async (folder: string): Promise<string | undefined> => {
  const address = await readServerAddress(folder);
  if (address === undefined) return undefined;
  const password = (await readFile(join(folder, "pg-password"), "utf8")).trim();
  const url = databaseUrlOf({ ...address, password });
  return ofServer(url, "SELECT 1").then(
    () => url,
    () => undefined,
  );
};

const startServer = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  // Whatever the umask of this process says: as root the database runs as another user, who must be able to get there.
  await chmod(folder, 0o755);
  const server = new EmbeddedDatabase(folder, log, FLAGS);
  await server.start();
  return server.url;
};

/**
 * The server on a folder, with an empty migrated database to copy; started by the first file that needs it, and again when it
 * was killed.
 * @returns the address of the empty database
 */
export const openServer = async (folder: string): Promise<string> => {
  const url = (await runningServer(folder)) ?? (await startServer(folder));
  const ready = join(folder, "ready");
  if (existsSync(ready)) return url;
  // Nobody stays connected to it: a database that is in use cannot be copied.
  await (await Database.open({ url, dataDir: folder, log })).close();
  await writeFile(ready, "");
  return url;
};

export interface FreshDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/**
 * An empty database, migrated, on a server that the test files of this worker use one after the other: to start a server for
 * each center takes longer than most tests. undefined outside of vitest.
 */
export const freshDatabase = async (): Promise<FreshDatabase | undefined> => {
  const servers = process.env[SERVERS_FOLDER];
  if (servers === undefined) return undefined;
  const template = new URL(await openServer(join(servers, process.env["VITEST_POOL_ID"] ?? "1")));
  const name = `test_${randomBytes(8).toString("hex")}`;
  const maintenance = Object.assign(new URL(template), { pathname: "/postgres" }).href;
  await ofServer(maintenance, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
  return {
    url: Object.assign(new URL(template), { pathname: `/${name}` }).href,
    remove: () => ofServer(maintenance, `DROP DATABASE ${name} WITH (FORCE)`),
  };
};
