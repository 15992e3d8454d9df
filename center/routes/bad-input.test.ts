import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { uuidv7 } from "uuidv7";
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { post, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { apiErrorSchema, closeCodes, SYNC_PATH, type EnrolResponse } from "../../shared/contract/api.ts";
import { buildApp } from "../app.ts";
import { disableClerk } from "../identity/clerks.ts";
import { createEnrolCode, revokeDevice } from "../identity/devices.ts";

let center: TestCenter;
let kiosk: EnrolResponse;
let now = Date.now();

beforeAll(async () => {
  center = await startCenter({ clock: () => now });
  kiosk = await center.enrol("kiosk");
});
afterAll(() => center.stop());

const raw = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${center.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
};

describe("HTTP with bad input", () => {
  const cases: readonly (readonly [string, string, string, number])[] = [
    ["malformed JSON", "/api/enrol", '{"code":', 400],
    ["nothing", "/api/login", "", 400],
    ["an array", "/api/login", "[]", 400],
    ["null", "/api/enrol", "null", 400],
    ["wrong types", "/api/login", '{"deviceId":1,"secret":{},"clerkNo":[],"password":null}', 400],
    ["__proto__", "/api/enrol", '{"__proto__":{"admin":true},"code":"AAAAAAAA","name":"x"}', 400],
    ["constructor.prototype", "/api/enrol", '{"constructor":{"prototype":{"a":1}},"code":"AAAAAAAA","name":"x"}', 400],
    ["U+0000", "/api/login", JSON.stringify({ deviceId: "a\u0000b", secret: "s", clerkNo: "1", password: "p" }), 400],
    ["SQL in a field", "/api/enrol", JSON.stringify({ code: "'; DROP TABLE", name: "x" }), 404],
    ["a lone surrogate", "/api/login", '{"deviceId":"\\ud800","secret":"s","clerkNo":"1","password":"p"}', 401],
    ["an unknown code", "/api/enrol", JSON.stringify({ code: "ABCDEFGHIJ", name: "x" }), 404],
    ["a huge body", "/api/enrol", JSON.stringify({ code: "x".repeat(100_000), name: "x" }), 413],
    ["an unknown address", "/api/nothing", "{}", 404],
    ["an address of many letters", `/api/files/${"a".repeat(300)}/complete`, "{}", 400],
    ["an address that is none", "/api/files/%zz/complete", "{}", 400],
    ["a relay at a hall", "/api/relay/test-hall", "{}", 404],
    ["the demo's address", "/api/demo/enrol-code", "{}", 404],
  ];
  it.each(cases)("%s: a typed error with a sentence, nothing else", async (_name, path, body, status) => {
    const answer = await raw(path, body);
    expect(answer.status).toBe(status);
    const { error } = apiErrorSchema.parse(JSON.parse(answer.text));
    expect(error.message).toMatch(/\.$/);
    expect(answer.text).not.toMatch(/node_modules|\bat \w+ \(|center\//);
  });

  it("takes neither a packed body nor one that is nothing but depth (S68)", async () => {
    // Five megabytes once unpacked, far more than a body may have: it is not unpacked, so it is no JSON.
    const packed = await fetch(`${center.url}/api/enrol`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body: gzipSync(Buffer.alloc(5_000_000, "[")),
    });
    expect(packed.status).toBe(400);
    const depth = 8_000;
    for (const deep of ["[".repeat(depth) + "]".repeat(depth), `${'{"code":'.repeat(5_000)}1${"}".repeat(5_000)}`])
      expect((await raw("/api/enrol", deep)).status).toBe(400);
  });

  it("ends a request whose head or body trickles in for ever (S68)", async () => {
    const app = await buildApp(center.context);
    const times = ["headersTimeout", "requestTimeout"] as const;
    expect(times.map((name) => app.server[name])).toEqual([30_000, 30_000]);
    // The same in half a second instead of half a minute.
    for (const name of times) app.server[name] = 500;
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const trickle = async (begin: string): Promise<string> => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(begin));
      let told = "";
      socket.on("data", (data) => (told += data.toString()));
      // What comes when the other side has closed already.
      socket.on("error", () => undefined);
      const drip = setInterval(() => socket.write("a"), 50);
      await once(socket, "close");
      clearInterval(drip);
      return told;
    };
    const head =
      "POST /api/enrol HTTP/1.1\r\nhost: hall\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n";
    const told = await Promise.all([trickle(`${head}\r\n{"code":"`), trickle(`${head}x-long: `)]);
    for (const each of told) expect(each).toMatch(/^HTTP\/1\.1 408 /);
    await app.close();
  });

  it("refuses another content type and a strange origin", async () => {
    expect((await raw("/api/enrol", "a=b", { "content-type": "text/plain" })).status).toBe(400);
    expect((await raw("/api/enrol", "{}", { origin: "https://evil.example" })).status).toBe(403);
    const own = await fetch(`${center.url}/api/hall`, { headers: { origin: "app://service-hall" } });
    expect(own.headers.get("access-control-allow-origin")).toBe("app://service-hall");
    const preflight = await fetch(`${center.url}/api/login`, {
      method: "OPTIONS",
      headers: { origin: "app://service-hall", "access-control-request-method": "POST" },
    });
    expect(preflight.status).toBe(204);
  });
});

