import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { announcementClips } from "../../../shared/domain/queue/announcement.ts";
import { Announcer, type AudioPort, type CallAnnouncement } from "./announcer.ts";

/** A loudspeaker that ends when told to, and that notices two voices at once. */
class ManualPort implements AudioPort {
  readonly played: string[] = [];
  stops = 0;
  #current: { end: () => void; fail: (error: Error) => void } | undefined;

  play(clipIds: readonly string[]): Promise<void> {
    if (this.#current) throw new Error("two voices at once");
    this.played.push(numberIn(clipIds));
    return new Promise((resolve, reject) => {
      this.#current = { end: resolve, fail: reject };
    });
  }

  stop(): void {
    this.stops += 1;
    this.#current = undefined;
  }

  async end(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (!current) throw new Error("nothing is playing");
    current.end();
    await settled();
  }

  async fail(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    current?.fail(new Error("no sound device"));
    await settled();
  }
}

const numberIn = (clipIds: readonly string[]): string =>
  clipIds
    .slice(0, clipIds.indexOf("zh-CN/number"))
    .map((clip) => /(?:letter-|\/d)(.)$/.exec(clip)?.[1] ?? "")
    .join("")
    .toUpperCase();

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

const call = (id: string, number: string, more: Partial<CallAnnouncement> = {}): CallAnnouncement => ({
  id,
  number,
  counter: 3,
  languages: ["zh-CN"],
  kind: "call",
  ...more,
});

const setUp = (options: { mergeFrom?: number; giveUpMs?: number } = {}) => {
  const port = new ManualPort();
  const spoken: (string | null)[] = [];
  const errors: string[] = [];
  const announcer = new Announcer({
    port,
    onSpeaking: (id) => spoken.push(id),
    onError: (id) => errors.push(id),
    ...options,
  });
  return { port, spoken, errors, announcer };
};

afterEach(() => {
  vi.useRealTimers();
});

describe("invariant 5: one after the other", () => {
  test("two calls at once are spoken one after the other, and the screen is told which", async () => {
    const { port, spoken, announcer } = setUp();
    const first = announcer.enqueue(call("1", "A001"));
    const second = announcer.enqueue(call("2", "B002"));
    await settled();
    expect(port.played).toEqual(["A001"]);
    expect(announcer.waiting.map(({ id }) => id)).toEqual(["2"]);
    await port.end();
    expect(await first).toBe("spoken");
    expect(port.played).toEqual(["A001", "B002"]);
    await port.end();
    expect(await second).toBe("spoken");
    expect(spoken).toEqual(["1", null, "2", null]);
  });

  test("a re-call sounds again; the same id does not", async () => {
    const { port, announcer } = setUp();
    void announcer.enqueue(call("1", "A001"));
    await settled();
    expect(await announcer.enqueue(call("1", "A001"))).toBe("duplicate");
    void announcer.enqueue(call("1b", "A001", { kind: "recall" }));
    await port.end();
    expect(port.played).toEqual(["A001", "A001"]);
    await port.end();
    expect(await announcer.enqueue(call("1b", "A001", { kind: "recall" }))).toBe("duplicate");
  });

  test("the port gets the clips of the announcement", async () => {
    const played: (readonly string[])[] = [];
    const port: AudioPort = {
      play: (clips) => {
        played.push(clips);
        return Promise.resolve();
      },
    };
    await new Announcer({ port }).enqueue(call("1", "A012"));
    expect(played).toEqual([announcementClips({ number: "A012", counter: 3, language: "zh-CN" })]);
  });
});

describe("what cannot be spoken", () => {
  test("a failing loudspeaker is reported and does not hold up the next", async () => {
    const { port, errors, announcer } = setUp();
    const first = announcer.enqueue(call("1", "A001"));
    const second = announcer.enqueue(call("2", "A002"));
    await settled();
    await port.fail();
    expect(await first).toBe("failed");
    expect(errors).toEqual(["1"]);
    await port.end();
    expect(await second).toBe("spoken");
  });

  test("a number that is none is reported and does not hold up the next", async () => {
    const { port, errors, announcer } = setUp();
    const first = announcer.enqueue(call("1", "<b>"));
    const second = announcer.enqueue(call("2", "A002"));
    expect(await first).toBe("failed");
    await port.end();
    expect(await second).toBe("spoken");
    expect(errors).toEqual(["1"]);
    expect(port.played).toEqual(["A002"]);
  });

  test("a loudspeaker that never ends is given up, silenced, and the next is spoken", async () => {
    vi.useFakeTimers();
    const { port, errors, announcer } = setUp({ giveUpMs: 30_000 });
    const first = announcer.enqueue(call("1", "A001"));
    void announcer.enqueue(call("2", "A002"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await first).toBe("failed");
    expect(port.stops).toBe(1);
    expect(errors).toEqual(["1"]);
    expect(port.played).toEqual(["A001", "A002"]);
  });
});

describe("a long queue", () => {
  test("call and re-call of a ticket that still waits are spoken once, in the earlier place", async () => {
    const { port, announcer } = setUp({ mergeFrom: 2 });
    void announcer.enqueue(call("0", "A000"));
    const early = announcer.enqueue(call("1", "A001"));
    void announcer.enqueue(call("2", "A002"));
    const again = announcer.enqueue(call("1b", "A001", { kind: "recall" }));
    expect(await early).toBe("merged");
    expect(announcer.waiting.map(({ id }) => id)).toEqual(["1b", "2"]);
    for (let n = 0; n < 3; n++) await port.end();
    expect(await again).toBe("spoken");
    expect(port.played).toEqual(["A000", "A001", "A002"]);
  });

  test("a short one speaks both", async () => {
    const { port, announcer } = setUp({ mergeFrom: 4 });
    void announcer.enqueue(call("0", "A000"));
    void announcer.enqueue(call("1", "A001"));
    void announcer.enqueue(call("1b", "A001", { kind: "recall" }));
    for (let n = 0; n < 3; n++) await port.end();
    expect(port.played).toEqual(["A000", "A001", "A001"]);
  });

  test("a ticket called to another counter meanwhile is spoken for that one only", async () => {
    const { port, announcer } = setUp();
    void announcer.enqueue(call("0", "A000"));
    const wrong = announcer.enqueue(call("1", "A001", { counter: 1 }));
    void announcer.enqueue(call("2", "A001", { counter: 2 }));
    expect(await wrong).toBe("merged");
    expect(announcer.waiting).toEqual([call("2", "A001", { counter: 2 })]);
    await port.end();
    await port.end();
    expect(port.played).toEqual(["A000", "A001"]);
  });

  test("in any order of calls, ends and failures nothing overlaps, nothing is lost, ids come once and in order", async () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant("call" as const), id: fc.nat(12), ticket: fc.nat(4) }),
      fc.constant({ do: "end" as const }),
      fc.constant({ do: "fail" as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (acts, mergeFrom) => {
        const { port, spoken, announcer } = setUp({ mergeFrom });
        const ends: Promise<string>[] = [];
        const finish = (how: "end" | "fail"): Promise<void> =>
          spoken.at(-1) == null ? Promise.resolve() : port[how]();
        for (const one of acts) {
          if (one.do === "call") ends.push(announcer.enqueue(call(String(one.id), `A00${one.ticket}`)));
          else await finish(one.do);
          await settled();
        }
        for (let n = 0; n < 50; n++) await finish("end");
        const results = await Promise.all(ends);
        const heard = spoken.filter((id) => id !== null);
        expect(new Set(heard).size).toBe(heard.length);
        expect(heard).toHaveLength(results.filter((result) => result === "spoken" || result === "failed").length);
        expect(announcer.waiting).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

test("after closing it is silent", async () => {
  const { port, announcer } = setUp();
  void announcer.enqueue(call("1", "A001"));
  const second = announcer.enqueue(call("2", "A002"));
  announcer.close();
  expect(await second).toBe("closed");
  expect(port.stops).toBe(1);
  expect(await announcer.enqueue(call("3", "A003"))).toBe("closed");
  expect(port.played).toEqual(["A001"]);
});
