import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../basics/canonical-json.ts";
import { addDays, dayOf, DAY_MS } from "../../basics/time.ts";
import { caseCommandShapes } from "../../testing/case-arbitraries.ts";
import { appliedItem, department, li, requirement, zhang } from "../../testing/case-fixture.ts";
import { desk, MONDAY_NINE, nodeActor, testId, testPlan } from "../../testing/hall-fixture.ts";
import { expectRoleFolds } from "../../testing/role-folds.ts";
import { commandSchema, type Command } from "../hall/commands.ts";
import { decide } from "../hall/decide.ts";
import type { DomainEvent } from "../hall/events.ts";
import { fold } from "../hall/evolve.ts";
import { emptyHallState, fromSnapshot, toSnapshot, type HallState } from "../hall/state.ts";
import { visible, type Viewer } from "../hall/visible.ts";
import { mayIssue } from "../identity/permissions.ts";
import type { Actor } from "../identity/roles.ts";
import { intakeRulesOf } from "./intake-rules.ts";
import type { CaseState } from "./intake.ts";

const actors: readonly Actor[] = [zhang, li, department("教育局"), department("公安局"), desk("wang")];

interface Step {
  readonly actor: Actor;
  readonly command: Command;
  readonly minutes: number;
  /** Days that go by before it. */
  readonly days: number;
}

const step: fc.Arbitrary<Step> = fc
  .record({
    actor: fc.constantFrom(...actors),
    shape: fc.oneof(...caseCommandShapes),
    mode: fc.constantFrom("claim", "record"),
    idNumber: fc.integer({ min: 1, max: 400 }),
    minutes: fc.integer({ min: 0, max: 40 }),
    days: fc.oneof({ weight: 40, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.constantFrom(1, 8, 31) }),
  })
  .map(({ actor, shape, mode, idNumber, minutes, days }) => ({
    actor: mayIssue(actor, shape.type as Command["type"])
      ? actor
      : (actors.find((other) => mayIssue(other, shape.type as Command["type"])) ?? actor),
    command: { id: testId(idNumber), mode, at: MONDAY_NINE + 90 * DAY_MS, ...shape } as unknown as Command,
    minutes,
    days,
  }));

const moves: Readonly<Record<CaseState, readonly CaseState[]>> = {
  intake: ["inTray", "refused", "withdrawn", "decided"],
  inTray: ["returned", "special", "decided", "withdrawn"],
  returned: ["inTray", "decided", "withdrawn"],
  special: ["inTray"],
  decided: ["handedOut", "sent"],
  sent: ["delivered"],
  refused: [],
  withdrawn: [],
  delivered: [],
  handedOut: [],
};

const rules = { ...intakeRulesOf(null), caseLeaseSize: 100, commitmentItems: ["1144"] };
const plan = { ...testPlan(), intake: rules };

/** Gives a step's events to look at before they are folded. */
type Look = (before: HallState, event: DomainEvent) => void;

const run = (steps: readonly Step[], look: Look = () => undefined): { state: HallState; log: DomainEvent[] } => {
  const log: DomainEvent[] = [];
  let state = emptyHallState;
  let now = MONDAY_NINE;
  const give = (actor: Actor, command: Command): void => {
    const decision = decide(state, command, { now, actor });
    if (!decision.ok) {
      expect(command.mode === "record" && mayIssue(actor, command.type), "records are never refused").toBe(false);
      return;
    }
    for (const event of decision.value) {
      look(state, event);
      const before = state.cases;
      state = fold(state, [event]);
      log.push(event);
      for (const [id, one] of state.cases) {
        const was = before.get(id)?.state;
        if (was !== undefined && was !== one.state) expect(moves[was], `${was} → ${one.state}`).toContain(one.state);
      }
    }
  };
  const openDay = (n: number): void =>
    give(nodeActor, {
      id: testId(n),
      type: "OpenDay",
      mode: "claim",
      at: now,
      data: { day: dayOf(now, 480) },
    });
  give(nodeActor, { id: testId(9000), type: "SetHallPlan", mode: "claim", at: now, data: { plan } });
  openDay(9001);
  for (const [index, actor] of [zhang, li].entries())
    give(actor, { id: testId(9002 + index), type: "LeaseCaseNumbers", mode: "claim", at: now, data: {} });
  for (const [index, intakeId] of ["i1", "i2"].entries())
    give(index === 0 ? zhang : li, {
      id: testId(9004 + index),
      type: "OpenIntake",
      mode: "record",
      at: now,
      data: {
        intakeId,
        serial: null,
        ticketId: null,
        counterId: "1",
        subject: "person",
        personKey: "key-of-person",
        applicantId: "applicant-1",
        agentId: null,
        package: null,
        items: [appliedItem(`c${String(index + 1)}`), appliedItem(`c${String(index + 3)}`, { department: "公安局" })],
        materials: [requirement("m1"), requirement("m2", { necessity: 3 }), requirement("m3", { necessity: 2 })],
      },
    });
  const answered = new Set<string>();
  steps.forEach(({ actor, command, minutes, days }, index) => {
    now += minutes * 60_000 + days * DAY_MS;
    if (days > 0) openDay(10_000 + index);
    if (answered.has(command.id)) return;
    answered.add(command.id);
    give(actor, command);
  });
  return { state, log };
};

const some = fc.array(step, { minLength: 1, maxLength: 90, size: "max" });

