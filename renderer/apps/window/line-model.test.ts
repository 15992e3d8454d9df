import { beforeEach, describe, expect, it } from "vitest";
import { clerk, kiosk, TestHall } from "../../../shared/testing/hall-fixture.ts";
import { findOwnCounter, lastReviewOf, lineModelOf, undoableEndOf } from "./line-model.ts";

const W1 = clerk("w1");
const W2 = clerk("w2");
let hall: TestHall;

const take = (ticketId: string, businessId: string, ticketClass: "ordinary" | "green" = "ordinary"): void => {
  hall.give(kiosk(), "TakeTicket", {
    ticketId,
    businessId,
    class: ticketClass,
    itemCode: null,
    itemName: null,
    personKey: null,
  });
  hall.now += 1_000;
};

beforeEach(() => {
  hall = new TestHall();
  hall.give(W1, "OpenCounter", { counterId: "1" });
  hall.give(W2, "OpenCounter", { counterId: "3" });
});

describe("the line of a counter", () => {
  it("shows its businesses with their counts and everybody in the order of calling", () => {
    take("t1", "A");
    take("t2", "B");
    take("t3", "A", "green");
    const line = lineModelOf(hall.state, "1");
    expect(line.businesses.map(({ id, waiting }) => `${id}${String(waiting)}`)).toEqual(["A2", "B1"]);
    expect(line.waiting.map((ticket) => ticket.id)).toEqual(["t3", "t1", "t2"]);
  });

  it("leaves out what other counters serve", () => {
    take("t1", "A");
    expect(lineModelOf(hall.state, "3").waiting).toEqual([]);
  });

  it("keeps parked and missed ones apart, the last missed first", () => {
    take("t1", "B");
    take("t2", "B");
    take("t3", "B");
    for (const ticketId of ["t1", "t2"]) {
      hall.give(W1, "CallNext", { counterId: "1" });
      hall.now += 1_000;
      hall.give(W1, "MissTicket", { ticketId, counterId: "1", reason: "过号未到" });
    }
    hall.give(W1, "CallNext", { counterId: "1" });
    hall.give(W1, "BeginService", { ticketId: "t3", counterId: "1" });
    hall.give(W1, "ParkService", { ticketId: "t3", counterId: "1", reason: "补材料" });
    const line = lineModelOf(hall.state, "1");
    expect(line.missed.map((ticket) => ticket.id)).toEqual(["t2", "t1"]);
    expect(line.parked.map((ticket) => ticket.id)).toEqual(["t3"]);
    expect(line.waiting).toEqual([]);
  });

  it("shares the line between two counters without a node so that nobody is in both shares", () => {
    for (let n = 0; n < 20; n += 1) take(`t${String(n)}`, "B");
    const one = lineModelOf(hall.state, "1").ownShare;
    const three = lineModelOf(hall.state, "3").ownShare;
    expect(one.size + three.size).toBe(20);
    expect([...one].filter((id) => three.has(id))).toEqual([]);
  });
});

describe("after a restart", () => {
  it("finds the clerk's own counter again, and not one of the same clerk at another terminal", () => {
    expect(findOwnCounter(hall.state, "w1", "window-w1")).toBe("1");
    expect(findOwnCounter(hall.state, "w1", "window-elsewhere")).toBeUndefined();
    hall.give(W1, "CloseCounter", { counterId: "1" });
    expect(findOwnCounter(hall.state, "w1", "window-w1")).toBeUndefined();
  });
});

describe("what a clerk knows of a review", () => {
  it("is that it was asked for and that it is over, whatever was answered", () => {
    take("t1", "B");
    hall.give(W1, "CallNext", { counterId: "1" });
    hall.give(W1, "BeginService", { ticketId: "t1", counterId: "1" });
    hall.give(W1, "EndService", { ticketId: "t1", counterId: "1" });
    expect(lastReviewOf(hall.state, "1", hall.now)).toEqual({ reviewId: "t1.1", number: "B001", state: "invited" });
    expect(lastReviewOf(hall.state, "1", hall.now + 3_600_000)?.state).toBe("over");
    expect(lastReviewOf(hall.state, "3", hall.now)).toBeNull();
  });

  it("offers to take back an end that was a mis-click, for a minute and while nobody else is there", () => {
    const hall = new TestHall();
    const W1 = clerk("w1");
    hall.give(W1, "OpenCounter", { counterId: "1" });
    hall.take("t1", "A");
    hall.give(W1, "CallNext", { counterId: "1" });
    hall.give(W1, "BeginService", { ticketId: "t1", counterId: "1" });
    expect(undoableEndOf(hall.state, "1", hall.now)).toBeNull();
    hall.give(W1, "EndService", { ticketId: "t1", counterId: "1" });
    expect(undoableEndOf(hall.state, "1", hall.now + 30_000)?.id).toBe("t1");
    expect(undoableEndOf(hall.state, "2", hall.now)).toBeNull();
    expect(undoableEndOf(hall.state, "1", hall.now + 61_000)).toBeNull();
    hall.take("t2", "A");
    hall.give(W1, "CallNext", { counterId: "1" });
    expect(undoableEndOf(hall.state, "1", hall.now)).toBeNull();
  });
});
