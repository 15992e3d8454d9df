import { beforeEach, describe, expect, it } from "vitest";
import { clerk, reviewScreen, TestHall } from "../../../shared/testing/hall-fixture.ts";
import { deskModelOf, findTickets } from "./desk-model.ts";

const W1 = clerk("w1");
let hall: TestHall;

beforeEach(() => {
  hall = new TestHall();
  hall.give(W1, "OpenCounter", { counterId: "1" });
});

const serve = (): void => {
  hall.give(W1, "CallNext", { counterId: "1" });
  const ticketId = hall.state.counters.get("1")?.ticketId ?? "";
  hall.give(W1, "BeginService", { ticketId, counterId: "1" });
  hall.now += 60_000;
  hall.give(W1, "EndService", { ticketId, counterId: "1" });
};

describe("the duty desk", () => {
  it("counts the day", () => {
    for (const id of ["t1", "t2", "t3"]) hall.take(id, "A");
    serve();
    hall.give(W1, "CallNext", { counterId: "1" });
    hall.give(W1, "MissTicket", { ticketId: "t2", counterId: "1", reason: "未到" });
    expect(deskModelOf(hall.state, hall.now).totals).toEqual({ taken: 3, waiting: 1, serving: 0, done: 1, missed: 1 });
  });

  it("lights yellow for a long wait, red for too long a one and for a line that nobody serves", () => {
    hall.take("t1", "A");
    const lights = (minutes: number): string =>
      deskModelOf(hall.state, hall.now + minutes * 60_000)
        .lights.map(({ tone, key }) => `${tone} ${key}`)
        .join();
    expect(lights(10)).toBe("");
    expect(lights(31)).toBe("warn desk:light.longWait");
    expect(lights(61)).toBe("alarm desk:light.longWait");
    hall.give(W1, "CloseCounter", { counterId: "1" });
    expect(lights(10)).toBe("alarm desk:light.noCounter");
  });

  it("counts reviews by level and lights red for a bad one", () => {
    hall.take("t1", "A");
    serve();
    hall.give(reviewScreen("1"), "GiveReview", {
      reviewId: "t1.1",
      counterId: "1",
      level: 2,
      tags: ["201"],
      elapsedMs: 9_000,
      channel: "secondDisplay",
      textId: null,
      phoneId: null,
    });
    const desk = deskModelOf(hall.state, hall.now);
    expect(desk.reviews[2]).toBe(1);
    expect(desk.lights.map(({ key }) => key)).toEqual(["desk:light.badReviews"]);
  });

  it("finds a ticket by a part of its number", () => {
    hall.take("t1", "A");
    hall.take("t2", "B");
    expect(findTickets(hall.state, "b0").map(({ id }) => id)).toEqual(["t2"]);
    expect(findTickets(hall.state, "")).toHaveLength(2);
  });
});
