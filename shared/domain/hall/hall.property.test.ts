import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../basics/canonical-json.ts";
import { clerk, kiosk, MONDAY_NINE, nodeActor, reviewScreen, testId, testPlan } from "../../testing/hall-fixture.ts";
import { expectRoleFolds } from "../../testing/role-folds.ts";
import type { Actor } from "../identity/roles.ts";
import { mayIssue } from "../identity/permissions.ts";
import type { TicketState } from "../queue/ticket.ts";
import { commandSchema, type Command } from "./commands.ts";
import { decide } from "./decide.ts";
import type { DomainEvent } from "./events.ts";
import { evolve, fold } from "./evolve.ts";
import { emptyHallState, fromSnapshot, toSnapshot, type HallState } from "./state.ts";
import { visible, type Viewer } from "./visible.ts";

const actors: readonly Actor[] = [
  kiosk("k1"),
  kiosk("k2"),
  clerk("zhang"),
  clerk("li"),
  reviewScreen("1"),
  reviewScreen("2"),
  { role: "display", deviceId: "d1", clerkId: null, counterId: null },
  { role: "desk", deviceId: "desk-1", clerkId: "wang", counterId: null },
];

const days = ["2026-11-23", "2026-11-24"];
const ticketId = fc.integer({ min: 0, max: 7 }).map((n) => `t${String(n)}`);
const counterId = fc.constantFrom("1", "2", "3", "9");
const reviewId = fc.tuple(ticketId, fc.integer({ min: 1, max: 2 })).map(([id, n]) => `${id}.${String(n)}`);
const businessId = fc.constantFrom("A", "B", "Q");
const reason = fc.constantFrom("未到", "补材料");

const takenOnItsOwn = fc.record({
  type: fc.constant("TakeTicket"),
  data: fc.record({
    ticketId,
    businessId: fc.constant("A"),
    class: fc.constantFrom("ordinary", "priority"),
    itemCode: fc.constant("item"),
    itemName: fc.constant("社保卡申领"),
    personKey: fc.constant(null),
    lease: fc.record({ day: fc.constantFrom(...days), serial: fc.constantFrom(1, 2, 5, 6, 995, 996) }),
  }),
});

