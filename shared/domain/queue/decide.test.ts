import { describe, expect, it } from "vitest";
import {
  clerk,
  desk,
  kiosk,
  nodeActor,
  outcome,
  TestHall,
  testId,
  testPlan,
  ticketWish,
} from "../../testing/hall-fixture.ts";
import { estimateWait } from "./wait-estimate.ts";
import { freeLeaseSerials } from "./lease.ts";
import { offlineLineOf, offlineOwner } from "./offline-line.ts";

const wish = (ticketId: string, businessId = "A", personKey: string | null = null) =>
  ticketWish(ticketId, { businessId, personKey });

const openHall = (settings: Parameters<typeof testPlan>[0] = {}): TestHall => {
  const hall = new TestHall(testPlan(settings));
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.give(clerk("li"), "OpenCounter", { counterId: "2" });
  return hall;
};

describe("taking a number", () => {
  it("counts from 001 in each business", () => {
    const hall = openHall();
    expect([hall.take("t1"), hall.take("t2"), hall.take("t3", "B"), hall.take("t4")]).toEqual([
      "A001",
      "A002",
      "B001",
      "A003",
    ]);
  });

  it("prints V and Y before the letter, in the same series", () => {
    const hall = openHall();
    hall.take("t1");
    expect([
      hall.take("t2", "A", "green"),
      hall.take("t3", "A", "appointment"),
      hall.take("t4", "A", "priority"),
    ]).toEqual(["VA002", "YA003", "A004"]);
  });

  it("is refused when no counter serves the business, and names it", () => {
    const hall = new TestHall();
    const decision = hall.give(kiosk(), "TakeTicket", wish("t1"));
    expect(decision).toEqual({ ok: false, error: { code: "no_open_counter", params: { business: "企业" } } });
  });

  it("is refused for an unknown business, beyond the cap, and for a person who waits already", () => {
    const plan = testPlan();
    const capped = { ...plan, businesses: plan.businesses.map((business) => ({ ...business, dailyCap: 2 })) };
    const hall = new TestHall(capped);
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    expect(outcome(hall.give(kiosk(), "TakeTicket", wish("t0", "Z")))).toBe("business_unknown");
    hall.give(kiosk(), "TakeTicket", wish("t1", "A", "person"));
    expect(outcome(hall.give(kiosk(), "TakeTicket", wish("t2", "A", "person")))).toBe("already_waiting");
    expect(outcome(hall.give(kiosk(), "TakeTicket", wish("t3", "B", "person")))).toEqual(["TicketTaken"]);
    hall.give(kiosk(), "TakeTicket", wish("t4"));
    expect(outcome(hall.give(kiosk(), "TakeTicket", wish("t5")))).toBe("daily_cap_reached");
  });

  it("goes on offline from the kiosk's own block at the top of the series", () => {
    const hall = openHall();
    hall.give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23"] });
    hall.give(kiosk("k2"), "LeaseNumbers", { days: ["2026-11-23"] });
    expect(freeLeaseSerials(hall.state, "k1", "2026-11-23", "A")).toEqual([995, 996, 997, 998, 999]);
    expect(freeLeaseSerials(hall.state, "k2", "2026-11-23", "A")).toEqual([990, 991, 992, 993, 994]);
    const lease = { day: "2026-11-23", serial: 995 };
    hall.give(kiosk("k1"), "TakeTicket", { ...wish("t1"), lease }, { mode: "record" });
    expect(hall.state.tickets.get("t1")?.number).toBe("A995");
    expect(freeLeaseSerials(hall.state, "k1", "2026-11-23", "A")).toEqual([996, 997, 998, 999]);
  });

  it("tops a lease up only when it runs low, and refuses when the series is used up", () => {
    const hall = openHall({ leaseSize: 200 });
    const ask = () => hall.give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23"] });
    expect(outcome(ask())).toEqual(["NumbersLeased", "NumbersLeased"]);
    expect(outcome(ask())).toEqual([]);
    for (const other of ["k2", "k3", "k4"]) hall.give(kiosk(other), "LeaseNumbers", { days: ["2026-11-23"] });
    expect(outcome(hall.give(kiosk("k5"), "LeaseNumbers", { days: ["2026-11-23"] }))).toBe("numbers_exhausted");
  });

  it("keeps both people's places when a terminal put back from an image gives a leased number twice", () => {
    const hall = openHall();
    hall.give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23"] });
    const lease = { day: "2026-11-23", serial: 995 };
    hall.give(kiosk("k1"), "TakeTicket", { ...wish("t1"), lease }, { mode: "record" });
    const again = hall.give(kiosk("k1"), "TakeTicket", { ...wish("t2"), lease }, { mode: "record" });
    expect(outcome(again)).toEqual(["AnomalyRecorded", "TicketTaken"]);
    expect(hall.state.tickets.get("t2")?.number).toBe("A995+1");
    expect(hall.state.anomalies[0]?.code).toBe("number_already_taken");
  });

  it("never meets, on-line, a number that a kiosk gave out of a block nobody remembers", () => {
    const hall = openHall();
    hall.take("t1");
    const forgotten = (ticketId: string, serial: number): void => {
      const record = { ...wish(ticketId), lease: { day: "2026-11-23", serial } };
      hall.give(kiosk("k1"), "TakeTicket", record, { mode: "record" });
    };
    forgotten("t2", 2);
    forgotten("t3", 1);
    expect(hall.state.tickets.get("t2")?.number).toBe("A002");
    expect(hall.state.tickets.get("t3")?.number).toBe("A001+1");
    expect(hall.take("t4")).toBe("A003");
  });

  it("cancels a ticket whose answer never came when the lease number replaces it", () => {
    const hall = openHall();
    hall.give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23"] });
    hall.give(kiosk("k1"), "TakeTicket", wish("t1", "A", "person"));
    const record = { ...wish("t2", "A", "person"), lease: { day: "2026-11-23", serial: 995 }, replaces: "t1" };
    expect(outcome(hall.give(kiosk("k1"), "TakeTicket", record, { mode: "record" }))).toEqual([
      "TicketCancelled",
      "TicketTaken",
    ]);
  });

  it("keeps a number given before midnight that arrives the next day, as missed", () => {
    const hall = openHall();
    hall.give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23"] });
    hall.give(nodeActor, "OpenDay", { day: "2026-11-24" });
    const late = { ...wish("t1"), lease: { day: "2026-11-23", serial: 995 } };
    expect(outcome(hall.give(kiosk("k1"), "TakeTicket", late, { mode: "record" }))).toEqual([
      "AnomalyRecorded", // no counter is open on the new day yet
      "TicketTaken",
      "TicketMissed",
    ]);
    expect(hall.state.tickets.size).toBe(0);
  });
});

