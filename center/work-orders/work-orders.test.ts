import readExcelFile from "read-excel-file/node";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { CANNOT_RAISE_PATH } from "../../shared/contract/cannot-page.ts";
import { DESK_ORDERS_PATH } from "../../shared/contract/work-orders.ts";
import { documentLines, documentSchema } from "../../shared/domain/document/document.ts";
import type { FiledReport } from "../../shared/domain/work-order/filing.ts";
import { post, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { addPlatform } from "../appointments/platforms.ts";
import { createLogger } from "../logger.ts";
import { ensureHall } from "../log/store.ts";
import { scanWorkOrders } from "./order-duty.ts";

/*
 * What could not be done, through the real center: raised from a phone and by the hotline, handed to a department, answered,
 * called back, closed; lights and weekly reports after days of downtime; nobody's name or number in the log.
 */

const HALL = "test-hall";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2026-11-23 09:00 in the hall, a Monday. */
const MONDAY = Date.UTC(2026, 10, 23, 1);
const HEALTH = "区卫健委";
const log = createLogger("silent");

let center: TestCenter;
let now = MONDAY;
let desk: NodeClient;
let office: NodeClient;
let deskDevice: EnrolResponse;
let officeDevice: EnrolResponse;
let lin: string;
let qian: string;
let officer: string;

beforeAll(async () => {
  center = await startCenter({ clock: () => now });
  for (const no of ["9001", "9002", "8001"]) await center.addClerk(no);
  deskDevice = await center.enrol("desk");
  officeDevice = await center.enrol("desk", null, HEALTH);
  ({ clerkId: qian } = await center.login(deskDevice, "9002"));
  ({ clerkId: lin } = await center.login(deskDevice, "9001"));
  ({ clerkId: officer } = await center.login(officeDevice, "8001"));
  desk = await NodeClient.connect({ url: center.url, ...deskDevice });
  office = await NodeClient.connect({ url: center.url, ...officeDevice });
});
afterAll(() => center.stop());

const told = {
  problem: "severalTries",
  itemName: "食品经营许可",
  words: "跑了三趟都说缺材料，但从没一次说清。",
  contact: { name: "张三丰", phone: "13800005678" },
} as const;
const byPhone = async (orderId: string) => post(`${center.url}${CANNOT_RAISE_PATH}`, { orderId, ...told });
const asDesk = (clerkId = lin) => ({ deviceId: deskDevice.deviceId, secret: deskDevice.secret, clerkId });
const asOffice = () => ({ deviceId: officeDevice.deviceId, secret: officeDevice.secret, clerkId: officer });
const ask = (what: string, body: object) => post(`${center.url}${DESK_ORDERS_PATH}/${what}`, body);
const order = (orderId: string) => {
  const found = desk.state.workOrders.get(orderId);
  if (!found) throw new Error(`the desk has no order ${orderId}`);
  return found;
};
const scan = async () => {
  const { hall } = await center.context.halls.get(HALL);
  await scanWorkOrders(hall, now, log);
};
const allEvents = async (): Promise<string> => {
  const { rows } = await center.context.database.query<{ data: string }>("SELECT data::text AS data FROM events");
  return rows.map(({ data }) => data).join("\n");
};

describe("an order from a phone, to its close", () => {
  const orderId = uuidv7();
  const act = (type: Parameters<NodeClient["send"]>[0], data: object, clerkId = lin) =>
    desk.send(type, { orderId, ...data }, { clerkId });

  it("is told its number, the same one however often it is sent", async () => {
    expect(await byPhone(orderId)).toMatchObject({ status: 200, body: { number: "2026-0001" } });
    expect(await byPhone(orderId)).toMatchObject({ status: 200, body: { number: "2026-0001" } });
    expect((await post(`${center.url}${CANNOT_RAISE_PATH}`, { orderId, ...told, words: "短" })).status).toBe(400);
    await desk.until(() => desk.state.workOrders.has(orderId));
    expect(desk.state.workOrders.size).toBe(1);
  });

  it("keeps words and number sealed: in no event, shown masked, whole only on request, and noted who looked", async () => {
    expect(await allEvents()).not.toMatch(/张三丰|13800005678|跑了三趟/);
    const masked = await ask("words", { ...asDesk(), orderId, reveals: false });
    expect(masked.body).toEqual({ words: told.words, contact: { name: "张*", phone: "138****5678" } });
    const whole = await ask("words", { ...asDesk(), orderId, reveals: true });
    expect(whole.body).toMatchObject({ contact: { name: "张三丰", phone: "13800005678" } });
    const { rows } = await center.context.database.query<{ act: string }>("SELECT act FROM staff_audit ORDER BY at");
    expect(rows.map((row) => row.act)).toEqual(expect.arrayContaining(["order.words", "order.contact"]));
    // A department that it is not with learns nothing, not even that it is there.
    expect((await ask("words", { ...asOffice(), orderId, reveals: true })).status).toBe(404);
    expect(office.state.workOrders.size).toBe(0);
  });

  it("tells whoever has its number and the end of the telephone how far it is, and nobody else", async () => {
    const far = (number: string, last4: string) => post(`${center.url}/api/progress`, { number, last4 });
    const told = await far("2026-0001", "5678");
    expect(told).toMatchObject({
      status: 200,
      body: { cases: [{ number: "2026-0001", steps: [{ kind: "received" }] }] },
    });
    expect(JSON.stringify(told.body)).not.toMatch(/张三丰|13800005678|跑了三趟/);
    expect((await far("2026-0001", "0000")).status).toBe(404);
    expect((await far("2026-0009", "5678")).status).toBe(404);
  });

  it("is shown without a contact, and its number tells nothing, when what was kept of it is none", async () => {
    const { database, personal } = center.context;
    const id = order(orderId).contactId ?? "";
    const keep = (value: string) =>
      database.query("UPDATE personal SET box = decode($2, 'base64') WHERE id = $1", [
        id,
        personal.seal(HALL, { id, kind: "orderContact", value }),
      ]);
    await keep("xxxxxxxxxx");
    const shown = await ask("words", { ...asDesk(), orderId, reveals: false });
    expect(shown).toMatchObject({ status: 200, body: { words: told.words, contact: null } });
    expect((await post(`${center.url}/api/progress`, { number: "2026-0001", last4: "5678" })).status).toBe(404);
    await keep(JSON.stringify(told.contact));
  });

  it("goes to the department, which sees it from then on and answers it", async () => {
    await act("TakeWorkOrderIn", { flow: "government", level: 2, summary: "食品经营许可三次未受理" });
    await act("DispatchWorkOrder", { stage: "department", department: HEALTH, note: "请按期办结反馈" });
    await office.until(() => office.state.workOrders.has(orderId));
    expect((await ask("words", { ...asOffice(), orderId, reveals: true })).status).toBe(200);
    await office.send("AcceptWorkOrder", { orderId }, { clerkId: officer });
    const answer = { result: "solved", cause: "guideUnclear", answer: "已受理并当场发证" } as const;
    expect(
      await office.send("AnswerWorkOrder", { orderId, ...answer, guideChange: null }, { clerkId: officer }),
    ).toMatchObject({ status: "refused", refusal: { code: "order_lacks_guide_change" } });
    const guideChange = "材料清单写明场地证明的三种形式";
    await office.send("AnswerWorkOrder", { orderId, ...answer, guideChange }, { clerkId: officer });
    await desk.until(() => order(orderId).status === "answered");
  });

  it("is verified, called back and closed", async () => {
    await act("VerifyWorkOrder", { isRight: true, finding: "抽查卷宗情况属实" });
    expect(await act("CloseWorkOrder", {})).toMatchObject({ refusal: { code: "order_lacks_call_back" } });
    await act("CallBackOrder", { outcome: "satisfied", note: "反映人表示满意" });
    await act("CloseWorkOrder", {});
    await desk.until(() => order(orderId).status === "closed");
    expect(order(orderId).answer?.isOnTime).toBe(true);
  });

  it("leads to the guide's text that has to change, and to a workbook in the district's template", async () => {
    const days = { from: "2026-11-23", to: "2026-11-23" };
    const figures = await ask("figures", { ...asDesk(), ...days });
    expect(figures.body).toMatchObject({
      all: { raised: 1, closed: 1, onTime: 1 },
      guideFaults: [
        { itemName: "食品经营许可", orders: ["2026-0001"], changes: [{ change: "材料清单写明场地证明的三种形式" }] },
      ],
    });
    const sheetOf = async (what: object) => {
      const response = await fetch(`${center.url}${DESK_ORDERS_PATH}/sheet`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...asDesk(), what }),
      });
      expect(response.status).toBe(200);
      const [sheet] = await readExcelFile(Buffer.from(await response.arrayBuffer()));
      return JSON.stringify(sheet?.data);
    };
    const one = await sheetOf({ kind: "order", orderId });
    for (const text of ["“办不成事”工作单", "No.2026-0001", "工作单接收部门", HEALTH, "未成功受理原因", "抄送"])
      expect(one).toContain(text);
    expect(one).not.toMatch(/张三丰|13800005678/);
    expect(await sheetOf({ kind: "figures", ...days })).toContain("汇总");
    const paper = await ask("paper", { ...asDesk(), what: { kind: "order", orderId } });
    expect(documentLines(documentSchema.parse(paper.body)).join("\n")).toContain("存在问题　食品经营许可三次未受理");
    const what = "材料三已列明场地证明的三种形式";
    await office.send("RecordGuideChange", { orderId, what }, { clerkId: officer });
    await desk.until(() => order(orderId).answer?.guideDone != null);
    const changed = await ask("figures", { ...asDesk(), ...days });
    expect(changed.body).toMatchObject({
      guideFaults: [{ changes: [{ openOrders: [], done: { what, by: officer } }] }],
    });
  });
});

