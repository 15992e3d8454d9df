import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import { GENESIS_HASH, type LogRecord } from "../../shared/contract/log-record.ts";
import { hashOfText } from "./canonical.ts";
import { findHead, readRecords, type Queryable } from "./store.ts";

export type LogFault =
  | { readonly seq: number; readonly kind: "changed" | "chain" }
  /** `seq` is the first one that is not there. */
  | { readonly seq: number; readonly kind: "missing" }
  | { readonly seq: number; readonly kind: "head" };

export interface LogVerdict {
  readonly events: number;
  readonly faults: readonly LogFault[];
}

const PAGE = 2_000;

/**
 * Recomputes a hall's hash chain from its first event on: finds changed, missing, added and reordered events. Whoever
 * rewrites the whole chain is found by comparing the head with the city's.
 */
export const verifyLog = async (db: Queryable, hallId: string): Promise<LogVerdict> => {
  const faults: LogFault[] = [];
  let before: Pick<LogRecord, "seq" | "hash"> = { seq: 0, hash: GENESIS_HASH };
  let events = 0;
  // A center may be appending meanwhile: what was there before must be there, and nothing may stand behind what is there after.
  const headBefore = await findHead(db, hallId);
  for (;;) {
    const records = await readRecords(db, hallId, before.seq, PAGE);
    if (records.length === 0) break;
    for (const record of records) {
      events += 1;
      if (record.seq !== before.seq + 1) faults.push({ seq: before.seq + 1, kind: "missing" });
      else if (record.prevHash !== before.hash) faults.push({ seq: record.seq, kind: "chain" });
      const texts = { ...record, actor: canonicalJson(record.actor), data: canonicalJson(record.data) };
      if (hashOfText(texts) !== record.hash) faults.push({ seq: record.seq, kind: "changed" });
      if (record.seq === headBefore?.seq && record.hash !== headBefore.hash)
        faults.push({ seq: record.seq, kind: "head" });
      before = record;
    }
  }
  const headAfter = await findHead(db, hallId);
  if (headBefore && headBefore.seq > before.seq) faults.push({ seq: before.seq + 1, kind: "missing" });
  if (headAfter && headAfter.seq < before.seq) faults.push({ seq: headAfter.seq, kind: "head" });
  return { events, faults };
};
