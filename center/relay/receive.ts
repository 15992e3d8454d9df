import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { GENESIS_HASH, type HeadSeal, type LogRecord } from "../../shared/contract/log-record.ts";
import type { Database } from "../db/database.ts";
import { hashOfText } from "../log/canonical.ts";
import {
  keepDispute,
  keepHead,
  keepIfRewrittenLater,
  kindOfReplacement,
  readHeldUntil,
  readLastSigner,
} from "./disputes.ts";
import { isSealOf } from "./head-seal.ts";
import type { Queryable } from "../log/store.ts";
import type { Logger } from "../logger.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Makes a hall known to the city, or gives it a new key. @returns the key, shown once */
export const putRelayHall = async (database: Database, hallId: string, name: string): Promise<string> => {
  const key = randomBytes(32).toString("base64url");
  await database.query(
    `INSERT INTO halls (hall_id, epoch, head_hash, homed, name, relay_key_hash) VALUES ($1, '', $2, false, $3, $4)
     ON CONFLICT (hall_id) DO UPDATE SET relay_key_hash = excluded.relay_key_hash`,
    [hallId, GENESIS_HASH, name, digest(key).toString("hex")],
  );
  return key;
};

/** Whether a key is a relayed hall's own. */
export const isRelayKey = async (database: Database, hallId: string, key: string): Promise<boolean> => {
  const { rows } = await database.query<{ relay_key_hash: string | null }>(
    "SELECT relay_key_hash FROM halls WHERE hall_id = $1 AND NOT homed",
    [hallId],
  );
  const stored = rows[0]?.relay_key_hash;
  return stored != null && timingSafeEqual(Buffer.from(stored, "hex"), digest(key));
};

export interface RelayHead {
  readonly head: number;
  readonly headHash: string;
  readonly epoch: string;
}

export type RelayRefusal =
  | { readonly code: "bad_request"; readonly field: string }
  | { readonly code: "relay_gap"; readonly head: number }
  | { readonly code: "relay_forked"; readonly seq: number };

interface TextRow {
  readonly record: LogRecord;
  readonly actor: string;
  readonly data: string;
}

/** The records as the table keeps them, or the first that does not follow from the one before it. */
const checkChain = (hallId: string, records: readonly LogRecord[]): Result<readonly TextRow[], RelayRefusal> => {
  const rows: TextRow[] = [];
  let before: LogRecord | undefined;
  for (const record of records) {
    const actor = canonicalJson(record.actor);
    const data = canonicalJson(record.data);
    const follows = before === undefined || (record.seq === before.seq + 1 && record.prevHash === before.hash);
    if (record.hallId !== hallId || !follows || hashOfText({ ...record, actor, data }) !== record.hash)
      return err({ code: "bad_request", field: `records.${String(rows.length)}` });
    rows.push({ record, actor, data });
    before = record;
  }
  return ok(rows);
};

/** The first of the records that the city holds with another hash. */
const firstDifferent = async (
  db: Queryable,
  hallId: string,
  records: readonly LogRecord[],
  head: number,
): Promise<number | undefined> => {
  const known = records.filter((record) => record.seq <= head);
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return undefined;
  const { rows } = await db.query<{ seq: number; hash: string }>(
    "SELECT seq, hash FROM events WHERE hall_id = $1 AND seq BETWEEN $2 AND $3",
    [hallId, first.seq, last.seq],
  );
  const hashes = new Map(rows.map((row) => [row.seq, row.hash]));
  return known.find((record) => hashes.get(record.seq) !== record.hash)?.seq;
};

/** Sets the city's tail aside: the hall came back from a backup and its history went another way from `seq` on. */
const supersede = async (db: Queryable, hallId: string, epoch: string, seq: number, now: number): Promise<string> => {
  await db.query("SELECT supersede_events($1, $2, $3, $4)", [hallId, seq, epoch, now]);
  const { rows } = await db.query<{ hash: string }>("SELECT hash FROM events WHERE hall_id = $1 AND seq = $2", [
    hallId,
    seq - 1,
  ]);
  return rows[0]?.hash ?? GENESIS_HASH;
};

