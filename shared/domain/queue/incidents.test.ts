import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clerk, kiosk, nodeActor, outcome, reviewScreen, TestHall, testPlan } from "../../testing/hall-fixture.ts";
import type { CommandData } from "../hall/commands.ts";
import { creditOf, mayServe } from "./call-policy.ts";
import type { Ticket } from "./ticket.ts";

/*
 * What users of other queue systems report, as tests of this one.
 */
const zhang = clerk("zhang");
const li = clerk("li");
const openHall = (settings: Parameters<typeof testPlan>[0] = {}): TestHall => {
  const hall = new TestHall(testPlan(settings));
  hall.give(zhang, "OpenCounter", { counterId: "1" });
  hall.give(li, "OpenCounter", { counterId: "2" });
  return hall;
};
const called = (hall: TestHall, counterId: string): string | null =>
  hall.state.counters.get(counterId)?.ticketId ?? null;

describe("two clerks call the same person", () => {
  it("gives them two people, or tells the second that nobody waits", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(zhang, "CallNext", { counterId: "1" });
    expect(outcome(hall.give(li, "CallNext", { counterId: "2" }))).toBe("nobody_waiting");
    hall.take("t2");
    hall.give(li, "CallNext", { counterId: "2" });
    expect([called(hall, "1"), called(hall, "2")]).toEqual(["t1", "t2"]);
  });

  it("keeps the first of two calls made without the node, and shows the other one as an anomaly", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(zhang, "CallNext", { counterId: "1", ticketId: "t1" }, { mode: "record" });
    expect(outcome(hall.give(li, "CallNext", { counterId: "2", ticketId: "t1" }, { mode: "record" }))).toEqual([
      "AnomalyRecorded",
    ]);
    expect(hall.state.anomalies[0]).toMatchObject({ code: "ticket_already_called", counterId: "2" });
    expect(called(hall, "2")).toBeNull();
  });
});

describe("a mis-click resets a running service", () => {
  const serving = (): TestHall => {
    const hall = openHall({ undoEndSeconds: 60 });
    hall.take("t1");
    hall.give(zhang, "CallNext", { counterId: "1" });
    hall.give(zhang, "BeginService", { ticketId: "t1", counterId: "1" });
    hall.now += 10 * 60_000;
    hall.give(zhang, "EndService", { ticketId: "t1", counterId: "1" });
    return hall;
  };

  it("lets the clerk take back the end: the service goes on since when it began, and is reviewed once at its real end", () => {
    const hall = serving();
    const began = hall.state.tickets.get("t1")?.servingSince;
    hall.now += 20_000;
    expect(outcome(hall.give(zhang, "ReopenService", { ticketId: "t1", counterId: "1" }))).toEqual([
      "ServiceReopened",
      "ReviewNotGiven",
    ]);
    expect(hall.state.tickets.get("t1")).toMatchObject({ state: "serving", servingSince: began, endedAt: null });
    expect(called(hall, "1")).toBe("t1");
    hall.give(zhang, "EndService", { ticketId: "t1", counterId: "1" });
    expect([...hall.state.reviews.values()].filter(({ state }) => state === "invited").map(({ id }) => id)).toEqual([
      "t1.2",
    ]);
  });

  it("refuses it later, at another counter, and while somebody else is there", () => {
    const late = serving();
    late.now += 61_000;
    expect(outcome(late.give(zhang, "ReopenService", { ticketId: "t1", counterId: "1" }))).toBe("undo_too_late");
    const elsewhere = serving();
    expect(outcome(elsewhere.give(li, "ReopenService", { ticketId: "t1", counterId: "2" }))).toBe(
      "ticket_at_other_counter",
    );
    const busy = serving();
    busy.take("t2");
    busy.give(zhang, "CallNext", { counterId: "1" });
    expect(outcome(busy.give(zhang, "ReopenService", { ticketId: "t1", counterId: "1" }))).toBe("counter_busy");
  });

  it("refuses it once the person has reviewed, and leaves an answer that is on its way its place", () => {
    const answer: CommandData<"GiveReview"> = {
      reviewId: "t1.1",
      counterId: "1",
      level: 1,
      tags: ["210"],
      elapsedMs: 5_000,
      channel: "tablet",
      textId: null,
      phoneId: null,
    };
    const reviewed = serving();
    reviewed.give(reviewScreen("1"), "GiveReview", answer, { mode: "record" });
    expect(outcome(reviewed.give(zhang, "ReopenService", { ticketId: "t1", counterId: "1" }))).toBe("undo_reviewed");
    const answering = serving();
    answering.give(zhang, "ReopenService", { ticketId: "t1", counterId: "1" });
    answering.give(reviewScreen("1"), "GiveReview", answer, { mode: "record" });
    expect(answering.state.reviews.get("t1.1")).toMatchObject({ state: "given", level: 1, flags: ["late"] });
    expect(answering.state.rectifications.has("t1.1")).toBe(true);
  });

  it("takes back an end that had already sent the ticket on to its next service", () => {
    const hall = openHall();
    hall.give(kiosk(), "TakeTicket", {
      ticketId: "t1",
      businessId: "A",
      class: "ordinary",
      itemCode: "a",
      itemName: "first",
      personKey: null,
      stops: [{ businessId: "B", itemCode: "b", itemName: "second" }],
    });
    hall.give(zhang, "CallNext", { counterId: "1" });
    hall.give(zhang, "BeginService", { ticketId: "t1", counterId: "1" });
    hall.give(zhang, "EndService", { ticketId: "t1", counterId: "1" });
    expect(hall.state.tickets.get("t1")).toMatchObject({ state: "waiting", businessId: "B" });
    hall.give(zhang, "ReopenService", { ticketId: "t1", counterId: "1" });
    expect(hall.state.tickets.get("t1")).toMatchObject({
      state: "serving",
      businessId: "A",
      itemCode: "a",
      stops: [{ businessId: "B", itemCode: "b", itemName: "second" }],
    });
  });
});