const shapes: readonly fc.Arbitrary<{ type: string; data: unknown }>[] = [
  takenOnItsOwn,
  takenOnItsOwn,
  takenOnItsOwn,
  fc.record({
    type: fc.constant("TakeTicket"),
    data: fc.record(
      {
        ticketId,
        businessId,
        class: fc.constantFrom("ordinary", "priority", "green", "appointment"),
        itemCode: fc.constant("item"),
        itemName: fc.constant("社保卡申领"),
        personKey: fc.constantFrom(null, "p1", "p2"),
        lease: fc.record({ day: fc.constantFrom(...days), serial: fc.constantFrom(1, 2, 990, 994, 995, 996, 999) }),
        replaces: ticketId,
        stops: fc.array(fc.record({ businessId, itemCode: fc.constant("item"), itemName: fc.constant("其他事项") }), {
          maxLength: 2,
        }),
        followHash: fc.constant("f".repeat(64)),
        appointmentId: fc.constantFrom("a1", "a2", "a3"),
      },
      { requiredKeys: ["ticketId", "businessId", "class", "itemCode", "itemName", "personKey"] },
    ),
  }),
  fc.record({ type: fc.constant("LeaseNumbers"), data: fc.record({ days: fc.constant(days) }) }),
  fc.record({ type: fc.constant("OpenCounter"), data: fc.record({ counterId }) }),
  fc.record({
    type: fc.constantFrom("ResumeCounter", "CloseCounter"),
    data: fc.record({ counterId }),
  }),
  fc.record({ type: fc.constant("PauseCounter"), data: fc.record({ counterId, reason }) }),
  fc.record({
    type: fc.constant("CallNext"),
    data: fc.record({ counterId, ticketId }, { requiredKeys: ["counterId"] }),
  }),
  fc.record({
    type: fc.constant("WithdrawCall"),
    data: fc.record({ callCommandId: fc.integer({ min: 1, max: 60 }).map(testId) }),
  }),
  fc.record({
    type: fc.constantFrom("RecallTicket", "BeginService", "ResumeService", "EndService", "ReopenService"),
    data: fc.record({ ticketId, counterId }),
  }),
  fc.record({
    type: fc.constantFrom("MissTicket", "ParkService"),
    data: fc.record({ ticketId, counterId, reason }),
  }),
  fc.record({ type: fc.constant("ReturnTicket"), data: fc.record({ ticketId }) }),
  fc.record({ type: fc.constantFrom("CancelTicket", "PinTicket"), data: fc.record({ ticketId, reason }) }),
  fc.record({
    type: fc.constant("TransferTicket"),
    data: fc.record({
      ticketId,
      counterId,
      toBusinessId: fc.constantFrom("A", "B"),
      toCounterId: fc.constantFrom(null, "1", "2"),
      reason,
    }),
  }),
  fc.record({
    type: fc.constant("RecordPrint"),
    data: fc.record({ ticketId, outcome: fc.constantFrom("printed", "failed", "unknown"), reprint: fc.boolean() }),
  }),
  fc.record({
    type: fc.constant("GiveReview"),
    data: fc.record({
      reviewId,
      counterId: fc.constantFrom(null, "1", "2"),
      level: fc.constantFrom(1, 2, 3, 4, 5),
      tags: fc.constantFrom([], ["110"]),
      elapsedMs: fc.constantFrom(100, 5000),
      channel: fc.constant("secondDisplay"),
      textId: fc.constantFrom(null, "text-1"),
      phoneId: fc.constantFrom(null, "phone-1"),
    }),
  }),
  fc.record({
    type: fc.constant("CloseReview"),
    data: fc.record({ reviewId, counterId, reason: fc.constantFrom("timeout", "declined") }),
  }),
  fc.record({
    type: fc.constant("RequestHelp"),
    data: fc.record({ helpId: fc.constantFrom("h1", "h2"), place: fc.constant("东门") }),
  }),
  fc.record({
    type: fc.constant("BookAppointment"),
    data: fc.record({
      appointmentId: fc.constantFrom("a1", "a2", "a3"),
      businessId: fc.constantFrom("A", "B"),
      day: fc.constantFrom(...days),
      from: fc.constantFrom("09:30", "10:00"),
      channel: fc.constantFrom("desk", "city"),
      itemCode: fc.constant("item"),
      itemName: fc.constant("社保卡申领"),
      personKey: fc.constantFrom(null, "p1", "p2"),
      contactId: fc.constantFrom(null, "contact-1"),
    }),
  }),
  fc.record({
    type: fc.constant("CancelAppointment"),
    data: fc.record({ appointmentId: fc.constantFrom("a1", "a2", "a3"), reason: fc.constant("person") }),
  }),
  fc.record({
    type: fc.constant("SetCounterBusinesses"),
    data: fc.record({ counterId, businesses: fc.constantFrom(["A"], ["B", "A"], ["Q"]) }),
  }),
  fc.record({
    type: fc.constant("PublishNotice"),
    data: fc.record({
      noticeId: fc.constantFrom("n1", "n2"),
      text: fc.constant("三楼停电"),
      textEn: fc.constant(""),
      tone: fc.constantFrom("info", "urgent"),
      places: fc.constant(["board"]),
      until: fc.constant(null),
    }),
  }),
  fc.record({ type: fc.constant("WithdrawNotice"), data: fc.record({ noticeId: fc.constantFrom("n1", "n2") }) }),
  fc.record({ type: fc.constant("AnswerHelp"), data: fc.record({ helpId: fc.constantFrom("h1", "h2") }) }),
];

interface Step {
  readonly actor: Actor;
  readonly command: Command;
  readonly minutes: number;
}

/** Acts that a role may send are drawn often enough that days get somewhere. */
const step: fc.Arbitrary<Step> = fc
  .record({
    actor: fc.constantFrom(...actors),
    shape: fc.oneof(...shapes),
    mode: fc.constantFrom("claim", "record"),
    idNumber: fc.integer({ min: 1, max: 60 }),
    minutes: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ actor, shape, mode, idNumber, minutes }) => ({
    actor: mayIssue(actor, shape.type as Command["type"])
      ? actor
      : (actors.find((other) => mayIssue(other, shape.type as Command["type"])) ?? actor),
    command: { id: testId(idNumber), mode, at: MONDAY_NINE, ...shape } as unknown as Command,
    minutes,
  }));

const bookablePlan = () => {
  const plan = testPlan();
  return { ...plan, businesses: plan.businesses.map((business) => ({ ...business, appointmentsPerSlot: 2 })) };
};

