// The floor under every act: one WebSocket message each way, with or without one single-row commit in between.
import pg from "pg";
import { WebSocketServer } from "ws";

const client = new pg.Client(JSON.parse(process.env.BENCH_PG));
await client.connect();
await client.query("CREATE TABLE floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, doc text NOT NULL)");
const insert = (doc) => client.query({ name: "insert", text: "INSERT INTO floor (doc) VALUES ($1)", values: [doc] });

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket) => {
  socket.on("message", async (data) => {
    const text = data.toString();
    const { commit } = JSON.parse(text);
    if (!commit) return socket.send(text);
    const since = performance.now();
    await insert(text);
    const commitMs = performance.now() - since;
    return socket.send(JSON.stringify({ commitMs, text }));
  });
});
await new Promise((done) => server.once("listening", done));
process.send?.({ url: `ws://127.0.0.1:${server.address().port}/` });
