import type { Day } from "../../shared/basics/time.ts";
import { readEvent } from "../../shared/domain/hall/upcast.ts";
import type { LedgerEntry } from "../../shared/domain/ledger/entry.ts";
import { isLedgerEvent } from "../../shared/domain/ledger/events.ts";
import { evolveEntry } from "../../shared/domain/ledger/evolve.ts";
import type { Database } from "../db/database.ts";

/**
 * Every entry that a hall's ledgers have ever had, folded from the log: also those that ended long ago and left the state. Holds for
 * a hall of this center and for one that relays to it.
 */
export const readEntries = async (database: Database, hallId: string): Promise<ReadonlyMap<string, LedgerEntry>> => {
  const { rows } = await database.query<{ type: string; v: number; at: number; data: string }>(
    "SELECT type, v, at, data FROM events WHERE hall_id = $1 AND type LIKE 'Ledger%' ORDER BY seq",
    [hallId],
  );
  const entries = new Map<string, LedgerEntry>();
  for (const { type, v, at, data } of rows) {
    const event = readEvent({ type, v, at, data: JSON.parse(data) as unknown });
    if (event === null || !isLedgerEvent(event)) continue;
    const entry = evolveEntry(entries.get(event.data.entryId), event);
    if (entry) entries.set(entry.id, entry);
  }
  return entries;
};

/** Those of one ledger that were opened in a stretch of days, oldest first. */
export const entriesBetween = (
  entries: ReadonlyMap<string, LedgerEntry>,
  ledgerId: string,
  days: { readonly from: Day; readonly to: Day },
): readonly LedgerEntry[] =>
  [...entries.values()].filter(
    (entry) => entry.ledgerId === ledgerId && entry.openedDay >= days.from && entry.openedDay <= days.to,
  );
