import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../shared/domain/hall/commands.ts";
import { decide } from "../../shared/domain/hall/decide.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { fold } from "../../shared/domain/hall/evolve.ts";
import { emptyHallState, toSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import { visible, visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import { freeLeaseSerials } from "../../shared/domain/queue/lease.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import {
  clerk,
  kiosk,
  MONDAY_NINE,
  nodeActor,
  testId,
  testPlan,
  ticketWish,
} from "../../shared/testing/hall-fixture.ts";
import { HallFold } from "./hall-fold.ts";
import { holdRow, type PendingEntry } from "./outbox.ts";

const DAY = "2026-11-23";
const viewer: Viewer = { role: "window", deviceId: "window-zhang", counterId: null };

const command = (n: number, type: string, mode: string, data: unknown): Command =>
  ({ id: testId(n), type, mode, at: MONDAY_NINE + n * 1_000, data }) as unknown as Command;

const giveTo = (state: HallState, actor: Actor, given: Command): readonly DomainEvent[] => {
  const decision = decide(state, given, { now: MONDAY_NINE + 3_600_000, actor });
  return decision.ok ? decision.value : [];
};

/** A hall with a day, an open counter and a few tickets. */
const begun = (): DomainEvent[] => {
  const log: DomainEvent[] = [];
  let state = emptyHallState;
  const give = (actor: Actor, given: Command): void => {
    const events = giveTo(state, actor, given);
    log.push(...events);
    state = fold(state, events);
  };
  give(nodeActor, command(1, "SetHallPlan", "claim", { plan: testPlan({ leaseSize: 50 }) }));
  give(nodeActor, command(2, "OpenDay", "claim", { day: DAY }));
  give(clerk("zhang"), command(3, "OpenCounter", "claim", { counterId: "1" }));
  for (let n = 0; n < 6; n += 1) give(kiosk(), command(10 + n, "TakeTicket", "claim", ticketOf(`t${String(n)}`)));
  return log;
};

const ticketOf = (ticketId: string) => ticketWish(ticketId);

type Step =
  | { readonly kind: "own"; readonly count: number; readonly act: number; readonly ticket: number }
  | { readonly kind: "other"; readonly act: number; readonly ticket: number }
  /** The node takes the next own acts and feeds their events; with or without their answers. */
  | { readonly kind: "node"; readonly count: number; readonly answered: boolean }
  | { readonly kind: "wait" };

const ownActs = ["CallNext", "MissTicket", "BeginService", "EndService", "ReturnTicket", "PinTicket"] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("own" as const),
    count: fc.constantFrom(1, 1, 2, 40, 60),
    act: fc.nat(ownActs.length - 1),
    ticket: fc.nat(9),
  }),
  fc.record({ kind: fc.constant("other" as const), act: fc.nat(2), ticket: fc.nat(30) }),
  fc.record({ kind: fc.constant("node" as const), count: fc.integer({ min: 1, max: 45 }), answered: fc.boolean() }),
  fc.record({ kind: fc.constant("wait" as const) }),
);

class Bench {
  readonly fold: HallFold;
  node: HallState;
  readonly own: PendingEntry[] = [];
  private work: { act: () => void }[] = [];
  private unanswered: PendingEntry[] = [];
  readonly missing: string[] = [];
  private n = 100;
  private clock = 0;

  constructor() {
    const log = begun();
    this.node = fold(emptyHallState, log);
    this.fold = new HallFold({
      role: "window",
      deviceId: viewer.deviceId,
      now: () => MONDAY_NINE + 3_600_000,
      // Each look at the clock ends the slice.
      monotonicNow: () => (this.clock += 10),
      after: (_ms, act) => {
        const entry = { act };
        this.work.push(entry);
        return () => void (this.work = this.work.filter((each) => each !== entry));
      },
      publish: (shown) => {
        // A screen never goes back behind what it has shown as confirmed (I7), not even in between.
        for (const id of this.fold.confirmed.tickets.keys()) if (!shown.tickets.has(id)) this.missing.push(id);
      },
      failed: (where, error) => {
        throw new Error(`${where}: ${String(error)}`);
      },
    });
    this.fold.load(visibleState(this.node, viewer), []);
  }

