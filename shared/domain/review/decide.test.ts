import { describe, expect, it } from "vitest";
import { clerk, outcome, reviewScreen, TestHall } from "../../testing/hall-fixture.ts";
import { fold } from "../hall/evolve.ts";
import { emptyHallState, toSnapshot } from "../hall/state.ts";
import { visible, visibleState } from "../hall/visible.ts";
import { reviewLacks, type ReviewLevel } from "./review.ts";

const served = (): TestHall => {
  const hall = new TestHall();
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.take("t1");
  hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
  hall.give(clerk("zhang"), "BeginService", { ticketId: "t1", counterId: "1" });
  hall.give(clerk("zhang"), "EndService", { ticketId: "t1", counterId: "1" });
  return hall;
};

const given = (level: ReviewLevel, elapsedMs = 4000) => ({
  reviewId: "t1.1",
  counterId: "1",
  level,
  tags: ["210"],
  elapsedMs,
  channel: "secondDisplay" as const,
  textId: null,
  phoneId: null,
});

describe("a review", () => {
  it("is given once; a later one is an addition, never a replacement", () => {
    const hall = served();
    expect(outcome(hall.give(reviewScreen("1"), "GiveReview", given(2), { mode: "record" }))).toEqual([
      "ReviewGiven",
      "RectificationOpened",
    ]);
    expect(outcome(hall.give(reviewScreen("1"), "GiveReview", given(5), { mode: "record" }))).toEqual(["ReviewAdded"]);
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "given", level: 2, additions: 1 });
  });

  it("that nobody answers ends as not reviewed, never as a good one", () => {
    const hall = served();
    const close = { reviewId: "t1.1", counterId: "1", reason: "timeout" as const };
    hall.give(reviewScreen("1"), "CloseReview", close, { mode: "record" });
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "notGiven", level: null });
  });

  it("cannot be given, closed or answered by a clerk", () => {
    const hall = served();
    expect(outcome(hall.give(clerk("zhang"), "GiveReview", given(5), { mode: "record" }))).toBe("not_permitted");
    const close = { reviewId: "t1.1", counterId: "1", reason: "declined" as const };
    expect(outcome(hall.give(clerk("zhang"), "CloseReview", close, { mode: "record" }))).toBe("not_permitted");
  });

  it("stays open while the clerk calls the next person", () => {
    const hall = served();
    hall.take("t2");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    expect(hall.state.reviews.get("t1.1")?.state).toBe("invited");
  });

  it("faster than a person can read is flagged, and kept", () => {
    const hall = served();
    hall.give(reviewScreen("1"), "GiveReview", given(5, 200), { mode: "record" });
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "given", flags: ["tooFast"] });
  });

  it("without a service behind it is flagged, kept and shown to the desk", () => {
    const hall = served();
    const odd = { ...given(1), reviewId: "unknown.1" };
    expect(outcome(hall.give(reviewScreen("1"), "GiveReview", odd, { mode: "record" }))).toEqual([
      "ReviewGiven",
      "AnomalyRecorded",
      "RectificationOpened",
    ]);
    expect(hall.state.reviews.get("unknown.1")?.flags).toEqual(["noService"]);
  });

  it("may arrive before the service that it is about, and is then no stray", () => {
    const hall = new TestHall();
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    hall.take("t1");
    hall.take("t2");
    const record = { mode: "record" } as const;
    expect(outcome(hall.give(reviewScreen("1"), "GiveReview", given(2), record))).toEqual([
      "ReviewGiven",
      "RectificationOpened",
    ]);
    const declined = { reviewId: "t2.1", counterId: "1", reason: "declined" as const };
    expect(outcome(hall.give(reviewScreen("1"), "CloseReview", declined, record))).toEqual(["ReviewNotGiven"]);
    for (const ticketId of ["t1", "t2"]) {
      hall.give(clerk("zhang"), "CallNext", { counterId: "1", ticketId }, record);
      hall.give(clerk("zhang"), "BeginService", { ticketId, counterId: "1" }, record);
      hall.give(clerk("zhang"), "EndService", { ticketId, counterId: "1" }, record);
    }
    expect(hall.state.anomalies).toEqual([]);
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "given", level: 2, flags: [], clerkId: "zhang" });
    expect(hall.state.reviews.get("t2.1")).toMatchObject({ state: "notGiven", number: "A002" });
  });

  it("given ahead at another counter's screen stands, and nobody is asked a second time", () => {
    const hall = new TestHall();
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    hall.take("t1");
    hall.give(reviewScreen("2"), "GiveReview", given(5), { mode: "record" });
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    hall.give(clerk("zhang"), "BeginService", { ticketId: "t1", counterId: "1" });
    expect(outcome(hall.give(clerk("zhang"), "EndService", { ticketId: "t1", counterId: "1" }))).toEqual([
      "ServiceEnded",
    ]);
    // The screen said counter 1; it speaks for its own.
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "given", counterId: "2" });
    for (const counterId of ["1", "2"]) {
      const viewer = { role: "review", deviceId: `review-${counterId}`, counterId } as const;
      const seen = hall.log.flatMap((event) => visible(event, viewer) ?? []);
      expect(toSnapshot(fold(emptyHallState, seen))).toEqual(toSnapshot(visibleState(hall.state, viewer)));
    }
  });

  it("that arrives after the time-out is flagged late, and counts", () => {
    const hall = served();
    const close = { reviewId: "t1.1", counterId: "1", reason: "timeout" as const };
    hall.give(reviewScreen("1"), "CloseReview", close, { mode: "record" });
    hall.give(reviewScreen("1"), "GiveReview", given(4), { mode: "record" });
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "given", level: 4, flags: ["late"] });
  });
});

describe("what a review lacks", () => {
  it("is a tag or words for the two bad levels only", () => {
    expect([1, 2, 3, 4, 5].map((level) => reviewLacks(level as ReviewLevel, [], " "))).toEqual([
      "tagOrText",
      "tagOrText",
      null,
      null,
      null,
    ]);
    expect(reviewLacks(1, ["110"], "")).toBeNull();
    expect(reviewLacks(1, [], "等了两个小时")).toBeNull();
    expect(reviewLacks(5, [], "好".repeat(151))).toBe("shorter");
  });
});
