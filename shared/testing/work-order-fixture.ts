import { clerk, desk, kiosk, nodeActor, TestHall } from "./hall-fixture.ts";
import type { CommandData } from "../domain/hall/commands.ts";
import type { HallPlan } from "../domain/hall/plan.ts";
import type { Decision } from "../domain/hall/decision.ts";
import type { Actor } from "../domain/identity/roles.ts";
import type { OrderChannel, WorkOrder } from "../domain/work-order/work-order.ts";

export const ORDER = "order-1";

export const raising = (change: Partial<CommandData<"RaiseWorkOrder">> = {}): CommandData<"RaiseWorkOrder"> => ({
  orderId: ORDER,
  flow: "government",
  channel: "counter",
  problem: "severalTries",
  itemCode: "item-1",
  itemName: "食品经营许可",
  intakeId: null,
  caseId: null,
  ticketNumber: null,
  externalId: null,
  wordsId: null,
  contactId: null,
  ...change,
});

export const departmentDesk = (department: string, clerkId = `staff-${department}`): Actor => ({
  ...desk(clerkId),
  deviceId: `desk-${department}`,
  department,
});

export const lin = desk("lin");
export const qian = desk("qian");
export const HEALTH = "区卫健委";
export const health = departmentDesk(HEALTH);

const raiserOf = (channel: OrderChannel): Actor =>
  channel === "counter" ? clerk("zhang") : channel === "desk" ? lin : channel === "kiosk" ? kiosk() : nodeActor;

/** A hall with one order, and the acts on it in the words of the desk. */
export class OrderHall extends TestHall {
  constructor(plan?: HallPlan) {
    super(plan);
  }

  order(orderId = ORDER): WorkOrder {
    const found = this.state.workOrders.get(orderId);
    if (!found) throw new Error(`there is no order ${orderId}`);
    return found;
  }

  raise(change: Partial<CommandData<"RaiseWorkOrder">> = {}): Decision {
    const data = raising(change);
    return this.give(raiserOf(data.channel), "RaiseWorkOrder", data);
  }

  takeIn(level: 1 | 2 | 3 = 2, flow = "government", orderId = ORDER): Decision {
    return this.give(lin, "TakeWorkOrderIn", { orderId, flow, level, summary: "材料齐全三次未受理" });
  }

  dispatch(stage = "department", department = HEALTH, orderId = ORDER): Decision {
    return this.give(lin, "DispatchWorkOrder", { orderId, stage, department, note: "请按期办结并反馈" });
  }

  accept(who: Actor = health, orderId = ORDER): Decision {
    return this.give(who, "AcceptWorkOrder", { orderId });
  }

  answer(change: Partial<CommandData<"AnswerWorkOrder">> = {}, who: Actor = health): Decision {
    return this.give(who, "AnswerWorkOrder", {
      orderId: ORDER,
      result: "solved",
      cause: "crossDepartment",
      answer: "已协调当场受理",
      guideChange: null,
      ...change,
    });
  }

  verify(isRight = true, who: Actor = lin, orderId = ORDER): Decision {
    return this.give(who, "VerifyWorkOrder", { orderId, isRight, finding: "抽查卷宗情况属实" });
  }

  callBack(outcome: "satisfied" | "notSatisfied" | "unreachable" = "satisfied"): Decision {
    return this.give(lin, "CallBackOrder", { orderId: ORDER, outcome, note: "电话回访的结果" });
  }

  meet(who: Actor = lin): Decision {
    return this.give(who, "HoldOrderMeeting", {
      orderId: ORDER,
      meetingId: "meeting-1",
      day: "2026-11-23",
      participants: [HEALTH, "区市场监管局"],
      minutes: "会议听取了情况，议定由两部门联合踏勘后办理。",
      decision: "联合踏勘后予以办理",
    });
  }

  close(orderId = ORDER): Decision {
    return this.give(lin, "CloseWorkOrder", { orderId });
  }
}
