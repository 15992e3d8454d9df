import type { HeadSeal, LogHead, LogRecord } from "../../shared/contract/log-record.ts";
import type { Dispute, DisputeKind } from "../../shared/domain/city/overview.ts";
import type { Queryable } from "../log/store.ts";

/**
 * Whether a history under a new name can be a backup's: everything in it was recorded, in order, when all that it replaces
 * stood already.
 * @param sent instants at which the events that the hall sent were recorded
 * @param heldUntil when the last event that they replace was recorded
 */
export const kindOfReplacement = (sent: readonly number[], heldUntil: number): DisputeKind =>
  sent.every((instant, at) => instant >= (sent[at - 1] ?? heldUntil)) ? "restored" : "rewritten";

/** Of one hall, of backups and of rewritten histories each: it must not fill its city's disk with what it sends. */
const RECORDS_KEPT = 50;

interface NewDispute extends Dispute {
  readonly hallId: string;
  readonly heldEpoch: string;
  readonly sentEpoch: string;
  /** What the hall sent, from the first event that differs. */
  readonly records: readonly LogRecord[];
  readonly seal: HeadSeal | null;
}

/** When the last of the events that the city holds from `seq` on was recorded. */
export const readHeldUntil = async (db: Queryable, hallId: string, seq: number): Promise<number> => {
  const { rows } = await db.query<{ until: number | null }>(
    "SELECT max(recorded_at) AS until FROM events WHERE hall_id = $1 AND seq >= $2",
    [hallId, seq],
  );
  return rows[0]?.until ?? 0;
};

/** Whether the records of one more dispute are kept; where it is stays in any case. */
const hasRoom = async (db: Queryable, hallId: string, kind: DisputeKind): Promise<boolean> => {
  const { rows } = await db.query<{ kept: number }>(
    "SELECT count(*)::int AS kept FROM relay_disputes WHERE hall_id = $1 AND (kind = 'restored') = $2",
    [hallId, kind === "restored"],
  );
  return (rows[0]?.kept ?? 0) < RECORDS_KEPT;
};

/** A seal is of the last record: without the records it says nothing. */
const sealIf = (isWhole: boolean, seal: HeadSeal | null): readonly (string | null)[] =>
  isWhole && seal ? [seal.publicKey, seal.signature] : [null, null];

const SIGNED_HEAD = `json_build_object('hallId', h.hall_id, 'epoch', h.epoch, 'seq', h.seq, 'hash', h.hash, 'seenAt', h.seen_at,
  'publicKey', h.public_key, 'signature', h.signature)::text`;

/**
 * The head, among those that the hall signed of what is held now, that shows most: under the name that it goes by, and behind
 * an event that is younger than what was sent.
 */
const findHeldHead = async (
  db: Queryable,
  { hallId, seq, heldEpoch, records }: NewDispute,
): Promise<{ readonly seq: number; readonly head: string } | undefined> => {
  const oldestSent = Math.min(...records.map(({ recordedAt }) => recordedAt));
  const { rows } = await db.query<{ seq: number; head: string }>(
    `SELECT h.seq, ${SIGNED_HEAD} AS head
     FROM relay_heads h JOIN events e ON e.hall_id = h.hall_id AND e.seq = h.seq AND e.hash = h.hash,
       (SELECT min(seq) AS seq FROM events WHERE hall_id = $1 AND seq >= $2 AND recorded_at > $4) younger
     WHERE h.hall_id = $1 AND h.seq >= $2
     ORDER BY h.epoch <> $3, h.seq < coalesce(younger.seq, 0), h.seq LIMIT 1`,
    [hallId, seq, heldEpoch, oldestSent],
  );
  return rows[0];
};

/**
 * Keeps where the histories part, with what the city holds there now and what the hall sent. The same fork is kept once,
 * however often the hall sends it.
 */