describe("identity", () => {
  it("uses a code up, and not after a day", async () => {
    const { database } = center.context;
    const wish = { hallId: center.hallId!, role: "window", counterId: "2" } as const;
    const code = await createEnrolCode(database, wish, now);
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => post(`${center.url}/api/enrol`, { code: code.toLowerCase(), name: "w" })),
    );
    expect(tries.map((answer) => answer.status).sort()).toEqual([200, 404, 404, 404, 404]);
    expect(tries.find((answer) => answer.status === 200)?.body).toMatchObject({ role: "window", counterId: "2" });
    const old = await createEnrolCode(database, wish, now - 86_400_001);
    expect((await post(`${center.url}/api/enrol`, { code: old, name: "w" })).status).toBe(404);
  });

  it("locks a clerk's number after five wrong passwords for a quarter of an hour, tried at once too", async () => {
    await center.addClerk("7");
    const { deviceId, secret } = await center.enrol("window", "1");
    const attempt = (password: string) => post(`${center.url}/api/login`, { deviceId, secret, clerkNo: "7", password });
    const wrong = await Promise.all(Array.from({ length: 8 }, () => attempt("wrong")));
    expect(wrong.filter((answer) => answer.status === 401)).toHaveLength(5);
    expect(await attempt("pw-7")).toMatchObject({ status: 429, body: { error: { code: "login_locked" } } });
    now += 15 * 60_000 + 1;
    expect((await attempt("pw-7")).status).toBe(200);
    expect((await attempt("wrong")).status).toBe(401);
    expect((await attempt("pw-7")).status).toBe(200);
  });

  it("lets nobody sign in at a kiosk, with a wrong secret, or at a revoked window", async () => {
    const body = { clerkNo: "7", password: "pw-7" };
    const login = async (device: { deviceId: string; secret: string }) =>
      (await post(`${center.url}/api/login`, { deviceId: device.deviceId, secret: device.secret, ...body })).status;
    expect(await login(kiosk)).toBe(401);
    const window = await center.enrol("window", "1");
    expect(await login({ ...window, secret: kiosk.secret })).toBe(401);
    const line = await NodeClient.connect({ url: center.url, ...window });
    await revokeDevice(center.context.database, window.deviceId, now);
    expect(await line.closed()).toBe(closeCodes.unauthorised);
    expect(await login(window)).toBe(401);
  });

  it("ends a clerk's rights at once: claims at a line that knew them, sessions, sign-in; what was done stays", async () => {
    const clerkId = await center.addClerk("8");
    const window = await center.enrol("window", "3");
    await center.login(window, "8");
    const line = await NodeClient.connect({ url: center.url, ...window });
    const open = () => line.send("OpenCounter", { counterId: "3" }, { clerkId });
    expect((await open()).status).toBe("accepted");
    expect(await disableClerk(center.context.database, center.hallId!, "8", now)).toBe(true);
    await expect
      .poll(async () => (await line.send("ResumeCounter", { counterId: "3" }, { clerkId })).status)
      .toBe("refused");
    const pause = { counterId: "3", reason: "午休" };
    const record = await line.send("PauseCounter", pause, { clerkId, mode: "record" });
    expect(record.status, "a record tells what has happened").toBe("accepted");
    const body = { deviceId: window.deviceId, secret: window.secret, clerkNo: "8", password: "pw-8" };
    expect((await post(`${center.url}/api/login`, body)).status).toBe(401);
    expect(await disableClerk(center.context.database, center.hallId!, "8", now)).toBe(false);
    await center.addClerk("8");
    expect((await post(`${center.url}/api/login`, body)).status).toBe(200);
    line.close();
  });

  it("limits one busy device, not the others behind the same address (S67)", async () => {
    const [noisy, quiet] = [await center.enrol("window", "1"), await center.enrol("window", "2")];
    const logout = (device: EnrolResponse) =>
      post(`${center.url}/api/logout`, { deviceId: device.deviceId, secret: device.secret });
    const answers = await Promise.all(Array.from({ length: 70 }, () => logout(noisy)));
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(10);
    expect((await logout(quiet)).status).toBe(204);
  });
});

