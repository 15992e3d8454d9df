import { describe, expect, it } from "vitest";
import type { BoardCall, HallState } from "../../../shared/domain/hall/state.ts";
import { publicPreview } from "../../../tests/preview/public/sample-hall.ts";
import {
  advance,
  boardLines,
  hearCalls,
  lastCalls,
  newCallQueue,
  shownCall,
  SPOKEN_WITHIN_MS,
  staleSince,
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

describe("the age of the data", () => {
  it("is said after ten seconds without the node, with the time of the last word", () => {
    expect(staleSince({ link: "online", lastHeardAt: 0 }, 0, 1e9)).toBeNull();
    expect(staleSince({ link: "offline", lastHeardAt: 5_000 }, 0, 15_000)).toBeNull();
    expect(staleSince({ link: "offline", lastHeardAt: 5_000 }, 0, 15_001)).toBe(5_000);
    expect(staleSince({ link: "starting", lastHeardAt: null }, 7_000, 17_001)).toBe(7_000);
    expect(staleSince({ link: "rejected", lastHeardAt: 1 }, 0, 20_000)).toBe(1);
  });
});
