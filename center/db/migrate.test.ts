import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDataDir } from "../../tests/helpers/center.ts";
import { createLogger } from "../logger.ts";
import { EmbeddedDatabase } from "./embedded.ts";
import { migrate } from "./migrate.ts";

/*
 * PostgreSQL cleans a table by itself, here so slowly that it takes minutes, as it does a table of many millions of rows. It gives way to whoever has waited
 * long enough for the table, so a migration that leaves the line before that waits for ever.
 */
const SLOW_AUTOVACUUM = {
  autovacuum_naptime: "1s",
  autovacuum_vacuum_threshold: "10",
  autovacuum_vacuum_scale_factor: "0",
  autovacuum_analyze_threshold: "1000000000",
  autovacuum_vacuum_cost_delay: "100ms",
  autovacuum_vacuum_cost_limit: "1",
};
const log = createLogger("silent");
let dataDir: string;
let server: EmbeddedDatabase;
let client: pg.Client;

beforeAll(async () => {
  dataDir = await makeDataDir();
  const flags = Object.entries(SLOW_AUTOVACUUM).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  server = new EmbeddedDatabase(dataDir, log, flags);
  client = new pg.Client(await server.start());
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it("a migration has its turn while PostgreSQL cleans the table by itself", { timeout: 60_000 }, async () => {
  await client.query("CREATE TABLE big AS SELECT g AS id, repeat('x', 200) AS words FROM generate_series(1, 20000) g");
  await client.query("UPDATE big SET words = words || 'y'");
  const cleaner = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'autovacuum: VACUUM public.big%'";
  while ((await client.query(cleaner)).rowCount === 0) await pause(50);
  await migrate(client, log, [{ id: 1, name: "wider", sql: "ALTER TABLE big ADD COLUMN more text" }]);
  expect((await client.query("SELECT more FROM big LIMIT 1")).rowCount).toBe(1);
});
