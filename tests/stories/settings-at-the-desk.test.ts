import { afterAll, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { setDuty } from "../../center/identity/clerks.ts";
import { setUpHall } from "../../center/hall-setup.ts";
import { DESK_PLANS_PATH, type PlanHistory } from "../../shared/contract/desk-floor.ts";
import { greenCodeDigest } from "../../shared/domain/kiosk/green-code.ts";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import { post, startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { NodeClient } from "../helpers/node-client.ts";

/*
 * The duty manager changes the settings of the running hall:
 * 1. A setting that is wrong is refused with its reason; the board and the kiosk go on by the old plan.
 * 2. A new green-channel code is in force at the kiosk at once; every screen holds the new plan, without who and why.
 * 2a. Another clerk of the same desk is refused, whatever she sends and under whose name: the manager has signed out. The
 *     manager is heard again once she is back, and refused once she is none any more.
 * 3. The desk sees what was changed, by whom, and why.
 * 4. The node starts again with the file that it was installed with: the desk's settings stay. Another file replaces them.
 */
let center: TestCenter;
beforeAll(async () => {
  center = await startCenter();
});
afterAll(() => center.stop());

it("changes the settings of a running hall", async () => {
  await center.addClerk("2001", "赵敏");
  await center.addClerk("2002", "孙静");
  await setDuty(center.context.database, "test-hall", "2001", "manager");
  const enrolled = await center.enrol("desk");
  const { clerkId } = await center.login(enrolled, "2001");
  const desk = await NodeClient.connect({ url: center.url, ...enrolled });
  const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
  const board = await NodeClient.connect({ url: center.url, ...(await center.enrol("display")) });
  // Not with the welcome: what it says of the hall may come a moment later.
  await board.until(() => board.state.plan !== null);
  const before = board.state.plan;

  const wrong = { waitLimitMinutes: { warn: 90, alarm: 30 } };
  expect(await desk.send("ChangeHallPlan", { change: wrong, reason: "x" }, { clerkId })).toMatchObject({
    status: "refused",
  });
  const unknown = { businesses: [{ id: "Q", appointmentsPerSlot: 1 }] };
  expect(await desk.send("ChangeHallPlan", { change: unknown, reason: "x" }, { clerkId })).toMatchObject({
    status: "refused",
    refusal: { code: "plan_wrong" },
  });
  expect(board.state.plan).toEqual(before);

  const code = greenCodeDigest("test-hall", "ABCD-2345");
  const take = () =>
    kiosk.send("TakeTicket", {
      ticketId: uuidv7(),
      businessId: "A",
      class: "green",
      itemCode: null,
      itemName: null,
      personKey: null,
      greenCode: code,
    });
  expect(await take()).toMatchObject({ status: "refused", refusal: { code: "green_code_unknown" } });
  const change = {
    greenCodes: { add: [code], remove: [] },
    creditMinutes: { green: 30, appointment: 15, priority: 15, pickup: 10 },
  };
  const reason = "人才服务日，发放绿色通道码";
  expect(await desk.send("ChangeHallPlan", { change, reason }, { clerkId })).toMatchObject({ status: "accepted" });
  expect(await take()).toMatchObject({ status: "accepted" });
  await board.until(() => board.state.plan?.settings.creditMinutes.green === 30);
  expect(JSON.stringify(board.events)).not.toContain(reason);
  expect(JSON.stringify(board.events)).not.toContain(clerkId);

  const asked = await post(`${center.url}${DESK_PLANS_PATH}`, { ...enrolled, clerkId });
  const { changes } = asked.body as PlanHistory;
  expect(changes[0]).toMatchObject({
    change: { reason, clerkId },
    differences: [
      { path: "settings.creditMinutes.green", before: "20", after: "30" },
      { path: "settings.kiosk.greenCodes", before: "0", after: "1" },
    ],
  });
  const other = await center.login(enrolled, "2002");
  expect(other.duty).toBe("clerk");
  const changeAs = (id: string, mode: "claim" | "record" = "claim") =>
    desk.send("ChangeHallPlan", { change: { hours: null }, reason: "x" }, { clerkId: id, mode });
  const notPermitted = { status: "refused", refusal: { code: "not_permitted" } };
  for (const id of [other.clerkId, clerkId])
    for (const mode of ["claim", "record"] as const) expect(await changeAs(id, mode)).toMatchObject(notPermitted);
  await center.login(enrolled, "2001");
  expect(await changeAs(clerkId)).toMatchObject({ status: "accepted" });
  const { deviceId, secret } = enrolled;
  expect((await post(`${center.url}/api/logout`, { deviceId, secret })).status).toBe(204);
  expect(await changeAs(clerkId)).toMatchObject(notPermitted);
  // What every clerk may do and what was done before signing out stays under the manager's name.
  const notice = { text: "两点开会", textEn: "", tone: "info" as const, places: ["staff" as const], until: null };
  expect(
    await desk.send("PublishNotice", { ...notice, noticeId: uuidv7() }, { clerkId, mode: "record" }),
  ).toMatchObject({ status: "accepted" });
  const { rows } = await center.context.database.query<{ actor: string }>(
    "SELECT actor FROM events WHERE type = 'NoticePublished'",
  );
  expect(JSON.parse(rows[0]?.actor ?? "{}")).toMatchObject({ clerkId });
  await center.login(enrolled, "2001");
  expect(await changeAs(clerkId)).toMatchObject({ status: "accepted" });
  expect(await setDuty(center.context.database, "test-hall", "2001", "clerk")).toBe(true);
  expect(await changeAs(clerkId)).toMatchObject(notPermitted);
  expect(await setDuty(center.context.database, "test-hall", "9999", "manager")).toBe(false);

  const stranger = await center.enrol("kiosk");
  expect((await post(`${center.url}${DESK_PLANS_PATH}`, { ...stranger, clerkId })).status).toBe(401);

  const { database, halls } = center.context;
  await setUpHall(database, halls, testPlan);
  const { hall } = await halls.get("test-hall");
  expect(hall.plan?.settings.creditMinutes.green).toBe(30);
  await setUpHall(database, halls, { ...testPlan, name: "新大厅" });
  expect(hall.plan).toEqual(hallPlanSchema.parse({ ...testPlan, name: "新大厅" }));
  for (const client of [desk, kiosk, board]) client.close();
});
