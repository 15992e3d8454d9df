import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import type { LedgerEntry } from "../../shared/domain/ledger/entry.ts";
import { startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { MessageSimulator } from "../../tests/helpers/message-simulator.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { createLogger } from "../logger.ts";
import { retryAfterMs, type DeliveryDuty } from "../reports/delivery.ts";
import { messageDuty, scanLedgers } from "./ledger-duty.ts";

/*
 * Licences that are about to expire (无感续证), through the real center and a gateway that checks what it gets:
 * 1. Nothing is sent while there is time. Thirty days before, one message is queued, however often the center looks.
 * 2. The gateway is away, then back: the message goes out once, the entry says so with the receipt and goes on by itself.
 * 3. Whoever has agreed meanwhile gets none; what the gateway refuses is said in the ledger, for somebody to telephone.
 * 4. Over the limit, the light is told once, and once only, also after days of downtime.
 * 5. By night nothing is sent.
 * 6. A record that cannot be read keeps nobody behind it, is given up after hours, and nothing of it is in the log.
 * 7. Whoever takes longer than it has takes nothing back, and leaves the rest to others.
 * No number and no name is in the log or in the queue.
 */
const PHONE = "13812345678";
const KEY = "gateway-key";
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let gateway: MessageSimulator;
let duty: DeliveryDuty;
let device: EnrolResponse;
let desk: NodeClient;
let clerkId: string;

const deps = () => ({ ...center.context, log: createLogger("silent"), clock: () => now });
const hallOf = async () => (await center.context.halls.get("test-hall")).hall;
const scan = async (): Promise<void> => scanLedgers(await hallOf(), deps(), true);

beforeAll(async () => {
  gateway = await MessageSimulator.start(KEY);
  center = await startCenter({ clock: () => now, plan: testPlan });
  await center.addClerk("9001");
  device = await center.enrol("desk");
  ({ clerkId } = await center.login(device, "9001"));
  desk = await NodeClient.connect({ url: center.url, ...device });
  duty = messageDuty(await hallOf(), deps(), { url: gateway.url, key: KEY });
});
afterAll(async () => {
  desk.close();
  await center.stop();
  await gateway.stop();
});

const write = async (expiresOn: string, phone = PHONE): Promise<string> => {
  const entryId = uuidv7();
  const recordId = uuidv7();
  const sealed = { holder: recordId, phone: recordId, licenceNo: recordId };
  const value = JSON.stringify({ holder: "李建国", phone, licenceNo: "JY1440106" });
  const values = { licence: "食品经营许可证", expiresOn, department: "市场监管局" };
  const data = { entryId, ledgerId: "renewal", values, sealed };
  const personal = [{ id: recordId, kind: "ledger" as const, value }];
  expect(await desk.send("OpenLedgerEntry", data, { clerkId, personal })).toMatchObject({ status: "accepted" });
  return entryId;
};
const entry = (id: string): LedgerEntry => {
  const found = desk.state.ledgerEntries.get(id);
  if (!found) throw new Error("the desk has no such entry");
  return found;
};
const outcomes = (id: string) => entry(id).reminders.map(({ outcome }) => outcome);

it("1, 2 reminds the holder once, thirty days before, as soon as the gateway takes it", async () => {
  const id = await write("2027-01-10");
  await scan();
  expect(await duty.deliverDue()).toBe(0);
  now = Date.parse("2026-12-11T01:00:00Z");
  await Promise.all([scan(), scan()]);
  await scan();
  await desk.until(() => outcomes(id).length === 1);
  gateway.faults = [503, 401];
  for (const attempt of [0, 1]) {
    expect(await duty.deliverDue()).toBe(1);
    now += retryAfterMs(attempt);
  }
  expect(entry(id).state).toBe("listed");
  expect(await duty.deliverDue()).toBe(1);
  expect(await duty.deliverDue()).toBe(0);
  await scan();
  await scan();
  await desk.until(() => entry(id).state === "reminded");
  expect(outcomes(id)).toEqual(["queued", "sent"]);
  expect(entry(id)).toMatchObject({ values: { remindedBy: "sms" }, reminders: [{}, { detail: "R1" }] });
  expect([...gateway.taken.values()]).toEqual([
    {
      phone: PHONE,
      text: "【测试大厅】您的“食品经营许可证”将于2027-01-10到期。可以直接续证，不用再申请，请到大厅或致电大厅确认。编号XZ2026-0001。",
    },
  ]);
});

it("3 sends nothing to whoever has agreed meanwhile, and says what the gateway refused", async () => {
  const agreed = await write("2027-01-05");
  const wrong = await write("2027-01-06", "02087654321");
  await scan();
  await desk.until(() => outcomes(agreed).length === 1 && outcomes(wrong).length === 1);
  const move = { entryId: agreed, moveId: "agree", values: { wish: "renew" }, sealed: {}, note: "" };
  await desk.send("MoveLedgerEntry", move, { clerkId });
  await desk.until(() => entry(agreed).state === "renewing");
  const before = gateway.taken.size;
  expect(await duty.deliverDue()).toBe(2);
  expect(gateway.taken.size).toBe(before);
  await scan();
  await desk.until(() => outcomes(wrong).length === 2 && outcomes(agreed).length === 2);
  expect(outcomes(agreed)).toEqual(["queued", "dropped"]);
  expect(entry(wrong)).toMatchObject({
    state: "listed",
    reminders: [{}, { outcome: "failed", detail: "http 422; phone: code" }],
  });
});

it("4 tells of the red light once, after days of downtime too", async () => {
  now = Date.parse("2027-01-12T01:00:00Z");
  await Promise.all([scan(), scan()]);
  await desk.until(() => [...desk.state.ledgerEntries.values()].every(({ lights }) => lights.length === 2));
  await scan();
  const { rows } = await center.context.database.query<{ data: string; type: string }>(
    "SELECT type, data::text AS data FROM events WHERE type LIKE 'Ledger%'",
  );
  expect(rows.filter(({ type }) => type === "LedgerEntryEscalated")).toHaveLength(6);
  expect(rows.map(({ data }) => data).join("\n")).not.toMatch(/李建国|13812345678|02087654321|JY1440106/);
  const queue = await center.context.database.query<{ row: string }>(
    "SELECT report_queue::text AS row FROM report_queue",
  );
  expect(queue.rows).toHaveLength(3);
  expect(JSON.stringify(queue.rows)).not.toMatch(/13812345678|02087654321/);
});

const queued = async (...ids: readonly string[]): Promise<readonly object[]> => {
  const { rows } = await center.context.database.query<{ report_id: string; state: string; attempts: number }>(
    "SELECT report_id, state, attempts, fault FROM report_queue",
  );
  return ids.map((id) => rows.find((row) => row.report_id.includes(id)) ?? {});
};

it("5 sends from nine to eight in the evening only", async () => {
  now = Date.parse("2027-01-12T16:30:00Z");
  const id = await write("2027-02-01");
  await scan();
  const tried: number[] = [];
  for (const at of ["2027-01-12T16:30:00Z", "2027-01-13T00:59:59Z", "2027-01-13T12:00:00Z", "2027-01-13T11:59:59Z"]) {
    now = Date.parse(at);
    tried.push(await duty.deliverDue());
  }
  expect(tried).toEqual([0, 0, 0, 1]);
  expect(await queued(id)).toMatchObject([{ state: "sent", attempts: 1 }]);
});

it("6 passes over a record that cannot be read, and says nothing of it in the log", async () => {
  now = Date.parse("2027-01-14T01:00:00Z");
  const broken = await write("2027-02-02");
  await scan();
  now += 1;
  const whole = await write("2027-02-02");
  await scan();
  await desk.until(() => outcomes(broken).length === 1 && outcomes(whole).length === 1);
  const { personal, database } = center.context;
  const recordId = entry(broken).sealed["phone"] ?? "";
  const box = personal.seal("test-hall", { id: recordId, kind: "ledger", value: PHONE.concat(" 李建国") });
  await database.query("UPDATE personal SET box = $2 WHERE id = $1", [recordId, Buffer.from(box, "base64")]);
  let log = "";
  const reading = createLogger("info", { write: (line) => (log += line) });
  const logged = messageDuty(await hallOf(), { ...deps(), log: reading }, { url: gateway.url, key: KEY });
  expect(await logged.deliverDue()).toBe(2);
  expect(await queued(broken, whole)).toMatchObject([
    { state: "waiting", attempts: 1, fault: "unreadable" },
    { state: "sent" },
  ]);
  expect(await logged.deliverDue()).toBe(0);
  for (let attempt = 1; attempt < 10; attempt += 1) {
    now += retryAfterMs(attempt - 1);
    expect(await logged.deliverDue()).toBe(1);
  }
  expect(await queued(broken)).toMatchObject([{ state: "dead" }]);
  await scan();
  await desk.until(() => outcomes(broken).length === 2);
  expect(entry(broken)).toMatchObject({ reminders: [{}, { outcome: "failed", detail: "unreadable" }] });
  expect(log).toContain(`message ${broken}`);
  expect(log).not.toMatch(/13812345678|138\*|李建国|JSON/);
});

/** A gateway that is long about its answer, which is no. */
const slowGateway = async (meanwhile: () => Promise<void>) => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    void meanwhile().then(() => response.writeHead(503).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    slow: messageDuty(await hallOf(), deps(), { url, key: KEY }),
    count: () => requests,
    stop: () => server.close(),
  };
};

it("7 never takes back what another has sent meanwhile, and gives back what it has no time for", async () => {
  now = Date.parse("2027-01-15T01:00:00Z");
  const late = [await write("2027-02-03"), await write("2027-02-03")] as const;
  await scan();
  const overtaken = await slowGateway(async () => {
    now += 130_000;
    expect(await duty.deliverDue()).toBe(2);
  });
  expect(await overtaken.slow.deliverDue()).toBe(1);
  overtaken.stop();
  expect(overtaken.count()).toBe(1);
  expect(await queued(...late)).toMatchObject([{ state: "sent" }, { state: "sent" }]);
  const rest = [await write("2027-02-03"), await write("2027-02-03")] as const;
  await scan();
  const busy = await slowGateway(() => Promise.resolve(void (now += 105_000)));
  expect(await busy.slow.deliverDue()).toBe(1);
  busy.stop();
  expect((await queued(...rest)).map((row) => (row as { attempts: number }).attempts).sort()).toEqual([0, 1]);
  expect(await duty.deliverDue()).toBe(1);
  now += retryAfterMs(0);
  expect(await duty.deliverDue()).toBe(1);
  expect(await queued(...rest)).toMatchObject([{ state: "sent" }, { state: "sent" }]);
});
