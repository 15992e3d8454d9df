import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../basics/canonical-json.ts";
import { addDays, dayOf, DAY_MS, weekdayOf, type Day } from "../../basics/time.ts";
import { clerk, desk, kiosk, MONDAY_NINE, nodeActor, testPlan } from "../../testing/hall-fixture.ts";
import { departmentDesk, HEALTH, OrderHall, raising } from "../../testing/work-order-fixture.ts";
import { expectRoleFolds } from "../../testing/role-folds.ts";
import type { Pause } from "../deadline/deadline.ts";
import { fold } from "../hall/evolve.ts";
import { emptyHallState, fromSnapshot, toSnapshot } from "../hall/state.ts";
import { type Viewer } from "../hall/visible.ts";
import type { Actor } from "../identity/roles.ts";
import { makeClock } from "./clock.ts";
import { dueOrderSteps } from "./due-steps.ts";
import { filingDayOf, filingsDue } from "./filing.ts";

const plan = testPlan();

/* The slow, obvious reference: the State Council's notice as a table, one day after the other. */
const notice = new Map(
  readFileSync("data/holidays-cn-2024-2026.csv", "utf8")
    .split(/\r?\n/)
    .map((line) => line.split(","))
    .map(([day = "", type = ""]) => [day, type] as const),
);
const works = (day: Day): boolean => {
  const exception = notice.get(day);
  if (exception === "holiday") return false;
  if (exception === "makeup_workday") return true;
  return weekdayOf(day) >= 1 && weekdayOf(day) <= 5;
};
const slowDay = (start: Day, days: number, pauses: readonly Pause[]): Day | null => {
  let day = start;
  let counted = 0;
  while (counted < days) {
    day = addDays(day, 1);
    const pause = pauses.find((each) => day > each.start && (each.end === null || day <= each.end));
    if (pause?.end === null) return null;
    if (pause === undefined && works(day)) counted += 1;
  }
  return day;
};

const day2026 = fc.integer({ min: 0, max: 300 }).map((n) => addDays("2026-01-01", n));
const somePauses = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 15 })), { maxLength: 3 })
  .chain((list) => fc.tuple(fc.constant(list), fc.boolean()));

describe("a clock", () => {
  it("ends as the slow reference says, over weekends, holidays, make-up workdays and pauses", () => {
    fc.assert(
      fc.property(day2026, fc.integer({ min: 1, max: 20 }), somePauses, (start, days, [list, isRunning]) => {
        const pauses = list.map(([from, length], index): Pause => {
          const begin = addDays(start, from);
          return { start: begin, end: isRunning && index === list.length - 1 ? null : addDays(begin, length) };
        });
        const { due } = makeClock(plan, { kind: "solve", no: 1, start, days }, pauses);
        const last = slowDay(start, days, pauses);
        expect(due === null ? null : dayOf(due.dueAt, 480)).toBe(last);
        if (due === null) return;
        expect(dayOf(due.dueAt + 1, 480)).toBe(addDays(last ?? "", 1));
        expect(dayOf(due.yellowAt, 480)).toBe(slowDay(start, Math.max(1, days - 1), pauses));
      }),
      { numRuns: 500 },
    );
  });

  it("knows the checks of the field", () => {
    const end = (start: Day) => dayOf(makeClock(plan, { kind: "solve", no: 1, start, days: 5 }).due?.dueAt ?? 0, 480);
    expect(end("2026-09-23")).toBe("2026-10-08");
    expect(end("2026-11-20")).toBe("2026-11-27");
  });
});

type Act = (hall: OrderHall, orderId: string, n: number) => void;
const lin = desk("lin");
const departments = [HEALTH, "区市场监管局"];
const officeOf = (hall: OrderHall, orderId: string): Actor =>
  departmentDesk(hall.state.workOrders.get(orderId)?.department ?? HEALTH);