const insert = async (db: Queryable, hallId: string, rows: readonly TextRow[]): Promise<void> => {
  const texts = rows.map(
    ({ record: { seq, type, v, at, recordedAt, commandId, prevHash, hash }, actor, data }) =>
      `{"seq":${String(seq)},"type":${JSON.stringify(type)},"v":${String(v)},"at":${String(at)},"rec":${String(recordedAt)},"cmd":${JSON.stringify(commandId)},"actor":${JSON.stringify(actor)},"data":${JSON.stringify(data)},"prev":"${prevHash}","hash":"${hash}"}`,
  );
  await db.query(
    `INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)
     SELECT $1, seq, type, v, at, rec, cmd, actor, data, prev, hash
     FROM json_to_recordset($2::json) AS r(seq bigint, type text, v integer, at bigint, rec bigint, cmd text, actor text, data text, prev text, hash text)`,
    [hallId, `[${texts.join(",")}]`],
  );
};

const raiseAlarm = async (db: Queryable, hallId: string, alarm: string): Promise<void> => {
  await db.query("UPDATE halls SET relay_alarm = $2 WHERE hall_id = $1", [hallId, alarm]);
};

interface Batch {
  readonly epoch: string;
  readonly records: readonly LogRecord[];
  readonly seal: HeadSeal | null;
}
interface KnownHall {
  readonly epoch: string;
  readonly head: number;
  readonly head_hash: string;
}

/** Takes a hall's lock until COMMIT. */
const lockHall = async (db: Queryable, hallId: string): Promise<KnownHall | undefined> => {
  const { rows } = await db.query<KnownHall>(
    "SELECT epoch, head, head_hash FROM halls WHERE hall_id = $1 AND NOT homed FOR UPDATE",
    [hallId],
  );
  return rows[0];
};

/** Whether a batch is signed as the hall's batches are: a hall that has signed once does so ever after. */
const isSignedAsBefore = async (db: Queryable, log: Logger, hallId: string, { seal }: Batch): Promise<boolean> => {
  const signer = await readLastSigner(db, hallId);
  if (signer === undefined || signer === seal?.publicKey) return true;
  const [event, alarm] =
    seal === null
      ? ["relay.unsigned", "sends its history without a signature"]
      : ["relay.other_key", "signs with another key than before"];
  log.error({ event, hall: hallId }, `a hall ${alarm}`);
  await raiseAlarm(db, hallId, alarm);
  return seal !== null;
};

/** Keeps where what the hall sent parts from what is held, and raises the alarm. */
const dispute = async (
  db: Queryable,
  log: Logger,
  hallId: string,
  { epoch: sentEpoch, records, seal }: Batch,
  { seq, heldEpoch, seenAt }: { readonly seq: number; readonly heldEpoch: string; readonly seenAt: number },
): Promise<void> => {
  const sent = records.filter((record) => record.seq >= seq);
  const instants = sent.map(({ recordedAt }) => recordedAt);
  const isForked = heldEpoch === sentEpoch;
  const kind = isForked ? "forked" : kindOfReplacement(instants, await readHeldUntil(db, hallId, seq));
  await keepDispute(db, { hallId, seq, kind, seenAt, heldEpoch, sentEpoch, records: sent, seal });
  const event = isForked ? "relay.forked" : "relay.superseded";
  log.error({ event, hall: hallId, seq, kind }, "a hall's history parts from the one held here");
  await raiseAlarm(db, hallId, `history ${kind} from event ${String(seq)} on`);
};

