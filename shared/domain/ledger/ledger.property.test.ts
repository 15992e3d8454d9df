import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "../../basics/canonical-json.ts";
import { addDays, dayOf } from "../../basics/time.ts";
import { clerk, desk, nodeActor, page, TestHall } from "../../testing/hall-fixture.ts";
import { firstEntries, ledgerCommandShapes } from "../../testing/ledger-arbitraries.ts";
import { expectRoleFolds } from "../../testing/role-folds.ts";
import { makeCalendar } from "../deadline/calendar.ts";
import { commandSchema } from "../hall/commands.ts";
import { emptyHallState, fromSnapshot, toSnapshot, type HallState } from "../hall/state.ts";
import { visibleState, type Viewer } from "../hall/visible.ts";
import type { Actor } from "../identity/roles.ts";
import { clocksAfter, markLight, type LedgerClockMark } from "./clocks.ts";
import type { LedgerClock } from "./definition.ts";

const departmentDesk = (department: string): Actor => ({
  role: "desk",
  deviceId: `desk-${department}`,
  clerkId: `of-${department}`,
  counterId: null,
  department,
});

/** The duty desk acts most, so that entries get somewhere. */
const actors: readonly Actor[] = [
  desk("wang"),
  desk("wang"),
  desk("wang"),
  desk("liu"),
  clerk("zhang"),
  departmentDesk("人社局"),
  departmentDesk("税务局"),
  page,
  nodeActor,
];

const viewers: readonly Viewer[] = [
  { role: "desk", deviceId: "desk-1", counterId: null },
  { role: "desk", deviceId: "desk-人社局", counterId: null, department: "人社局" },
  { role: "desk", deviceId: "desk-税务局", counterId: null, department: "税务局" },
  { role: "window", deviceId: "window-zhang", counterId: null },
  { role: "kiosk", deviceId: "k1", counterId: null },
  { role: "display", deviceId: "d1", counterId: null },
  { role: "review", deviceId: "r1", counterId: "1" },
  { role: "setup", deviceId: "s1", counterId: null },
];