/** Acts on an order, whether or not they fit. */
const acts: Readonly<Record<string, Act>> = {
  edit: (hall, orderId, n) =>
    hall.give(lin, "EditWorkOrder", {
      orderId,
      problem: "other",
      itemCode: null,
      itemName: `事项${String(n)}`,
      summary: "更正登记内容",
    }),
  takeIn: (hall, orderId, n) => hall.takeIn(n % 3 === 0 ? 1 : 2, "government", orderId),
  dispatch: (hall, orderId, n) =>
    hall.dispatch(n % 4 === 0 ? "taskForce" : "department", departments[n % 2] ?? HEALTH, orderId),
  accept: (hall, orderId) => hall.accept(officeOf(hall, orderId), orderId),
  giveBack: (hall, orderId) =>
    hall.give(officeOf(hall, orderId), "ReturnWorkOrder", { orderId, reason: "不属于本部门职责" }),
  extend: (hall, orderId, n) =>
    hall.give(officeOf(hall, orderId), "ExtendWorkOrder", {
      orderId,
      until: addDays(dayOf(hall.now, 480), 5 + n),
      reason: "需要现场踏勘核实",
    }),
  pause: (hall, orderId) => hall.give(lin, "PauseWorkOrder", { orderId, reason: "expert", note: "委托专家评审中" }),
  resume: (hall, orderId) => hall.give(lin, "ResumeWorkOrder", { orderId, note: "专家意见已收到" }),
  meet: (hall, orderId, n) =>
    hall.give(lin, "HoldOrderMeeting", {
      orderId,
      meetingId: `meeting-${String(n)}`,
      day: dayOf(hall.now, 480),
      participants: departments,
      minutes: "会议议定联合办理。",
      decision: "联合办理该事项",
    }),
  answer: (hall, orderId, n) =>
    hall.answer(
      n % 2 === 0 ? { orderId } : { orderId, cause: "guideUnclear", guideChange: "材料清单写明份数" },
      officeOf(hall, orderId),
    ),
  changeGuide: (hall, orderId) =>
    hall.give(officeOf(hall, orderId), "RecordGuideChange", { orderId, what: "材料清单已写明份数" }),
  verify: (hall, orderId, n) => hall.verify(n % 3 !== 0, desk("qian"), orderId),
  strike: (hall, orderId) => hall.give(desk("qian"), "StrikeWorkOrder", { orderId, finding: "已整改到位销号" }),
  close: (hall, orderId) => hall.close(orderId),
  reopen: (hall, orderId) => hall.give(lin, "ReopenWorkOrder", { orderId, reason: "群众再次反映问题" }),
};

const actNames = Object.keys(acts);
const oneStep = fc.record({
  act: fc.constantFrom(...actNames),
  order: fc.integer({ min: 1, max: 2 }),
  n: fc.nat(20),
  hours: fc.constantFrom(0, 0, 1, 20, 50),
});

const tell = (hall: OrderHall): number => {
  const due = dueOrderSteps(hall.state.workOrders.values(), hall.now);
  for (const data of due) hall.give(nodeActor, "EscalateWorkOrder", data);
  return due.length;
};
const file = (hall: OrderHall): void => {
  const { workOrders, orderFiled } = hall.state;
  for (const data of filingsDue(plan, workOrders.values(), orderFiled, hall.now))
    hall.give(nodeActor, "FileOrderReports", data);
};

const runSteps = (steps: readonly (typeof oneStep extends fc.Arbitrary<infer S> ? S : never)[]): OrderHall => {
  const hall = new OrderHall();
  hall.give(clerk("zhang"), "RaiseWorkOrder", raising({ orderId: "o1" }));
  hall.give(kiosk(), "RaiseWorkOrder", raising({ orderId: "o2", channel: "kiosk" }));
  for (const { act, order, n, hours } of steps) {
    hall.now += hours * 3_600_000;
    acts[act]?.(hall, `o${String(order)}`, n);
    tell(hall);
    file(hall);
  }
  return hall;
};
const someSteps = fc.array(oneStep, { minLength: 5, maxLength: 60 });

const viewers: readonly Viewer[] = [
  { role: "desk", deviceId: "desk-1", counterId: null },
  ...departments.map((department) => ({ role: "desk" as const, deviceId: "desk-2", counterId: null, department })),
  { role: "window", deviceId: "window-zhang", counterId: null },
  { role: "kiosk", deviceId: "kiosk-1", counterId: null },
  { role: "display", deviceId: "display-1", counterId: null },
  { role: "setup", deviceId: "setup-1", counterId: null },
];