describe("calling", () => {
  it("goes by who came first, with a bounded head start for priority classes", () => {
    const hall = openHall({ creditMinutes: { green: 20, appointment: 15, priority: 15, pickup: 10 } });
    hall.take("early");
    hall.now += 10 * 60_000;
    hall.take("priority", "A", "priority");
    hall.now += 16 * 60_000;
    hall.take("tooLate", "A", "priority");
    const called = ["1", "2"].map((counterId, index) => {
      hall.give(clerk(index === 0 ? "zhang" : "li"), "CallNext", { counterId });
      return hall.state.counters.get(counterId)?.ticketId;
    });
    expect(called).toEqual(["priority", "early"]);
  });

  it("never gives two counters the same ticket", () => {
    const hall = openHall();
    hall.take("t1");
    expect(outcome(hall.give(clerk("zhang"), "CallNext", { counterId: "1" }))).toEqual(["TicketCalled"]);
    expect(outcome(hall.give(clerk("li"), "CallNext", { counterId: "2" }))).toBe("nobody_waiting");
  });

  it("records the second of two offline calls of one ticket as an anomaly", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1", ticketId: "t1" }, { mode: "record" });
    hall.give(clerk("li"), "CallNext", { counterId: "2", ticketId: "t1" }, { mode: "record" });
    expect(hall.state.tickets.get("t1")?.counterId).toBe("1");
    expect(hall.state.anomalies).toMatchObject([{ code: "ticket_already_called", counterId: "2", number: "A001" }]);
  });

  it("takes a call back whose answer the clerk never saw, and refuses it should it arrive later", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" }, { id: testId(900) });
    hall.give(clerk("zhang"), "WithdrawCall", { callCommandId: testId(900) }, { mode: "record" });
    expect(hall.state.tickets.get("t1")?.state).toBe("waiting");
    expect(hall.state.counters.get("1")?.ticketId).toBeNull();
    hall.give(clerk("zhang"), "WithdrawCall", { callCommandId: testId(901) }, { mode: "record" });
    expect(outcome(hall.give(clerk("zhang"), "CallNext", { counterId: "1" }, { id: testId(901) }))).toBe(
      "call_withdrawn",
    );
  });

  it("is refused at a paused, a closed, another clerk's and a busy counter", () => {
    const hall = openHall();
    hall.take("t1");
    hall.take("t2");
    expect(outcome(hall.give(clerk("li"), "CallNext", { counterId: "1" }))).toBe("counter_not_yours");
    expect(outcome(hall.give(clerk("li"), "CallNext", { counterId: "3" }))).toBe("counter_not_open");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    expect(outcome(hall.give(clerk("zhang"), "CallNext", { counterId: "1" }))).toBe("counter_busy");
    hall.give(clerk("li"), "PauseCounter", { counterId: "2", reason: "午休" });
    expect(outcome(hall.give(clerk("li"), "CallNext", { counterId: "2" }))).toBe("counter_paused");
    hall.give(clerk("li"), "ResumeCounter", { counterId: "2" });
    expect(outcome(hall.give(clerk("li"), "CallNext", { counterId: "2" }))).toEqual(["TicketCalled"]);
  });

  it("puts a pinned ticket first", () => {
    const hall = openHall();
    hall.take("t1");
    hall.take("t2");
    hall.give(clerk("zhang"), "PinTicket", { ticketId: "t2", reason: "孕妇" });
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    expect(hall.state.counters.get("1")?.ticketId).toBe("t2");
  });
});