  run(each: Step): void {
    switch (each.kind) {
      case "own": {
        const commands = Array.from({ length: each.count }, (_, index) => {
          this.n += 1;
          const ticketId = `t${String((each.ticket + index) % 10)}`;
          const type = ownActs[(each.act + index) % ownActs.length] ?? "CallNext";
          const data = type === "PinTicket" || type === "MissTicket" ? { reason: "x" } : {};
          return command(this.n, type, "record", { ticketId, counterId: "1", ...data });
        });
        const { entries } = holdRow(
          1,
          0,
          commands.map((given) => ({ command: given, clerkId: "zhang", personal: [] })),
        );
        this.own.push(...entries);
        return this.fold.add(entries);
      }
      case "other": {
        this.n += 1;
        const ticketId = `t${String(each.ticket)}`;
        const acts = [
          command(this.n, "TakeTicket", "claim", ticketOf(ticketId)),
          command(this.n, "CancelTicket", "claim", { ticketId, reason: "x" }),
          command(this.n, "PinTicket", "claim", { ticketId, reason: "x" }),
        ];
        const given = acts[each.act];
        const actor = each.act === 0 ? kiosk() : clerk("li");
        return this.feed(given ? giveTo(this.node, actor, given) : [], new Set());
      }
      case "node": {
        const taken = this.own.splice(0, each.count);
        const events: DomainEvent[] = [];
        for (const { outbound } of taken) {
          const led = giveTo(this.node, clerk("zhang"), outbound.command);
          this.node = fold(this.node, led);
          events.push(...led);
        }
        this.unanswered.push(...taken);
        const settled = new Set(each.answered ? this.unanswered.splice(0) : []);
        return this.feed(events, settled, false);
      }
      case "wait":
        return this.work.shift()?.act();
    }
  }

  /** Lets everything that was put off be done. */
  settle(): void {
    for (let next = this.work.shift(); next; next = this.work.shift()) next.act();
  }

  finish(): void {
    this.settle();
    this.fold.confirm([], new Set(this.unanswered.splice(0)));
    this.settle();
  }

  private feed(events: readonly DomainEvent[], settled: ReadonlySet<PendingEntry>, folds = true): void {
    if (folds) this.node = fold(this.node, events);
    // As it comes over the wire: through the eyes of the viewer, with keys in another order.
    const seen = events.flatMap((event) => visible(event, viewer) ?? []);
    this.fold.confirm(
      seen.map((event) => ({
        ...event,
        data: Object.fromEntries(Object.entries(event.data).reverse()),
      })) as unknown as DomainEvent[],
      settled,
    );
  }
}

/** What a second kiosk shows; its work is put off until the test settles it. */
const kioskFold = (
  publish: (state: HallState) => void,
  failed = (where: string, error: unknown): void => {
    throw new Error(`${where}: ${String(error)}`);
  },
) => {
  const work: (() => void)[] = [];
  const shown = new HallFold({
    role: "kiosk",
    deviceId: "kiosk-2",
    now: () => MONDAY_NINE + 3_600_000,
    monotonicNow: () => 0,
    after: (_ms, act) => {
      work.push(act);
      return () => undefined;
    },
    publish,
    failed,
  });
  const settle = (): void => {
    for (let next = work.shift(); next; next = work.shift()) next();
  };
  return { shown, settle };
};
const kioskViewer: Viewer = { role: "kiosk", deviceId: "kiosk-2", counterId: null };
const waitingRow = (commands: readonly Command[]): readonly PendingEntry[] =>
  holdRow(
    1,
    0,
    commands.map((given) => ({ command: given, clerkId: null, personal: [] })),
  ).entries;

