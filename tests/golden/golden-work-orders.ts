import { happened } from "../../shared/domain/hall/decision.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { nodeActor } from "../../shared/testing/hall-fixture.ts";
import { departmentDesk, health, lin, ORDER, OrderHall, qian } from "../../shared/testing/work-order-fixture.ts";

const DAY = 86_400_000;

/** Orders up their ladder to closure, with everything that work orders have an event for. */
export const goldenWorkOrders = (): readonly DomainEvent[] => {
  const hall = new OrderHall();
  const force = departmentDesk("专班");
  const orderId = ORDER;
  hall.raise({ contactId: "contact-1", wordsId: "words-1" });
  hall.raise({ orderId: "order-2", channel: "hotline", externalId: "HL-7" });
  const turnTo = "人民法院诉讼服务中心（12368）";
  const reject = { orderId: "order-2", exclusion: "litigation", reason: "正在法院审理之中", turnTo };
  hall.give(lin, "RejectWorkOrder", reject);
  hall.takeIn();
  const facts = { problem: "tooLong", itemCode: null, itemName: "食品经营许可" } as const;
  hall.give(lin, "EditWorkOrder", { orderId, ...facts, summary: "更正：超过承诺时限" });
  hall.dispatch();
  hall.accept();
  hall.give(health, "ExtendWorkOrder", { orderId, until: "2026-12-02", reason: "需要现场踏勘核实" });
  hall.give(health, "ReturnWorkOrder", { orderId, reason: "涉及多个部门，无法协调" });
  hall.dispatch("taskForce", "专班");
  hall.accept(force);
  hall.meet(force);
  hall.give(lin, "ReportOrderToCity", { orderId, reason: "需要市级部门明确口径" });
  hall.give(lin, "PauseWorkOrder", { orderId, reason: "city", note: "已上报等待答复" });
  hall.now += 2 * DAY;
  hall.give(lin, "RecordCityAnswer", { orderId, answer: "市级部门同意办理" });
  hall.give(lin, "ResumeWorkOrder", { orderId, note: "收到市级答复" });
  hall.now += 16 * DAY;
  for (const step of ["yellow", "red"] as const)
    hall.give(nodeActor, "EscalateWorkOrder", { orderId, clock: hall.order().clock.no, step });
  const dueAt = Date.UTC(2026, 10, 27, 8);
  hall.give(nodeActor, "FileOrderReports", { kind: "department", dueAt: dueAt - 4 * 3_600_000 });
  hall.give(nodeActor, "FileOrderReports", { kind: "lead", dueAt });
  const text = "第2号不予受理，不计办结";
  hall.give(lin, "CorrectOrderReport", { reportId: "lead/2026-11-27/-", text });
  hall.answer({ cause: "guideUnclear", guideChange: "写明场地证明的三种形式" }, force);
  hall.verify(false);
  hall.answer({}, force);
  hall.verify();
  hall.callBack("notSatisfied");
  hall.answer({}, force);
  hall.verify(true, qian);
  hall.callBack();
  hall.give(qian, "StrikeWorkOrder", { orderId, finding: "已办结并举一反三" });
  hall.close();
  // What a department is fed with; no log holds it.
  return [...hall.log, happened("WorkOrderLeft", hall.now, { orderId: "order-2" })];
};
