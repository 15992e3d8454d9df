import type { OutboxRow } from "./db.ts";
import type { Environment } from "./environment.ts";

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no answer of the database"));
  });

const openAsItIs = (factory: IDBFactory, name: string): Promise<IDBDatabase> => {
  const request = factory.open(name);
  // It does not exist: making one here would be the wrong one.
  request.onupgradeneeded = () => request.transaction?.abort();
  return answerOf(request);
};

const readOne = <T>(db: IDBDatabase, store: string, key: IDBValidKey): Promise<T | undefined> =>
  answerOf(db.transaction(store).objectStore(store).get(key) as IDBRequest<T | undefined>);

const isRow = (row: OutboxRow | undefined): row is OutboxRow => {
  try {
    return row !== undefined && Array.isArray(JSON.parse(row.text));
  } catch {
    return false;
  }
};

/**
 * Reads what had not been acknowledged out of a database that is about to be set aside. By the plain API and row by row:
 * whatever is broken in it must not hide the rows that can still be read. Without the mark all rows come, which is
 * harmless, because the node knows them by their ids.
 */
export const rescueOutbox = async (
  name: string,
  { indexedDB }: Pick<Environment, "indexedDB">,
): Promise<readonly OutboxRow[]> => {
  const rows: OutboxRow[] = [];
  try {
    const db = await openAsItIs(indexedDB, name);
    const mark = await readOne<{ value: unknown }>(db, "meta", "acked").catch(() => undefined);
    const acked = typeof mark?.value === "number" ? mark.value : 0;
    for (const order of await answerOf(db.transaction("outbox").objectStore("outbox").getAllKeys())) {
      if (typeof order === "number" && order <= acked) continue;
      const row = await readOne<OutboxRow>(db, "outbox", order).catch(() => undefined);
      if (isRow(row)) rows.push(row);
    }
    db.close();
  } catch {
    // Nothing can be read: what is in it stays there for somebody with better tools.
  }
  return rows;
};
