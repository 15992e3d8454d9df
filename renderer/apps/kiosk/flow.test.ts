import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_SERVICES, newVisit, nextFlow, shownScreen, type Flow, type FlowAction } from "./flow.ts";
import type { TakenNumber } from "./take-ticket.ts";

const taken: TakenNumber = {
  ticketId: "t1",
  number: "A001",
  businessId: "A",
  itemName: null,
  takenAt: 1,
  isOffline: false,
};
const run = (actions: readonly FlowAction[], from: Flow = newVisit): Flow => actions.reduce(nextFlow, from);
const confirm = (newTicketId: string): FlowAction => ({ do: "confirm", businessId: "A", entry: null, newTicketId });

describe("one visit at the kiosk", () => {
  it("takes a number with two touches from the start", () => {
    const flow = run([confirm("t1"), { do: "take" }, { do: "taken", taken }]);
    expect(shownScreen(flow)).toEqual({ at: "number", taken });
  });

  it("keeps one ticket id for the whole visit, also over back and another business", () => {
    const flow = run([confirm("t1"), { do: "back" }, confirm("t2")]);
    expect(flow.ticketId).toBe("t1");
    expect(run([confirm("t1"), { do: "home" }, confirm("t2")]).ticketId).toBe("t2");
  });

  it("ignores taps while the number is being asked for", () => {
    const asking = run([confirm("t1"), { do: "take" }]);
    for (const action of [
      { do: "take" },
      { do: "back" },
      { do: "home" },
      confirm("t9"),
      { do: "open", screen: { at: "search" } },
    ] as const)
      expect(nextFlow(asking, action)).toBe(asking);
  });

  it("shows a problem on the confirm screen, and the next try is the same ticket", () => {
    const flow = run([confirm("t1"), { do: "take" }, { do: "failed", problem: { kind: "notKept" } }]);
    expect(shownScreen(flow).at).toBe("confirm");
    expect(flow.problem).toEqual({ kind: "notKept" });
    expect(flow.ticketId).toBe("t1");
    expect(nextFlow(flow, { do: "take" }).problem).toBeNull();
  });

  it("forgets everything at home and after the number", () => {
    expect(run([{ do: "open", screen: { at: "search" } }, { do: "type", query: "sfz" }, { do: "home" }])).toBe(
      newVisit,
    );
    expect(run([confirm("t1"), { do: "take" }, { do: "taken", taken }, { do: "back" }])).toBe(newVisit);
  });

  it("gathers several services for one number, and lets one go again", () => {
    const two = run([
      confirm("t1"),
      { do: "addService" },
      { do: "confirm", businessId: "B", entry: null, newTicketId: "t2" },
    ]);
    expect(two.services).toEqual([{ businessId: "A", entry: null }]);
    expect(shownScreen(two)).toMatchObject({ at: "confirm", businessId: "B" });
    expect(two.ticketId).toBe("t1");
    expect(nextFlow(two, { do: "removeService", index: 0 }).services).toEqual([]);
    expect(nextFlow(two, { do: "home" })).toBe(newVisit);
  });

  it("never gathers more services than one number may have", () => {
    let flow: Flow = newVisit;
    for (let n = 0; n < 9; n += 1) flow = run([confirm("t1"), { do: "addService" }], flow);
    expect(flow.services).toHaveLength(MOST_SERVICES - 1);
  });

  it("asks who it is between the decision and the number, and takes the number from there", () => {
    const asked = run([confirm("t1"), { do: "identify", class: "priority" }]);
    expect(shownScreen(asked)).toEqual({ at: "identify", class: "priority" });
    expect(nextFlow(asked, { do: "take" }).isTaking).toBe(true);
    expect(nextFlow(newVisit, { do: "identify", class: "ordinary" })).toBe(newVisit);
  });

  it("leads back from a trouble to where it was met", () => {
    const troubled = run([confirm("t1"), { do: "take" }, { do: "failed", problem: { kind: "notKept" } }]);
    const back = nextFlow(troubled, { do: "back" });
    expect(back.problem).toBeNull();
    expect(shownScreen(back).at).toBe("confirm");
  });

  it("checks in without a confirm screen, under an id of its own", () => {
    const checking = run([{ do: "open", screen: { at: "checkIn" } }]);
    expect(nextFlow(checking, { do: "take" })).toBe(checking);
    expect(nextFlow(checking, { do: "take", newTicketId: "t7" })).toMatchObject({ isTaking: true, ticketId: "t7" });
  });

  it("never takes without a confirm screen, and an answer that nobody waits for changes nothing", () => {
    expect(nextFlow(newVisit, { do: "take" })).toBe(newVisit);
    expect(nextFlow(newVisit, { do: "taken", taken })).toBe(newVisit);
  });

  it("whatever is tapped, there is a screen, and a visit holds one ticket id at most", () => {
    const action: fc.Arbitrary<FlowAction> = fc.oneof(
      fc.constant<FlowAction>({ do: "back" }),
      fc.constant<FlowAction>({ do: "take" }),
      fc.constant<FlowAction>({ do: "taken", taken }),
      fc.constant<FlowAction>({ do: "failed", problem: { kind: "notKept" } }),
      fc.constant<FlowAction>({ do: "open", screen: { at: "popular" } }),
      fc.nat(5).map((n) => confirm(`t${n}`)),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        let flow: Flow = newVisit;
        for (const each of actions) {
          const next = nextFlow(flow, each);
          expect(next.screens[0]).toEqual({ at: "start" });
          if (flow.ticketId !== null && next.ticketId !== null) expect(next.ticketId).toBe(flow.ticketId);
          flow = next;
        }
      }),
    );
  });
});
