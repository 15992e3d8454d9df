import { describe, expect, it } from "vitest";
import type { BoardCall, HallState } from "../../../shared/domain/hall/state.ts";
import { publicPreview } from "../../../tests/preview/public/sample-hall.ts";
import {
  advance,
  boardLines,
  hearCalls,
  lastCalls,
  newCallQueue,
  rowPages,
  scopeOf,
  shownCall,
  SPOKEN_WITHIN_MS,
  staleSince,
  timesSaid,
} from "./board-model.ts";

const call = (ticketId: string, at: number, times = 1): BoardCall => ({
  seqKey: `${ticketId}#${String(times)}`,
  ticketId,
  number: ticketId,
  counterId: "1",
  at,
  times,
});

const busy = () => {
  const preview = publicPreview({ role: "display", scene: "busy" });
  return { ...preview, state: (): HallState => preview.terminal.hall.get() };
};

describe("calls that are announced", () => {
  it("leaves out what was called before the board started, and what is older than a minute", () => {
    let queue = newCallQueue(1_000);
    queue = hearCalls(queue, [call("old", 900), call("late", 2_000), call("now", 80_000)], 80_500);
    expect(queue.coming.map((each) => each.ticketId)).toEqual(["now"]);
    expect(hearCalls(queue, [call("late", 2_000), call("now", 80_000)], 80_600)).toBe(queue);
  });

  it("announces two calls at once one after the other, and a re-call again", () => {
    const { state, recall, callNext, begin, end } = busy();
    const startedAt = Date.now() - 1;
    end("1");
    begin("1");
    end("1");
    callNext("1");
    recall("2");
    let queue = hearCalls(newCallQueue(startedAt), state().calls, Date.now());
    expect(queue.coming.map((each) => [each.counterId, each.times > 1])).toEqual([
      ["1", false],
      ["2", true],
    ]);
    queue = advance(queue, state(), Date.now());
    expect(shownCall(queue, state(), null)?.call.counterId).toBe("1");
    queue = advance(queue, state(), Date.now());
    expect(queue.current?.times).toBe(2);
    queue = advance(queue, state(), Date.now());
    expect(queue.current).toBeNull();
    expect(shownCall(queue, state(), null)?.call.counterId).toBe("2");
  });

  it("skips one that was taken back while it waited its turn", () => {
    const { node, state, terminal } = busy();
    const queue = hearCalls(newCallQueue(0), state().calls.slice(-1), state().calls.at(-1)?.at ?? 0);
    const held = queue.coming[0];
    if (!held) throw new Error("no call");
    const clerk = { role: "window", deviceId: "w", clerkId: `clerk-${held.counterId}`, counterId: null } as const;
    node.act(clerk, "MissTicket", { ticketId: held.ticketId, counterId: held.counterId, reason: "过号未到" });
    expect(terminal.hall.get().tickets.get(held.ticketId)?.state).toBe("missed");
    expect(advance(queue, state(), held.at).current).toBeNull();
  });

  it("announces only the last counter of a ticket that was sent on while it waited its turn", () => {
    const { state } = busy();
    const queue = hearCalls(
      newCallQueue(0),
      [call("a", 10), { ...call("a", 20, 2), counterId: "2" }, call("b", 30)],
      40,
    );
    const first = advance(queue, state(), 40);
    expect(first.current).toMatchObject({ ticketId: "a", counterId: "2" });
    expect(first.coming.map((each) => each.ticketId)).toEqual(["b"]);
  });

  it("announces call and re-call once when many wait", () => {
    const { state } = busy();
    const calls = [call("a", 10), call("b", 11), call("c", 12), call("a", 13, 2)];
    const first = advance(hearCalls(newCallQueue(0), calls, 40), state(), 40);
    expect([first.current, ...first.coming].map((each) => each?.seqKey)).toEqual(["b#1", "c#1", "a#2"]);
  });

  it("does not speak a call that has waited much too long", () => {
    const queue = hearCalls(newCallQueue(0), [call("a", 10)], 20);
    const { state } = busy();
    expect(advance(queue, state(), 10 + SPOKEN_WITHIN_MS * 2 + 1).current).toBeNull();
  });
});

describe("the lists of the board", () => {
  it("shows each ticket once, newest first, at its last counter", () => {
    const { state, recall } = busy();
    recall("3");
    const rows = lastCalls(state(), null);
    expect(rows[0]).toMatchObject({ counterNumber: "3", call: { times: 2 } });
    expect(new Set(rows.map((row) => row.call.ticketId)).size).toBe(rows.length);
  });

  it("names the counter by its id when the plan does not know it, instead of failing", () => {
    const { state } = busy();
    const odd: HallState = { ...state(), calls: [{ ...call("x", 1), counterId: "99" }] };
    expect(lastCalls(odd, null)).toMatchObject([{ counterNumber: "99" }]);
  });

  it("gives who is next as numbers only", () => {
    const { state } = busy();
    for (const line of boardLines(state(), null)) {
      expect(line.next).toHaveLength(Math.min(3, line.waiting));
      for (const number of line.next) expect(number).toMatch(/^[VY]?[A-Z]\d{3}$/);
    }
  });

  it("is empty and not broken before the first data", () => {
    const empty = publicPreview({ role: "display", scene: "closed" }).terminal.hall.get();
    expect(lastCalls({ ...empty, plan: null }, null)).toEqual([]);
    expect(boardLines({ ...empty, plan: null }, null)).toEqual([]);
    expect(shownCall(newCallQueue(0), empty, null)).toBeNull();
  });
});

