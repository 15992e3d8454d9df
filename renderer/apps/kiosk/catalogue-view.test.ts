import { describe, expect, it } from "vitest";
import { buildSampleCatalogue } from "../../../shared/domain/catalogue/catalogue.fixture.ts";
import {
  countTaken,
  departmentsIn,
  entriesOfLifeEvent,
  findEntry,
  highlightPieces,
  lifeEventsOf,
  nameOf,
  popularEntries,
  readTakenCounts,
  refOf,
} from "./catalogue-view.ts";
import { ticketPrintOf } from "./ticket-print.ts";
import { ticketPrintSchema } from "../../../shared/contract/ipc.ts";

const { catalogue } = buildSampleCatalogue();

describe("the catalogue as the kiosk shows it", () => {
  it("finds an entry by its reference, and nothing for one that is gone", () => {
    const [item] = catalogue.items;
    expect(item && findEntry(catalogue, { kind: "item", id: item.code })).toEqual({ kind: "item", item });
    expect(findEntry(catalogue, { kind: "item", id: "gone" })).toBeUndefined();
  });

  it("puts one-thing packages before items, and every life event leads somewhere", () => {
    for (const event of lifeEventsOf(catalogue, null)) {
      const entries = entriesOfLifeEvent(catalogue, event.id);
      expect(entries).toHaveLength(event.itemCount + event.packageCount);
      expect(entries.slice(0, event.packageCount).every((entry) => entry.kind === "package")).toBe(true);
    }
  });

  it("counts departments by falling number", () => {
    const counts = departmentsIn(entriesOfLifeEvent(catalogue, "work")).map((department) => department.count);
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
    expect(counts.length).toBeGreaterThan(0);
  });

  it("shows first what was taken here most, fills up with packages, and names nothing twice", () => {
    const [one, two] = catalogue.items;
    if (!one || !two) throw new Error("no items");
    let counts = readTakenCounts({ broken: "x", "item:gone": 9 });
    counts = countTaken(counts, { kind: "item", id: two.code });
    counts = countTaken(counts, { kind: "item", id: two.code });
    counts = countTaken(counts, { kind: "item", id: one.code });
    const popular = popularEntries(catalogue, counts, 12);
    expect(popular.slice(0, 2).map(nameOf)).toEqual([two.name, one.name]);
    expect(popular).toHaveLength(12);
    expect(new Set(popular.map((entry) => JSON.stringify(refOf(entry)))).size).toBe(12);
  });

  it("reads no counts out of a damaged draft", () => {
    expect(readTakenCounts(null)).toEqual({});
    expect(readTakenCounts([3])).toEqual({});
    expect(readTakenCounts({ "item:1": -1, "item:2": 2.5, "item:3": 3 })).toEqual({ "item:3": 3 });
  });

  it("cuts a name at its highlights without losing a character", () => {
    const pieces = highlightPieces("居民身份证办理", [[2, 5]]);
    expect(pieces.map((piece) => piece.text)).toEqual(["居民", "身份证", "办理"]);
    expect(pieces.map((piece) => piece.isMatch)).toEqual([false, true, false]);
    expect(highlightPieces("证", [])).toEqual([{ text: "证", isMatch: false }]);
  });
});

describe("the printed ticket", () => {
  it("fits the printer's channel whatever the names are", () => {
    const long = "很长的事项名称".repeat(60);
    const sheet = ticketPrintOf(
      { ticketId: "t", number: "A001", takenAt: 1 },
      {
        language: "zh-CN",
        hallName: long,
        sampleNote: long,
        kind: long,
        business: long,
        item: long,
        lines: Array<string>(20).fill(long),
        qr: null,
      },
    );
    expect(ticketPrintSchema.safeParse(sheet).success).toBe(true);
  });
});
