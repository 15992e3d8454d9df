import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../../../shared/basics/time.ts";
import { clerk, desk, reviewScreen, TestHall } from "../../../../shared/testing/hall-fixture.ts";
import { appliedItem, requirement } from "../../../../shared/testing/case-fixture.ts";
import { findEverything, linkIn } from "./find.ts";
import { linesOf, matterFrom } from "./matter.ts";
import { lightsOf, tasksOf } from "./tasks.ts";

const zhang = clerk("zhang");
const wang = desk("wang");
const record = { mode: "record" } as const;

/** Somebody takes a number, has something taken in, gives a bad review, and the desk helps with the case. Another one waits. */
const visit = (): TestHall => {
  const hall = new TestHall();
  hall.give(zhang, "OpenCounter", { counterId: "1" });
  hall.take("t1");
  hall.take("t2", "B");
  hall.give(zhang, "CallNext", { counterId: "1" });
  hall.give(zhang, "BeginService", { ticketId: "t1", counterId: "1" });
  hall.give(zhang, "LeaseCaseNumbers", {});
  hall.give(
    zhang,
    "OpenIntake",
    {
      intakeId: "i1",
      serial: null,
      ticketId: "t1",
      counterId: "1",
      subject: "person",
      personKey: null,
      applicantId: "applicant-1",
      agentId: null,
      package: null,
      items: [appliedItem("c1", { caseId: "c1", department: "人社局", onTheSpot: false })],
      materials: [requirement("m1")],
    },
    record,
  );
  hall.now += 600_000;
  hall.give(zhang, "EndService", { ticketId: "t1", counterId: "1" });
  const given = { reviewId: "t1.1", counterId: "1", level: 1, tags: ["110"], elapsedMs: 9_000 } as const;
  hall.give(
    reviewScreen("1"),
    "GiveReview",
    { ...given, tags: ["110"], channel: "secondDisplay", textId: null, phoneId: null },
    record,
  );
  const number = hall.state.cases.get("c1")?.number ?? "";
  const values = { group: "old", item: "社会保障卡申领", way: "home" };
  const sealed = { applicant: "box", phone: "box" };
  hall.give(wang, "OpenLedgerEntry", { entryId: "e1", ledgerId: "assisted", values, sealed });
  hall.give(wang, "MoveLedgerEntry", {
    entryId: "e1",
    moveId: "entrust",
    values: { attorney: "signed", handOver: ["身份证复印件"] },
    sealed: {},
    note: "",
  });
  hall.give(wang, "MoveLedgerEntry", {
    entryId: "e1",
    moveId: "submit",
    values: { caseNo: number },
    sealed: {},
    note: "",
  });
  hall.give(wang, "RaiseWorkOrder", {
    orderId: "o1",
    flow: "government",
    channel: "desk",
    problem: "severalTries",
    itemCode: null,
    itemName: null,
    intakeId: null,
    caseId: null,
    ticketNumber: "A001",
    externalId: null,
    wordsId: null,
    contactId: null,
  });
  return hall;
};

describe("a person's matter", () => {
  it("is the same from whichever of its things one begins, and holds nothing of others", () => {
    const { state } = visit();
    const starts = [
      ["ticket", "t1"],
      ["case", "c1"],
      ["review", "t1.1"],
      ["order", "o1"],
      ["entry", "e1"],
    ] as const;
    for (const [kind, id] of starts) {
      const matter = matterFrom(state, kind, id);
      expect([...matter.ticketIds], kind).toEqual(["t1"]);
      expect([...matter.caseIds], kind).toEqual(["c1"]);
      expect([...matter.reviewIds], kind).toEqual(["t1.1"]);
      expect([...matter.orderIds], kind).toEqual(["o1"]);
      expect([...matter.entryIds], kind).toEqual(["e1"]);
    }
    expect([...matterFrom(state, "ticket", "t2").caseIds]).toEqual([]);
  });

  it("is told in the order in which it happened", () => {
    const { state } = visit();
    const lines = linesOf(state, matterFrom(state, "case", "c1"));
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((left, right) => left - right));
    expect(lines.find(({ key }) => key.endsWith("called"))?.by).toBe("zhang");
    expect(lines.find(({ key, params }) => key.endsWith("orderStep") && params["type"] === "WorkOrderRaised")?.by).toBe(
      "wang",
    );
    expect(lines.map(({ key }) => key.replace("home:line.", ""))).toEqual(
      expect.arrayContaining([
        "taken",
        "called",
        "served",
        "takenIn",
        "ended",
        "given",
        "orderOpened",
        "orderStep",
        "entryMoved",
      ]),
    );
  });
});