describe("the line with bad input", () => {
  const open = () => NodeClient.connect({ url: center.url, ...kiosk });
  const hello = { kind: "hello", protocol: 1, deviceId: "x", secret: "y", since: 0, epoch: null, appVersion: "t" };

  it.each([
    ["no JSON", "hello"],
    ["an unknown kind", '{"kind":"drop"}'],
    ["a wrong field", '{"kind":"ping","t":"now"}'],
    ["a second hello", JSON.stringify(hello)],
    ["too many commands", JSON.stringify({ kind: "commands", commands: Array.from({ length: 501 }, () => 0) })],
    ["no command", '{"kind":"commands","commands":[]}'],
  ])("%s: the line is closed as not understood", async (_name, text) => {
    const client = await open();
    client.sendText(text);
    expect(await client.closed()).toBe(closeCodes.badMessage);
  });

  it("closes a line whose hello is wrong, and one with a message of many megabytes", async () => {
    await expect(NodeClient.connect({ url: center.url, deviceId: uuidv7(), secret: "x" })).rejects.toThrow("4001");
    await expect(NodeClient.connect({ url: center.url, ...kiosk, secret: "x" })).rejects.toThrow("4001");
    const client = await open();
    client.sendText(JSON.stringify({ kind: "commands", commands: ["x".repeat(5_000_000)] }));
    expect(await client.closed()).toBe(1009);
    const silent = new WebSocket(`${center.url.replace("http", "ws")}${SYNC_PATH}`);
    await new Promise((done) => silent.once("open", done));
    silent.send('{"kind":"ping","t":1}');
    expect(await new Promise((done) => silent.once("close", done))).toBe(closeCodes.badMessage);
  });

  it("answers a bad command by its id and carries out the good ones around it", async () => {
    const client = await open();
    const good = () => NodeClient.command("TakeTicket", ticketWish(uuidv7()));
    const bad = [
      { ...good(), personal: "none" },
      { ...good(), command: { ...good().command, type: "Nonsense" } },
      { ...good(), command: { ...good().command, data: { businessId: 5 } } },
      { ...good(), command: { ...good().command, at: 1e300 } },
      { ...good(), command: { ...good().command, id: good().command.id.toUpperCase() } },
    ] as unknown as ReturnType<typeof good>[];
    const all = [good(), ...bad, good()];
    client.sendMessage({ kind: "commands", commands: [null, 5, { command: { id: "x" } }] });
    const results = await client.sendAll(all);
    expect(results.map((result) => result.status)).toEqual([
      "accepted",
      "refused",
      "refused",
      "refused",
      "refused",
      "refused",
      "accepted",
    ]);
    for (const result of results.slice(1, 6)) expect(result).toMatchObject({ refusal: { code: "bad_command" } });
    expect(client.violations).toEqual([]);
    client.close();
  });

  it("takes an act that another terminal sends again for what it is: done once, by the first (S66)", async () => {
    const first = await open();
    const second = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
    const act = NodeClient.command("TakeTicket", ticketWish(uuidv7()));
    const [done] = await first.sendAll([act]);
    const [again] = await second.sendAll([act]);
    const [stolen] = await second.sendAll([
      { ...act, command: { ...act.command, data: ticketWish(uuidv7()) } as typeof act.command },
    ]);
    expect([again, stolen], "answered as before, whatever it says").toEqual([done, done]);
    const { rows } = await center.context.database.query<{ actor: string }>(
      "SELECT actor FROM events WHERE hall_id = $1 AND command_id = $2",
      [center.hallId, act.command.id],
    );
    expect(rows.map(({ actor }) => (JSON.parse(actor) as { deviceId: string }).deviceId)).toEqual([kiosk.deviceId]);
    // And with another terminal's name there is no line at all.
    const borrowed = { deviceId: kiosk.deviceId, secret: (await center.enrol("kiosk")).secret };
    await expect(NodeClient.connect({ url: center.url, ...borrowed })).rejects.toThrow("4001");
    first.close();
    second.close();
  });

  it("keeps what JSON can hold to the letter: U+0000, 4-byte characters, lone surrogates (F44)", async () => {
    const client = await open();
    for (const businessId of ["A", "B"]) {
      const itemName = businessId === "A" ? "\u0000 \\u0000 \ud83d\ude00 '\"\\" : "\ud800 alone";
      const data = {
        ticketId: uuidv7(),
        businessId,
        class: "ordinary",
        itemCode: "c\u0000",
        itemName,
        personKey: null,
      } as const;
      expect((await client.send("TakeTicket", data)).status).toBe("accepted");
      const { rows } = await center.context.database.query<{ data: string }>(
        "SELECT data FROM events ORDER BY seq DESC LIMIT 1",
      );
      expect((JSON.parse(rows[0]!.data) as { itemName: string }).itemName).toBe(itemName);
    }
    client.close();
  });

  it("turns away pages of other sites", async () => {
    for (const origin of ["https://evil.example", "null", "file://"]) {
      const socket = new WebSocket(`${center.url.replace("http", "ws")}${SYNC_PATH}`, { headers: { origin } });
      socket.on("error", () => undefined);
      const status = await new Promise((done) => {
        socket.once("unexpected-response", (_request, response) => done(response.statusCode));
        socket.once("open", () => done("open"));
      });
      expect(status).toBe(403);
      socket.terminate();
    }
    for (const origin of ["app://service-hall", center.url]) {
      const client = await NodeClient.connect({ url: center.url, ...kiosk, headers: { origin } });
      client.close();
    }
  });
});

describe("health and metrics", () => {
  it("tells how it is, in words and in numbers", async () => {
    const health = (await (await fetch(`${center.url}/health`)).json()) as { ok: boolean; db: string };
    expect(health).toMatchObject({ ok: true, db: "up", mode: "hall" });
    const metrics = await (await fetch(`${center.url}/metrics`)).text();
    expect(metrics).toMatch(/^service_hall_events_total \d+$/m);
    expect(metrics).toMatch(/^service_hall_append_seconds_bucket\{le="0.01"\} \d+$/m);
    expect(metrics).toMatch(/^service_hall_terminals\{hall="test-hall"\} \d+$/m);
    expect(metrics).toMatch(/^service_hall_terminal_outbox_oldest_seconds 0$/m);
  });
});