describe("any acts in any order", () => {
  it("never begin the limit of an answer anew, but by opening the order again", () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const hall = runSteps(steps);
        for (const order of hall.state.workOrders.values()) {
          const reopened = hall.log.findLast(
            (event) => event.type === "WorkOrderReopened" && event.data.orderId === order.id,
          );
          const begun = dayOf(reopened?.at ?? order.openedAt, 480);
          if (order.solve === null) continue;
          expect(order.solve.start).toBe(begun);
          const due = order.solve.due;
          expect(due === null ? null : dayOf(due.dueAt, 480)).toBe(
            slowDay(order.solve.start, order.solve.days, order.pauses),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("tell each light once, and leave none untold", () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const hall = runSteps(steps);
        expect(tell(hall)).toBe(0);
        const told = hall.log.flatMap((event) =>
          event.type === "WorkOrderEscalated"
            ? [`${event.data.orderId} ${String(event.data.clock)} ${event.data.step}`]
            : [],
        );
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 300 },
    );
  });

  it("show each role the fold of what it may see, replayed in one batch or through a snapshot", () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const { state, log } = runSteps(steps);
        const text = canonicalJson(toSnapshot(state));
        expect(canonicalJson(toSnapshot(fold(emptyHallState, log)))).toBe(text);
        expect(canonicalJson(toSnapshot(fromSnapshot(JSON.parse(text) as never)))).toBe(text);
        expectRoleFolds(state, log, viewers);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a year of orders", () => {
  it(
    "misses no light, doubles none, and files every week once, with days of downtime in between",
    { timeout: 60_000 },
    () => {
      const random = seeded(20_260_101);
      const hall = new OrderHall();
      hall.now = Date.UTC(2025, 11, 31, 20);
      const begin = hall.now;
      let raised = 0;
      let downUntil = 0;
      /** Every clock that was ever seen running past one of its instants, with the instant. */
      const wanted = new Map<string, number>();
      const heard = new Map<string, number>();
      for (; hall.now < begin + 364 * DAY_MS; hall.now += 2 * 3_600_000) {
        const isDown = hall.now < downUntil;
        if (!isDown && random() < 1 / 120) downUntil = hall.now + random() * 6 * DAY_MS;
        if (isDown) continue;
        // The node comes up: first what is due is told, then people go on.
        for (const { id, clock, status } of hall.state.workOrders.values()) {
          if (status === "closed" || status === "outOfScope" || clock.due === null) continue;
          if (hall.now >= clock.due.yellowAt) wanted.set(`${id} ${String(clock.no)} yellow`, clock.due.yellowAt);
          if (hall.now > clock.due.dueAt) wanted.set(`${id} ${String(clock.no)} red`, clock.due.dueAt);
        }
        const from = hall.log.length;
        tell(hall);
        file(hall);
        for (const event of hall.log.slice(from)) {
          if (event.type !== "WorkOrderEscalated") continue;
          const key = `${event.data.orderId} ${String(event.data.clock)} ${event.data.step}`;
          expect(heard.has(key), `${key} told twice`).toBe(false);
          heard.set(key, event.at);
        }
        if (hall.state.day !== dayOf(hall.now, 480)) hall.give(nodeActor, "OpenDay", { day: dayOf(hall.now, 480) });
        if (random() < 0.2) {
          raised += 1;
          hall.give(clerk("zhang"), "RaiseWorkOrder", raising({ orderId: `o${String(raised)}` }));
        }
        const open = [...hall.state.workOrders.keys()];
        for (let n = 0; n < 3; n += 1) {
          const orderId = open[Math.floor(random() ** 0.5 * open.length)];
          const name = actNames[Math.floor(random() * actNames.length)];
          if (orderId !== undefined && name !== undefined) acts[name]?.(hall, orderId, Math.floor(random() * 20));
        }
      }
      expect(raised).toBeGreaterThan(500);
      expect([...wanted.keys()].filter((key) => !heard.has(key))).toEqual([]);
      expect(heard.size).toBeGreaterThan(500);
      for (const [key, at] of heard) expect(at, key).toBeGreaterThanOrEqual(wanted.get(key) ?? Infinity);

      // Every Friday of the year, or the last working day of its week before it.
      const first = dayOf(hall.log.find(({ type }) => type === "WorkOrderRaised")?.at ?? 0, 480);
      const weeks = new Set<Day>();
      for (let day = first; day <= dayOf(hall.now, 480); day = addDays(day, 1)) {
        if (weekdayOf(day) !== 5) continue;
        let filed = day;
        while (weekdayOf(filed) !== 0 && !works(filed)) filed = addDays(filed, -1);
        if (weekdayOf(filed) !== 0 && filed >= first) weeks.add(filed);
      }
      for (const kind of ["department", "lead"] as const) {
        const filed = hall.log.flatMap((event) =>
          event.type === "OrderWeekFiled" && event.data.kind === kind ? [dayOf(event.data.dueAt, 480)] : [],
        );
        expect(filed).toEqual([...weeks].filter((day) => day <= (filed.at(-1) ?? "")));
        expect(weeks.size - filed.length).toBeLessThanOrEqual(1);
      }
    },
  );
});

describe("the weekly filing", () => {
  it("is on Friday, or on the last working day of the week before it, and skips a week that is off", () => {
    expect(filingDayOf(plan, "2026-11-23")).toBe("2026-11-27");
    // 2026-09-25 is the Mid-Autumn Festival; 1 to 7 October are off.
    expect(filingDayOf(plan, "2026-09-21")).toBe("2026-09-24");
    expect(filingDayOf(plan, "2026-09-30")).toBe("2026-09-30");
  });

  it("makes every report that fell into a time of downtime, each once, in order", () => {
    const hall = new OrderHall();
    hall.raise();
    hall.takeIn();
    hall.dispatch();
    hall.now = MONDAY_NINE + 15 * DAY_MS;
    file(hall);
    file(hall);
    const filed = hall.log.flatMap((event) => (event.type === "OrderReportFiled" ? [event.data.report.id] : []));
    expect(filed).toEqual([
      `department/2026-11-27/${HEALTH}`,
      "lead/2026-11-27/-",
      `department/2026-12-04/${HEALTH}`,
      "lead/2026-12-04/-",
    ]);
  });

  it("stays as it was filed; a correction is added beside it", () => {
    const hall = new OrderHall();
    hall.raise();
    hall.now = Date.UTC(2026, 10, 27, 8);
    file(hall);
    const reportId = "lead/2026-11-27/-";
    const before = hall.state.orderReports.get(reportId);
    expect(before).toMatchObject({ totals: { raised: 1, open: 1, overdue: 1 }, corrections: [] });
    hall.give(lin, "CorrectOrderReport", { reportId, text: "第1号工作单应计入已办结" });
    const after = hall.state.orderReports.get(reportId);
    expect(after?.corrections).toHaveLength(1);
    expect({ ...after, corrections: [] }).toEqual(before);
  });
});

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