/** A state in which so many tickets are called, ticket n to counter (n % 4) + 1, the last one latest. */
const called = (count: number, { goneAt = [] }: { readonly goneAt?: readonly number[] } = {}): HallState => {
  const { state } = busy();
  const [example] = state().tickets.values();
  if (!example) throw new Error("no ticket");
  const ids = Array.from({ length: count }, (_, n) => `t${String(n)}`);
  return {
    ...state(),
    tickets: new Map(
      ids.map((id, n) => [
        id,
        { ...example, id, number: `A${String(n).padStart(3, "0")}`, state: goneAt.includes(n) ? "serving" : "called" },
      ]),
    ),
    calls: ids.map((id, n) => ({
      ...call(id, 1_000 + n),
      number: `A${String(n).padStart(3, "0")}`,
      counterId: String((n % 4) + 1),
    })),
  };
};

const idsOf = (rows: readonly { readonly call: BoardCall }[]): string[] =>
  rows.map(({ call: { ticketId } }) => ticketId);

describe("more calls than fit", () => {
  it("turns pages over everybody who is awaited, and nobody is on none", () => {
    const pages = rowPages(called(30), null, "t29", 8);
    expect(pages.map((page) => page.length)).toEqual([8, 8, 8, 5]);
    expect(idsOf(pages.flat()).sort()).toEqual(Array.from({ length: 29 }, (_, n) => `t${String(n)}`).sort());
    expect(idsOf(pages[0] ?? [])[0]).toBe("t28");
  });

  it("fills one page with those who have gone there already, in the order of the calls", () => {
    const goneAt = Array.from({ length: 30 }, (_, n) => n).filter((n) => n !== 2 && n !== 20);
    const pages = rowPages(called(30, { goneAt }), null, null, 8);
    expect(pages.map(idsOf)).toEqual([["t29", "t28", "t27", "t26", "t25", "t24", "t20", "t2"]]);
  });
});

describe("boards of a part of the hall", () => {
  const state = called(12);
  const east = scopeOf(state.plan, ["A区"]);
  const west = scopeOf(state.plan, ["B区"]);

  it("each shows and announces the calls to its own counters, and together all of them", () => {
    const shownAt = (scope: ReturnType<typeof scopeOf>) =>
      new Set(lastCalls(state, scope).map((row) => row.call.counterId));
    expect([...shownAt(east)].sort()).toEqual(["1", "2"]);
    expect([...shownAt(west)].sort()).toEqual(["3", "4"]);
    const coming = (scope: ReturnType<typeof scopeOf>) =>
      idsOf(hearCalls(newCallQueue(0), state.calls, 1_100, scope).coming.map((each) => ({ call: each })));
    expect([...coming(east), ...coming(west)].sort()).toEqual(coming(null).sort());
    expect(boardLines(state, east).map(({ businessId }) => businessId)).toEqual(["A", "B"]);
    expect(boardLines(state, west).map(({ businessId }) => businessId)).toEqual(["B", "C"]);
  });

  it("a person who was sent on to the other zone is called there only", () => {
    const moved = { ...state, calls: [...state.calls, { ...call("t0", 2_000, 2), counterId: "3" }] };
    expect(idsOf(lastCalls(moved, east))).not.toContain("t0");
    expect(idsOf(lastCalls(moved, west))[0]).toBe("t0");
  });

  it("the whole hall is shown without zones, and a call to a counter that the plan does not know too", () => {
    expect(scopeOf(state.plan, null)).toBeNull();
    expect(scopeOf(null, ["A区"])).toBeNull();
    expect(lastCalls({ ...state, plan: null }, null)).toHaveLength(12);
  });
});

describe("thirty calls at once", () => {
  it("are announced one at a time and in order, each said once until the last, and nobody who has come", () => {
    const state = called(30, { goneAt: [3, 4] });
    let queue = hearCalls(newCallQueue(0), state.calls, 1_100);
    const announced: [string, number][] = [];
    for (;;) {
      queue = advance(queue, state, 1_100);
      if (queue.current === null) break;
      announced.push([queue.current.ticketId, timesSaid(queue)]);
    }
    const expected = Array.from({ length: 30 }, (_, n) => n).filter((n) => n !== 3 && n !== 4);
    expect(announced.map(([id]) => id)).toEqual(expected.map((n) => `t${String(n)}`));
    expect(announced.map(([, times]) => times)).toEqual(expected.map((n) => (n < 28 ? 1 : 2)));
  });
});

describe("the age of the data", () => {
  it("is said after ten seconds without the node, with the time of the last word", () => {
    expect(staleSince({ link: "online", lastHeardAt: 0 }, 0, 1e9)).toBeNull();
    expect(staleSince({ link: "offline", lastHeardAt: 5_000 }, 0, 15_000)).toBeNull();
    expect(staleSince({ link: "offline", lastHeardAt: 5_000 }, 0, 15_001)).toBe(5_000);
    expect(staleSince({ link: "starting", lastHeardAt: null }, 7_000, 17_001)).toBe(7_000);
    expect(staleSince({ link: "rejected", lastHeardAt: 1 }, 0, 20_000)).toBe(1);
  });
});