/** Puts what is new behind what is held. */
const append = async (
  db: Queryable,
  log: Logger,
  hallId: string,
  { epoch, seal }: Batch,
  fresh: readonly TextRow[],
  now: number,
): Promise<RelayHead | undefined> => {
  const last = fresh.at(-1)?.record;
  if (!last) return undefined;
  const { seq: head, hash: headHash, recordedAt } = last;
  await insert(db, hallId, fresh);
  await db.query("UPDATE halls SET epoch = $2, head = $3, head_hash = $4, recorded_at = $5 WHERE hall_id = $1", [
    hallId,
    epoch,
    head,
    headHash,
    recordedAt,
  ]);
  if (seal) await keepHead(db, { hallId, epoch, seq: head, hash: headHash }, seal, now);
  const oldest = Math.min(...fresh.map(({ record }) => record.recordedAt));
  const seq = await keepIfRewrittenLater(db, { hallId, epoch, oldest, newest: head }, seal, now);
  if (seq !== undefined) {
    log.error({ event: "relay.rewritten", hall: hallId, seq }, "what looked like a backup claims to be older");
    await raiseAlarm(db, hallId, `history rewritten from event ${String(seq)} on`);
  }
  return { head, headHash, epoch };
};

/**
 * Takes in a batch of a hall's log. The same batch again changes nothing, whatever name the log has in it. Another history
 * under the same epoch is refused and raises an alarm; under a new epoch (the hall was put back from a backup) the city's own
 * tail is set aside, kept, and replaced. Where the histories part is kept with both and what the hall signed, for
 * `prove-history`. From a hall that has signed once, nothing is taken without a signature.
 */
export const receiveBatch = async (
  database: Database,
  log: Logger,
  hallId: string,
  sent: { readonly epoch: string; readonly records: readonly LogRecord[]; readonly seal?: HeadSeal | undefined },
  now: number,
): Promise<Result<RelayHead, RelayRefusal>> => {
  const chain = checkChain(hallId, sent.records);
  if (!chain.ok) return chain;
  const batch: Batch = { ...sent, seal: sent.seal ?? null };
  const { epoch, records, seal } = batch;
  const newest = records.at(-1);
  if (newest && seal && !isSealOf({ hallId, epoch, seq: newest.seq, hash: newest.hash }, seal))
    return err({ code: "bad_request", field: "seal" });
  return database.transaction(async (client): Promise<Result<RelayHead, RelayRefusal>> => {
    const hall = await lockHall(client, hallId);
    if (!hall) return err({ code: "bad_request", field: "hallId" });
    if (!(await isSignedAsBefore(client, log, hallId, batch))) return err({ code: "bad_request", field: "seal" });
    let { head, head_hash: headHash } = hall;
    const first = records[0];
    if (!first || first.seq > head + 1) return err({ code: "relay_gap", head });
    const different = await firstDifferent(client, hallId, records, head);
    if (different !== undefined) {
      await dispute(client, log, hallId, batch, { seq: different, heldEpoch: hall.epoch, seenAt: now });
      if (hall.epoch === epoch) return err({ code: "relay_forked", seq: different });
      headHash = await supersede(client, hallId, hall.epoch, different, now);
      head = different - 1;
    } else if (first.seq === head + 1 && first.prevHash !== headHash) {
      // With a wrong predecessor there is nothing in common to go on from: the hall must send from further back.
      log.error(
        { event: "relay.forked", hall: hallId, seq: first.seq },
        "a hall's log does not follow the one held here",
      );
      await raiseAlarm(client, hallId, `history differs before event ${String(first.seq)}`);
      return err({ code: "relay_forked", seq: first.seq });
    }
    const fresh = chain.value.filter(({ record }) => record.seq > head);
    return ok((await append(client, log, hallId, batch, fresh, now)) ?? { head, headHash, epoch: hall.epoch });
  });
};

/** How far the city holds a hall's log, and the hash at `seq` when asked for (null: not held). */
export const readRelayHead = async (
  database: Database,
  hallId: string,
  seq: number | undefined,
): Promise<(RelayHead & { readonly hashAt: string | null }) | undefined> => {
  const { rows } = await database.query<{ epoch: string; head: number; head_hash: string; hash: string | null }>(
    `SELECT h.epoch, h.head, h.head_hash, e.hash FROM halls h LEFT JOIN events e ON e.hall_id = h.hall_id AND e.seq = $2
     WHERE h.hall_id = $1`,
    [hallId, seq ?? 0],
  );
  const row = rows[0];
  return row && { epoch: row.epoch, head: row.head, headHash: row.head_hash, hashAt: row.hash };
};
