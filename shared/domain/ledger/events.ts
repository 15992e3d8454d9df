import type { Day } from "../../basics/time.ts";
import type { LedgerClockMark } from "./clocks.ts";
import type { LedgerGroup } from "./definition.ts";
import type { LightStep } from "../deadline/clock.ts";
import type { LedgerEntry, LedgerValues, ReminderOutcome, SealedValues } from "./entry.ts";

/** Whom an event concerns: how the node knows who may see it. `departments` as they are after it. */
interface OfEntry {
  entryId: string;
  ledgerId: string;
  audience: readonly LedgerGroup[];
  departments: readonly string[];
}

/** What happens in ledgers; `docs/actions.md` tells each in words. Values of personal fields are never in it. */
export interface LedgerEventData {
  LedgerEntryOpened: OfEntry & {
    number: string;
    /** Place in the ledger's year; 0 for those who do not see all of it. */
    serial: number;
    day: Day;
    state: string;
    isEnd: boolean;
    department: string | null;
    values: LedgerValues;
    sealed: SealedValues;
    clocks: readonly LedgerClockMark[];
    by: string | null;
  };
  LedgerEntryMoved: OfEntry & {
    moveId: string;
    to: string;
    isEnd: boolean;
    department: string | null;
    values: LedgerValues;
    sealed: SealedValues;
    note: string;
    clocks: readonly LedgerClockMark[];
    by: string | null;
  };
  LedgerEntryAmended: OfEntry & {
    department: string | null;
    values: LedgerValues;
    sealed: SealedValues;
    reason: string;
    clocks: readonly LedgerClockMark[];
    by: string | null;
  };
  LedgerEntryReminded: OfEntry & { reminderId: string; run: number; outcome: ReminderOutcome; detail: string };
  LedgerEntryEscalated: OfEntry & { clockId: string; run: number; step: LightStep };
  /** The entry as it was, for a department that has to do with it from now on; only that department is sent it. */
  LedgerEntryShared: OfEntry & { department: string; entry: LedgerEntry };
}

export type LedgerEventType = keyof LedgerEventData;

/** Versions of the event types, for `upcast.ts`. */
export const ledgerEventVersions: Readonly<Record<LedgerEventType, 1>> = {
  LedgerEntryOpened: 1,
  LedgerEntryMoved: 1,
  LedgerEntryAmended: 1,
  LedgerEntryShared: 1,
  LedgerEntryReminded: 1,
  LedgerEntryEscalated: 1,
};

/** Whether an event is of a ledger. */
export const isLedgerEvent = <E extends { readonly type: string }>(
  event: E,
): event is Extract<E, { readonly type: LedgerEventType }> => Object.hasOwn(ledgerEventVersions, event.type);
