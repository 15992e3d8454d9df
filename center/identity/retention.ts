import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { personalRecordSchema } from "../../shared/contract/api.ts";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";

const DAY_MS = 86_400_000;
const RECORDS_AT_ONCE = 1_000;

const kindSchema = personalRecordSchema.shape.kind;
type PersonalKind = z.infer<typeof kindSchema>;

/**
 * After how many days each kind of personal data is erased. A kind that is not named is kept: how long depends on what the
 * hall's own archive rules say, and a program must not guess it.
 */
export const retentionSchema = z.partialRecord(kindSchema, z.int().min(1).max(36_500));
export type Retention = z.infer<typeof retentionSchema>;

const eraseSome = async (
  database: Database,
  hallId: string,
  where: { readonly sql: string; readonly values: readonly unknown[] },
): Promise<number> => {
  const { rowCount } = await database.query(
    `UPDATE personal SET box = NULL WHERE hall_id = $1 AND id IN
       (SELECT id FROM personal WHERE hall_id = $1 AND box IS NOT NULL AND ${where.sql} LIMIT ${String(RECORDS_AT_ONCE)})`,
    [hallId, ...where.values],
  );
  return rowCount ?? 0;
};

const note = async (
  database: Database,
  hallId: string,
  erased: { readonly kind: string; readonly records: number; readonly reason: string },
  now: number,
): Promise<void> => {
  await database.query(
    "INSERT INTO erasures (hall_id, erasure_id, at, kind, records, reason) VALUES ($1, $2, $3, $4, $5, $6)",
    [hallId, uuidv7(), now, erased.kind, erased.records, erased.reason],
  );
};

/**
 * Erases what is past its time, in small steps; the events that refer to it stay and say what happened, not to whom.
 * @returns how many records of each kind were erased
 */
export const eraseOld = async (
  database: Database,
  hallId: string,
  retention: Retention,
  now: number,
): Promise<Readonly<Partial<Record<PersonalKind, number>>>> => {
  const erased: Partial<Record<PersonalKind, number>> = {};
  for (const [kind, days] of Object.entries(retention) as [PersonalKind, number][]) {
    const where = { sql: "kind = $2 AND recorded_at < $3", values: [kind, now - days * DAY_MS] };
    let records = 0;
    for (;;) {
      const some = await eraseSome(database, hallId, where);
      records += some;
      if (some < RECORDS_AT_ONCE) break;
    }
    if (records === 0) continue;
    erased[kind] = records;
    await note(database, hallId, { kind, records, reason: `older than ${String(days)} days` }, now);
  }
  return erased;
};

/** Erases one record because somebody asked for it. @returns false when there is none, or it was erased before */
export const eraseRecord = async (
  database: Database,
  hallId: string,
  recordId: string,
  reason: string,
  now: number,
): Promise<boolean> => {
  const { rows } = await database.query<{ kind: string }>(
    "UPDATE personal SET box = NULL WHERE hall_id = $1 AND id = $2 AND box IS NOT NULL RETURNING kind",
    [hallId, recordId],
  );
  const kind = rows[0]?.kind;
  if (kind === undefined) return false;
  await note(database, hallId, { kind, records: 1, reason }, now);
  return true;
};

/** Erases old personal data of a hall now and once a day from then on. @returns the way to stop */
export const keepRetention = (
  parts: { readonly database: Database; readonly hallId: string; readonly log: Logger; readonly clock: () => number },
  retention: Retention,
): (() => void) => {
  const { database, hallId, log, clock } = parts;
  const act = (): void => {
    eraseOld(database, hallId, retention, clock())
      .then((erased) => {
        if (Object.keys(erased).length > 0)
          log.info({ event: "personal.erased", hall: hallId, erased }, "past its time");
      })
      .catch((error: unknown) => log.error({ event: "personal.erase_failed", hall: hallId, err: error }, "not erased"));
  };
  act();
  const timer = setInterval(act, DAY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