describe("serving", () => {
  const called = (): TestHall => {
    const hall = openHall();
    hall.take("t1");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    return hall;
  };
  const at1 = { ticketId: "t1", counterId: "1" };

  it("runs called → serving → done and invites a review once", () => {
    const hall = called();
    hall.give(clerk("zhang"), "BeginService", at1);
    expect(outcome(hall.give(clerk("zhang"), "EndService", at1))).toEqual(["ServiceEnded", "ReviewInvited"]);
    expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "invited", number: "A001", counterId: "1" });
    expect(hall.state.counters.get("1")?.ticketId).toBeNull();
  });

  it("does not restart a running service by a mis-click, nor end one that has not begun", () => {
    const hall = called();
    expect(outcome(hall.give(clerk("zhang"), "EndService", at1))).toBe("ticket_not_serving");
    hall.give(clerk("zhang"), "BeginService", at1);
    const since = hall.state.tickets.get("t1")?.servingSince;
    hall.now += 60_000;
    expect(outcome(hall.give(clerk("zhang"), "BeginService", at1))).toBe("ticket_not_called");
    expect(hall.state.tickets.get("t1")?.servingSince).toBe(since);
  });

  it("parks and resumes, at any free counter", () => {
    const hall = called();
    hall.give(clerk("zhang"), "BeginService", at1);
    hall.give(clerk("zhang"), "ParkService", { ...at1, reason: "回家取材料" });
    expect(hall.state.counters.get("1")?.ticketId).toBeNull();
    expect(outcome(hall.give(clerk("li"), "ResumeService", { ticketId: "t1", counterId: "2" }))).toEqual([
      "ServiceResumed",
    ]);
    expect(hall.state.counters.get("2")?.ticketId).toBe("t1");
  });

  it("transfers to a counter, which alone may call it, at its old place in the line", () => {
    const hall = called();
    const { lineKey } = hall.state.tickets.get("t1") ?? {};
    hall.take("t2");
    hall.give(clerk("zhang"), "TransferTicket", { ...at1, toBusinessId: null, toCounterId: "2", reason: "转办" });
    expect(hall.state.tickets.get("t1")).toMatchObject({ state: "waiting", lineKey, onlyCounterId: "2" });
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    expect(hall.state.counters.get("1")?.ticketId).toBe("t2");
    hall.give(clerk("li"), "CallNext", { counterId: "2" });
    expect(hall.state.counters.get("2")?.ticketId).toBe("t1");
  });

  it("is sent on by the duty desk from a counter that its clerk has left, and the counter can be closed", () => {
    const hall = called();
    hall.give(clerk("zhang"), "BeginService", at1);
    hall.take("t2");
    const onward = { ...at1, toBusinessId: "A", toCounterId: null, reason: "窗口人员离岗" };
    expect(outcome(hall.give(clerk("li"), "TransferTicket", onward))).toBe("counter_not_yours");
    expect(outcome(hall.give(desk("wang"), "CloseCounter", { counterId: "1" }))).toBe("counter_busy");
    expect(outcome(hall.give(desk("wang"), "TransferTicket", onward))).toEqual(["TicketTransferred"]);
    expect(outcome(hall.give(desk("wang"), "CloseCounter", { counterId: "1" }))).toEqual(["CounterClosed"]);
    hall.give(clerk("li"), "CallNext", { counterId: "2" });
    expect(hall.state.counters.get("2")?.ticketId).toBe("t1");
    // What the first clerk's terminal tells afterwards takes the person from nobody.
    hall.give(clerk("zhang"), "EndService", at1, { mode: "record" });
    expect(hall.state.tickets.get("t1")).toMatchObject({ state: "called", counterId: "2" });
    expect(hall.state.anomalies).toHaveLength(1);
  });

  it("brings a missed ticket back after three others, never by itself", () => {
    const hall = called();
    for (const id of ["t2", "t3", "t4", "t5"]) hall.take(id);
    hall.give(clerk("zhang"), "MissTicket", { ...at1, reason: "三次未到" });
    expect(hall.state.tickets.get("t1")?.state).toBe("missed");
    hall.give(clerk("zhang"), "ReturnTicket", { ticketId: "t1" });
    const order: (string | null | undefined)[] = [];
    for (let n = 0; n < 5; n += 1) {
      hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
      const ticketId = hall.state.counters.get("1")?.ticketId;
      order.push(ticketId);
      hall.give(clerk("zhang"), "MissTicket", { ticketId: ticketId ?? "", counterId: "1", reason: "未到" });
    }
    expect(order).toEqual(["t2", "t3", "t4", "t1", "t5"]);
  });

  it("refuses the return where the hall says a missed number is void", () => {
    const hall = openHall({ missedReturn: "void" });
    hall.take("t1");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    hall.give(clerk("zhang"), "MissTicket", { ...at1, reason: "未到" });
    expect(outcome(hall.give(clerk("zhang"), "ReturnTicket", { ticketId: "t1" }))).toBe("return_not_allowed");
  });

  it("does not let a counter close over a person", () => {
    const hall = called();
    expect(outcome(hall.give(clerk("zhang"), "CloseCounter", { counterId: "1" }))).toBe("counter_busy");
  });
});

