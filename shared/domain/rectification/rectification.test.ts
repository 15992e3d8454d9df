import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clerk,
  desk,
  MONDAY_NINE,
  nodeActor,
  outcome,
  page,
  reviewScreen,
  TestHall,
  testPlan,
} from "../../testing/hall-fixture.ts";
import { rectificationLimit } from "./limit.ts";
import { lacksOf, lightOf, stepsDue, type Rectification } from "./rectification.ts";

const ID = "t1.1";
const DAY = 86_400_000;
const record = { mode: "record" } as const;

/** A hall in which `zhang` served one person who gave a bad review. */
const withBadReview = (isNamed: boolean, hall = new TestHall()): TestHall => {
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.take("t1");
  hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
  hall.give(clerk("zhang"), "BeginService", { ticketId: "t1", counterId: "1" });
  hall.give(clerk("zhang"), "EndService", { ticketId: "t1", counterId: "1" });
  const given = { reviewId: ID, counterId: "1", level: 1, tags: ["115"], elapsedMs: 5_000, channel: "tablet" } as const;
  const phoneId = isNamed ? "phone-1" : null;
  hall.give(reviewScreen("1"), "GiveReview", { ...given, tags: ["115"], textId: null, phoneId }, record);
  return hall;
};
const order = (hall: TestHall): Rectification => {
  const found = hall.state.rectifications.get(ID);
  if (!found) throw new Error("no order");
  return found;
};
const wang = desk("wang");
const verify = { rectificationId: ID, cause: "attitude", finding: "录音核实属实" } as const;
const steps = {
  verify: (hall: TestHall) => hall.give(wang, "VerifyRectification", verify),
  measure: (hall: TestHall) =>
    hall.give(wang, "MeasureRectification", { rectificationId: ID, measure: "当面道歉并培训" }),
  answer: (hall: TestHall) => hall.give(wang, "AnswerRectification", { rectificationId: ID, answer: "已道歉并改进" }),
  call: (hall: TestHall, result: "satisfied" | "notSatisfied" | "unreachable" = "satisfied") =>
    hall.give(wang, "RecordCallBack", { rectificationId: ID, outcome: result, note: "电话回访结果" }),
  close: (hall: TestHall) => hall.give(wang, "CloseRectification", { rectificationId: ID }),
};

describe("a bad review", () => {
  it("opens an order at once, for the item's department, else the counter's, else the lead department", () => {
    const plan = testPlan();
    const counters = plan.counters.map((counter) => ({ ...counter, department: "市人社局" }));
    expect(order(withBadReview(false)).department).toBe("政务服务管理部门");
    expect(order(withBadReview(false, new TestHall({ ...plan, counters }))).department).toBe("市人社局");
  });

  it("is due at the end of the seventh day after it, by the hall's calendar", () => {
    expect(new Date(order(withBadReview(false)).dueAt).toISOString()).toBe("2026-11-30T15:59:59.999Z");
  });

  it("counts working days where the plan says so, and calendar days in a year that no calendar knows", () => {
    const plan = testPlan();
    const settings = { ...plan.settings, rectification: { ...plan.settings.rectification, unit: "working" as const } };
    const limit = (from: number) =>
      new Date(rectificationLimit({ ...plan, settings }, from).dueAt).toISOString().slice(0, 10);
    expect(limit(MONDAY_NINE)).toBe("2026-12-02");
    expect(limit(Date.UTC(2026, 8, 23, 1))).toBe("2026-10-10");
    expect(limit(Date.UTC(2039, 8, 23, 1))).toBe("2039-09-30");
  });

  it("is nobody's business but the desk's", () => {
    const hall = withBadReview(true);
    expect(outcome(hall.give(clerk("zhang"), "VerifyRectification", verify))).toBe("not_permitted");
    expect(outcome(hall.give(reviewScreen("1"), "CloseRectification", { rectificationId: ID }))).toBe("not_permitted");
  });

  it("is not dealt with by the clerk whom it is about, at whatever screen", () => {
    const hall = withBadReview(true);
    expect(outcome(hall.give(desk("zhang"), "VerifyRectification", verify))).toBe("own_review");
  });
});

