import { afterAll, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { addPlatform } from "../../center/appointments/platforms.ts";
import { createLogger } from "../../center/logger.ts";
import { scanWorkOrders } from "../../center/work-orders/order-duty.ts";
import type { CommandData, CommandType } from "../../shared/domain/hall/commands.ts";
import { makeDataDir, startCenter, type TestCenter } from "../helpers/center.ts";
import { NodeClient } from "../helpers/node-client.ts";

/*
 * Both flows of what could not be done, to closure, over a holiday, a weekend that is worked and a day without a center:
 *
 * 1. Tuesday 29 September 2026: a counter raises an order (government services), the hotline another one (business services).
 *    Both have five working days: 30 September, 8, 9, 10 (a Saturday that is worked) and 12 October.
 * 2. Both are handed over and accepted. On Wednesday, the last working day before the National Day, the week is filed.
 * 3. The holiday passes without a light. On Thursday evening, 8 October, the center goes down for all of Friday.
 * 4. On Saturday, 10 October, it comes back: Friday's reports are filed, the yellow lights are told, each once and by itself.
 * 5. The department answers; the business order goes up to the joint meeting, which meets and answers.
 * 6. A third order climbs the whole ladder of government services: counter, department, task force, steering group. The task force
 *    has to meet before it gives it up, the steering group before it says no.
 * 7. All are verified, called back and closed in time on Monday, and the log verifies.
 */
const at = (day: string, clock: string): number => Date.parse(`${day}T${clock}:00+08:00`);
const HALL = "test-hall";
const HEALTH = "区卫健委";
const INVEST = "区投促局";
const MEETING = "服务总管家联席会";
const FORCE = "“办不成事”专班";
const BOARD = "“放管服”改革领导小组";

let dataDir: string;
let center: TestCenter;
let now = at("2026-09-29", "09:30");
const devices: Record<string, EnrolResponse> = {};
const clients: Record<string, NodeClient> = {};
const clerks: Record<string, string> = {};

const names = ["desk", "window", HEALTH, INVEST, MEETING, FORCE, BOARD] as const;

const connect = async (): Promise<void> => {
  for (const name of names) {
    const device = devices[name];
    if (!device) throw new Error(`${name} is not enrolled`);
    clients[name] = await NodeClient.connect({ url: center.url, deviceId: device.deviceId, secret: device.secret });
  }
};
const clientOf = (name: string): NodeClient => {
  const client = clients[name];
  if (!client) throw new Error(`${name} has no line`);
  return client;
};
const act = async <T extends CommandType>(who: string, type: T, data: CommandData<T>, clerkNo = "1"): Promise<void> => {
  const clerkId = clerks[`${who}${clerkNo}`];
  const result = await clientOf(who).send(type, data, { clerkId: clerkId ?? null });
  expect(result, `${who} ${type}`).toMatchObject({ status: "accepted" });
};
const order = (orderId: string) => {
  const found = clientOf("desk").state.workOrders.get(orderId);
  if (!found) throw new Error("the desk has no such order");
  return found;
};
const dueDay = (orderId: string): string =>
  new Date((order(orderId).clock.due?.dueAt ?? 0) + 8 * 3_600_000).toISOString().slice(0, 10);
/** The desk hands an order over, and whoever gets it accepts it. */
const handOver = async (orderId: string, stage: string, department: string): Promise<void> => {
  await act("desk", "DispatchWorkOrder", { orderId, stage, department, note: "请研究办理" });
  await clientOf(department).until(() => clientOf(department).state.workOrders.has(orderId));
  await act(department, "AcceptWorkOrder", { orderId });
  handedTo.push(stage);
};
/** The stages that the third order went through. */
const handedTo: string[] = [];
/** The center looks at its orders every ten seconds. */
const until = (isSo: () => boolean): Promise<void> => clientOf("desk").until(isSo, 20_000);
const reportDays = (): readonly string[] => [...clientOf("desk").state.orderReports.keys()].sort();

beforeAll(async () => {
  dataDir = await makeDataDir();
  center = await startCenter({ dataDir, clock: () => now });
  for (const name of names) {
    const device =
      name === "window"
        ? await center.enrol("window", "1")
        : await center.enrol("desk", null, name === "desk" ? null : name);
    devices[name] = device;
    for (const no of name === "desk" ? ["2", "1"] : ["1"]) {
      const clerkNo = `${String(names.indexOf(name))}00${no}`;
      await center.addClerk(clerkNo);
      clerks[`${name}${no}`] = (await center.login(device, clerkNo)).clerkId;
    }
  }
  await connect();
}, 60_000);
afterAll(() => center.stop());

const government = uuidv7();
const ladder = uuidv7();
let business: string;

it("1 is raised by a counter and by the hotline", async () => {
  for (const [orderId, itemName] of [
    [government, "食品经营许可"],
    [ladder, "历史遗留房屋登记"],
  ] as const)
    await act("window", "RaiseWorkOrder", {
      orderId,
      flow: "government",
      channel: "counter",
      problem: "severalTries",
      itemCode: null,
      itemName,
      intakeId: null,
      caseId: null,
      ticketNumber: null,
      externalId: null,
      wordsId: null,
      contactId: "contact-1",
    });
  const key = await addPlatform(center.context.database, "12345", now);
  const pushed = await fetch(`${center.url}/api/platform/halls/${HALL}/work-orders/HL-1`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      source: "hotline",
      flow: "business",
      problem: "tooLong",
      itemName: "户外广告设置",
      words: "两个部门互相推，三个月没有结果。",
      contact: { name: "李四", phone: "13900001234" },
    }),
  });
  expect(pushed.status).toBe(201);
  await until(() => clientOf("desk").state.workOrders.size === 3);
  business = [...clientOf("desk").state.workOrders.keys()].find((id) => id !== government && id !== ladder) ?? "";
  expect(dueDay(government)).toBe("2026-09-30");
});

