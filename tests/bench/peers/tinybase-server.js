// The server that TinyBase offers, its store persisted to PostgreSQL as a whole, the only way it has for mergeable stores.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { WebSocketServer } from "ws";

const peers = createRequire(join(process.env.BENCH_PEERS, "package.json"));
const importPeer = (name) => import(pathToFileURL(peers.resolve(name)).href);
const { createMergeableStore } = await importPeer("tinybase/mergeable-store");
const { createPgPersister } = await importPeer("tinybase/persisters/persister-pg");
const { createWsServer } = await importPeer("tinybase/synchronizers/synchronizer-ws-server");

const pool = new pg.Pool(JSON.parse(process.env.BENCH_PG));
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await new Promise((done) => server.once("listening", done));
const fail = (error) => console.error("TinyBase", error);
createWsServer(server, () => createPgPersister(createMergeableStore(), pool, "bench"), fail, 30);
process.send?.({ url: `ws://127.0.0.1:${server.address().port}` });