/** A day with a counter open and some people in it, so that random acts meet something. */
const opening = (): { state: HallState; log: DomainEvent[] } => {
  const log: DomainEvent[] = [];
  let state = emptyHallState;
  const give = (actor: Actor, type: string, data: unknown, n: number): void => {
    const command = { id: testId(n), type, mode: "claim", at: MONDAY_NINE, data } as unknown as Command;
    const decision = decide(state, command, { now: MONDAY_NINE, actor });
    if (!decision.ok) throw new Error(decision.error.code);
    log.push(...decision.value);
    state = fold(state, decision.value);
  };
  give(nodeActor, "SetHallPlan", { plan: bookablePlan() }, 1000);
  give(nodeActor, "OpenDay", { day: "2026-11-23" }, 1001);
  give(clerk("zhang"), "OpenCounter", { counterId: "1" }, 1002);
  give(clerk("li"), "OpenCounter", { counterId: "2" }, 1003);
  give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23"] }, 1004);
  for (let n = 0; n < 4; n += 1)
    give(
      kiosk("k1"),
      "TakeTicket",
      {
        ticketId: `t${String(n)}`,
        businessId: "A",
        class: "ordinary",
        itemCode: null,
        itemName: null,
        personKey: null,
      },
      1010 + n,
    );
  return { state, log };
};

const moves: Readonly<Record<TicketState, readonly TicketState[]>> = {
  waiting: ["called", "cancelled", "missed", "serving"],
  called: ["called", "serving", "missed", "waiting", "cancelled"],
  serving: ["done", "waiting", "parked", "missed"],
  parked: ["serving", "missed", "waiting"],
  missed: ["waiting"],
  // On to the next service of the visit, or a mis-click taken back.
  done: ["waiting", "serving"],
  cancelled: [],
};

/**
 * Runs steps as the node does: one after the other, each command id once. Also opens the next day half-way in every
 * second run, and gives what was decided for each step.
 */
const run = (steps: readonly Step[], nextDayAt: number): { state: HallState; log: DomainEvent[] } => {
  const hall = opening();
  let { state } = hall;
  const { log } = hall;
  const answered = new Set<string>();
  let now = MONDAY_NINE;
  steps.forEach(({ actor, command, minutes }, index) => {
    now += minutes * 60_000;
    if (index === nextDayAt) {
      const openDay = {
        id: testId(5000),
        type: "OpenDay",
        mode: "claim",
        at: now,
        data: { day: "2026-11-24" },
      } as const;
      const opened = decide(state, openDay, { now, actor: nodeActor });
      if (!opened.ok) throw new Error("a day must open");
      log.push(...opened.value);
      state = fold(state, opened.value);
    }
    if (answered.has(command.id)) return;
    answered.add(command.id);
    const decision = decide(state, command, { now, actor });
    if (!decision.ok) {
      expect(command.mode === "record" && mayIssue(actor, command.type), "records are never refused").toBe(false);
      return;
    }
    for (const event of decision.value) {
      const before =
        "ticketId" in event.data && event.data.ticketId ? state.tickets.get(event.data.ticketId) : undefined;
      state = evolve(state, event);
      const after = before && state.tickets.get(before.id);
      if (before && after && before.state !== after.state) expect(moves[before.state]).toContain(after.state);
      log.push(event);
    }
    const held = [...state.counters.values()].flatMap((counter) =>
      counter.ticketId === null ? [] : [counter.ticketId],
    );
    expect(new Set(held).size, "no ticket at two counters").toBe(held.length);
    for (const counter of state.counters.values()) {
      const ticket = counter.ticketId === null ? undefined : state.tickets.get(counter.ticketId);
      if (ticket) {
        expect(ticket.counterId).toBe(counter.id);
        expect(["called", "serving"]).toContain(ticket.state);
      }
    }
  });
  return { state, log };
};

const day = fc.tuple(fc.array(step, { minLength: 1, maxLength: 60 }), fc.integer({ min: -30, max: 60 }));

const viewers: readonly Viewer[] = [
  { role: "kiosk", deviceId: "k1", counterId: null },
  { role: "display", deviceId: "d1", counterId: null },
  { role: "review", deviceId: "review-1", counterId: "1" },
  { role: "window", deviceId: "window-zhang", counterId: null },
  { role: "desk", deviceId: "desk-1", counterId: null },
  { role: "setup", deviceId: "s1", counterId: null },
];

