/* RxDB 17 on its Dexie storage, with its replication plugin and the handlers that its documentation asks for. */
import { createRxDatabase } from "rxdb/plugins/core";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { Subject } from "rxjs";
import { BATCH, batchOf } from "./records.js";

const text = (maxLength) => ({ type: "string", maxLength });

const schema = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: text(36),
    day: text(10),
    businessId: text(2),
    serial: { type: "number" },
    number: text(12),
    class: text(16),
    takenAt: { type: "number" },
    lineKey: { type: "number" },
    source: text(8),
    itemCode: text(64),
    itemName: text(200),
    personKey: { type: ["string", "null"] },
    pad: text(299),
  },
  required: ["id"],
};

/** One WebSocket for pushes, pulls and the live stream: fewer costs than the HTTP + EventSource of the documentation. */
const connect = async (url, stream) => {
  const socket = new WebSocket(url);
  const waiting = new Map();
  let next = 1;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.re === undefined) return stream.next({ documents: message.documents, checkpoint: message.checkpoint });
    waiting.get(message.re)(message.answer);
    waiting.delete(message.re);
  };
  await new Promise((done, fail) => {
    socket.onopen = done;
    socket.onerror = fail;
  });
  return (what, body) =>
    new Promise((done) => {
      waiting.set(next, done);
      socket.send(JSON.stringify({ id: next, what, body }));
      next += 1;
    });
};

let collection;
let stored = 0;
let wanted = Infinity;
let whenAll;

const open = async ({ url, side, strict, batchSize }) => {
  const storage = getRxStorageDexie(strict ? { chromeTransactionDurability: "strict" } : {});
  // multiInstance off and eventReduce on is what the documentation advises for one window in Electron.
  const database = await createRxDatabase({ name: "bench", storage, multiInstance: false, eventReduce: true });
  collection = (await database.addCollections({ tickets: { schema } })).tickets;
  const stream$ = new Subject();
  const ask = await connect(`${url}?side=${side}`, stream$);
  const pull = {
    batchSize,
    handler: (checkpoint, limit) => ask("pull", { checkpoint, limit }),
    stream$: stream$.asObservable(),
  };
  const push = { batchSize, handler: (rows) => ask("push", rows) };
  const replication = replicateRxCollection({
    collection,
    replicationIdentifier: "bench",
    live: true,
    waitForLeadership: false,
    // Each side does only what the work needs; a real terminal would do both.
    ...(side === "A" ? { push } : { pull }),
  });
  replication.error$.subscribe((error) => console.log("replication error", error.message));
  await replication.awaitInitialReplication();
  collection.eventBulks$.subscribe((bulk) => {
    stored += bulk.events.length;
    if (stored >= wanted) whenAll?.(Date.now());
  });
};

const waitForAll = (batches) =>
  new Promise((done) => {
    wanted = batches * BATCH;
    whenAll = done;
  });

const write = async ({ from, to }) => {
  const batches = Array.from({ length: to - from }, (_, at) => batchOf(from + at));
  const since = Date.now();
  for (const batch of batches) {
    const { error } = await collection.bulkInsert(batch);
    if (error.length > 0) throw new Error("a record was not inserted");
  }
  return { since, written: Date.now() };
};

const count = () => collection.count().exec();

globalThis.bench = { open, waitForAll, write, count };