describe("the search", () => {
  it("finds by number, item and department, what was meant by its number first", () => {
    const { state } = visit();
    const number = state.cases.get("c1")?.number ?? "";
    expect(findEverything(state, number)[0]).toMatchObject({ kind: "case", id: "c1" });
    expect(findEverything(state, "a001")[0]).toMatchObject({ kind: "ticket", id: "t1" });
    expect(findEverything(state, "bd2026").map(({ id }) => id)).toEqual(["e1"]);
    expect(findEverything(state, "人社局").map(({ kind }) => kind)).toContain("case");
    expect(findEverything(state, "a")).toEqual([]);
    expect(findEverything(state, "没有的东西")).toEqual([]);
  });

  it("takes a link of another desk for what it leads to", () => {
    expect(linkIn("https://10.1.2.3:4800/desk#/ledgers/walk/e1")).toBe("#/ledgers/walk/e1");
    expect(linkIn("A001")).toBeNull();
  });
});

describe("lights and tasks", () => {
  const input = (hall: TestHall, actor = wang) => ({
    hall: hall.state,
    actor,
    now: hall.now,
    caseLightOf: () => "green" as const,
  });

  it("the most pressing comes first, and each leads to where it is worked on", () => {
    const hall = visit();
    hall.now += 20 * DAY_MS;
    const tasks = tasksOf(input(hall));
    expect(tasks.map(({ light }) => light).slice(0, 2)).toEqual(["red", "red"]);
    expect(tasks.map(({ href }) => href)).toEqual(
      expect.arrayContaining(["#/reviews/orders/t1.1", "#/orders/o1", "#/ledgers/assisted/e1"]),
    );
    const lights = Object.fromEntries(lightsOf(input(hall)).map(({ matter, red }) => [matter, red]));
    expect(lights).toMatchObject({ reviews: 1, ledgers: 1 });
  });

  it("what is over its limit in a ledger is the duty manager's: to act, or to urge the department that must", () => {
    const hall = visit();
    const values = { channel: "hotline", topic: "permit", request: "开办餐饮店，材料反复补正" };
    const sealed = { enterprise: "box-2", phone: "box-2" };
    const finding = { source: "secret", foundOn: "2026-11-20", place: "3 号窗口", finding: "超出指南", kind: "guide" };
    hall.give(wang, "OpenLedgerEntry", { entryId: "e9", ledgerId: "walk", values: finding, sealed: {} });
    hall.give(wang, "OpenLedgerEntry", { entryId: "e8", ledgerId: "enterprise", values, sealed });
    const assigned = { department: "人社局" };
    hall.give(wang, "MoveLedgerEntry", { entryId: "e9", moveId: "assign", values: assigned, sealed: {}, note: "" });
    hall.now += 60 * DAY_MS;
    const next = tasksOf(input(hall))
      .filter(({ id }) => id === "e8" || id === "e9")
      .map((task) => [task.id, task.light, task.next]);
    expect(next.sort()).toEqual([
      ["e8", "red", "home:next.ledger"],
      ["e9", "red", "home:next.ledgerRed"],
    ]);
  });

  it("the clerk whom a review is about has no task of it; a department sees no lights of reviews", () => {
    const hall = visit();
    expect(tasksOf(input(hall, desk("zhang"))).filter(({ matter }) => matter === "reviews")).toEqual([]);
    const department = { ...desk("chen"), department: "人社局" };
    expect(lightsOf(input(hall, department)).map(({ matter }) => matter)).toEqual(["cases", "orders", "ledgers"]);
  });
});