describe("closing", () => {
  it("needs cause, measure, answer and, for a named one, a call-back, in that order", () => {
    const hall = withBadReview(true);
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_cause");
    expect(outcome(steps.measure(hall))).toBe("rectification_lacks_cause");
    steps.verify(hall);
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_measure");
    expect(outcome(steps.answer(hall))).toBe("rectification_lacks_measure");
    steps.measure(hall);
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_answer");
    steps.answer(hall);
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_call_back");
    steps.call(hall);
    expect(outcome(steps.close(hall))).toEqual(["RectificationClosed"]);
    expect(order(hall).closedAt).toBe(hall.now);
    expect(outcome(steps.verify(hall))).toBe("rectification_closed");
  });

  it("of an anonymous one needs no call-back, and none can be made up", () => {
    const hall = withBadReview(false);
    steps.verify(hall);
    steps.measure(hall);
    steps.answer(hall);
    expect(outcome(steps.call(hall))).toBe("rectification_anonymous");
    expect(outcome(steps.close(hall))).toEqual(["RectificationClosed"]);
  });

  it("of one that nobody reaches needs three tries", () => {
    const hall = withBadReview(true);
    steps.verify(hall);
    steps.measure(hall);
    steps.answer(hall);
    for (const _ of [1, 2]) {
      steps.call(hall, "unreachable");
      expect(outcome(steps.close(hall))).toBe("rectification_lacks_call_back");
    }
    steps.call(hall, "unreachable");
    expect(outcome(steps.close(hall))).toEqual(["RectificationClosed"]);
  });

  it("does not happen when the person says no: it begins anew with a new limit", () => {
    const hall = withBadReview(true);
    const first = order(hall).dueAt;
    steps.verify(hall);
    steps.measure(hall);
    steps.answer(hall);
    hall.now += 2 * DAY;
    expect(outcome(steps.call(hall, "notSatisfied"))).toEqual(["CallBackRecorded", "RectificationReopened"]);
    expect(order(hall)).toMatchObject({ round: 2, cause: null, measure: null, answer: null, callBacks: [] });
    expect(order(hall).dueAt).toBe(first + 2 * DAY);
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_cause");
  });

  it("late is kept as late", () => {
    const hall = withBadReview(false);
    steps.verify(hall);
    steps.measure(hall);
    steps.answer(hall);
    hall.now += 8 * DAY;
    const decision = steps.close(hall);
    expect(decision.ok && decision.value[0]?.data).toMatchObject({ isOnTime: false });
  });

  it("is undone by a second bad review of the same service, or by the desk", () => {
    const hall = withBadReview(false);
    steps.verify(hall);
    steps.measure(hall);
    steps.answer(hall);
    steps.close(hall);
    hall.now += 90_000;
    const again = { reviewId: ID, counterId: "1", level: 2, tags: [], elapsedMs: 9_000, channel: "tablet" } as const;
    const decision = hall.give(
      reviewScreen("1"),
      "GiveReview",
      { ...again, tags: [], textId: "w", phoneId: "p" },
      record,
    );
    expect(outcome(decision)).toEqual(["ReviewAdded", "RectificationReopened"]);
    expect(order(hall)).toMatchObject({ closedAt: null, round: 2, isNamed: true });
    expect(outcome(hall.give(wang, "ReopenRectification", { rectificationId: ID, reason: "本人来电仍不满意" }))).toBe(
      "rectification_open",
    );
  });
});

describe("an appeal", () => {
  const appeal = { rectificationId: ID, ground: "malicious", reason: "并未到场办理" } as const;
  const decide = { rectificationId: ID, isUpheld: true, reason: "监控显示未到场" } as const;

  it("is decided by a second person, and holds the order open until then", () => {
    const hall = withBadReview(false);
    steps.verify(hall);
    steps.measure(hall);
    steps.answer(hall);
    expect(outcome(hall.give(wang, "DecideAppeal", decide))).toBe("appeal_unknown");
    hall.give(wang, "AppealReview", appeal);
    expect(outcome(hall.give(desk("liu"), "AppealReview", appeal))).toBe("appeal_exists");
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_appeal_decision");
    expect(outcome(hall.give(wang, "DecideAppeal", decide))).toBe("same_person");
    expect(outcome(hall.give(desk("zhang"), "DecideAppeal", decide))).toBe("own_review");
    expect(outcome(hall.give(desk("liu"), "DecideAppeal", decide))).toEqual(["AppealDecided"]);
    expect(outcome(steps.close(hall))).toEqual(["RectificationClosed"]);
  });

  it("upheld does not close the order: the person is told as well", () => {
    const hall = withBadReview(true);
    hall.give(wang, "AppealReview", appeal);
    hall.give(desk("liu"), "DecideAppeal", decide);
    expect(outcome(steps.close(hall))).toBe("rectification_lacks_cause");
  });
});

