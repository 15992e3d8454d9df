import type { NodeMessage } from "../../shared/contract/api.ts";
import type { DomainEvent, SequencedEvent } from "../../shared/domain/hall/events.ts";
import { emptyHallState, fromSnapshot, type HallSnapshot, type HallState } from "../../shared/domain/hall/state.ts";
import { readEvent } from "../../shared/domain/hall/upcast.ts";
import { foldSafely } from "./fold-safely.ts";
import type { BatchRow, HallDatabase, NoticeRow, OutboxRow, SnapshotRow } from "./db.ts";

/** What a database holds, as a window starts with it. */
export interface Loaded {
  readonly meta: ReadonlyMap<string, unknown>;
  readonly state: HallState;
  readonly seq: number;
  /** Events in `state` that this version did not understand. */
  readonly unknown: number;
  /** Folded since the snapshot. */
  readonly eventsSinceSnapshot: number;
  /** A version that understood less folded the snapshot: everything should be fetched anew. */
  readonly outdated: boolean;
  /** Unacknowledged rows in their order. */
  readonly outbox: readonly OutboxRow[];
  readonly notices: readonly NoticeRow[];
}

export interface Understood {
  readonly events: readonly DomainEvent[];
  readonly unknown: number;
}

/** Events after `from` as this version understands them. */
export const understand = (events: readonly SequencedEvent[], from: number): Understood => {
  const understood: DomainEvent[] = [];
  let unknown = 0;
  for (const event of events) {
    if (event.seq <= from) continue;
    const read = readEvent(event);
    if (read) understood.push(read);
    else unknown += 1;
  }
  return { events: understood, unknown };
};

const readSnapshot = (row: SnapshotRow): HallState | null => {
  try {
    const snapshot = JSON.parse(row.text) as HallSnapshot;
    return snapshot.format === 1 ? fromSnapshot(snapshot) : null;
  } catch {
    return null;
  }
};

const readBatch = (row: BatchRow): Understood | null => {
  try {
    const message = JSON.parse(row.text) as Extract<NodeMessage, { kind: "events" }>;
    return understand(message.events, row.from);
  } catch {
    return null;
  }
};

/** Loads everything that a window needs, in one reading transaction. @throws when the database cannot be read */
export const loadDatabase = (db: HallDatabase, appVersion: string): Promise<Loaded> =>
  db.transaction("r", db.tables, async () => {
    const [metaRows, snapshots, notices] = await Promise.all([
      db.meta.toArray(),
      db.snapshots.reverse().toArray(),
      db.notices.toArray(),
    ]);
    const meta = new Map(metaRows.map(({ key, value }) => [key, value]));
    const acked = meta.get("acked");
    const base = newestReadable(snapshots);
    const [batches, outbox] = await Promise.all([
      db.batches
        .where("to")
        .above(base?.row.seq ?? 0)
        .toArray(),
      db.outbox
        .where("order")
        .above(typeof acked === "number" ? acked : 0)
        .toArray(),
    ]);

    let seq = base?.row.seq ?? 0;
    let unknown = base?.row.unknown ?? 0;
    const events: DomainEvent[] = [];
    for (const row of batches) {
      const batch = row.from === seq ? readBatch(row) : null;
      if (batch === null) break; // the node sends what is missing
      for (const event of batch.events) events.push(event);
      unknown += batch.unknown;
      seq = row.to;
    }
    return {
      meta,
      state: foldSafely(base?.state ?? emptyHallState, events, () => undefined),
      seq,
      unknown,
      eventsSinceSnapshot: events.length,
      outdated: base !== null && base.row.unknown > 0 && base.row.app !== appVersion,
      outbox,
      notices,
    };
  });

const newestReadable = (snapshots: readonly SnapshotRow[]): { row: SnapshotRow; state: HallState } | null => {
  for (const row of snapshots) {
    const state = readSnapshot(row);
    if (state !== null) return { row, state };
  }
  return null;
};