const viewers: readonly Viewer[] = [
  { role: "window", deviceId: "window-zhang", counterId: "1" },
  { role: "window", deviceId: "window-li", counterId: "2" },
  { role: "desk", deviceId: "desk-1", counterId: null },
  { role: "desk", deviceId: "desk-教育局", counterId: null, department: "教育局" },
  { role: "desk", deviceId: "desk-公安局", counterId: null, department: "公安局" },
  { role: "kiosk", deviceId: "k1", counterId: null },
  { role: "display", deviceId: "d1", counterId: null },
  { role: "review", deviceId: "review-1", counterId: "1" },
];

describe("any interleaving of what is done with intakes and cases", () => {
  it("only ever makes commands that the node's edge accepts (the generator is honest)", () => {
    fc.assert(
      fc.property(step, ({ command }) => {
        expect(commandSchema.safeParse(command).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("gets everywhere (the generator is not idle)", () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(some, (steps) => {
        for (const event of run(steps).log) met.add(event.type);
      }),
      { numRuns: 400, seed: 7 },
    );
    for (const type of ["OwedMaterialsComplete", "CaseDecided", "SpecialProcedureEnded", "ResultHandedOut"])
      expect(met).toContain(type);
  });

  it("gives no two equal numbers, allowed moves only, and refuses no record", () => {
    fc.assert(
      fc.property(some, (steps) => {
        const numbers = run(steps).log.flatMap((event) =>
          event.type === "IntakeOpened" ? event.data.items.map((item) => item.number) : [],
        );
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 300 },
    );
  });

  it("shows each role the fold of what it may see, and nothing else", () => {
    fc.assert(
      fc.property(some, (steps) => {
        const { state, log } = run(steps);
        expectRoleFolds(state, log, viewers);
      }),
      { numRuns: 300 },
    );
  });

  it("tells nobody who the person is, a department nothing of another's cases, public screens nothing at all", () => {
    fc.assert(
      fc.property(some, (steps) => {
        const { log } = run(steps);
        for (const viewer of viewers) {
          const seen = log.flatMap((event) => (event.type === "HallPlanSet" ? [] : (visible(event, viewer) ?? [])));
          expect(JSON.stringify(seen)).not.toContain("key-of-person");
          if (!["window", "desk"].includes(viewer.role)) expect(JSON.stringify(seen)).not.toMatch(/i[123]"|c[1234]"/);
          if (viewer.department == null) continue;
          for (const event of seen)
            if (event.type === "IntakeOpened")
              for (const item of event.data.items) expect(item.department).toBe(viewer.department);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("replays to the same state, in one batch and through a snapshot", () => {
    fc.assert(
      fc.property(some, fc.nat(), (steps, cut) => {
        const { state, log } = run(steps);
        const text = canonicalJson(toSnapshot(state));
        expect(canonicalJson(toSnapshot(fold(emptyHallState, log)))).toBe(text);
        const at = cut % (log.length + 1);
        const half = fromSnapshot(
          JSON.parse(JSON.stringify(toSnapshot(fold(emptyHallState, log.slice(0, at))))) as never,
        );
        expect(canonicalJson(toSnapshot(fold(half, log.slice(at))))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it("hands nothing out while materials are owed, and accepts nothing with more than that missing", () => {
    fc.assert(
      fc.property(some, (steps) => {
        run(steps, (before, event) => {
          if (event.type === "ResultHandedOut") expect(before.intakes.get(event.data.intakeId)?.owed).toBeNull();
          if (event.type !== "IntakeAccepted" || event.data.how === "late") return;
          const intake = before.intakes.get(event.data.intakeId);
          const owed = new Set([...(event.data.owed?.keys ?? []), ...event.data.committedKeys]);
          for (const material of intake?.materials ?? []) {
            if (material.necessity === 2 || owed.has(material.key)) continue;
            expect(material.receipt?.way).not.toBe("follow");
            expect(material.receipt?.defect).toBeNull();
          }
          if (event.data.owed !== null) {
            expect(event.data.owed.by <= (event.data.due[0]?.due.promised ?? "9")).toBe(true);
            for (const material of intake?.materials ?? [])
              if (owed.has(material.key)) expect(material.necessity).toBe(3);
          }
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("the one-time notification", () => {
  it("tells everything that is missing then, and a second one only with a reason", () => {
    let told = 0;
    fc.assert(
      fc.property(some, (steps) => {
        run(steps, (before, event) => {
          if (event.type !== "CorrectionIssued") return;
          told += 1;
          const intake = before.intakes.get(event.data.intakeId);
          if (!intake) throw new Error("no intake");
          const listed = new Set(event.data.materials.map((material) => material.key));
          for (const { key, necessity, receipt } of intake.materials) {
            const isThere = receipt !== null && receipt.way !== "follow" && receipt.defect === null;
            expect(listed.has(key), key).toBe(necessity !== 2 && !isThere);
          }
          expect(event.data.formErrors).toEqual(intake.formErrors);
          expect(event.data.formMissing).toBe(intake.formId === null);
          if (intake.corrections.length > 0) expect(event.data.repeatReason).not.toBeNull();
          // Never later than the fifth working day.
          const latest = addDays(intake.receivedDay, 7);
          const isKnown = latest < "2027";
          if (intake.corrections.length === 0 && isKnown) expect(dayOf(event.at, 480) <= latest).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
    expect(told).toBeGreaterThan(50);
  });
});
