import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import readXlsx from "read-excel-file/node";
import { REVEAL_PATH } from "../../shared/contract/cases.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { DESK_LEDGERS_PATH, type LedgerCode } from "../../shared/contract/desk-ledgers.ts";
import type { LedgerEntry } from "../../shared/domain/ledger/entry.ts";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";

/*
 * 1. The desk writes down what an enterprise asks for. Name and telephone travel beside the log; the log, the feed and the workbook
 *    hold neither. The department to which it is passed on gets it, others do not.
 * 2. Who may reads the personal fields, with a reason, and it is noted; nobody else gets them.
 * 3. The workbook is taken out by those whom the definition names, and it is noted.
 * 4. Months later the entry has left the state, and the list still tells of it.
 * 5. A third party's questionnaire is answered on a telephone: nobody knows by whom, twice sent is one, and it ends.
 */
const DAY = 86_400_000;
const PHONE = "13812345678";
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let deskDevice: EnrolResponse;
let taxDevice: EnrolResponse;
let labourDevice: EnrolResponse;
let desk: NodeClient;
let tax: NodeClient;
let clerkId: string;
const entryId = uuidv7();
const recordId = uuidv7();

beforeAll(async () => {
  center = await startCenter({ clock: () => now, plan: testPlan });
  for (const no of ["9001", "2001", "2002"]) await center.addClerk(no);
  deskDevice = await center.enrol("desk");
  taxDevice = await center.enrol("desk", null, "税务局");
  labourDevice = await center.enrol("desk", null, "人社局");
  ({ clerkId } = await center.login(deskDevice, "9001"));
  await center.login(taxDevice, "2001");
  await center.login(labourDevice, "2002");
  desk = await NodeClient.connect({ url: center.url, ...deskDevice });
  tax = await NodeClient.connect({ url: center.url, ...taxDevice });
});
afterAll(async () => {
  desk.close();
  tax.close();
  await center.stop();
});

const reveal = async (device: EnrolResponse): Promise<unknown> => {
  const response = await fetch(`${center.url}${REVEAL_PATH}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${device.deviceId}:${device.secret}` },
    body: JSON.stringify({ ids: [recordId], reason: "回访企业" }),
  });
  return response.status === 200 ? await response.json() : response.status;
};

const ask = async (what: string, device: EnrolResponse, body: object) => {
  const { deviceId, secret } = device;
  return post(`${center.url}${DESK_LEDGERS_PATH}/${what}`, { deviceId, secret, clerkId, ...body });
};

const audit = async (): Promise<readonly string[]> => {
  const { rows } = await center.context.database.query<{ act: string; detail: string; reason: string }>(
    "SELECT act, detail, reason FROM staff_audit ORDER BY audit_id",
  );
  return rows.map(({ act, detail, reason }) => `${act} ${detail} ${reason}`.trim());
};

it("keeps personal fields out of the log and feeds the entry to whom it concerns", async () => {
  const values = { channel: "hotline", topic: "permit", request: "开办餐饮店，材料反复补正" };
  const sealed = { enterprise: recordId, phone: recordId };
  const personal = [
    { id: recordId, kind: "ledger" as const, value: JSON.stringify({ enterprise: "某某餐饮公司", phone: PHONE }) },
  ];
  await desk.send(
    "OpenLedgerEntry",
    { entryId, ledgerId: "enterprise", values, sealed },
    { clerkId, mode: "record", personal },
  );
  const move = { entryId, moveId: "dispatch", values: { department: "税务局" }, sealed: {}, note: "" };
  await desk.send("MoveLedgerEntry", move, { clerkId, mode: "record" });
  await tax.until(() => tax.state.ledgerEntries.get(entryId)?.state === "handling");
  expect(desk.state.ledgerEntries.get(entryId)).toMatchObject({ number: "QY2026-0001", department: "税务局" });
  const { rows } = await center.context.database.query<{ text: string }>(
    "SELECT string_agg(data, '') AS text FROM events",
  );
  expect(rows[0]?.text).toContain("开办餐饮店");
  expect(rows[0]?.text).not.toMatch(/某某餐饮公司|13812345678/);
});

it("opens personal fields to whom the entry concerns, and notes who read them and why", async () => {
  const value = JSON.stringify({ enterprise: "某某餐饮公司", phone: PHONE });
  expect(await reveal(taxDevice)).toEqual({ records: [{ id: recordId, value }] });
  expect(await reveal(labourDevice)).toEqual({ records: [{ id: recordId, value: null }] });
  expect(await reveal(await center.enrol("kiosk"))).toBe(401);
  expect(await audit()).toEqual([`ledger.reveal ${recordId} 回访企业`]);
});

