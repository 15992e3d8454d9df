import type { HeadSeal, LogHead, LogRecord } from "../../shared/contract/log-record.ts";
import type { Dispute, DisputeKind } from "../../shared/domain/city/overview.ts";
import type { Queryable } from "../log/store.ts";

/**
 * Whether a history under a new name can be a backup's: the first event that differs was recorded when everything that it
 * replaces stood already. The hall's own clock never runs backwards in its log.
 * @param heldUntil when the last event that the city holds was recorded
 */
export const kindOfReplacement = (firstRecordedAt: number, heldUntil: number): DisputeKind =>
  firstRecordedAt >= heldUntil ? "restored" : "rewritten";

/** Of one hall: a hall that sends another history each time must not fill its city's disk. */
const DISPUTES_KEPT = 50;

/** Keeps where the histories part, once. `records`: what the hall sent, from the first event that differs. */
export const keepDispute = async (
  db: Queryable,
  dispute: Dispute & {
    readonly hallId: string;
    readonly heldEpoch: string;
    readonly sentEpoch: string;
    readonly records: readonly LogRecord[];
    readonly seal: HeadSeal | null;
  },
): Promise<void> => {
  const { hallId, seq, kind, seenAt, records, seal } = dispute;
  await db.query(
    `INSERT INTO relay_disputes (hall_id, seq, hash, kind, held_epoch, sent_epoch, seen_at, records, public_key, signature)
     SELECT $1, $2::bigint, $3, $4, $5, $6, $7::bigint, $8, $9, $10
     WHERE (SELECT count(*) FROM relay_disputes WHERE hall_id = $1) < ${String(DISPUTES_KEPT)}
     ON CONFLICT DO NOTHING`,
    [
      hallId,
      seq,
      records[0]?.hash ?? "",
      kind,
      dispute.heldEpoch,
      dispute.sentEpoch,
      seenAt,
      JSON.stringify(records),
      seal?.publicKey ?? null,
      seal?.signature ?? null,
    ],
  );
};

/** Keeps a head that the hall has signed: the last one of each day. */
export const keepHead = async (db: Queryable, head: LogHead, seal: HeadSeal, now: number): Promise<void> => {
  await db.query(
    `INSERT INTO relay_heads (hall_id, epoch, day, seq, hash, seen_at, public_key, signature)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (hall_id, epoch, day) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, seen_at = excluded.seen_at,
       public_key = excluded.public_key, signature = excluded.signature WHERE excluded.seq >= relay_heads.seq`,
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
