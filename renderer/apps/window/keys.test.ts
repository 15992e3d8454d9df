import { describe, expect, it } from "vitest";
import { clerk, TestHall } from "../../../shared/testing/hall-fixture.ts";
import { keyOf, possibleActs } from "./keys.ts";

const W1 = clerk("w1");

const now = (hall: TestHall): string => {
  const counter = hall.state.counters.get("1");
  const ticket = counter?.ticketId == null ? undefined : hall.state.tickets.get(counter.ticketId);
  return [...possibleActs(counter, ticket)].sort().join(" ");
};

describe("the keys of the window", () => {
  it("are one each", () => {
    expect(new Set(Object.values(keyOf)).size).toBe(Object.keys(keyOf).length);
  });

  it("follow the ticket through its service", () => {
    const hall = new TestHall();
    expect(now(hall)).toBe("");
    hall.give(W1, "OpenCounter", { counterId: "1" });
    hall.take("t1", "A");
    expect(now(hall)).toBe("callNext pause");
    hall.give(W1, "CallNext", { counterId: "1" });
    expect(now(hall)).toBe("begin miss pause recall transfer");
    hall.give(W1, "BeginService", { ticketId: "t1", counterId: "1" });
    expect(now(hall)).toBe("end park pause transfer");
    hall.give(W1, "PauseCounter", { counterId: "1", reason: "休息" });
    expect(now(hall)).toBe("end park pause transfer");
    hall.give(W1, "EndService", { ticketId: "t1", counterId: "1" });
    expect(now(hall)).toBe("pause");
  });
});
