import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JournalEntry } from "../../shared/contract/ipc.ts";
import { openOutboxJournal, type OutboxJournal } from "./outbox-journal.ts";

const KEY = Buffer.alloc(32, 1).toString("base64");
let folder: string;
let file: string;
let unreadable: number;
const opened: OutboxJournal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outbox-journal-"));
  file = join(folder, "outbox", "kiosk-1.journal");
  unreadable = 0;
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (key = KEY, owner = "kiosk-1"): OutboxJournal => {
  const journal = openOutboxJournal(file, key, owner, (lines) => (unreadable += lines));
  opened.push(journal);
  return journal;
};
const entry = (name: string): JournalEntry => ({ key: name, text: `act ${name}` });

describe("the journal of unsent acts", () => {
  it("gives back what was kept and not dropped, in its order, to a new process", async () => {
    const journal = open();
    await journal.change([entry("a"), entry("b")], []);
    await journal.change([entry("c")], ["a"]);
    expect(await open().read()).toEqual([entry("b"), entry("c")]);
  });

  it("is empty again when everything has been acknowledged", async () => {
    const journal = open();
    await journal.change([entry("a"), entry("b")], []);
    await journal.change([], ["b", "a"]);
    expect(statSync(file).size).toBe(0);
    expect(await open().read()).toEqual([]);
  });

  it("shows nothing of an act to whoever reads the disk, and is its owner's alone", async () => {
    await open().change([{ key: "a", text: "440106199001011234" }], []);
    expect(readFileSync(file, "utf8")).not.toContain("440106");
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("passes over a line that a cut power supply tore, and goes on behind it", async () => {
    const journal = open();
    await journal.change([entry("a"), entry("b")], []);
    truncateSync(file, statSync(file).size - 10);
    const again = open();
    expect(await again.read()).toEqual([entry("a")]);
    expect(unreadable).toBe(1);
    await again.change([entry("c")], []);
    expect(await open().read()).toEqual([entry("a"), entry("c")]);
  });

  it("moves a file aside that another key has sealed, and never deletes it", async () => {
    await open().change([entry("a"), entry("b")], []);
    const other = open(Buffer.alloc(32, 2).toString("base64"));
    expect(await other.read()).toEqual([]);
    const aside = readdirSync(join(folder, "outbox")).filter((name) => name.includes(".unreadable-"));
    expect(aside).toHaveLength(1);
    expect(statSync(join(folder, "outbox", aside[0] ?? "")).size).toBeGreaterThan(0);
  });

  it("opens for no other terminal", async () => {
    await open().change([entry("a")], []);
    expect(await open(KEY, "kiosk-2").read()).toEqual([]);
    expect(unreadable).toBe(1);
  });

  it("does not grow with what was sent long ago", async () => {
    const journal = open();
    const text = "x".repeat(20_000);
    await journal.change([entry("kept")], []);
    for (let index = 0; index < 200; index += 1)
      await journal.change([{ key: String(index), text }], index === 0 ? [] : [String(index - 1)]);
    expect(statSync(file).size).toBeLessThan(1_500_000);
    expect((await open().read()).map(({ key }) => key)).toEqual(["kept", "199"]);
  });

  it("holds the same as a list would, whatever comes in what order (property)", async () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    const change = fc.record({ kept: fc.array(name, { maxLength: 3 }), dropped: fc.array(name, { maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        rmSync(file, { force: true });
        const model = new Map<string, string>();
        const journal = open();
        for (const { kept, dropped } of changes) {
          const gone = dropped.filter((each) => !kept.includes(each));
          await journal.change(kept.map(entry), gone);
          for (const each of kept) model.set(each, entry(each).text);
          for (const each of gone) model.delete(each);
        }
        const held = (await open().read()).map(({ key }) => key).sort();
        expect(held).toEqual([...model.keys()].sort());
        for (const each of opened.splice(0)) await each.close();
      }),
      { numRuns: 40 },
    );
  });
});