it("2 is handed over and accepted; the week is filed on its last working day", async () => {
  for (const [orderId, flow, stage, department] of [
    [government, "government", "department", HEALTH],
    [business, "business", "stewardUnit", INVEST],
  ] as const) {
    await act("desk", "TakeWorkOrderIn", { orderId, flow, level: 2, summary: "材料齐全多次未办成" });
    await act("desk", "DispatchWorkOrder", { orderId, stage, department, note: "请按期办结并反馈" });
    await clientOf(department).until(() => clientOf(department).state.workOrders.has(orderId));
    await act(department, "AcceptWorkOrder", { orderId });
    expect(clientOf(department).state.workOrders.size).toBe(1);
  }
  await act("desk", "TakeWorkOrderIn", {
    orderId: ladder,
    flow: "government",
    level: 2,
    summary: "历史遗留，多次未办成",
  });
  await handOver(ladder, "department", HEALTH);
  await act(HEALTH, "ReturnWorkOrder", { orderId: ladder, reason: "涉及多个部门，无法单独办理" });
  await handOver(ladder, "taskForce", FORCE);
  await until(() => order(business).status === "inWork");
  expect([dueDay(government), dueDay(business)]).toEqual(["2026-10-12", "2026-10-12"]);
  now = at("2026-09-30", "16:00");
  // At once, not with its next look in ten seconds; that it looks by itself is seen after the weekend.
  await scanWorkOrders((await center.context.halls.get(HALL)).hall, now, createLogger("silent"));
  await until(() => reportDays().length === 4);
  expect(reportDays()).toEqual([
    `department/2026-09-30/${FORCE}`,
    `department/2026-09-30/${HEALTH}`,
    `department/2026-09-30/${INVEST}`,
    "lead/2026-09-30/-",
  ]);
}, 30_000);

