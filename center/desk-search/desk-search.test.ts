import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import {
  DESK_MATTER_PATH,
  DESK_SEARCH_PATH,
  type DeskFound,
  type DeskMatterLines,
} from "../../shared/contract/desk-search.ts";
import { raising } from "../../shared/testing/work-order-fixture.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { post, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { searchNote } from "./search-note.ts";

/*
 * The search over everything that a desk may see, months later, through the real center: what has left every terminal's own copy is
 * found by its number, its course is told with who did what; a department finds its own and nothing of others; each search is noted.
 */
const DAY = 86_400_000;
const HEALTH = "区卫健委";
let now = Date.UTC(2026, 10, 23, 1);
let center: TestCenter;
let desk: NodeClient;
let kiosk: NodeClient;
const devices: Record<string, EnrolResponse> = {};
const clerks: Record<string, string> = {};
const orderId = uuidv7();
const ticketId = uuidv7();
const entryId = uuidv7();

beforeAll(async () => {
  center = await startCenter({ clock: () => now });
  for (const [name, department] of [
    ["desk", null],
    [HEALTH, HEALTH],
    ["税务局", "税务局"],
  ] as const) {
    const device = await center.enrol("desk", null, department);
    await center.addClerk(`90${String(Object.keys(devices).length)}1`);
    clerks[name] = (await center.login(device, `90${String(Object.keys(devices).length)}1`)).clerkId;
    devices[name] = device;
  }
  desk = await NodeClient.connect({ url: center.url, ...devices["desk"]! });
  kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
  const clerkId = clerks["desk"]!;
  await kiosk.send("TakeTicket", ticketWish(ticketId));
  const order = { ...raising({ orderId, channel: "desk", itemCode: null, externalId: null }) };
  for (const [type, data] of [
    ["RaiseWorkOrder", order],
    ["TakeWorkOrderIn", { orderId, flow: "government", level: 2, summary: "材料齐全三次未受理" }],
    ["DispatchWorkOrder", { orderId, stage: "department", department: HEALTH, note: "请按期办结反馈" }],
  ] as const)
    expect(await desk.send(type, data as never, { clerkId })).toMatchObject({ status: "accepted" });
  const values = {
    source: "secret",
    foundOn: "2026-11-20",
    place: "3 号窗口",
    finding: "超出指南要材料",
    kind: "guide",
  };
  await desk.send("OpenLedgerEntry", { entryId, ledgerId: "walk", values, sealed: {} }, { clerkId });
  now += 200 * DAY;
});
afterAll(async () => {
  desk.close();
  kiosk.close();
  await center.stop();
});

const ask = async (path: string, who: string, body: object) => {
  const { deviceId, secret } = devices[who]!;
  return post(`${center.url}${path}`, { deviceId, secret, clerkId: clerks[who], ...body });
};
const find = async (who: string, typed: string): Promise<readonly string[]> => {
  const answer = await ask(DESK_SEARCH_PATH, who, { typed });
  expect(answer.status).toBe(200);
  return (answer.body as DeskFound).found.map(({ kind, number }) => `${kind} ${number}`);
};

it("finds by number, item and department whatever its age, and lets each desk find its own only", async () => {
  expect(await find("desk", "2026-0001")).toEqual(["order 2026-0001", "entry ZL2026-0001"]);
  expect(await find("desk", "食品经营")).toEqual(["order 2026-0001"]);
  expect(await find("desk", "ZL2026-0001")).toEqual(["entry ZL2026-0001"]);
  expect(await find("desk", "A001")).toEqual(["ticket A001"]);
  expect(await find("desk", "超出指南")).toEqual(["entry ZL2026-0001"]);
  expect(await find(HEALTH, "2026-0001")).toEqual(["order 2026-0001"]);
  expect(await find("税务局", "2026-0001")).toEqual([]);
  expect(await find("税务局", "A001")).toEqual([]);
  // A sign of a pattern is a letter like others.
  expect(await find("desk", "%%")).toEqual([]);
  expect((await ask(DESK_SEARCH_PATH, "desk", { typed: "A" })).status).toBe(400);
});

it("tells the course of what was found, and by whom; to nobody who may not see it", async () => {
  // What the node adds by itself after the months (the end of that day, lights) stands behind it, once it has looked.
  const course = await ask(DESK_MATTER_PATH, HEALTH, { kind: "order", id: orderId });
  expect((course.body as DeskMatterLines).lines.slice(0, 3)).toMatchObject([
    { key: "orderStep", params: { type: "WorkOrderRaised" }, by: clerks["desk"] },
    { params: { type: "WorkOrderTakenIn" }, by: clerks["desk"] },
    { params: { type: "WorkOrderDispatched", department: HEALTH }, by: clerks["desk"] },
  ]);
  expect((await ask(DESK_MATTER_PATH, "税务局", { kind: "order", id: orderId })).status).toBe(404);
  expect((await ask(DESK_MATTER_PATH, HEALTH, { kind: "ticket", id: ticketId })).status).toBe(404);
  const ticket = await ask(DESK_MATTER_PATH, "desk", { kind: "ticket", id: ticketId });
  expect((ticket.body as DeskMatterLines).lines.slice(0, 1)).toMatchObject([
    { key: "taken", params: { number: "A001" } },
  ]);
  const entry = await ask(DESK_MATTER_PATH, "desk", { kind: "entry", id: entryId });
  expect((entry.body as DeskMatterLines).lines).toMatchObject([
    { key: "entryMoved", params: { number: "ZL2026-0001" } },
  ]);
});

it("is noted, without a number that could be somebody's", async () => {
  const telephones = ["13812345678", "138 1234 5678", "138-1234-5678", "1 3 8 1 2 3 4 5 6 7 8"];
  for (const typed of [...telephones, "张三丰", "张三丰 13812345678", "2026-9999", "20261123000001"])
    await find("desk", typed);
  const { rows } = await center.context.database.query<{ act: string; detail: string }>(
    "SELECT act, detail FROM staff_audit ORDER BY audit_id",
  );
  const noted = rows.map(({ act, detail }) => `${act} ${detail}`);
  expect(noted).toEqual(
    expect.arrayContaining([
      ...["A001", "食品经营", "ZL2026-0001", "2026-9999", "20261123000001"].map((typed) => `desk.search ${typed}`),
      ...["…(11)", "…(13)", "…(3)", "…(15)"].map((length) => `desk.search ${length}`),
      `desk.matter order ${orderId}`,
    ]),
  );
  const searches = noted.filter((line) => line.startsWith("desk.search")).join("\n");
  expect(searches).not.toMatch(/138|78|张|1 3/);
  expect((await post(`${center.url}${DESK_SEARCH_PATH}`, { typed: "A001" })).status).toBe(400);
  // Digits of what is known as an item may still be somebody's, however they are parted.
  const item = { kind: "order", id: "o", number: "2026-0001", day: "2026-11-23", about: "13 8-1234 号事项" } as const;
  expect(searchNote("13 8-1234 号", [item])).toBe("13…34 号");
});
