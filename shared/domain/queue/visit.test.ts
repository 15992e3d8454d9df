import { describe, expect, it } from "vitest";
import { clerk, kiosk, outcome, TestHall, testPlan, ticketWish } from "../../testing/hall-fixture.ts";
import { greenCodeDigest } from "../kiosk/green-code.ts";
import { kioskSettingsSchema } from "../kiosk/kiosk-settings.ts";
import { visible, visibleState } from "../hall/visible.ts";

const wish = (ticketId: string) => ticketWish(ticketId, { itemCode: "1", itemName: "企业设立登记" });
const stop = { businessId: "B", itemCode: "2", itemName: "社保卡申领" };

const openHall = (): TestHall => {
  const hall = new TestHall();
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.give(clerk("wang"), "OpenCounter", { counterId: "3" });
  return hall;
};

const serve = (hall: TestHall, by: string, counterId: string, ticketId: string): readonly string[] | string => {
  hall.give(clerk(by), "CallNext", { counterId });
  hall.give(clerk(by), "BeginService", { ticketId, counterId });
  return outcome(hall.give(clerk(by), "EndService", { ticketId, counterId }));
};

describe("several services in one visit", () => {
  it("goes on to the next counter with the same number, is reviewed for each service, and is done after the last", () => {
    const hall = openHall();
    hall.give(kiosk(), "TakeTicket", { ...wish("t1"), stops: [stop] });
    expect(serve(hall, "zhang", "1", "t1")).toEqual(["ServiceEnded", "ReviewInvited"]);
    expect(hall.state.tickets.get("t1")).toMatchObject({
      state: "waiting",
      number: "A001",
      businessId: "B",
      itemName: "社保卡申领",
      stops: [],
      counterId: null,
    });
    expect(hall.state.counters.get("1")?.ticketId).toBeNull();
    expect(serve(hall, "wang", "3", "t1")).toEqual(["ServiceEnded", "ReviewInvited"]);
    expect(hall.state.tickets.get("t1")).toMatchObject({ state: "done", serviceNo: 2 });
    expect([...hall.state.reviews.keys()]).toEqual(["t1.1", "t1.2"]);
  });

  it("keeps its place by arrival: who came before me at the second counter stays before me, who came later does not", () => {
    const hall = openHall();
    hall.take("early", "B");
    hall.now += 1000;
    hall.give(kiosk(), "TakeTicket", { ...wish("t1"), stops: [stop] });
    hall.take("late", "B");
    hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
    // Counter 1 serves A and B: the first in line is the early one.
    expect(hall.state.counters.get("1")?.ticketId).toBe("early");
    hall.give(clerk("zhang"), "BeginService", { ticketId: "early", counterId: "1" });
    hall.give(clerk("zhang"), "EndService", { ticketId: "early", counterId: "1" });
    serve(hall, "zhang", "1", "t1");
    hall.give(clerk("wang"), "CallNext", { counterId: "3" });
    expect(hall.state.counters.get("3")?.ticketId).toBe("t1");
  });

  it("is refused when one of the services does not exist in this hall", () => {
    const decision = openHall().give(kiosk(), "TakeTicket", { ...wish("t1"), stops: [{ ...stop, businessId: "Z" }] });
    expect(decision).toEqual({ ok: false, error: { code: "business_unknown", params: { business: "Z" } } });
  });
});

describe("green channel by code", () => {
  const plan = testPlan({
    kiosk: kioskSettingsSchema.parse({ greenCodes: [greenCodeDigest("test-hall", "LVTD-2026")] }),
  });
  const take = (code: string) => {
    const hall = new TestHall(plan);
    hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
    const greenCode = greenCodeDigest("test-hall", code);
    return outcome(hall.give(kiosk(), "TakeTicket", { ...wish("t1"), class: "green", greenCode }));
  };

  it("opens with the code however it is written, and not with another", () => {
    expect(take("lvtd 2026")).toEqual(["TicketTaken"]);
    expect(take("LVTD-2027")).toBe("green_code_unknown");
    expect(greenCodeDigest("other-hall", "LVTD-2026")).not.toBe(greenCodeDigest("test-hall", "LVTD-2026"));
  });
});

describe("what the paper leaves behind", () => {
  it("counts a second paper and keeps what became of the first", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(kiosk(), "RecordPrint", { ticketId: "t1", outcome: "unknown" }, { mode: "record" });
    hall.give(kiosk(), "RecordPrint", { ticketId: "t1", outcome: "printed", reprint: true }, { mode: "record" });
    hall.give(kiosk(), "RecordPrint", { ticketId: "t1", outcome: "printed", reprint: true }, { mode: "record" });
    expect(hall.state.tickets.get("t1")).toMatchObject({ print: "unknown", reprints: 2 });
  });

  it("lets a number be given back that was never printed, with its reason", () => {
    const hall = openHall();
    hall.take("t1");
    hall.give(kiosk(), "RecordPrint", { ticketId: "t1", outcome: "failed" }, { mode: "record" });
    const decision = hall.give(kiosk(), "CancelTicket", { ticketId: "t1", reason: "not_printed" });
    expect(decision).toMatchObject({ ok: true, value: [{ type: "TicketCancelled", data: { reason: "not_printed" } }] });
  });
});

describe("who sees the secrets of a ticket", () => {
  it("shows nobody the digest that opens the ticket page or the green-channel code, and the public no items", () => {
    const hall = openHall();
    const followHash = "f".repeat(64);
    hall.give(kiosk(), "TakeTicket", { ...wish("t1"), stops: [stop], followHash });
    const event = hall.log.find(({ type }) => type === "TicketTaken");
    for (const role of ["kiosk", "display", "window", "desk", "review"] as const) {
      const viewer = { role, deviceId: "d", counterId: null };
      const seen = JSON.stringify([event && visible(event, viewer), [...visibleState(hall.state, viewer).tickets]]);
      expect(seen).not.toContain(followHash);
      if (role === "display") expect(seen).not.toContain("社保卡");
    }
  });
});
