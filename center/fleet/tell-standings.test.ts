import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";

/*
 * A center whose line for notices broke, on a real node:
 * 1. What was done with terminals meanwhile reaches them when it listens again, by one question for all of a hall; who was revoked is cut off.
 * 2. A database that does not answer that question at first costs no terminal its line.
 */
let center: TestCenter;

beforeAll(async () => {
  center = await startCenter();
});
afterAll(() => center.stop());

const connect = async (): Promise<NodeClient & { readonly deviceId: string }> => {
  const device = await center.enrol("kiosk");
  const client = await NodeClient.connect({ url: center.url, ...device });
  await client.until(() => client.messages.some(({ kind }) => kind === "standing"));
  return Object.assign(client, { deviceId: device.deviceId });
};
const isLocked = (client: NodeClient): boolean =>
  client.messages.some((message) => message.kind === "standing" && message.isLocked);

it("tells terminals what it did not hear itself, by one question, and keeps their lines while that fails", async () => {
  const [first, second, revoked] = [await connect(), await connect(), await connect()];
  const { database } = center.context;
  const query = database.query.bind(database);
  let asked = 0;
  vi.spyOn(database, "query").mockImplementation(async (text, values) => {
    const isOurs = typeof text === "string" && text.includes("device_id = ANY ($2)");
    if (isOurs && (asked += 1) === 1) throw new Error("timeout exceeded when trying to connect");
    return query(text, values);
  });
  // As if done by another center of this database, whose notice nobody here heard.
  await query("UPDATE devices SET locked_at = 1 WHERE device_id = ANY ($1)", [[first.deviceId, second.deviceId]]);
  await query("UPDATE devices SET revoked_at = 1 WHERE device_id = $1", [revoked.deviceId]);
  const owner = new pg.Client({ connectionString: center.databaseUrl });
  await owner.connect();
  await owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()",
  );
  await owner.end();
  await first.until(() => isLocked(first), 20_000);
  await second.until(() => isLocked(second), 20_000);
  expect(await revoked.closed(20_000)).toBe(4001);
  expect(asked, "failed once, and once for all three").toBe(2);
  const ping = first.messages.length;
  first.sendMessage({ kind: "ping", t: 1 });
  await first.until(() => first.messages.slice(ping).some(({ kind }) => kind === "pong"));
  first.close();
  second.close();
}, 60_000);