describe("the day", () => {
  it("ends unfinished tickets as missed, closes the counters and starts numbers at 001 again", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(nodeActor, "OpenDay", { day: "2026-11-24" });
    expect(hall.log.filter((event) => event.type === "TicketMissed")).toHaveLength(1);
    expect(hall.state.counters.get("1")?.state).toBe("closed");
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    expect(hall.take("t2")).toBe("A001");
  });

  it("opens only forwards", () => {
    const hall = openHall();
    expect(outcome(hall.give(nodeActor, "OpenDay", { day: "2026-11-22" }))).toEqual([]);
  });
});

describe("without the node", () => {
  it("gives every waiting ticket to exactly one open counter", () => {
    const hall = openHall();
    for (let n = 0; n < 40; n += 1) hall.take(`t${String(n)}`, n % 2 ? "A" : "B");
    const shares = ["1", "2", "3"].map((id) => offlineLineOf(hall.state, id).map((ticket) => ticket.id));
    expect(shares.flat().sort()).toEqual([...hall.state.tickets.keys()].sort());
    expect(shares[0]?.length).toBeGreaterThan(5);
    expect(shares[1]?.length).toBeGreaterThan(5);
    for (const ticket of hall.state.tickets.values()) expect(["1", "2"]).toContain(offlineOwner(hall.state, ticket));
  });
});

describe("the expected wait", () => {
  it("says that no counter is open instead of a figure", () => {
    const hall = new TestHall(testPlan({ requireOpenCounter: false }));
    hall.take("t1");
    expect(estimateWait(hall.state, "A", { now: hall.now })).toEqual({
      peopleAhead: 1,
      openCounters: 0,
      minutes: null,
      afterClosing: false,
    });
  });

  it("grows with the people ahead and shrinks with open counters", () => {
    const hall = openHall();
    for (let n = 0; n < 8; n += 1) hall.take(`t${String(n)}`);
    const { now } = hall;
    const newcomer = estimateWait(hall.state, "A", { now }).minutes;
    expect(newcomer?.from).toBeGreaterThanOrEqual(20);
    expect(newcomer?.to).toBeLessThanOrEqual(75);
    const middle = estimateWait(hall.state, "A", { now, ticketId: "t4" });
    expect(middle.peopleAhead).toBe(4);
    expect(middle.minutes?.to).toBeLessThan(newcomer?.to ?? 0);
    expect(estimateWait(hall.state, "A", { now, ticketId: "t0" })).toMatchObject({ peopleAhead: 0 });
  });
});
