import { describe, expect, it } from "vitest";
import { clerk, kiosk, MONDAY_NINE, reviewScreen, TestHall, testPlan, ticketWish } from "../../testing/hall-fixture.ts";
import { signalsOf, type SignalFacts } from "./signals.ts";

const { settings } = testPlan();
const honest: SignalFacts = {
  elapsedMs: 4_000,
  totalMs: 9_000,
  tagCount: 2,
  input: "touch",
  isOnStaffComputer: true,
  hasService: true,
  isLate: false,
  at: MONDAY_NINE,
  givenAtCounter: [],
  bySamePerson: 0,
};
const flags = (facts: Partial<SignalFacts>) => signalsOf({ ...honest, ...facts }, settings);

describe("signs of a false review", () => {
  it("an honest one shows none", () => {
    expect(flags({})).toEqual([]);
  });

  it("faster than anybody reads: to the face, or to the tags", () => {
    expect(flags({ elapsedMs: 999 })).toEqual(["tooFast"]);
    expect(flags({ elapsedMs: 1_000, totalMs: 1_000 + 2 * 300 - 1 })).toEqual(["tooFast"]);
    expect(flags({ elapsedMs: 1_000, totalMs: 1_600 })).toEqual([]);
    expect(flags({ totalMs: undefined })).toEqual([]);
  });

  it("the clerk's own mouse or keyboard on the clerk's computer, and no hand at all anywhere", () => {
    expect(flags({ input: "mouse" })).toEqual(["staffInput"]);
    expect(flags({ input: "keyboard" })).toEqual(["staffInput"]);
    expect(flags({ input: "keyboard", isOnStaffComputer: false })).toEqual([]);
    expect(flags({ input: "script", isOnStaffComputer: false })).toEqual(["staffInput"]);
  });

  it("three of one counter within a minute, before or after in time", () => {
    expect(flags({ givenAtCounter: [MONDAY_NINE - 60_000] })).toEqual([]);
    expect(flags({ givenAtCounter: [MONDAY_NINE - 60_000, MONDAY_NINE + 30_000] })).toEqual(["burst"]);
    expect(flags({ givenAtCounter: [MONDAY_NINE - 60_001, MONDAY_NINE + 30_000] })).toEqual([]);
  });

  it("the third of one person on a day", () => {
    expect(flags({ bySamePerson: 1 })).toEqual([]);
    expect(flags({ bySamePerson: 2 })).toEqual(["samePerson"]);
  });
});

it("the hall counts by person over counters, and tells nobody who it was", () => {
  const hall = new TestHall();
  for (const id of ["zhang", "li"]) hall.give(clerk(id), "OpenCounter", { counterId: id === "zhang" ? "1" : "2" });
  for (let n = 1; n <= 3; n += 1) {
    const ticketId = `p${String(n)}`;
    hall.give(kiosk(), "TakeTicket", ticketWish(ticketId, { personKey: "key-of-a-person" }));
    const counterId = n === 2 ? "2" : "1";
    const by = clerk(n === 2 ? "li" : "zhang");
    hall.give(by, "CallNext", { counterId });
    hall.give(by, "BeginService", { ticketId, counterId });
    hall.now += 600_000;
    hall.give(by, "EndService", { ticketId, counterId });
    const given = { reviewId: `${ticketId}.1`, counterId, level: 5, elapsedMs: 5_000, channel: "tablet" } as const;
    hall.give(
      reviewScreen(counterId),
      "GiveReview",
      { ...given, tags: [], textId: null, phoneId: null },
      { mode: "record" },
    );
  }
  expect([...hall.state.reviews.values()].map((review) => review.flags)).toEqual([[], [], ["samePerson"]]);
  expect(JSON.stringify([...hall.state.suspects.values()])).not.toContain("key-of-a-person");
});
