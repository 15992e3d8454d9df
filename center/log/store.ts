import { createHash } from "node:crypto";
import type pg from "pg";
import type { LogRecord } from "../../shared/contract/log-record.ts";
import { GENESIS_HASH } from "../../shared/contract/log-record.ts";
import type { DomainEvent, SequencedEvent } from "../../shared/domain/hall/events.ts";
import type { Refusal } from "../../shared/domain/hall/refusal.ts";
import { StateBuilder } from "../../shared/domain/hall/evolve.ts";
import {
  emptyHallState,
  fromSnapshot,
  toSnapshot,
  type HallSnapshot,
  type HallState,
} from "../../shared/domain/hall/state.ts";
import { eventTypes, readEvent } from "../../shared/domain/hall/upcast.ts";
import type { CommandResult } from "../../shared/contract/api.ts";
import type { Database } from "../db/database.ts";

/** A connection or a pool. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(query: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

export interface HallHead {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly recordedAt: number;
}

/** An event as fed: with its JSON text, and as this program understands it (null: it came after this program). */
export interface FedEvent {
  readonly seq: number;
  readonly event: DomainEvent | null;
  readonly json: string;
}

/** An event as its table keeps it, and as it is set aside. */
interface EventRow {
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly at: number;
  readonly recorded_at: number;
  readonly command_id: string;
  readonly actor: string;
  readonly data: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** Bump when `evolve` changes its meaning without a new event type: stored snapshots are then folded anew. */
const FOLD_VERSION = 1;

const foldFingerprint = createHash("sha256")
  .update(`${String(FOLD_VERSION)}:${eventTypes.join(",")}`)
  .digest("hex")
  .slice(0, 16);

/** An event's JSON as terminals get it, from texts that are JSON already. */
export const fedJson = (event: Pick<SequencedEvent, "seq" | "type" | "v" | "at">, data: string): string =>
  `{"seq":${String(event.seq)},"type":${JSON.stringify(event.type)},"v":${String(event.v)},"at":${String(event.at)},"data":${data}}`;

const fedEventOf = (row: Pick<EventRow, "seq" | "type" | "v" | "at" | "data">): FedEvent => ({
  seq: row.seq,
  event: readEvent({ type: row.type, v: row.v, at: row.at, data: JSON.parse(row.data) as unknown }),
  json: fedJson(row, row.data),
});

/** The head of a hall's log, or undefined when the hall is unknown. `lock` takes the hall's lock until COMMIT. */
export const findHead = async (db: Queryable, hallId: string, lock = false): Promise<HallHead | undefined> => {
  const { rows } = await db.query<{ epoch: string; head: number; head_hash: string; recorded_at: number }>({
    name: lock ? "head-lock" : "head",
    text: `SELECT epoch, head, head_hash, recorded_at FROM halls WHERE hall_id = $1${lock ? " FOR UPDATE" : ""}`,
    values: [hallId],
  });
  const row = rows[0];
  return row && { epoch: row.epoch, seq: row.head, hash: row.head_hash, recordedAt: row.recorded_at };
};

/** Events in (after, upTo], in order. `types`: only those. */
export const readFedEvents = async (
  db: Queryable,
  hallId: string,
  after: number,
  upTo: number,
  types: readonly string[] | null = null,
): Promise<readonly FedEvent[]> => {
  const { rows } = await db.query<EventRow>(
    `SELECT seq, type, v, at, data FROM events
     WHERE hall_id = $1 AND seq > $2 AND seq <= $3 AND ($4::text[] IS NULL OR type = ANY ($4)) ORDER BY seq`,
    [hallId, after, upTo, types],
  );
  return rows.map(fedEventOf);
};

/** The record of a row. */
const recordOf = (hallId: string, row: EventRow): LogRecord => ({
  hallId,
  seq: row.seq,
  type: row.type,
  v: row.v,
  at: row.at,
  recordedAt: row.recorded_at,
  commandId: row.command_id,
  actor: JSON.parse(row.actor) as LogRecord["actor"],
  data: JSON.parse(row.data) as unknown,
  prevHash: row.prev_hash,
  hash: row.hash,
});

/** Whole records in (after, after + limit], for the relay and for verification. */
export const readRecords = async (
  db: Queryable,
  hallId: string,
  after: number,
  limit: number,
): Promise<readonly LogRecord[]> => {
  const { rows } = await db.query<EventRow>(
    "SELECT seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash FROM events WHERE hall_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    [hallId, after, limit],
  );
  return rows.map((row) => recordOf(hallId, row));
};

const PAGE = 5_000;

/** Folds a hall's log up to `head`, from its newest usable snapshot. `recent` gets every event read on the way. */
export const loadState = async (
  db: Queryable,
  hallId: string,
  head: number,
  recent: (events: readonly FedEvent[]) => void,
): Promise<StateBuilder> => {
  const { rows } = await db.query<{ seq: number; state: string }>(
    `SELECT s.seq, s.state FROM hall_snapshots s JOIN events e ON e.hall_id = s.hall_id AND e.seq = s.seq AND e.hash = s.hash
     WHERE s.hall_id = $1 AND s.fold = $2 AND s.seq <= $3 ORDER BY s.seq DESC LIMIT 1`,
    [hallId, foldFingerprint, head],
  );
  const snapshot = rows[0];
  const state: HallState = snapshot ? fromSnapshot(JSON.parse(snapshot.state) as HallSnapshot) : emptyHallState;
  const working = new StateBuilder(state);
  for (let after = snapshot?.seq ?? 0; after < head; after += PAGE) {
    const events = await readFedEvents(db, hallId, after, Math.min(head, after + PAGE));
    working.apply(events.flatMap(({ event }) => event ?? []));
    recent(events);
  }
  return working;
};

/** Keeps a snapshot so that the next start need not fold the whole log; older ones go. */
export const saveSnapshot = async (
  db: Queryable,
  hallId: string,
  head: Pick<HallHead, "seq" | "hash">,
  state: HallState,
): Promise<void> => {
  await db.query(
    `INSERT INTO hall_snapshots (hall_id, seq, fold, hash, state) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (hall_id, seq) DO UPDATE SET fold = excluded.fold, hash = excluded.hash, state = excluded.state`,
    [hallId, head.seq, foldFingerprint, head.hash, JSON.stringify(toSnapshot(state))],
  );
  await db.query(
    "DELETE FROM hall_snapshots WHERE hall_id = $1 AND seq < (SELECT min(seq) FROM (SELECT seq FROM hall_snapshots WHERE hall_id = $1 ORDER BY seq DESC LIMIT 2) newest)",
    [hallId],
  );
};

interface CommandRow {
  readonly command_id: string;
  readonly seq: number | null;
  readonly refusal: string | null;
}

/** The stored answers to those of the ids that have one: what made events is in the log, the rest in `commands`. */
export const findResults = async (
  db: Queryable,
  hallId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CommandResult>> => {
  const { rows } = await db.query<CommandRow>({
    // Each by the index, and planned anew for a log that grows (decision 0126).
    text: `SELECT id AS command_id, max(made.seq) AS seq, NULL AS refusal FROM unnest($2::text[]) AS id,
        LATERAL (SELECT seq FROM events WHERE hall_id = $1 AND command_id = id OFFSET 0) AS made GROUP BY id
      UNION ALL SELECT answered.command_id::text, answered.seq, answered.refusal FROM unnest($2::text[]) AS id,
        LATERAL (SELECT command_id, seq, refusal FROM commands WHERE hall_id = $1 AND command_id = id::uuid OFFSET 0) AS answered`,
    values: [hallId, ids],
  });
  return new Map(
    rows.map(({ command_id: commandId, seq, refusal }): [string, CommandResult] => [
      commandId,
      refusal === null
        ? { commandId, status: "accepted", seq: seq ?? 0 }
        : { commandId, status: "refused", refusal: JSON.parse(refusal) as Refusal },
    ]),
  );
};

/** Makes the hall when it is not there yet. */
export const ensureHall = async (db: Database, hallId: string, name: string, epoch: string): Promise<void> => {
  await db.query(
    `INSERT INTO halls (hall_id, epoch, head_hash, homed, name) VALUES ($1, $2, $3, true, $4)
     ON CONFLICT (hall_id) DO UPDATE SET homed = true`,
    [hallId, epoch, GENESIS_HASH, name],
  );
};