describe("an order of the hotline", () => {
  it("is taken once, however often it is pushed, and its number tells how far it is", async () => {
    const key = await addPlatform(center.context.database, "12345", now);
    const url = `${center.url}/api/platform/halls/${HALL}/work-orders/HL-20261123-7`;
    const call = async (method: "PUT" | "GET", body?: object, bearer = key) => {
      const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${bearer}`, ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    };
    const pushed = { source: "hotline", flow: "business", ...told };
    expect(await call("GET")).toMatchObject({ status: 404 });
    expect(await call("PUT", pushed, "x".repeat(43))).toMatchObject({ status: 401 });
    expect(await call("PUT", { ...pushed, flow: "none" })).toMatchObject({ status: 422 });
    const first = await call("PUT", pushed);
    expect(first).toMatchObject({ status: 201, body: { number: "2026-0002", status: "recorded" } });
    expect(await call("PUT", pushed)).toMatchObject({ status: 200, body: { number: "2026-0002" } });
    await desk.until(() => desk.state.workOrders.size === 2);
    const raised = [...desk.state.workOrders.values()].find(({ channel }) => channel === "hotline");
    expect(raised).toMatchObject({ externalId: "HL-20261123-7", flow: "business" });
    const turnTo = "人民法院诉讼服务中心（12368）";
    const reject = { orderId: raised?.id ?? "", exclusion: "litigation", reason: "正在法院审理之中", turnTo };
    await desk.send("RejectWorkOrder", reject, { clerkId: lin });
    expect(await call("GET")).toMatchObject({ status: 200, body: { status: "outOfScope", turnTo } });
  });
});

describe("how far an order is, where several halls are homed", () => {
  it("is told of the hall that was named only, and tries are counted there", async () => {
    const far = async (last4: string, hallId?: string) =>
      (await post(`${center.url}/api/progress`, { hallId, number: "2026-0001", last4 })).status;
    expect([await far("5678"), await far("5678", HALL), await far("5678", "zz-hall")]).toEqual([200, 200, 404]);
    const { database } = center.context;
    await ensureHall(database, "zz-hall", "另一个大厅", uuidv7());
    // The same number, as every hall has it.
    await database.query(
      `INSERT INTO work_orders SELECT (json_populate_record(o, '{"hall_id": "zz-hall"}')).* FROM work_orders o
       WHERE hall_id = $1 AND state::jsonb ->> 'number' = '2026-0001'`,
      [HALL],
    );
    expect([await far("5678"), await far("5678", HALL), await far("5678", "zz-hall")]).toEqual([404, 200, 404]);
    for (let tries = 0; tries < 5; tries += 1) await far("0000", "zz-hall");
    expect([await far("5678", "zz-hall"), await far("5678", HALL)]).toEqual([429, 200]);
    await database.query("UPDATE halls SET homed = false WHERE hall_id = 'zz-hall'");
    await database.query("DELETE FROM work_orders WHERE hall_id = 'zz-hall'");
  });
});

describe("lights and weekly reports", () => {
  it("come after days of downtime, each once; the report stays as it was filed", async () => {
    const orderId = uuidv7();
    await byPhone(orderId);
    await desk.until(() => desk.state.workOrders.has(orderId));
    // The center was down from Monday to the Saturday after.
    now = MONDAY + 5 * DAY;
    await Promise.all([scan(), scan()]);
    await scan();
    await desk.until(() => desk.state.orderReports.size >= 2);
    expect(order(orderId).clock.told).toEqual(["yellow", "red"]);
    const reports = [...desk.state.orderReports.keys()].sort();
    expect(reports).toEqual([`department/2026-11-27/${HEALTH}`, "lead/2026-11-27/-"]);
    const { rows } = await center.context.database.query<{ type: string; count: number }>(
      `SELECT type, count(*) AS count FROM events WHERE type IN ('WorkOrderEscalated', 'OrderReportFiled', 'OrderWeekFiled')
       GROUP BY type ORDER BY type`,
    );
    expect(rows).toEqual([
      { type: "OrderReportFiled", count: 2 },
      { type: "OrderWeekFiled", count: 2 },
      { type: "WorkOrderEscalated", count: 2 },
    ]);

    const reportId = "lead/2026-11-27/-";
    const filed = await ask("report", { ...asDesk(), reportId });
    expect(filed.body).toMatchObject({ totals: { raised: 3, closed: 2, open: 1, overdue: 1 } });
    await desk.send("CorrectOrderReport", { reportId, text: "第2号不予受理，不计办结" }, { clerkId: qian });
    await desk.until(() => desk.state.orderReports.get(reportId)?.corrections.length === 1);
    const after = (await ask("report", { ...asDesk(), reportId })).body as FiledReport;
    expect(after.corrections).toMatchObject([{ text: "第2号不予受理，不计办结", by: qian }]);
    expect({ ...after, corrections: [] }).toEqual(filed.body);
    const week = { from: "2026-11-23", to: "2026-11-29" };
    const heads = async (who: object, days = week): Promise<unknown> =>
      ((await ask("reports", { ...who, ...days })).body as { reports: { id: string }[] }).reports.map(({ id }) => id);
    expect(await heads(asDesk())).toEqual(["lead/2026-11-27/-", `department/2026-11-27/${HEALTH}`]);
    expect(await heads(asOffice())).toEqual([`department/2026-11-27/${HEALTH}`]);
    expect(await heads(asDesk(), { from: "2026-11-28", to: "2026-12-31" })).toEqual([]);
    const paper = await ask("paper", { ...asDesk(), what: { kind: "report", reportId } });
    const text = documentLines(documentSchema.parse(paper.body)).join("\n");
    for (const wanted of ["“办不成事”周报备案", "应报时间　2026-11-27 16:00", "2026-0001", "第2号不予受理，不计办结"])
      expect(text).toContain(wanted);
    expect((await ask("paper", { ...asOffice(), what: { kind: "report", reportId } })).status).toBe(404);
    const noted = await center.context.database.query<{ detail: string }>(
      "SELECT detail FROM staff_audit WHERE act = 'order.export'",
    );
    expect(noted.rows.map(({ detail }) => detail)).toContain(`report paper ${reportId}`);
    expect((await ask("report", { ...asOffice(), reportId })).status).toBe(404);
    expect((await ask("report", { ...asOffice(), reportId: `department/2026-11-27/${HEALTH}` })).status).toBe(200);
    expect([...office.state.orderReports.keys()]).toEqual([`department/2026-11-27/${HEALTH}`]);
  });
});