describe("the state shown", () => {
  it("is the confirmed one with the waiting acts on top, in whatever order things come", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const bench = new Bench();
        for (const each of steps) bench.run(each);
        bench.finish();
        expect(bench.missing).toEqual([]);
        const confirmed = visibleState(bench.node, viewer);
        expect(toSnapshot(bench.fold.confirmed)).toEqual(toSnapshot(confirmed));
        let expected = confirmed;
        for (const { outbound } of bench.own) {
          const actor = { ...clerk("zhang"), deviceId: viewer.deviceId };
          const events = giveTo(expected, actor, outbound.command).flatMap((event) => visible(event, viewer) ?? []);
          expected = fold(expected, events);
        }
        expect(toSnapshot(bench.fold.shown)).toEqual(toSnapshot(expected));
      }),
      { numRuns: 500 },
    );
  });

  it("shows no number twice when somebody else gets one that it has printed, however much waits (I3)", () => {
    const node = fold(emptyHallState, begun());
    const numbers: string[][] = [];
    const { shown, settle } = kioskFold((state) =>
      numbers.push([...state.tickets.values()].map(({ number }) => number)),
    );
    const mine = { ...ticketOf("mine"), lease: { day: DAY, serial: 7 } };
    const help = (n: number): Command =>
      command(300 + n, "RequestHelp", "record", { helpId: `h${String(n)}`, place: "" });
    const commands = [command(300, "TakeTicket", "record", mine), ...Array.from({ length: 40 }, (_, n) => help(n + 1))];
    shown.load(visibleState(node, kioskViewer), waitingRow(commands));
    settle();
    expect(shown.shown.tickets.get("mine")?.number).toBe("A007");
    // The node is one put back from a backup: it knows nothing of that.
    const theirs = giveTo(node, kiosk(), command(400, "TakeTicket", "claim", ticketOf("theirs")));
    shown.confirm(
      theirs.flatMap((event) => visible(event, kioskViewer) ?? []),
      new Set(),
    );
    expect(shown.shown.tickets.get("theirs")?.number).toBe("A007");
    expect(shown.shown.tickets.get("mine")?.number).toBe("A007+1");
    // And a third terminal, put back from an image, has printed it as well and was heard first.
    const record = command(401, "TakeTicket", "record", { ...ticketOf("third"), lease: { day: DAY, serial: 7 } });
    const thirds = giveTo(fold(node, theirs), kiosk("kiosk-3"), record);
    shown.confirm(
      thirds.flatMap((event) => visible(event, kioskViewer) ?? []),
      new Set(),
    );
    expect(shown.shown.tickets.get("third")?.number).toBe("A007+1");
    expect(shown.shown.tickets.get("mine")?.number).toBe("A007+2");
    settle();
    expect(shown.shown.tickets.get("mine")?.number).toBe("A007+2");
    for (const each of numbers) expect(new Set(each).size).toBe(each.length);
  });

  it("gives no number from the lease twice, however much waits and has not been worked out yet (I3)", () => {
    const begin = fold(emptyHallState, begun());
    const leased = command(200, "LeaseNumbers", "claim", { days: [DAY] });
    let node = fold(begin, giveTo(begin, kiosk("kiosk-2"), leased));
    const [first = 0] = freeLeaseSerials(node, "kiosk-2", DAY, "A");
    const printed = Array.from({ length: 50 }, (_, n) => first + n);
    let held = 25;
    const twice: number[] = [];
    const { shown, settle } = kioskFold((state) =>
      twice.push(...freeLeaseSerials(state, "kiosk-2", DAY, "A").filter((serial) => serial < first + held)),
    );
    const [one, ...others] = printed.map((serial, n) => {
      const data = { ...ticketOf(`mine-${String(n)}`), lease: { day: DAY, serial } };
      return command(300 + n, "TakeTicket", "record", data);
    });
    const [kept, ...more] = waitingRow([one!, ...others]);
    shown.load(visibleState(node, kioskViewer), [kept!, ...more.slice(0, held - 1)]);
    shown.add(more.slice(held - 1));
    held = printed.length;
    expect(freeLeaseSerials(shown.shown, "kiosk-2", DAY, "A")).toEqual([]);
    const take = (actor: Actor, given: Command): readonly DomainEvent[] => {
      const events = giveTo(node, actor, given);
      node = fold(node, events);
      return events.flatMap((event) => visible(event, kioskViewer) ?? []);
    };
    shown.confirm(take(kiosk(), command(400, "TakeTicket", "claim", ticketOf("theirs"))), new Set());
    shown.confirm(take(kiosk("kiosk-2"), one!), new Set([kept!]));
    settle();
    expect(twice).toEqual([]);
    expect(freeLeaseSerials(shown.shown, "kiosk-2", DAY, "A")).toEqual([]);
    expect(shown.shown.anomalies).toEqual([]);
  });

  it("gives no number again that it printed with an act that cannot be worked out (I3)", () => {
    const begin = fold(emptyHallState, begun());
    const leased = command(200, "LeaseNumbers", "claim", { days: [DAY] });
    const node = fold(begin, giveTo(begin, kiosk("kiosk-2"), leased));
    const [first = 0] = freeLeaseSerials(node, "kiosk-2", DAY, "A");
    const failed: string[] = [];
    const { shown, settle } = kioskFold(
      () => undefined,
      (where) => failed.push(where),
    );
    const data = { ...ticketOf("mine"), lease: { day: DAY, serial: first }, stops: 5 as never };
    shown.load(visibleState(node, kioskViewer), waitingRow([command(300, "TakeTicket", "record", data)]));
    expect(freeLeaseSerials(shown.shown, "kiosk-2", DAY, "A")).not.toContain(first);
    shown.confirm(giveTo(node, kiosk(), command(400, "TakeTicket", "claim", ticketOf("theirs"))), new Set());
    settle();
    expect(freeLeaseSerials(shown.shown, "kiosk-2", DAY, "A")).not.toContain(first);
    expect(failed).not.toEqual([]);
  });

  it("does not show an own act twice when its events come before its answer", () => {
    const bench = new Bench();
    bench.run({ kind: "own", count: 1, act: 0, ticket: 1 });
    bench.run({ kind: "node", count: 1, answered: false });
    expect(bench.fold.shown.anomalies).toEqual([]);
    expect(bench.fold.shown.tickets.get("t1")?.calls).toBe(1);
    expect(bench.fold.shown.calls).toHaveLength(1);
  });
});
