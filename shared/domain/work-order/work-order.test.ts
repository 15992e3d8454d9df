import { describe, expect, it } from "vitest";
import { dayOf } from "../../basics/time.ts";
import { CaseHall, department, zhang } from "../../testing/case-fixture.ts";
import { clerk, desk, kiosk, nodeActor, outcome, reviewScreen } from "../../testing/hall-fixture.ts";
import {
  departmentDesk,
  HEALTH,
  health,
  lin,
  ORDER,
  OrderHall,
  qian,
  raising,
} from "../../testing/work-order-fixture.ts";
import { orderChannelSchema, orderLacks, orderLight, orderSteps } from "./work-order.ts";

const DAY = 86_400_000;
const dueDay = (hall: OrderHall): string | null => {
  const due = hall.order().clock.due;
  return due === null ? null : new Date(due.dueAt + 8 * 3_600_000).toISOString().slice(0, 10);
};
/** Raised, in scope, at the department and accepted there. */
const inWork = (change: Parameters<OrderHall["raise"]>[0] = {}): OrderHall => {
  const hall = new OrderHall();
  hall.raise(change);
  hall.takeIn();
  hall.dispatch();
  hall.accept();
  return hall;
};

describe("raising a work order", () => {
  it("gives a number of the year, and nobody is responsible yet: one working day for that", () => {
    const hall = new OrderHall();
    expect(outcome(hall.raise())).toEqual(["WorkOrderRaised", "WorkOrderNumbered"]);
    expect(hall.order()).toMatchObject({ number: "2026-0001", status: "recorded", department: null });
    expect(hall.order().clock).toMatchObject({ kind: "assign", start: "2026-11-23" });
    expect(dueDay(hall)).toBe("2026-11-24");
    hall.raise({ orderId: "order-2" });
    expect(hall.state.orderReceipts.get("order-2")).toBe("2026-0002");
  });

  it("is open to the counter, the kiosk, the desk and the node, and to nobody else; the same id again changes nothing", () => {
    const hall = new OrderHall();
    for (const [actor, orderId, channel] of [
      [clerk("zhang"), "a", "counter"],
      [kiosk(), "b", "kiosk"],
      [desk("lin"), "c", "desk"],
      [nodeActor, "d", "phone"],
    ] as const) {
      expect(outcome(hall.give(actor, "RaiseWorkOrder", raising({ orderId, channel })))).toHaveLength(2);
      expect(outcome(hall.give(actor, "RaiseWorkOrder", raising({ orderId, channel })))).toEqual([]);
    }
    expect(outcome(hall.give(reviewScreen("1"), "RaiseWorkOrder", raising()))).toBe("not_permitted");
    expect(outcome(hall.give(health, "RaiseWorkOrder", raising()))).toBe("not_permitted");
    expect([...hall.state.workOrders.values()].map(({ number }) => number)).toEqual([
      "2026-0001",
      "2026-0002",
      "2026-0003",
      "2026-0004",
    ]);
  });

  it("begins the numbers anew with the year", () => {
    const hall = new OrderHall();
    hall.raise();
    hall.now = Date.UTC(2026, 11, 31, 16);
    hall.raise({ orderId: "order-2" });
    expect(hall.order("order-2").number).toBe("2027-0001");
  });
});

describe("who raises it", () => {
  const channels = orderChannelSchema.options;
  it.each([
    [kiosk(), ["kiosk"]],
    [clerk("zhang"), ["counter"]],
    [lin, ["desk"]],
    [nodeActor, ["phone", "hotline", "onlineHall"]],
    [health, []],
  ] as const)("%o may name only its own way in", (who, own) => {
    for (const channel of channels) {
      const hall = new OrderHall();
      const decision = hall.give(who, "RaiseWorkOrder", raising({ channel }));
      expect(decision.ok, channel).toBe((own as readonly string[]).includes(channel));
    }
  });

  it("by a record with another way in leaves an anomaly and no order", () => {
    const hall = new OrderHall();
    hall.give(kiosk(), "RaiseWorkOrder", raising({ channel: "hotline" }), { mode: "record" });
    expect(hall.state.workOrders.size).toBe(0);
    expect(hall.state.anomalies).toMatchObject([{ code: "order_channel_wrong" }]);
  });
});

