import { describe, expect, it } from "vitest";
import { kiosk, TestHall, testPlan } from "../../testing/hall-fixture.ts";
import { reprintBlockOf } from "./reprint.ts";

describe("a second paper", () => {
  it("is for numbers that are still in line, twice at most", () => {
    const hall = new TestHall(testPlan({ requireOpenCounter: false }));
    hall.take("t1");
    const ticket = () => hall.state.tickets.get("t1");
    const reprint = () =>
      hall.give(kiosk(), "RecordPrint", { ticketId: "t1", outcome: "printed", reprint: true }, { mode: "record" });
    expect(reprintBlockOf(undefined)).toBe("unknown");
    expect(reprintBlockOf(ticket())).toBeNull();
    reprint();
    expect(reprintBlockOf(ticket())).toBeNull();
    reprint();
    expect(reprintBlockOf(ticket())).toBe("tooMany");
    hall.take("t2");
    hall.give(kiosk(), "CancelTicket", { ticketId: "t2", reason: "not_printed" });
    expect(reprintBlockOf(hall.state.tickets.get("t2"))).toBe("over");
  });
});
