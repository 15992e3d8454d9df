// A small server for RxDB's replication protocol on PostgreSQL: push with conflict check, pull by checkpoint, live stream.
import pg from "pg";
import { WebSocketServer } from "ws";

const client = new pg.Client(JSON.parse(process.env.BENCH_PG));
await client.connect();
await client.query(
  "CREATE TABLE tickets (id text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE, doc text NOT NULL)",
);

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await new Promise((done) => server.once("listening", done));

/** One push after the other: otherwise a pull by `seq` could pass over rows that commit later. */
let turn = Promise.resolve();

const push = async (rows, from) => {
  const docs = rows.map((row) => row.newDocumentState);
  const ids = docs.map((doc) => doc.id);
  const result = await client.query({
    name: "push",
    text: `INSERT INTO tickets (id, doc) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (id) DO NOTHING RETURNING id, seq`,
    values: [ids, docs.map((doc) => JSON.stringify(doc))],
  });
  const seq = Math.max(...result.rows.map((row) => Number(row.seq)));
  const accepted =
    result.rows.length === docs.length ? docs : docs.filter((doc) => result.rows.some((row) => row.id === doc.id));
  if (accepted.length > 0) {
    const text = JSON.stringify({ documents: accepted, checkpoint: { seq } });
    for (const other of server.clients) if (other !== from) other.send(text);
  }
  if (result.rows.length === docs.length) return [];
  const there = await client.query("SELECT doc FROM tickets WHERE id = ANY($1)", [ids]);
  return there.rows.map((row) => JSON.parse(row.doc));
};

const pull = async ({ checkpoint, limit }) => {
  const { rows } = await client.query({
    name: "pull",
    text: "SELECT seq, doc FROM tickets WHERE seq > $1 ORDER BY seq LIMIT $2",
    values: [checkpoint?.seq ?? 0, limit],
  });
  const last = rows.at(-1);
  return {
    documents: rows.map((row) => JSON.parse(row.doc)),
    checkpoint: last ? { seq: Number(last.seq) } : checkpoint,
  };
};

server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const { id, what, body } = JSON.parse(data);
    turn = turn.then(async () => {
      const answer = what === "push" ? await push(body, socket) : await pull(body);
      socket.send(JSON.stringify({ re: id, answer }));
    });
  });
});

process.send?.({ url: `ws://127.0.0.1:${server.address().port}/` });