describe("the guide's text", () => {
  const asking = { cause: "guideUnclear", guideChange: "材料清单第三项写明复印件份数" } as const;
  const what = "材料三改为“复印件两份”";

  it("is changed once an answer asked for it, told by whom, and stays in the history", () => {
    const hall = inWork();
    expect(outcome(hall.give(health, "RecordGuideChange", { orderId: ORDER, what }))).toBe("order_not_now");
    hall.answer(asking);
    expect(outcome(hall.give(departmentDesk("别的部门"), "RecordGuideChange", { orderId: ORDER, what }))).toBe(
      "order_other_department",
    );
    expect(outcome(hall.give(health, "RecordGuideChange", { orderId: ORDER, what }))).toEqual(["GuideTextChanged"]);
    expect(hall.order().answer?.guideDone).toEqual({ what, at: hall.now, by: health.clerkId });
    expect(hall.order().notes.at(-1)).toMatchObject({ type: "GuideTextChanged", text: what });
    expect(outcome(hall.give(lin, "RecordGuideChange", { orderId: ORDER, what }))).toBe("order_not_now");
  });

  it("keeps a closed order in sight until it is changed", () => {
    const hall = inWork();
    hall.answer(asking);
    hall.verify();
    hall.close();
    const openDay = (days: number): void => {
      hall.now += days * DAY;
      hall.give(nodeActor, "OpenDay", { day: dayOf(hall.now, 480) });
    };
    openDay(100);
    expect(outcome(hall.give(lin, "RecordGuideChange", { orderId: ORDER, what }))).toEqual(["GuideTextChanged"]);
    openDay(1);
    expect(hall.state.workOrders.size).toBe(0);
  });
});

describe("the scope", () => {
  it("out of it, the order ends with why and where to turn, and can be opened again", () => {
    const hall = new OrderHall();
    hall.raise();
    const reject = { orderId: ORDER, exclusion: "litigation", reason: "正在法院审理之中", turnTo: "人民法院（12368）" };
    expect(outcome(hall.give(lin, "RejectWorkOrder", { ...reject, exclusion: "mood" }))).toBe(
      "order_exclusion_unknown",
    );
    hall.give(lin, "RejectWorkOrder", reject);
    expect(hall.order()).toMatchObject({ status: "outOfScope", outOfScope: { turnTo: "人民法院（12368）" } });
    expect(orderSteps(hall.order(), hall.now + 99 * DAY)).toEqual([]);
    hall.give(qian, "ReopenWorkOrder", { orderId: ORDER, reason: "并非诉讼，重新登记" });
    expect(hall.order()).toMatchObject({ status: "recorded", isInScope: null, round: 2, clock: { kind: "assign" } });
  });

  it("must have been looked at before the order goes to anybody", () => {
    const hall = new OrderHall();
    hall.raise();
    expect(outcome(hall.dispatch())).toBe("order_not_now");
  });
});

describe("government services: counter, department, task force, steering group", () => {
  it("is solved at the counter at level 3, verified by another one, closed", () => {
    const hall = new OrderHall();
    hall.raise();
    hall.takeIn(3);
    expect(hall.order()).toMatchObject({ stage: "counter", clock: { kind: "solve", days: 1 } });
    hall.answer({}, lin);
    expect(outcome(hall.verify(true, lin))).toBe("order_same_person");
    hall.verify(true, qian);
    expect(outcome(hall.close())).toEqual(["WorkOrderClosed"]);
    expect(hall.order()).toMatchObject({ status: "closed", answer: { isOnTime: true } });
  });

  it("goes to the department for five working days from the day of record, however late it was handed over", () => {
    const hall = new OrderHall();
    hall.raise();
    hall.now += DAY;
    hall.takeIn();
    hall.dispatch();
    hall.accept();
    expect(dueDay(hall)).toBe("2026-11-30");
    expect(hall.order()).toMatchObject({ status: "inWork", department: HEALTH, clock: { start: "2026-11-23" } });
  });

  it("may not be denied by a department: that needs a stage that meets, and its meeting", () => {
    const hall = inWork();
    expect(outcome(hall.answer({ result: "denied" }))).toBe("order_denied_too_low");
    hall.dispatch("taskForce", "专班");
    const force = departmentDesk("专班");
    hall.accept(force);
    expect(outcome(hall.answer({ result: "denied" }, force))).toBe("order_lacks_meeting");
    hall.meet(force);
    expect(outcome(hall.answer({ result: "denied" }, force))).toEqual(["WorkOrderAnswered"]);
    expect(hall.order().meetings).toHaveLength(1);
    // Ten working days for a special matter, still from the day of record.
    expect(hall.order().solve).toMatchObject({ start: "2026-11-23", days: 10 });
  });

  it("goes beyond the district to the city, and waits for its answer by a recorded pause only", () => {
    const hall = inWork();
    hall.give(lin, "ReportOrderToCity", { orderId: ORDER, reason: "需要市级部门协调解决" });
    expect(dueDay(hall)).toBe("2026-11-30");
    hall.give(lin, "PauseWorkOrder", { orderId: ORDER, reason: "city", note: "已上报等待答复" });
    expect(hall.order().clock.due).toBeNull();
    expect(orderLight(hall.order(), hall.now + 99 * DAY)).toBeNull();
    expect(outcome(hall.answer())).toBe("order_paused");
    hall.now += 3 * DAY;
    hall.give(lin, "RecordCityAnswer", { orderId: ORDER, answer: "市级部门同意办理" });
    hall.give(lin, "ResumeWorkOrder", { orderId: ORDER, note: "收到市级答复" });
    // Tuesday to Thursday did not count.
    expect(dueDay(hall)).toBe("2026-12-03");
    expect(hall.order().city).toMatchObject({ answer: "市级部门同意办理" });
  });
});

