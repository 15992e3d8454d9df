import type { Day } from "../../../shared/basics/time.ts";
import type { Light } from "../../../shared/domain/deadline/light.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import type { Actor } from "../../../shared/domain/identity/roles.ts";
import { pressingMark, type LedgerClockMark } from "../../../shared/domain/ledger/clocks.ts";
import type { LedgerDefinition, LedgerField } from "../../../shared/domain/ledger/definition.ts";
import type { LedgerEntry, LedgerValue } from "../../../shared/domain/ledger/entry.ts";
import { ledgersOf } from "../../../shared/domain/ledger/ledgers.ts";
import { ledgerGroupOf } from "../../../shared/domain/ledger/visible.ts";

/** An entry as lists show it. */
export interface EntryRow {
  readonly entry: LedgerEntry;
  readonly light: Light;
  /** The clock that presses most. */
  readonly mark: LedgerClockMark | null;
}

const rank: Readonly<Record<Light, number>> = { red: 0, yellow: 1, unknown: 2, green: 3, paused: 4, none: 5 };

/** One entry with its light of today. */
export const rowOf = (entry: LedgerEntry, today: Day): EntryRow => {
  const pressing = pressingMark(entry.clocks, today);
  return { entry, light: pressing?.light ?? "none", mark: pressing?.mark ?? null };
};

/** Entries with the most pressing first; ended ones last, the newest first. */
export const entryRows = (entries: Iterable<LedgerEntry>, today: Day): readonly EntryRow[] =>
  [...entries]
    .map((entry) => rowOf(entry, today))
    .sort((left, right) => {
      const ended = Number(left.entry.endedAt !== null) - Number(right.entry.endedAt !== null);
      if (ended !== 0) return ended;
      if (left.entry.endedAt !== null) return (right.entry.endedAt ?? 0) - left.entry.endedAt;
      const due = (row: EntryRow): string => row.mark?.dueDay ?? "9999";
      return rank[left.light] - rank[right.light] || (due(left) < due(right) ? -1 : due(left) > due(right) ? 1 : 0);
    });

/** The ledgers that somebody at this desk may look at. */
export const ledgersFor = (hall: HallState, actor: Actor): readonly LedgerDefinition[] => {
  const group = ledgerGroupOf(actor);
  return [...ledgersOf(hall.plan).values()].filter(
    ({ seenBy }) => group !== undefined && group !== "page" && seenBy.includes(group),
  );
};

/** How many of a ledger's open entries have which light. */
export interface LedgerCount {
  readonly open: number;
  readonly red: number;
  readonly yellow: number;
}

/** The open entries of each ledger by light. */
export const countLedgers = (hall: HallState, today: Day): ReadonlyMap<string, LedgerCount> => {
  const counts = new Map<string, LedgerCount>();
  for (const entry of hall.ledgerEntries.values()) {
    if (entry.endedAt !== null) continue;
    const { light } = rowOf(entry, today);
    const { open, red, yellow } = counts.get(entry.ledgerId) ?? { open: 0, red: 0, yellow: 0 };
    counts.set(entry.ledgerId, {
      open: open + 1,
      red: red + Number(light === "red"),
      yellow: yellow + Number(light === "yellow"),
    });
  }
  return counts;
};

/** A name of a definition in the language of the screen. */
export const nameOf = (named: { readonly name: string; readonly nameEn: string }, language: string): string =>
  language === "en" ? named.nameEn : named.name;

/** The name of a state or a move; its key where the definition does not have it any more. */
export const nameIn = (
  list: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[],
  id: string,
  language: string,
): string => {
  const found = list.find((each) => each.id === id);
  return found ? nameOf(found, language) : id;
};

/** A value as people read it. @param yesNo words for true and false */
export const valueText = (
  field: LedgerField,
  value: LedgerValue | undefined,
  language: string,
  yesNo: readonly [string, string],
): string => {
  if (value === undefined) return "–";
  if (typeof value === "boolean") return yesNo[value ? 0 : 1];
  const choice = (id: string): string => nameIn(field.choices, id, language);
  if (field.kind === "files") return String(typeof value === "object" ? value.length : 0);
  if (typeof value === "object")
    return value.map((each) => (field.kind === "choices" ? choice(each) : each)).join("\n");
  return field.kind === "choice" ? choice(String(value)) : String(value);
};

/** Whether an entry has what somebody typed: its number, department or any value that is not sealed. */
export const entryMatches = (entry: LedgerEntry, typed: string): boolean => {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return true;
  const texts = [entry.number, entry.department ?? "", ...Object.values(entry.values).map(String)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
};

/** One thing that the node did by itself with an entry: when, and the sentence for it. */
export interface NodeLine {
  readonly at: number;
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Messages and lights of an entry, the newest first. */
export const nodeLines = (
  definition: LedgerDefinition,
  { reminders, lights, clocks }: LedgerEntry,
  language: string,
): readonly NodeLine[] =>
  [
    ...reminders.map(({ at, outcome, reminderId, detail }) => ({
      at,
      key: `ledgers:node.${outcome}`,
      params: { name: nameIn(definition.reminders, reminderId, language), detail },
    })),
    ...lights.map(({ at, run, step }) => ({
      at,
      key: `ledgers:node.${step}`,
      params: { name: nameIn(definition.clocks, clocks[run]?.clockId ?? "", language), detail: "" },
    })),
  ].sort((left, right) => right.at - left.at);
