// PouchDB 9 on LevelDB behind express-pouchdb, with only the routes that PouchDB clients need.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BENCH_PEERS, "package.json"));
const PouchDB = require("pouchdb").defaults({ prefix: `${process.env.BENCH_DATA}/` });
const express = require("express");
const pouch = require("express-pouchdb")(PouchDB, { mode: "minimumForPouchDB" });

const app = express();
// Electron's page is another origin; in a real installation the server is asked through a CORS middleware too.
app.use((request, response, next) => {
  response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", "content-type, accept, authorization");
  response.setHeader("Access-Control-Max-Age", "7200");
  if (request.method === "OPTIONS") return response.end();
  return next();
});
app.use("/", pouch);

new PouchDB("bench").info().then(() => {
  const server = app.listen(0, "127.0.0.1", () => {
    process.send?.({ url: `http://127.0.0.1:${server.address().port}/bench` });
  });
});
