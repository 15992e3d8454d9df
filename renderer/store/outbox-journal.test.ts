import fc from "fast-check";
import { expect, it } from "vitest";
import type { JournalEntry } from "../../shared/contract/ipc.ts";
import { OutboxJournal } from "./outbox-journal.ts";

/*
 * The second copy follows the outbox:
 * 1. Whatever is kept, acknowledged and sent again, and whenever a write takes long or fails: in the end it holds what waits.
 * 2. No change keeps and drops the same row: which of the two would hold is nobody's to guess.
 */
const body = { at: 1, text: "[]", sealed: null };

/** Lets everything go on that waits for nothing else. */
const turn = async (): Promise<void> => {
  for (let step = 0; step < 8; step += 1) await Promise.resolve();
};

const setUp = () => {
  const file = new Set<string>();
  const timers: (() => void)[] = [];
  const writes: ((isDone: boolean) => void)[] = [];
  const change = (kept: readonly JournalEntry[], dropped: readonly string[]) =>
    new Promise<void>((done, fail) => {
      expect(kept.filter(({ key }) => dropped.includes(key))).toEqual([]);
      writes.push((isDone) => {
        if (!isDone) return fail(new Error("the disk is full"));
        for (const { key } of kept) file.add(key);
        for (const key of dropped) file.delete(key);
        done();
      });
    });
  const journal = new OutboxJournal(
    {
      journal: { read: () => Promise.resolve([]), change },
      after: (_, act) => (timers.push(act), () => undefined),
      log: () => undefined,
    },
    [],
  );
  return {
    file,
    journal,
    flush: async () => {
      timers.shift()?.();
      await turn();
    },
    /** Ends the oldest write that is under way. */
    write: async (isDone: boolean) => {
      writes.shift()?.(isDone);
      await turn();
    },
    isQuiet: () => timers.length + writes.length === 0,
  };
};

const step = fc.oneof(
  fc.record({ what: fc.constantFrom("keep" as const, "drop" as const), key: fc.constantFrom("a", "b") }),
  fc.constantFrom({ what: "flush" as const }, { what: "written" as const }, { what: "failed" as const }),
);

it("holds what waits in the end, also when a row is sent again or a write fails", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { file, journal, flush, write, isQuiet } = setUp();
      const waiting = new Set<string>();
      for (const act of steps) {
        if (act.what === "keep") {
          waiting.add(act.key);
          journal.keep(act.key, body);
        } else if (act.what === "drop") {
          waiting.delete(act.key);
          journal.drop(act.key);
        } else if (act.what === "flush") await flush();
        else await write(act.what === "written");
      }
      while (!isQuiet()) {
        await flush();
        await write(true);
      }
      expect([...file].sort()).toEqual([...waiting].sort());
    }),
    { numRuns: 1000 },
  );
});
