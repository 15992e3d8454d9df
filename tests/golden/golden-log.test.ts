import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GENESIS_HASH, hashOf, type LogRecord } from "../../shared/contract/log-record.ts";
import type { DomainEvent, SequencedEvent } from "../../shared/domain/hall/events.ts";
import { fold } from "../../shared/domain/hall/evolve.ts";
import { emptyHallState, toSnapshot } from "../../shared/domain/hall/state.ts";
import { eventTypes, readEvent } from "../../shared/domain/hall/upcast.ts";
import { goldenCases } from "./golden-cases.ts";
import { goldenDay } from "./golden-day.ts";
import { goldenLedgerNode } from "./golden-ledger-node.ts";
import { goldenLedgers } from "./golden-ledgers.ts";
import { goldenQueue } from "./golden-queue.ts";
import { goldenReviewClaims } from "./golden-review-claims.ts";
import { goldenReviewLoop } from "./golden-review-loop.ts";
import { goldenGuide } from "./golden-guide.ts";
import { goldenWorkOrders } from "./golden-work-orders.ts";

/*
 * Logs as releases wrote them, with every event type of its time, and the state that each folds to. A file is never
 * regenerated for a changed program: a later version must read it to the same meaning, through upcasters. What came
 * later has a file of its own.
 * Made once by `WRITE_GOLDEN=<file> npx vitest run tests/golden`.
 */
const logs: Readonly<Record<string, () => readonly DomainEvent[]>> = {
  "hall-day-v1.json": goldenDay,
  "queue-v1.json": goldenQueue,
  "review-loop-v1.json": goldenReviewLoop,
  "review-claims-v1.json": goldenReviewClaims,
  "cases-v1.json": goldenCases,
  "ledgers-v1.json": goldenLedgers,
  "work-orders-v1.json": goldenWorkOrders,
  "guide-v1.json": goldenGuide,
  "ledger-node-v1.json": goldenLedgerNode,
};

interface Golden {
  readonly records: readonly LogRecord[];
  readonly snapshot: object;
}

const fileOf = (name: string): URL => new URL(name, import.meta.url);

const write = (name: string, events: readonly DomainEvent[]): void => {
  let prevHash = GENESIS_HASH;
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
  writeFileSync(fileOf(name), `${JSON.stringify(golden, null, 1)}\n`);
};

const wanted = process.env["WRITE_GOLDEN"] ?? "";
if (Object.hasOwn(logs, wanted)) write(wanted, logs[wanted]?.() ?? []);
const golden = Object.keys(logs).map((name) => ({
  name,
  ...(JSON.parse(readFileSync(fileOf(name), "utf8")) as Golden),
}));

it("the golden logs hold every event type that terminals and node may meet", () => {
  const types = golden.flatMap(({ records }) => records.map((record) => record.type));
  expect([...new Set(types)].sort()).toEqual([...eventTypes].sort());
});

describe.each(golden)("the golden log $name", ({ records, snapshot }) => {
  it("still folds to the same state; what a later version knows besides may be added to it", () => {
    const events = records.flatMap((record: SequencedEvent & LogRecord) => readEvent(record) ?? []);
    expect(events).toHaveLength(records.length);
    expect(JSON.parse(JSON.stringify(toSnapshot(fold(emptyHallState, events))))).toMatchObject(snapshot);
  });

  it("still has the hashes that were written, each over the one before", () => {
    let prevHash = GENESIS_HASH;
    for (const { hash, ...record } of records) {
      expect(record.prevHash).toBe(prevHash);
      expect(hashOf(record)).toBe(hash);
      prevHash = hash;
    }
  });
});