export const keepDispute = async (db: Queryable, dispute: NewDispute): Promise<void> => {
  const { hallId, seq, kind, seenAt, records, seal } = dispute;
  const isWhole = await hasRoom(db, hallId, kind);
  // What a backup replaced is kept always: the rest of what was sent may show that it was none.
  const head = isWhole || kind === "restored" ? await findHeldHead(db, dispute) : undefined;
  await db.query(
    `INSERT INTO relay_disputes (hall_id, seq, hash, kind, held_epoch, sent_epoch, seen_at, records, public_key, signature, held, held_head, held_until)
     SELECT $1, $2::bigint, $3, $4, $5, $6, $7::bigint, $8, $9, $10, held_records($1, $2, $11::bigint), $12, $13::bigint
     WHERE $4 <> 'forked' OR NOT EXISTS (SELECT 1 FROM relay_disputes WHERE hall_id = $1 AND seq = $2 AND hash = $3 AND kind = 'forked')`,
    [
      hallId,
      seq,
      records[0]?.hash ?? "",
      kind,
      dispute.heldEpoch,
      dispute.sentEpoch,
      seenAt,
      JSON.stringify(isWhole ? records : records.slice(0, 1)),
      ...sealIf(isWhole, seal),
      head?.seq ?? seq,
      head?.head ?? null,
      await readHeldUntil(db, hallId, seq),
    ],
  );
};

/**
 * A history that passed for a backup's with its first batch and goes on with events that claim to be older than what it
 * replaced: kept beside the first as rewritten, with all that was sent by now.
 * @param newest the last of the records just taken in, which the seal is of
 * @returns the first event that differs, when this is such a history and was not known as one
 */
export const keepIfRewrittenLater = async (
  db: Queryable,
  sent: { readonly hallId: string; readonly epoch: string; readonly oldest: number; readonly newest: number },
  seal: HeadSeal | null,
  now: number,
): Promise<number | undefined> => {
  const isWhole = await hasRoom(db, sent.hallId, "rewritten");
  const { rows } = await db.query<{ seq: number }>(
    `INSERT INTO relay_disputes (hall_id, seq, hash, kind, held_epoch, sent_epoch, seen_at, records, public_key, signature, held, held_head, held_until)
     SELECT hall_id, seq, hash, 'rewritten', held_epoch, sent_epoch, $5, held_records(hall_id, seq, CASE WHEN $8 THEN $4 ELSE seq END),
       $6, $7, held, held_head, held_until
     FROM relay_disputes d
     WHERE hall_id = $1 AND sent_epoch = $2 AND kind = 'restored' AND held_until > $3
       AND NOT EXISTS (SELECT 1 FROM relay_disputes r
                       WHERE r.hall_id = d.hall_id AND r.seq = d.seq AND r.sent_epoch = d.sent_epoch AND r.kind = 'rewritten')
     ORDER BY seen_at DESC LIMIT 1
     RETURNING seq`,
    [sent.hallId, sent.epoch, sent.oldest, sent.newest, now, ...sealIf(isWhole, seal), isWhole],
  );
  return rows[0]?.seq;
};

/** With which key the hall signed last; undefined: it never did. */
export const readLastSigner = async (db: Queryable, hallId: string): Promise<string | undefined> => {
  const { rows } = await db.query<{ public_key: string }>(
    "SELECT public_key FROM relay_heads WHERE hall_id = $1 ORDER BY seen_at DESC LIMIT 1",
    [hallId],
  );
  return rows[0]?.public_key;
};

/** Keeps a head that the hall has signed: the last one of each day and key. */
export const keepHead = async (db: Queryable, head: LogHead, seal: HeadSeal, now: number): Promise<void> => {
  await db.query(
    `INSERT INTO relay_heads (hall_id, epoch, day, seq, hash, seen_at, public_key, signature)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (hall_id, epoch, day, public_key) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, seen_at = excluded.seen_at,
       signature = excluded.signature`,
    [
      head.hallId,
      head.epoch,
      new Date(now).toISOString().slice(0, 10),
      head.seq,
      head.hash,
      now,
      seal.publicKey,
      seal.signature,
    ],
  );
};

/** What is known against a hall's history, the newest first. */
export const readDisputes = async (db: Queryable, hallId: string): Promise<readonly Dispute[]> => {
  const { rows } = await db.query<{ seq: number; kind: DisputeKind; seen_at: number }>(
    "SELECT seq, kind, seen_at FROM relay_disputes WHERE hall_id = $1 ORDER BY seen_at DESC, seq",
    [hallId],
  );
  return rows.map(({ seq, kind, seen_at: seenAt }) => ({ seq, kind, seenAt }));
};