describe("any interleaving, duplication and re-ordering of commands", () => {
  it("only ever makes commands that the node's edge accepts (the generator is honest)", () => {
    fc.assert(
      fc.property(step, ({ command }) => {
        expect(commandSchema.safeParse(command).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("gives no two equal numbers, no ticket at two counters, allowed moves only, and refuses no record", () => {
    fc.assert(
      fc.property(day, ([steps, nextDayAt]) => {
        const { log } = run(steps, nextDayAt);
        const numbers = log.flatMap((event) =>
          event.type === "TicketTaken" ? [`${event.data.day}/${event.data.number}`] : [],
        );
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 400 },
    );
  });

  it("replays to the same state, in one batch, in pieces, and through a snapshot", () => {
    fc.assert(
      fc.property(day, fc.nat(), ([steps, nextDayAt], cut) => {
        const { state, log } = run(steps, nextDayAt);
        const text = canonicalJson(toSnapshot(state));
        expect(canonicalJson(toSnapshot(fold(emptyHallState, log)))).toBe(text);
        const at = cut % (log.length + 1);
        const half = fromSnapshot(
          JSON.parse(JSON.stringify(toSnapshot(fold(emptyHallState, log.slice(0, at))))) as never,
        );
        expect(canonicalJson(toSnapshot(fold(half, log.slice(at))))).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it("shows each role the fold of what it may see, and nothing else", () => {
    fc.assert(
      fc.property(day, ([steps, nextDayAt]) => {
        const { state, log } = run(steps, nextDayAt);
        expectRoleFolds(state, log, viewers);
      }),
      { numRuns: 600 },
    );
  });

  it("never shows a clerk's or a public screen who reviewed or how, nor a public screen any person's matter", () => {
    const withheld = {
      kiosk: /社保卡|"p1"|"p2"|未到|补材料|zhang|"li"|"level":[1-5]|text-1|phone-1|priority|contact-1/,
      display: /社保卡|"p1"|"p2"|未到|补材料|zhang|"li"|"level":[1-5]|text-1|phone-1|priority|contact-1/,
      review: /社保卡|"p1"|"p2"|未到|补材料|zhang|"li"|"level":[1-5]|text-1|phone-1|priority|contact-1/,
      window: /"p1"|"p2"|contact-1|"level":[1-5]|"110"|text-1|phone-1|tooFast/,
      desk: /"p1"|"p2"/,
      setup: /t0|社保卡/,
    } as const;
    fc.assert(
      fc.property(day, ([steps, nextDayAt]) => {
        const { log } = run(steps, nextDayAt);
        for (const viewer of viewers) {
          const wire = JSON.stringify(
            log.filter((event) => event.type !== "HallPlanSet").map((event) => visible(event, viewer)),
          );
          expect(wire, viewer.role).not.toMatch(withheld[viewer.role]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the call policy's bound", () => {
  it("lets nobody be overtaken by somebody who came later than the largest head start", () => {
    const arrivals = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 600 }),
        class: fc.constantFrom("ordinary", "priority", "green", "appointment"),
        callsAfter: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 2, maxLength: 40 },
    );
    fc.assert(
      fc.property(arrivals, (people) => {
        const { state: opened } = opening();
        let state = opened;
        let now = MONDAY_NINE;
        const give = (actor: Actor, type: string, data: unknown, n: number): void => {
          const command = { id: testId(n), type, mode: "claim", at: now, data } as unknown as Command;
          const decision = decide(state, command, { now, actor });
          if (decision.ok) state = fold(state, decision.value);
        };
        const callOne = (n: number): void => {
          const waitingBefore = [...state.tickets.values()].filter((ticket) => ticket.state === "waiting");
          give(clerk("zhang"), "CallNext", { counterId: "1" }, n);
          const called = state.tickets.get(state.counters.get("1")?.ticketId ?? "");
          if (!called) {
            expect(waitingBefore, "no counter idles while its businesses wait").toHaveLength(0);
            return;
          }
          for (const other of waitingBefore) expect(called.takenAt - other.takenAt).toBeLessThanOrEqual(20 * 60_000);
          give(clerk("zhang"), "MissTicket", { ticketId: called.id, counterId: "1", reason: "未到" }, n + 1);
        };
        people.forEach((person, index) => {
          now += person.gap * 1000;
          const data = {
            ticketId: `p${String(index)}`,
            businessId: index % 3 ? "A" : "B",
            class: person.class,
            itemCode: null,
            itemName: null,
            personKey: null,
          };
          give(kiosk("k1"), "TakeTicket", data, 100_000 + index);
          for (let call = 0; call < person.callsAfter; call += 1) callOne(200_000 + index * 10 + call * 2);
        });
        for (let rest = 0; rest < people.length + 5; rest += 1) callOne(300_000 + rest * 2);
      }),
      { numRuns: 150 },
    );
  });
});