it("3, 4 passes the holiday without a light; what fell into a day without a center is made up for, once and by itself", async () => {
  now = at("2026-10-08", "18:00");
  await act("desk", "EditWorkOrder", {
    orderId: government,
    problem: "tooLong",
    itemCode: null,
    itemName: "食品经营许可",
    summary: "更正：超过承诺时限",
  });
  await until(() => order(government).problem === "tooLong");
  expect([government, business].map((id) => order(id).clock.told)).toEqual([[], []]);
  for (const name of names) clientOf(name).close();
  await center.stop();
  now = at("2026-10-10", "09:00");
  center = await startCenter({ dataDir, clock: () => now });
  await connect();
  await until(() => reportDays().length === 8 && order(business).clock.told.length === 1);
  await until(() => order(government).clock.told.length === 1);
  expect(reportDays().filter((id) => id.includes("2026-10-09"))).toHaveLength(4);
  // A light or a report is one event each, though the center looked again and again.
  const { rows } = await center.context.database.query<{ type: string; count: number }>(
    `SELECT type, count(*) AS count FROM events WHERE type IN ('WorkOrderEscalated', 'OrderReportFiled', 'OrderWeekFiled')
     GROUP BY type ORDER BY type`,
  );
  expect(rows).toEqual([
    { type: "OrderReportFiled", count: 8 },
    { type: "OrderWeekFiled", count: 4 },
    { type: "WorkOrderEscalated", count: 2 },
  ]);
}, 60_000);

it("5 is answered by the department, and by the joint meeting after it has met", async () => {
  const answer = { result: "solved", cause: "crossDepartment", answer: "已协调受理并办结", guideChange: null } as const;
  await act(HEALTH, "AnswerWorkOrder", { orderId: government, ...answer });
  await act(INVEST, "ReturnWorkOrder", { orderId: business, reason: "涉及两个部门，本单位无法协调" });
  await act("desk", "DispatchWorkOrder", {
    orderId: business,
    stage: "jointMeeting",
    department: MEETING,
    note: "请一事一议",
  });
  await clientOf(INVEST).until(() => clientOf(INVEST).state.workOrders.size === 0);
  await clientOf(MEETING).until(() => clientOf(MEETING).state.workOrders.has(business));
  await act(MEETING, "AcceptWorkOrder", { orderId: business });
  await act(MEETING, "HoldOrderMeeting", {
    orderId: business,
    meetingId: uuidv7(),
    day: "2026-10-10",
    participants: [INVEST, "区城管局"],
    minutes: "会议听取了两部门意见，议定由城管局牵头。",
    decision: "由城管局牵头三日内办结",
  });
  await act(MEETING, "AnswerWorkOrder", { orderId: business, ...answer });
});

it("6 climbs the whole ladder; whoever is above may say no, after it has met", async () => {
  const no = {
    orderId: ladder,
    result: "denied",
    cause: "historic",
    answer: "经研究现阶段不予办理",
    guideChange: null,
  } as const;
  const refused = async (who: string, code: string): Promise<void> => {
    const result = await clientOf(who).send("AnswerWorkOrder", no, { clerkId: clerks[`${who}1`] ?? null });
    expect(result).toMatchObject({ status: "refused", refusal: { code } });
  };
  await refused(FORCE, "order_lacks_meeting");
  await act(FORCE, "ReturnWorkOrder", { orderId: ladder, reason: "需要领导小组统筹研究" });
  await handOver(ladder, "board", BOARD);
  await refused(BOARD, "order_lacks_meeting");
  await act(BOARD, "HoldOrderMeeting", {
    orderId: ladder,
    meetingId: uuidv7(),
    day: "2026-10-10",
    participants: [HEALTH, FORCE, "区住建局"],
    minutes: "会议研究了历史资料，议定待上级政策明确后办理。",
    decision: "现阶段不予办理，书面说明理由",
  });
  await act(BOARD, "AnswerWorkOrder", no);
  expect(handedTo).toEqual(["department", "taskForce", "board"]);
});

it("7 is verified by another person, called back and closed in time; the log verifies", async () => {
  now = at("2026-10-12", "10:00");
  for (const orderId of [government, business, ladder]) {
    await act("desk", "VerifyWorkOrder", { orderId, isRight: true, finding: "抽查卷宗情况属实" }, "2");
    await act("desk", "CallBackOrder", { orderId, outcome: "satisfied", note: "反映人表示满意" });
    await act("desk", "CloseWorkOrder", { orderId });
  }
  const all = [government, business, ladder];
  await until(() => all.every((id) => order(id).status === "closed"));
  expect(all.map((id) => order(id).answer?.isOnTime)).toEqual([true, true, true]);
  const { rows } = await center.context.database.query<{ data: string }>("SELECT data::text AS data FROM events");
  expect(rows.map(({ data }) => data).join("\n")).not.toMatch(/李四|13900001234|三个月没有结果/);
}, 30_000);