it("gives the workbook to those whom the definition names, without a name in it", async () => {
  const body = { ledgerId: "enterprise", from: "2026-11-01", to: "2026-11-30" };
  expect((await ask("export", taxDevice, body)).status).toBe(401);
  const response = await fetch(`${center.url}${DESK_LEDGERS_PATH}/export`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ deviceId: deskDevice.deviceId, secret: deskDevice.secret, clerkId, ...body }),
  });
  expect(response.status).toBe(200);
  const sheets = await readXlsx(Buffer.from(await response.arrayBuffer()));
  const text = JSON.stringify(sheets);
  expect(text).toMatch(/QY2026-0001.*12345 热线.*已填（保密）.*税务局/);
  expect(text).not.toContain(PHONE);
  expect((await audit()).at(-1)).toBe("ledger.export enterprise 2026-11-01..2026-11-30");
});

it("tells of entries that left the state months ago, a department of its own only", async () => {
  const common = { entryId, sealed: {}, note: "" };
  await desk.send("MoveLedgerEntry", { ...common, moveId: "answer", values: { answer: "已告知" } }, { clerkId });
  const { clerkId: other } = await center.login(deskDevice, "2002");
  await desk.send(
    "MoveLedgerEntry",
    { ...common, moveId: "close", values: { isContent: "content" } },
    { clerkId: other },
  );
  await center.login(deskDevice, "9001");
  for (let day = 0; day < 40; day += 1) {
    now += DAY;
    (await center.context.halls.get("test-hall")).hall.checkDay();
  }
  await desk.until(() => desk.state.ledgerEntries.size === 0);
  const body = { ledgerId: "enterprise", from: "2026-11-01", to: "2026-11-30" };
  const list = async (device: EnrolResponse, by: string) => {
    const answer = await ask("list", device, { ...body, clerkId: by });
    return (answer.body as { entries: LedgerEntry[] }).entries.map(({ number, history }) => [number, history.length]);
  };
  expect(await list(deskDevice, clerkId)).toEqual([["QY2026-0001", 4]]);
  expect(await list(labourDevice, other)).toEqual([]);
  expect(await reveal(taxDevice)).toMatchObject({ records: [{ value: expect.stringContaining(PHONE) as string }] });
});

it("takes the answers of an anonymous questionnaire", async () => {
  expect((await ask("code", deskDevice, { ledgerId: "enterprise", by: "某调查公司", days: 7 })).status).toBe(400);
  const answer = await ask("code", deskDevice, { ledgerId: "survey", by: "某调查公司", days: 7 });
  const { url, until } = answer.body as LedgerCode;
  expect(until).toBe("2027-01-09");
  const page = await fetch(url, { headers: { "accept-language": "zh-CN" } });
  const html = await page.text();
  expect(html).toContain("某调查公司");
  expect(html).not.toMatch(/<script|checked/);
  const form = /name="form" value="([\w-]+)"/.exec(html)?.[1] ?? "";
  const send = (fields: Record<string, string>, to = url) =>
    fetch(to, { method: "POST", body: new URLSearchParams({ form, ...fields }) });
  const lacking = await send({ speed: "5" });
  expect(lacking.status).toBe(422);
  expect(await lacking.text()).toContain("请回答“总体满意程度”");
  const fields = { overall: "4", extra: "yes", visits: "twice", words: "请回电13812345678", nonsense: "x" };
  expect((await send(fields)).status).toBe(200);
  expect((await send(fields)).status).toBe(200);
  const english = await fetch(`${url}?lang=en`);
  expect(await english.text()).toContain("All in all");
  await desk.until(() => desk.state.ledgerEntries.size === 1);
  const [entry] = [...desk.state.ledgerEntries.values()];
  expect(entry).toMatchObject({ number: "WJ2027-0001", values: { overall: 4, extra: true, visits: "twice" } });
  expect(Object.keys(entry?.sealed ?? {})).toEqual(["words"]);
  const { rows } = await center.context.database.query<{ actor: string; data: string }>(
    "SELECT actor, data FROM events WHERE type = 'LedgerEntryOpened' ORDER BY seq DESC LIMIT 1",
  );
  expect(JSON.parse(rows[0]?.actor ?? "")).toMatchObject({ role: "page", deviceId: null, clerkId: null });
  expect(rows[0]?.data).not.toContain(PHONE);
  expect((await fetch(`${url}x`)).status).toBe(404);
  now += 8 * DAY;
  expect((await fetch(url)).status).toBe(410);
  expect((await send(fields)).status).toBe(410);
});
