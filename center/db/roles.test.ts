import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { createLogger } from "../logger.ts";
import { Database } from "./database.ts";

let center: TestCenter;
let owner: pg.Client;

beforeAll(async () => {
  center = await startCenter({ ownServer: true });
  owner = new pg.Client({ connectionString: center.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await center.stop();
});

const urlOf = (database: string, user?: string): string => {
  const url = new URL(center.databaseUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) {
    url.username = user;
    url.password = "plain-password";
  }
  return url.toString();
};

const open = (url: string): Promise<Database> =>
  Database.open({ url, dataDir: center.dataDir, log: createLogger("silent") });

const insert =
  "INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash) VALUES ('h', 1, 't', 1, 0, 0, '', '', '', '', '')";

describe("the role that the program works under", () => {
  it("may append to the log and neither change it nor leave for the owner by resetting itself", async () => {
    const { database } = center.context;
    const { rows } = await database.query<{ role: string }>("SELECT current_user::text AS role");
    expect(rows).toEqual([{ role: "service_hall_app" }]);
    await database.query("RESET ROLE");
    await expect(database.query("DELETE FROM events")).rejects.toThrow("permission denied");
    await expect(database.query("INSERT INTO migrations (id, name) VALUES (99, 'x')")).rejects.toThrow(
      "permission denied",
    );
  });

  it("serves a second database of the same server", async () => {
    await owner.query("CREATE DATABASE second_city");
    const database = await open(urlOf("second_city"));
    await database.query(insert);
    await expect(database.query("UPDATE events SET at = 1")).rejects.toThrow("permission denied");
    await database.close();
  });

  it("is done without where the server's user may not take roles; the triggers guard the log then", async () => {
    await owner.query("CREATE ROLE plain LOGIN PASSWORD 'plain-password'");
    await owner.query("CREATE DATABASE plain_hall OWNER plain");
    const database = await open(urlOf("plain_hall", "plain"));
    await database.query(insert);
    await expect(database.query("UPDATE events SET at = 1")).rejects.toThrow("append-only");
    await expect(database.query("TRUNCATE events")).rejects.toThrow("append-only");
    await database.close();
  });
});
