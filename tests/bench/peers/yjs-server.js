// The server that Yjs offers for its WebSocket provider, with the LevelDB persistence that it comes with.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.env.YPERSISTENCE = process.env.BENCH_DATA;
const peers = createRequire(join(process.env.BENCH_PEERS, "package.json"));
const importPeer = (path) => import(pathToFileURL(join(process.env.BENCH_PEERS, "node_modules", path)).href);
const { WebSocketServer } = peers("ws");
const { setupWSConnection } = await importPeer("@y/websocket-server/src/utils.js");

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", setupWSConnection);
await new Promise((done) => server.once("listening", done));
process.send?.({ url: `ws://127.0.0.1:${server.address().port}` });