describe("a missed person is called again by itself", () => {
  it("never: only a return by hand puts a missed number back, by the hall's rule", () => {
    for (const rule of ["void", "after", "end"] as const) {
      const hall = openHall({ missedReturn: rule, missedReturnAfter: 2 });
      for (const id of ["t1", "t2", "t3", "t4"]) hall.take(id);
      hall.give(zhang, "CallNext", { counterId: "1" });
      hall.give(zhang, "MissTicket", { ticketId: "t1", counterId: "1", reason: "未到" });
      hall.now += 30 * 60_000;
      hall.give(zhang, "CallNext", { counterId: "1" });
      expect(called(hall, "1")).toBe("t2");
      const back = outcome(hall.give(zhang, "ReturnTicket", { ticketId: "t1" }));
      expect(back).toEqual(rule === "void" ? "return_not_allowed" : ["TicketReturned"]);
      const order: (string | null)[] = [];
      for (let n = 0; n < 3; n += 1) {
        hall.give(li, "CallNext", { counterId: "2" });
        order.push(called(hall, "2"));
        const ticketId = called(hall, "2");
        if (ticketId !== null) hall.give(li, "MissTicket", { ticketId, counterId: "2", reason: "未到" });
      }
      expect(order).toEqual(rule === "void" ? ["t3", "t4", null] : ["t3", "t4", "t1"]);
    }
  });
});

describe("a parked service", () => {
  const park = (rule: "resume" | "after" | "end" | "void"): TestHall => {
    const hall = openHall({ parkedReturn: rule, missedReturnAfter: 1 });
    for (const id of ["t1", "t2", "t3"]) hall.take(id);
    hall.give(zhang, "CallNext", { counterId: "1" });
    hall.give(zhang, "BeginService", { ticketId: "t1", counterId: "1" });
    hall.give(zhang, "ParkService", { ticketId: "t1", counterId: "1", reason: "补材料" });
    return hall;
  };
  const resume = (hall: TestHall) => outcome(hall.give(li, "ResumeService", { ticketId: "t1", counterId: "2" }));
  const back = (hall: TestHall) => outcome(hall.give(zhang, "ReturnTicket", { ticketId: "t1" }));

  it("goes on by the hall's rule: at any free counter, in the line again, or not", () => {
    expect(back(park("resume"))).toBe("parked_resumes");
    expect(resume(park("resume"))).toEqual(["ServiceResumed"]);
    expect(resume(park("after"))).toBe("parked_returns");
    const after = park("after");
    expect(back(after)).toEqual(["TicketReturned"]);
    for (const expected of ["t2", "t1", "t3"]) {
      after.give(zhang, "CallNext", { counterId: "1" });
      expect(called(after, "1")).toBe(expected);
      after.give(zhang, "MissTicket", { ticketId: expected, counterId: "1", reason: "未到" });
    }
    expect(back(park("void"))).toBe("return_not_allowed");
    expect(resume(park("void"))).toBe("return_not_allowed");
  });
});

describe("a counter that the desk opened", () => {
  const desk = { role: "desk", deviceId: "desk-1", clerkId: "wang", counterId: null } as const;

  it("waits for a clerk, who takes it over with the businesses that the desk chose", () => {
    const hall = openHall();
    hall.give(desk, "OpenCounter", { counterId: "3", businesses: ["A"] });
    hall.take("t1");
    const wu = clerk("wu");
    expect(outcome(hall.give(wu, "CallNext", { counterId: "3" }))).toBe("counter_not_yours");
    hall.give(wu, "OpenCounter", { counterId: "3" });
    expect(hall.state.counters.get("3")).toMatchObject({ clerkId: "wu", businesses: ["A"] });
    hall.give(wu, "CallNext", { counterId: "3" });
    expect(called(hall, "3")).toBe("t1");
    expect(outcome(hall.give(desk, "OpenCounter", { counterId: "3" }))).toBe("counter_taken");
    expect(outcome(hall.give(desk, "SetCounterBusinesses", { counterId: "3", businesses: ["Q"] }))).toBe(
      "business_unknown",
    );
    hall.give(desk, "SetCounterBusinesses", { counterId: "3", businesses: ["B", "A"] });
    expect(hall.state.counters.get("3")?.businesses).toEqual(["B", "A"]);
  });
});

