/* Yjs 13 with its WebSocket provider and y-indexeddb: one document, one map, a transaction for each batch. */
import * as Y from "yjs";
import { IndexeddbPersistence } from "y-indexeddb";
import { WebsocketProvider } from "y-websocket";
import { BATCH, batchOf } from "./records.js";

let doc;
let tickets;
let persistence;

const open = async ({ url }) => {
  doc = new Y.Doc();
  tickets = doc.getMap("tickets");
  persistence = new IndexeddbPersistence("bench", doc);
  await persistence.whenSynced;
  // Over the network alone: two windows of one browser would also talk to each other directly.
  const provider = new WebsocketProvider(url, "bench", doc, { disableBc: true });
  await new Promise((done) => provider.once("sync", done));
};

/** Resolves behind everything that was put into its store of updates: nothing else tells when that is written. */
const stored = () =>
  new Promise((done, fail) => {
    const transaction = persistence.db.transaction(["updates"], "readwrite");
    transaction.oncomplete = done;
    transaction.onerror = fail;
  });

const waitForAll = async (batches) => {
  await new Promise((done) => {
    const look = () => {
      if (tickets.size < batches * BATCH) return;
      tickets.unobserve(look);
      done();
    };
    tickets.observe(look);
    look();
  });
  await stored();
  return Date.now();
};

const write = async ({ from, to }) => {
  const batches = Array.from({ length: to - from }, (_, at) => batchOf(from + at));
  const since = Date.now();
  for (const batch of batches) {
    doc.transact(() => {
      for (const record of batch) tickets.set(record.id, record);
    });
    await stored();
  }
  return { since, written: Date.now() };
};

const count = () => tickets.size;

globalThis.bench = { open, waitForAll, write, count };
