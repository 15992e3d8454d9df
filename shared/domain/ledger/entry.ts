import type { Day } from "../../basics/time.ts";
import type { LightStep } from "../deadline/clock.ts";
import type { LedgerGroup } from "./definition.ts";
import type { LedgerClockMark } from "./clocks.ts";

export type LedgerValue = string | number | boolean | readonly string[];
export type LedgerValues = Readonly<Record<string, LedgerValue>>;
/** Field → id of the personal record that holds it; the record is JSON of `LedgerValues`, those of one act in one. */
export type SealedValues = Readonly<Record<string, string>>;

/** One line of an entry's history. Nothing in it is ever changed or taken away. */
export interface LedgerAct {
  readonly kind: "open" | "move" | "amend";
  /** Of a move. */
  readonly moveId: string | null;
  readonly to: string;
  readonly at: number;
  readonly by: string | null;
  readonly note: string;
  readonly values: LedgerValues;
  readonly sealed: SealedValues;
}

/** What became of a message: handed to the queue; taken by the gateway; refused by it; not sent, as nobody wants it any more. */
export const reminderOutcomes = ["queued", "sent", "failed", "dropped"] as const;
export type ReminderOutcome = (typeof reminderOutcomes)[number];

/** One message about an entry, for one run of a clock. */
export interface ReminderNote {
  readonly reminderId: string;
  /** Place of the clock's run in `clocks`. */
  readonly run: number;
  readonly outcome: ReminderOutcome;
  readonly at: number;
  /** The gateway's receipt, or why it was refused. */
  readonly detail: string;
}

/** A light of a clock's run that was told of. */
export interface LightNote {
  readonly run: number;
  readonly step: LightStep;
  readonly at: number;
}

/** An entry of a ledger as its events fold. Instants in milliseconds. */
export interface LedgerEntry {
  readonly id: string;
  readonly ledgerId: string;
  readonly number: string;
  /** Who sees it, as the definition had it when it was opened. */
  readonly audience: readonly LedgerGroup[];
  /** Who has to act; null: the desk. */
  readonly department: string | null;
  /** Every department that has had to do with it: they all go on seeing it. */
  readonly departments: readonly string[];
  readonly state: string;
  readonly openedAt: number;
  readonly openedDay: Day;
  readonly touchedAt: number;
  readonly endedAt: number | null;
  /** As they stand now; what they were before is in the history. */
  readonly values: LedgerValues;
  readonly sealed: SealedValues;
  /** Every run of every clock, oldest first. */
  readonly clocks: readonly LedgerClockMark[];
  readonly history: readonly LedgerAct[];
  /** What the node did by itself, oldest first. */
  readonly reminders: readonly ReminderNote[];
  readonly lights: readonly LightNote[];
}

/** Who did a thing last: the opening, or a move. Undefined: it was not done. */
export const doerOf = (entry: LedgerEntry, what: string): string | null | undefined =>
  entry.history.findLast((act) => (what === "open" ? act.kind === "open" : act.moveId === what))?.by;
