import { browserEnvironment } from "../../platform/browser-environment.ts";
import { databaseName, HallDatabase } from "../../store/db.ts";
import { readMark } from "../../store/open-database.ts";

/**
 * Acts of this terminal that have not reached the node. Set-up runs without a store, so it looks into the local database
 * itself, reading only. When it cannot be read, what was unsent at its last opening counts.
 */
export const countUnsent = async (deviceId: string): Promise<number> => {
  const environment = browserEnvironment(() => undefined);
  const mark = readMark(deviceId, environment);
  const db = new HallDatabase(databaseName(deviceId, mark?.generation ?? 0), environment);
  try {
    const known = await environment.indexedDB.databases();
    if (!known.some(({ name }) => name === db.name)) return mark?.unsent ?? 0;
    const acked = (await db.meta.get("acked"))?.value;
    const rows = await db.outbox
      .where("order")
      .above(typeof acked === "number" ? acked : 0)
      .toArray();
    return rows.reduce((sum, { text }) => sum + (JSON.parse(text) as unknown[]).length, 0);
  } catch {
    return mark?.unsent ?? 0;
  } finally {
    db.close();
  }
};
