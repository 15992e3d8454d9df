import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildSampleCatalogue } from "../../../../shared/domain/catalogue/catalogue.fixture.ts";
import { CaseHall } from "../../../../shared/testing/case-fixture.ts";
import { liveValue } from "../../../store/live.ts";
import { DraftShelf } from "./draft-shelf.ts";
import type { Draft } from "./draft.ts";
import { draftOfItems } from "./start-draft.ts";

const [item] = buildSampleCatalogue().catalogue.items;
if (!item) throw new Error("no item");
const draftOf = (intakeId: string, name: string): Draft => ({
  ...draftOfItems([item], { newId: () => intakeId, now: 1_000, counterId: "1", ticketId: null }),
  intakeId,
  subject: "person",
  form: { person: { name, idType: "111", idNumber: "11010519491231002X" } },
});

/** A terminal whose disk takes its time: each write ends when it is let. */
class SlowTerminal {
  readonly disk = new Map<string, unknown>();
  readonly hall = liveValue(new CaseHall().state);
  fails = false;
  private readonly waiting: (() => void)[] = [];
  readDraft = async (key: string): Promise<unknown> => {
    if (this.fails) throw new Error("the disk cannot be read");
    // What is read is what is there when it is read, however long the answer takes.
    const value = this.disk.get(key);
    await new Promise<void>((go) => this.waiting.push(go));
    return value;
  };
  writeDraft = async (key: string, value: unknown): Promise<void> => {
    await new Promise<void>((go) => this.waiting.push(go));
    if (value === null) this.disk.delete(key);
    else this.disk.set(key, structuredClone(value));
  };
  /** Lets everything through, the newest first or the oldest first. */
  async settle(newestFirst: boolean): Promise<void> {
    for (let rounds = 0; rounds < 400; rounds += 1) {
      (newestFirst ? this.waiting.pop() : this.waiting.shift())?.();
      await Promise.resolve();
    }
  }
}

const listed = (terminal: SlowTerminal): readonly string[] =>
  ((terminal.disk.get("intake.drafts") ?? []) as readonly { intakeId: string }[]).map(({ intakeId }) => intakeId);
const kept = (terminal: SlowTerminal): readonly string[] =>
  [...terminal.disk.keys()].flatMap((key) => /^intake\.draft\.(.*)$/.exec(key)?.[1] ?? []);

describe("the drafts of a terminal with a slow disk", () => {
  test("a list is never written from before a change: what rests is listed, what is listed rests", async () => {
    const act = fc.record({ id: fc.constantFrom("i1", "i2", "i3"), forgets: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), fc.boolean(), async (acts, newestFirst) => {
        const terminal = new SlowTerminal();
        // Screens of the same terminal, one after the other, none of which waits for the one before.
        const shelf = new DraftShelf(terminal);
        const expected = new Set<string>();
        const done: Promise<void>[] = [];
        for (const { id, forgets } of acts) {
          done.push(forgets ? shelf.forget(id) : shelf.keep(draftOf(id, "王芳")));
          if (forgets) expected.delete(id);
          else expected.add(id);
        }
        await terminal.settle(newestFirst);
        await Promise.all(done);
        expect(new Set(listed(terminal))).toEqual(expected);
        expect(new Set(kept(terminal))).toEqual(expected);
        expect(shelf.entries.get().map(({ intakeId }) => intakeId)).toEqual(listed(terminal));
      }),
      { numRuns: 60 },
    );
  });

  test("a list that could not be read is not written over", async () => {
    const terminal = new SlowTerminal();
    const before = new DraftShelf(terminal);
    const first = before.keep(draftOf("i1", "王芳"));
    await terminal.settle(false);
    await first;
    terminal.fails = true;
    const after = new DraftShelf(terminal);
    await expect(after.keep(draftOf("i2", "李明"))).rejects.toThrow("cannot be read");
    expect(listed(terminal)).toEqual(["i1"]);
    terminal.fails = false;
    const again = after.keep(draftOf("i2", "李明"));
    await terminal.settle(false);
    await again;
    expect(listed(terminal)).toEqual(["i2", "i1"]);
  });
});