const acts = fc.array(
  fc.record({
    actor: fc.constantFrom(...actors),
    shape: fc.oneof(...ledgerCommandShapes),
    mode: fc.constantFrom("claim" as const, "record" as const),
    hours: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 40 },
);

const plain = (state: HallState): string => canonicalJson(toSnapshot(state));

const play = (
  given: typeof acts extends fc.Arbitrary<infer T> ? T : never,
  after: (hall: TestHall) => void,
): TestHall => {
  const hall = new TestHall();
  const [wang] = actors;
  if (wang) for (const data of firstEntries) hall.give(wang, "OpenLedgerEntry", data);
  for (const { actor, shape, mode, hours } of given) {
    hall.now += hours * 3_600_000;
    const command = hall.command(shape.type as never, shape.data as never, { mode });
    expect(commandSchema.safeParse(command).error).toBeUndefined();
    hall.apply(actor, command);
    after(hall);
  }
  return hall;
};

it("whoever looks: folding what is visible gives the visible part of the whole", () => {
  fc.assert(
    fc.property(acts, (given) => {
      const hall = play(given, () => undefined);
      expectRoleFolds(hall.state, hall.log, viewers);
      for (const viewer of viewers) {
        const part = visibleState(hall.state, viewer);
        expect(plain(fromSnapshot(toSnapshot(part)))).toBe(plain(part));
        for (const entry of part.ledgerEntries.values()) {
          expect(["desk", "window"]).toContain(viewer.role);
          if (viewer.department != null) expect(entry.departments).toContain(viewer.department);
          if (viewer.role === "window") expect(entry.ledgerId).toBe("assisted");
        }
      }
    }),
    { numRuns: 150 },
  );
});

it("nothing is taken away: entries stay, their history only grows, numbers are never given twice", () => {
  fc.assert(
    fc.property(acts, (given) => {
      let before: HallState = emptyHallState;
      play(given, ({ state }) => {
        for (const [id, entry] of before.ledgerEntries) {
          const after = state.ledgerEntries.get(id);
          expect(after?.number).toBe(entry.number);
          expect(after?.history.slice(0, entry.history.length)).toEqual(entry.history);
          expect(after?.departments.slice(0, entry.departments.length)).toEqual(entry.departments);
        }
        const numbers = [...state.ledgerEntries.values()].map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        before = state;
      });
    }),
    { numRuns: 150 },
  );
});

const limitClock: LedgerClock = {
  id: "limit",
  name: "时限",
  nameEn: "Limit",
  startsIn: ["a"],
  endsIn: ["z"],
  pausedIn: ["p"],
  limit: { days: 5, unit: "working" },
  yellow: { by: "days", days: 1 },
};
const calendar = makeCalendar();

/** The slow reference: walks every day since the start and counts those that are worked and not paused. */
const dueByWalking = (moves: readonly { readonly day: string; readonly to: string }[]): string | null => {
  const start = moves[0]?.day ?? "";
  let used = 0;
  for (let day = addDays(start, 1); day < addDays(start, 400); day = addDays(day, 1)) {
    // In force on a day is what the last move before it led to; the day of a move itself still counts as before it.
    const state = moves.findLast((move) => move.day < day)?.to;
    if (state === "p" || calendar.isWorkday(day) !== true) continue;
    used += 1;
    if (used === limitClock.limit?.days) return day;
  }
  return null;
};

it("a clock falls due on the day that counting each day by itself gives, however often it was paused", () => {
  const walk = fc.record({
    start: fc.integer({ min: 0, max: 700 }).map((days) => addDays("2025-01-01", days)),
    steps: fc.array(fc.record({ after: fc.integer({ min: 1, max: 6 }), to: fc.constantFrom("a", "p", "b") }), {
      maxLength: 8,
    }),
  });
  fc.assert(
    fc.property(walk, ({ start, steps }) => {
      const moves = [{ day: start, to: "a" }];
      let marks: readonly LedgerClockMark[] = clocksAfter({ clocks: [limitClock] }, [], "a", {}, start, calendar);
      for (const { after, to } of steps) {
        const day = addDays(moves.at(-1)?.day ?? start, after);
        moves.push({ day, to });
        marks = clocksAfter({ clocks: [limitClock] }, marks, to, {}, day, calendar);
      }
      expect(marks).toHaveLength(1);
      const [mark] = marks;
      if (!mark) return;
      expect(mark.startDay).toBe(start);
      if (moves.at(-1)?.to === "p") {
        expect(mark.dueDay).toBeNull();
        expect(markLight(mark, addDays(start, 300))).toBe("paused");
        return;
      }
      // A due day that had passed before a pause began is not moved by the pause.
      const due = dueByWalking(moves);
      expect(mark.dueDay).toBe(due);
      if (due === null) return;
      expect(markLight(mark, due)).toBe("yellow");
      expect(markLight(mark, addDays(due, 1))).toBe("red");
      expect(mark.yellowDay !== null && mark.yellowDay <= due && mark.yellowDay >= start).toBe(true);
    }),
    { numRuns: 400 },
  );
});

it("whatever is written, corrected or looked at: a limit that runs does not move", () => {
  fc.assert(
    fc.property(acts, (given) => {
      let before: HallState = emptyHallState;
      play(given, ({ state, log }) => {
        const isMove = log.at(-1)?.type === "LedgerEntryMoved" || log.at(-1)?.type === "LedgerEntryShared";
        for (const [id, entry] of before.ledgerEntries)
          entry.clocks.forEach((mark, index) => {
            const after = state.ledgerEntries.get(id)?.clocks[index];
            expect(after?.startDay).toBe(mark.startDay);
            if (!isMove && mark.clockId !== "expiry" && mark.clockId !== "attorney") expect(after).toEqual(mark);
            if (mark.endedDay !== null) expect(after).toEqual(mark);
          });
        before = state;
      });
    }),
    { numRuns: 150 },
  );
});

it("the day that an entry was opened is the hall's day of the act", () => {
  const hall = new TestHall();
  hall.now = Date.UTC(2026, 10, 23, 16, 30);
  hall.give(page, "OpenLedgerEntry", { entryId: "e", ledgerId: "survey", values: { overall: 5 }, sealed: {} });
  expect(hall.state.ledgerEntries.get("e")?.openedDay).toBe(dayOf(hall.now, 480));
});
