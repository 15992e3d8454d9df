import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GENESIS_HASH, hashOf, type LogRecord } from "../../shared/contract/log-record.ts";
import type { SequencedEvent } from "../../shared/domain/hall/events.ts";
import { fold } from "../../shared/domain/hall/evolve.ts";
import { emptyHallState, toSnapshot } from "../../shared/domain/hall/state.ts";
import { eventTypes, readEvent } from "../../shared/domain/hall/upcast.ts";
import { goldenDay } from "./golden-day.ts";

/*
 * A log as release 0.1 writes it, with every event type of version 1, and the state that it folds to. The file is never
 * regenerated for a changed program: a later version must read it to the same meaning, through upcasters.
 * Made once by `WRITE_GOLDEN=1 npx vitest run tests/golden`.
 */
const file = new URL("hall-day-v1.json", import.meta.url);

interface Golden {
  readonly records: readonly LogRecord[];
  readonly snapshot: unknown;
}

const write = (): void => {
  let prevHash = GENESIS_HASH;
  const events = goldenDay();
  const records = events.map((event, index) => {
    const record = {
      hallId: "test-hall",
      seq: index + 1,
      type: event.type,
      v: event.v,
      at: event.at,
      recordedAt: event.at + 5,
      commandId: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
      actor: { role: "node", deviceId: null, clerkId: null },
      data: event.data,
      prevHash,
    };
    const hash = hashOf(record);
    prevHash = hash;
    return { ...record, hash };
  });
  const golden: Golden = { records, snapshot: toSnapshot(fold(emptyHallState, events)) };
  writeFileSync(file, `${JSON.stringify(golden, null, 1)}\n`);
};

if (process.env["WRITE_GOLDEN"] === "1") write();
const golden = JSON.parse(readFileSync(file, "utf8")) as Golden;

describe("the golden log of version 1", () => {
  it("holds every event type that terminals and node may meet", () => {
    expect([...new Set(golden.records.map((record) => record.type))].sort()).toEqual([...eventTypes].sort());
  });

  it("still folds to the same state", () => {
    const events = golden.records.flatMap((record: SequencedEvent & LogRecord) => readEvent(record) ?? []);
    expect(events).toHaveLength(golden.records.length);
    expect(JSON.parse(JSON.stringify(toSnapshot(fold(emptyHallState, events))))).toEqual(golden.snapshot);
  });

  it("still has the hashes that were written, each over the one before", () => {
    let prevHash = GENESIS_HASH;
    for (const { hash, ...record } of golden.records) {
      expect(record.prevHash).toBe(prevHash);
      expect(hashOf(record)).toBe(hash);
      prevHash = hash;
    }
  });
});
