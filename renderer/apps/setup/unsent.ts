import { browserEnvironment } from "../../platform/browser-environment.ts";
import { databaseName, HallDatabase } from "../../store/db.ts";
import type { Environment } from "../../store/environment.ts";
import { FilesDatabase, filesDatabaseName } from "../../store/files/files-db.ts";
import { readMark } from "../../store/open-database.ts";

/** Files that the center does not have. */
const countFiles = async (deviceId: string, environment: Environment): Promise<number> => {
  const known = await environment.indexedDB.databases();
  if (!known.some(({ name }) => name === filesDatabaseName(deviceId))) return 0;
  const db = new FilesDatabase(filesDatabaseName(deviceId), environment);
  try {
    return await db.files.where("state").anyOf("waiting", "refused").count();
  } finally {
    db.close();
  }
};

/**
 * Acts and files of this terminal that have not reached the node. Set-up runs without a store, so it looks into the local database
 * itself, reading only. When it cannot be read, what was unsent at its last opening counts.
 */
export const countUnsent = async (deviceId: string): Promise<number> => {
  const environment = browserEnvironment({ log: () => undefined });
  const mark = readMark(deviceId, environment);
  const db = new HallDatabase(databaseName(deviceId, mark?.generation ?? 0), environment);
  try {
    const known = await environment.indexedDB.databases();
    const files = await countFiles(deviceId, environment);
    if (!known.some(({ name }) => name === db.name)) return files + (mark?.unsent ?? 0);
    const acked = (await db.meta.get("acked"))?.value;
    const rows = await db.outbox
      .where("order")
      .above(typeof acked === "number" ? acked : 0)
      .toArray();
    return rows.reduce((sum, { text }) => sum + (JSON.parse(text) as unknown[]).length, files);
  } catch {
    return mark?.unsent ?? 0;
  } finally {
    db.close();
  }
};
