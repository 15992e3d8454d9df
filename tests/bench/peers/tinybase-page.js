/* TinyBase 10: a mergeable store, its IndexedDB persister saving by itself, its WebSocket synchronizer. */
import { createMergeableStore } from "tinybase/mergeable-store";
import { createIndexedDbPersister } from "tinybase/persisters/persister-indexed-db";
import { createWsSynchronizer } from "tinybase/synchronizers/synchronizer-ws-client";
import { BATCH, batchOf } from "./records.js";

let store;
let persister;

const open = async ({ url }) => {
  store = createMergeableStore();
  persister = createIndexedDbPersister(store, "bench");
  await persister.startAutoPersisting();
  const synchronizer = await createWsSynchronizer(store, new WebSocket(`${url}/bench`), 30);
  await synchronizer.startSync();
};

const waitForAll = async (batches) => {
  await new Promise((done) => {
    const look = () => {
      if (store.getRowCount("tickets") < batches * BATCH) return;
      store.delListener(listener);
      done();
    };
    const listener = store.addRowCountListener("tickets", look);
    look();
  });
  // Behind the saves under way: each writes the whole store.
  await persister.save();
  return Date.now();
};

/** Its cells are text, numbers and truth values; what is null is left out. */
const rowOf = (record) =>
  Object.fromEntries(Object.entries(record).filter(([name, value]) => name !== "id" && value !== null));

const write = async ({ from, to }) => {
  const batches = Array.from({ length: to - from }, (_, at) => batchOf(from + at));
  const since = Date.now();
  for (const batch of batches) {
    store.transaction(() => {
      for (const record of batch) store.setRow("tickets", record.id, rowOf(record));
    });
    // Others get a turn; its own save is not awaited, it would write the whole store once more.
    await new Promise((done) => setTimeout(done));
  }
  return { since, written: Date.now() };
};

const count = () => store.getRowCount("tickets");

globalThis.bench = { open, waitForAll, write, count };
