import type { HeadSeal, LogHead, LogRecord } from "../../shared/contract/log-record.ts";
import type { DisputeKind } from "../../shared/domain/city/overview.ts";
import type { Queryable } from "../log/store.ts";

/** A head as the hall signed it. */
interface SignedHead extends LogHead, HeadSeal {
  readonly seenAt: number;
}

/** Two histories from the first event on in which they differ; `…Head` null: nothing signed stands at their end. */
interface ProvedDispute {
  readonly kind: DisputeKind;
  readonly seq: number;
  readonly seenAt: number;
  readonly held: readonly LogRecord[];
  readonly heldHead: SignedHead | null;
  readonly sent: readonly LogRecord[];
  readonly sentHead: SignedHead | null;
}

/** Everything that a third person needs to see for himself what a hall said of its log (`scripts/check-proof.mjs`). */
export interface HistoryProof {
  readonly format: 1;
  readonly hallId: string;
  readonly made: string;
  readonly heads: readonly SignedHead[];
  readonly disputes: readonly ProvedDispute[];
}

interface HeadRow {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly seen_at: number;
  readonly public_key: string;
  readonly signature: string;
}
interface DisputeRow {
  readonly seq: number;
  readonly kind: DisputeKind;
  readonly seen_at: number;
  readonly sent_epoch: string;
  readonly records: string;
  readonly held: string;
  readonly held_head: string | null;
  readonly public_key: string | null;
  readonly signature: string | null;
}
const signedHead = (hallId: string, row: HeadRow): SignedHead => ({
  hallId,
  epoch: row.epoch,
  seq: row.seq,
  hash: row.hash,
  seenAt: row.seen_at,
  publicKey: row.public_key,
  signature: row.signature,
});

const disputeOf = (hallId: string, row: DisputeRow): ProvedDispute => {
  const { seq, kind, seen_at: seenAt, sent_epoch: epoch, public_key: publicKey, signature } = row;
  const sent = JSON.parse(row.records) as readonly LogRecord[];
  const last = sent.at(-1);
  return {
    kind,
    seq,
    seenAt,
    held: JSON.parse(row.held) as readonly LogRecord[],
    heldHead: row.held_head === null ? null : (JSON.parse(row.held_head) as SignedHead),
    sent,
    sentHead:
      last === undefined || publicKey === null || signature === null
        ? null
        : { hallId, epoch, seq: last.seq, hash: last.hash, seenAt, publicKey, signature },
  };
};

/** Gathers what the city holds of a hall's signed heads, and of each place where its histories part. */
export const proveHistory = async (db: Queryable, hallId: string, now: number): Promise<HistoryProof> => {
  const heads = (
    await db.query<HeadRow>("SELECT * FROM relay_heads WHERE hall_id = $1 ORDER BY seen_at, seq", [hallId])
  ).rows.map((row) => signedHead(hallId, row));
  const { rows } = await db.query<DisputeRow>("SELECT * FROM relay_disputes WHERE hall_id = $1 ORDER BY seen_at, seq", [
    hallId,
  ]);
  const disputes = rows.map((row) => disputeOf(hallId, row));
  return { format: 1, hallId, made: new Date(now).toISOString(), heads, disputes };
};