describe("business services: steward, steward's unit, joint meeting", () => {
  it("goes up its own ladder", () => {
    const hall = new OrderHall();
    hall.raise({ flow: "business" });
    hall.takeIn(2, "business");
    expect(outcome(hall.dispatch("taskForce"))).toBe("order_stage_unknown");
    hall.dispatch("stewardUnit", "区投促局");
    const unit = departmentDesk("区投促局");
    hall.accept(unit);
    hall.give(unit, "ReturnWorkOrder", { orderId: ORDER, reason: "涉及多个部门，本单位无法协调" });
    hall.dispatch("jointMeeting", "联席会");
    const meeting = departmentDesk("联席会");
    hall.accept(meeting);
    hall.meet(meeting);
    hall.answer({}, meeting);
    hall.verify();
    expect(outcome(hall.close())).toEqual(["WorkOrderClosed"]);
  });
});

describe("the department", () => {
  it("acts on its own orders only, and on no step that is the desk's", () => {
    const hall = inWork();
    const other = departmentDesk("区教育局");
    expect(outcome(hall.answer({}, other))).toBe("order_other_department");
    for (const act of ["CloseWorkOrder"] as const)
      expect(outcome(hall.give(health, act, { orderId: ORDER }))).toBe("not_permitted");
    expect(outcome(hall.verify(true, health))).toBe("not_permitted");
  });

  it("gives back what is not its own, with a reason; somebody else is needed by the next working day", () => {
    const hall = inWork();
    hall.give(health, "ReturnWorkOrder", { orderId: ORDER, reason: "不属于本部门职责" });
    expect(hall.order()).toMatchObject({ status: "recorded", department: null, clock: { kind: "assign" } });
    expect(dueDay(hall)).toBe("2026-11-24");
    hall.now += DAY;
    hall.dispatch("department", "区市场监管局");
    // The limit of the answer was never begun anew.
    expect(dueDay(hall)).toBe("2026-11-30");
  });

  it("may ask for a later day with a reason, before the old one has passed, on a working day, twice at most", () => {
    const hall = inWork();
    const extend = (until: string) =>
      outcome(hall.give(health, "ExtendWorkOrder", { orderId: ORDER, until, reason: "需要现场踏勘核实" }));
    expect(extend("2026-11-27")).toBe("order_extension_day");
    expect(extend("2026-12-05")).toBe("order_extension_day_off");
    expect(extend("2099-12-01")).toBe("order_extension_day_off");
    expect(extend("2026-12-04")).toEqual(["WorkOrderExtended"]);
    expect(dueDay(hall)).toBe("2026-12-04");
    hall.now = Date.UTC(2026, 11, 4, 16);
    expect(extend("2026-12-09")).toBe("order_extension_late");
    hall.now -= DAY;
    expect(extend("2026-12-09")).toEqual(["WorkOrderExtended"]);
    expect(extend("2026-12-10")).toBe("order_extensions_used");
  });
});

describe("after the answer", () => {
  it("says which text of the guide has to change where the guide was the cause", () => {
    const hall = inWork();
    expect(outcome(hall.answer({ cause: "guideUnclear" }))).toBe("order_lacks_guide_change");
    expect(outcome(hall.answer({ cause: "weather" }))).toBe("order_cause_unknown");
    hall.answer({ cause: "guideUnclear", guideChange: "材料清单第三项写明复印件份数" });
    expect(hall.order()).toMatchObject({ status: "answered", clock: { kind: "verify", days: 3 } });
  });

  it("is found wrong: the old limit runs on as if there had been no answer", () => {
    const hall = inWork();
    hall.now += 4 * DAY;
    hall.answer();
    hall.now += 3 * DAY;
    hall.verify(false);
    expect(hall.order()).toMatchObject({ status: "inWork", answer: null, clock: { kind: "solve", days: 5 } });
    expect(dueDay(hall)).toBe("2026-11-30");
    hall.answer();
    hall.verify();
    expect(hall.order().answer?.isOnTime).toBe(true);
  });

  it("cannot be closed before the person was called back; not content, it begins anew", () => {
    const hall = inWork({ contactId: "contact-1" });
    hall.answer();
    expect(outcome(hall.callBack())).toBe("order_not_now");
    hall.verify();
    expect(outcome(hall.close())).toBe("order_lacks_call_back");
    expect(outcome(hall.callBack("notSatisfied"))).toEqual(["OrderCalledBack", "WorkOrderReopened"]);
    expect(hall.order()).toMatchObject({ round: 2, status: "inWork", answer: null });
    hall.answer();
    hall.verify();
    for (let n = 0; n < 3; n += 1) hall.callBack("unreachable");
    expect(outcome(hall.close())).toEqual(["WorkOrderClosed"]);
  });

  it("calls nobody who left no number", () => {
    const hall = inWork();
    hall.answer();
    hall.verify();
    expect(outcome(hall.callBack())).toBe("order_anonymous");
  });
});

