/* PouchDB 9 on its indexeddb adapter, live replication over its own HTTP protocol. */
import PouchDB from "pouchdb-browser";
import indexeddb from "pouchdb-adapter-indexeddb";
import { BATCH, batchOf } from "./records.js";

PouchDB.plugin(indexeddb);

let database;
let wanted = Infinity;
let whenAll;

const open = async ({ url, side, batchSize }) => {
  database = new PouchDB("bench", { adapter: "indexeddb", auto_compaction: false });
  await database.info();
  const options = { live: true, retry: true, batch_size: batchSize, batches_limit: 10 };
  const replication = side === "A" ? database.replicate.to(url, options) : database.replicate.from(url, options);
  replication.on("change", (info) => {
    if (side === "B" && info.docs_written >= wanted) whenAll?.(Date.now());
  });
  replication.on("error", (error) => console.log("replication error", error.message));
  // Idle: the long poll is open.
  await new Promise((done) => replication.once("paused", done));
};

const waitForAll = (batches) =>
  new Promise((done) => {
    wanted = batches * BATCH;
    whenAll = done;
  });

const write = async ({ from, to }) => {
  const batches = Array.from({ length: to - from }, (_, at) =>
    batchOf(from + at).map(({ id, ...rest }) => ({ _id: id, ...rest })),
  );
  const since = Date.now();
  for (const batch of batches) {
    const answers = await database.bulkDocs(batch);
    if (answers.some((answer) => !answer.ok)) throw new Error("a record was not inserted");
  }
  return { since, written: Date.now() };
};

const count = async () => (await database.info()).doc_count;

globalThis.bench = { open, waitForAll, write, count };