describe("low priority starves", () => {
  it("never: a steady stream of the highest class passes an ordinary person for the head start and no longer", () => {
    const hall = openHall();
    hall.take("ordinary");
    const since = hall.now;
    let n = 0;
    while (called(hall, "1") !== "ordinary") {
      hall.now += 60_000;
      n += 1;
      hall.take(`v${String(n)}`, "A", "green");
      const before = called(hall, "1");
      if (before !== null) hall.give(zhang, "MissTicket", { ticketId: before, counterId: "1", reason: "未到" });
      hall.give(zhang, "CallNext", { counterId: "1" });
      expect(n).toBeLessThan(60);
    }
    expect((hall.now - since) / 60_000).toBeLessThanOrEqual(22);
  });
});

/** When a ticket came, as the policy counts it: its key without the head start. */
const dueOf = (hall: TestHall, ticket: Ticket): number =>
  ticket.lineKey + (ticket.class === "withheld" ? 0 : creditOf(hall.state.plan!, ticket.class));

describe("the bound of the call policy", () => {
  const arrivals = fc.array(
    fc.record({
      gap: fc.integer({ min: 0, max: 400 }),
      businessId: fc.constantFrom("A", "B"),
      class: fc.constantFrom("ordinary", "priority", "green", "pickup", "appointment"),
      act: fc.constantFrom("call1", "call2", "call3", "return", "none"),
    }),
    { minLength: 3, maxLength: 60 },
  );
  const credits = fc.record({
    green: fc.integer({ min: 0, max: 40 }),
    appointment: fc.integer({ min: 0, max: 40 }),
    priority: fc.integer({ min: 0, max: 40 }),
    pickup: fc.integer({ min: 0, max: 40 }),
  });

  it("holds for any head starts, counters with different businesses, and returns; and no counter idles", () => {
    fc.assert(
      fc.property(arrivals, credits, (people, creditMinutes) => {
        const hall = openHall({ creditMinutes });
        const wu = clerk("wu");
        hall.give(wu, "OpenCounter", { counterId: "3" });
        const clerks = { call1: ["1", zhang], call2: ["2", li], call3: ["3", wu] } as const;
        const bound = Math.max(...Object.values(creditMinutes)) * 60_000;
        people.forEach((person, index) => {
          hall.now += person.gap * 1000;
          hall.take(`p${String(index)}`, person.businessId, person.class);
          if (person.act === "none") return;
          if (person.act === "return") {
            const missed = [...hall.state.tickets.values()].find(({ state }) => state === "missed");
            if (missed) hall.give(zhang, "ReturnTicket", { ticketId: missed.id });
            return;
          }
          const [counterId, actor] = clerks[person.act];
          const businesses = hall.state.counters.get(counterId)?.businesses ?? [];
          const waiting = [...hall.state.tickets.values()].filter(
            (ticket) => ticket.state === "waiting" && mayServe(ticket, counterId, businesses),
          );
          hall.give(actor, "CallNext", { counterId });
          const ticketId = called(hall, counterId);
          if (ticketId === null) {
            expect(waiting, "no counter idles while one of its businesses waits").toEqual([]);
            return;
          }
          const first = waiting.find(({ id }) => id === ticketId);
          for (const other of waiting)
            if (first && other.returns === 0 && first.returns === 0)
              expect(dueOf(hall, first) - dueOf(hall, other)).toBeLessThanOrEqual(bound);
          hall.give(actor, "MissTicket", { ticketId, counterId, reason: "未到" });
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe("the hall's day opens and closes by itself", () => {
  it("closes what the machine slept over, once, also over several days, and not when the clock went back", () => {
    const hall = openHall();
    for (const id of ["waiting", "called"]) hall.take(id);
    hall.give(zhang, "CallNext", { counterId: "1" });
    hall.now += 3 * 86_400_000;
    const types = outcome(hall.give(nodeActor, "OpenDay", { day: "2026-11-26" }));
    expect(types).toEqual(["TicketMissed", "TicketMissed", "CounterClosed", "CounterClosed", "DayClosed", "DayOpened"]);
    expect(outcome(hall.give(nodeActor, "OpenDay", { day: "2026-11-26" }))).toEqual([]);
    expect(outcome(hall.give(nodeActor, "OpenDay", { day: "2026-11-24" }))).toEqual([]);
    expect(hall.state.tickets.size).toBe(0);
    expect(hall.take("next")).toBe("none");
    hall.give(zhang, "OpenCounter", { counterId: "1" });
    expect(hall.take("first")).toBe("A001");
  });
});