describe("supervision", () => {
  const tell = (hall: OrderHall) => {
    for (const step of orderSteps(hall.order(), hall.now))
      hall.give(nodeActor, "EscalateWorkOrder", { orderId: ORDER, clock: hall.order().clock.no, step });
  };

  it("lists what is overdue by itself, once, and keeps it from being closed until it is struck by another person", () => {
    const hall = inWork();
    hall.now += 9 * DAY;
    tell(hall);
    tell(hall);
    expect(hall.order().clock.told).toEqual(["yellow", "red"]);
    expect(hall.log.filter(({ type }) => type === "WorkOrderSupervised")).toHaveLength(1);
    hall.answer({}, lin);
    hall.verify(true, qian);
    expect(outcome(hall.close())).toBe("order_lacks_strike");
    const strike = { orderId: ORDER, finding: "已办结并举一反三" };
    expect(outcome(hall.give(lin, "StrikeWorkOrder", strike))).toBe("order_same_person");
    hall.give(qian, "StrikeWorkOrder", strike);
    expect(outcome(hall.close())).toEqual(["WorkOrderClosed"]);
    expect(hall.order().answer?.isOnTime).toBe(false);
  });

  it("lists a false or a faulty result by hand", () => {
    const hall = inWork();
    hall.answer();
    const list = { orderId: ORDER, ground: "false" as const, note: "回访反映并未办理" };
    expect(outcome(hall.give(lin, "SuperviseWorkOrder", list))).toEqual(["WorkOrderSupervised"]);
    expect(outcome(hall.give(lin, "SuperviseWorkOrder", list))).toBe("order_supervised");
  });
});

describe("correcting facts", () => {
  it("touches no clock", () => {
    const hall = inWork();
    const before = hall.order();
    hall.now += 2 * DAY;
    const edit = {
      orderId: ORDER,
      problem: "tooLong" as const,
      itemCode: null,
      itemName: "户外广告",
      summary: "更正事项名称",
    };
    hall.give(lin, "EditWorkOrder", edit);
    expect(hall.order()).toMatchObject({ itemName: "户外广告", clock: before.clock, solve: before.solve });
  });
});

describe("what an order still lacks", () => {
  it("is told in the order in which it is done", () => {
    const hall = new OrderHall();
    hall.raise({ contactId: "contact-1" });
    const lacks = () => orderLacks(hall.order(), { callBackTries: 3, stageMeets: false });
    expect(lacks()).toEqual(["scope", "assign", "answer", "verify", "callBack"]);
    hall.takeIn();
    hall.dispatch();
    expect(lacks()).toEqual(["accept", "answer", "verify", "callBack"]);
    hall.accept();
    hall.answer();
    hall.verify();
    hall.callBack();
    expect(lacks()).toEqual([]);
  });
});

describe("an order about a refused intake", () => {
  it("brings along what was asked and why it was refused", () => {
    const hall = new CaseHall();
    hall.open();
    hall.give(zhang, "RefuseIntake", { intakeId: "i1", reason: "不属于本区管辖", remedies: ["行政复议"] });
    hall.give(zhang, "RaiseWorkOrder", raising({ intakeId: "i1", itemCode: null, itemName: null }));
    const order = hall.state.workOrders.get(ORDER);
    expect(order?.asked).toMatchObject({ intakeId: "i1", caseId: null, reason: "不属于本区管辖", day: "2026-11-23" });
    expect(order?.itemName).toBe("高等学校教师资格认定");
  });

  it("or about a failed case: why the department said no", () => {
    const hall = new CaseHall();
    hall.openComplete();
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" });
    const office = department("教育局");
    hall.give(office, "TakeCase", { caseId: "c1", takeOver: null });
    const no = { resultName: null, resultNo: null, note: "学历不符" };
    hall.give(office, "DecideCase", { caseId: "c1", outcome: "denied", ...no });
    hall.give(desk("lin"), "RaiseWorkOrder", raising({ channel: "desk", caseId: "c1" }));
    expect(hall.state.workOrders.get(ORDER)?.asked).toMatchObject({ caseId: "c1", reason: "学历不符" });
  });
});