describe("lights", () => {
  const escalate = (hall: TestHall, step: "yellow" | "red", round = 1) =>
    outcome(hall.give(nodeActor, "EscalateRectification", { rectificationId: ID, round, step }));

  it("come on at 80 % and over the limit, each told once, also after days without the node", () => {
    const hall = withBadReview(true);
    expect(lightOf(order(hall), hall.now)).toBeNull();
    expect(escalate(hall, "yellow")).toEqual([]);
    hall.now += 30 * DAY;
    expect(stepsDue(order(hall), hall.now)).toEqual(["yellow", "red"]);
    expect(escalate(hall, "yellow")).toEqual(["RectificationEscalated"]);
    expect(escalate(hall, "yellow")).toEqual([]);
    expect(escalate(hall, "red")).toEqual(["RectificationEscalated"]);
    expect(escalate(hall, "red")).toEqual([]);
    expect(stepsDue(order(hall), hall.now)).toEqual([]);
    expect(lightOf(order(hall), hall.now)).toBe("red");
  });

  it("are not put out by edits, and begin anew with a new round", () => {
    const hall = withBadReview(true);
    const { dueAt } = order(hall);
    steps.verify(hall);
    hall.give(wang, "AssignRectification", { rectificationId: ID, department: "市医保局", reason: "由其承办" });
    expect(order(hall)).toMatchObject({ dueAt, department: "市医保局" });
    hall.now += 9 * DAY;
    escalate(hall, "yellow");
    steps.measure(hall);
    steps.answer(hall);
    steps.call(hall, "notSatisfied");
    expect(escalate(hall, "red")).toEqual([]);
    hall.now += 9 * DAY;
    expect(escalate(hall, "red", 1)).toEqual([]);
    expect(escalate(hall, "red", 2)).toEqual(["RectificationEscalated"]);
  });
});

describe("a doubtful review that is not bad", () => {
  const fast = { reviewId: ID, counterId: "1", level: 5, tags: [], elapsedMs: 100, channel: "tablet" } as const;
  const flagged = (): TestHall => {
    const hall = new TestHall();
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    hall.take("t1");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    hall.give(clerk("zhang"), "BeginService", { ticketId: "t1", counterId: "1" });
    hall.give(clerk("zhang"), "EndService", { ticketId: "t1", counterId: "1" });
    hall.give(reviewScreen("1"), "GiveReview", { ...fast, tags: [], textId: null, phoneId: null }, record);
    return hall;
  };
  const judge = { reviewId: ID, counts: false, reason: "录像显示他人代点" } as const;

  it("waits for the desk over the days, and is decided by somebody else than its clerk, once", () => {
    const hall = flagged();
    hall.give(nodeActor, "OpenDay", { day: "2026-11-24" });
    expect(hall.state.suspects.get(ID)).toMatchObject({ flags: ["tooFast"], level: 5, clerkId: "zhang" });
    expect(outcome(hall.give(desk("zhang"), "JudgeReview", judge))).toBe("own_review");
    expect(outcome(hall.give(wang, "JudgeReview", judge))).toEqual(["ReviewJudged"]);
    expect(outcome(hall.give(wang, "JudgeReview", judge))).toBe("review_not_flagged");
  });

  it("a bad one is never taken out this way", () => {
    expect(outcome(withBadReview(false).give(wang, "JudgeReview", judge))).toBe("review_not_flagged");
  });

  it("a review by a code for a service of another day stands on the center's word only", () => {
    const service = {
      ticketId: "t9",
      number: "A044",
      counterId: "2",
      clerkId: "li",
      businessId: "A",
      itemCode: null,
      itemName: null,
      caseId: null,
      isReviewed: false,
    };
    const data = {
      ...fast,
      reviewId: "t9.1",
      level: 1,
      tags: ["110"],
      elapsedMs: 9_000,
      channel: "qr",
      textId: null,
      phoneId: null,
      service,
    } as const;
    const hall = new TestHall();
    expect(outcome(hall.give(page, "GiveReview", { ...data, tags: ["110"] }, record))).toEqual([
      "ReviewGiven",
      "RectificationOpened",
    ]);
    expect(hall.state.rectifications.get("t9.1")).toMatchObject({ number: "A044", clerkId: "li" });
    const liar = new TestHall();
    liar.give(reviewScreen("1"), "GiveReview", { ...data, tags: ["110"] }, record);
    expect(liar.state.rectifications.get("t9.1")).toMatchObject({ number: null, clerkId: null });
    expect(liar.state.reviews.get("t9.1")?.flags).toContain("noService");
  });
});

it("whatever the desk does, nothing is closed without cause, measure, answer and call-back", () => {
  const act = fc.constantFrom("verify", "measure", "answer", "satisfied", "notSatisfied", "unreachable", "close");
  fc.assert(
    fc.property(fc.boolean(), fc.array(act, { maxLength: 30 }), (isNamed, acts) => {
      const hall = withBadReview(isNamed);
      for (const each of acts) {
        const before = order(hall);
        const decision =
          each === "satisfied" || each === "notSatisfied" || each === "unreachable"
            ? steps.call(hall, each)
            : steps[each](hall);
        if (each === "close" && decision.ok) {
          expect(lacksOf(before, 3)).toEqual([]);
          if (isNamed) expect(before.callBacks.length).toBeGreaterThan(0);
        }
        expect(order(hall).callBacks.some((call) => call.outcome === "notSatisfied")).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});
