import type { Day } from "../../basics/time.ts";
import type { LightStep } from "../deadline/clock.ts";
import { markLight } from "./clocks.ts";
import { REMINDER_NAME, type LedgerDefinition, type LedgerReminder } from "./definition.ts";
import type { LedgerEntry } from "./entry.ts";

/** Lights of one run of a clock that have come on by a day and that nobody was told of yet, yellow before red. */
export const ledgerSteps = (
  { clocks, lights, endedAt }: Pick<LedgerEntry, "clocks" | "lights" | "endedAt">,
  run: number,
  today: Day,
): readonly LightStep[] => {
  const mark = clocks[run];
  if (!mark || endedAt !== null) return [];
  const light = markLight(mark, today);
  const on: readonly LightStep[] = light === "red" ? ["yellow", "red"] : light === "yellow" ? ["yellow"] : [];
  return on.filter((step) => !lights.some((told) => told.run === run && told.step === step));
};

export interface DueLedgerStep {
  readonly entryId: string;
  readonly run: number;
  readonly step: LightStep;
}

/** Every light of every open entry that has to be told of now: the oldest limit first, yellow before red. */
export const dueLedgerSteps = (entries: Iterable<LedgerEntry>, today: Day): readonly DueLedgerStep[] =>
  [...entries]
    .flatMap((entry) =>
      entry.clocks.flatMap(({ dueDay }, run) =>
        ledgerSteps(entry, run, today).map((step) => ({ entryId: entry.id, run, step, dueDay: dueDay ?? "" })),
      ),
    )
    .sort((left, right) => (left.dueDay < right.dueDay ? -1 : left.dueDay > right.dueDay ? 1 : 0))
    .map(({ entryId, run, step }) => ({ entryId, run, step }));

/** Whether a clock of an entry is over its limit: then it is the duty manager's business, whoever has to act. */
export const isOverdueEntry = ({ clocks, endedAt }: Pick<LedgerEntry, "clocks" | "endedAt">, today: Day): boolean =>
  endedAt === null && clocks.some((mark) => markLight(mark, today) === "red");

export interface DueReminder {
  readonly entry: LedgerEntry;
  readonly reminder: LedgerReminder;
  readonly run: number;
}

/** Whether a message still fits: its clock runs and is not green, and nobody has gone on with the entry meanwhile. */
const fits = ({ entry, reminder, run }: DueReminder, today: Day): boolean => {
  const mark = entry.clocks[run];
  if (!mark || mark.clockId !== reminder.clock || entry.endedAt !== null) return false;
  return reminder.from.includes(entry.state) && ["yellow", "red"].includes(markLight(mark, today));
};

/** The reminder of a queued message, as long as it still fits. */
export const reminderFor = (
  definition: LedgerDefinition,
  entry: LedgerEntry,
  { reminderId, run }: { readonly reminderId: string; readonly run: number },
  today: Day,
): LedgerReminder | undefined => {
  const reminder = definition.reminders.find(({ id }) => id === reminderId);
  return reminder && fits({ entry, reminder, run }, today) ? reminder : undefined;
};

/** Messages that have to be sent and were not handed to the queue yet. An entry without a number gets none. */
export const dueReminders = (
  entries: Iterable<LedgerEntry>,
  ledgers: ReadonlyMap<string, LedgerDefinition>,
  today: Day,
): readonly DueReminder[] =>
  [...entries].flatMap((entry) =>
    (ledgers.get(entry.ledgerId)?.reminders ?? []).flatMap((reminder) => {
      const run = entry.clocks.findLastIndex(({ clockId }) => clockId === reminder.clock);
      const isNoted = entry.reminders.some((each) => each.reminderId === reminder.id && each.run === run);
      const due = { entry, reminder, run };
      return !isNoted && reminder.to in entry.sealed && fits(due, today) ? [due] : [];
    }),
  );

/** The words of a message: each name once, whatever stands in the values. @param hall the hall's name */
export const reminderText = ({ text }: LedgerReminder, entry: LedgerEntry, hall: string): string =>
  text.replace(REMINDER_NAME, (_, name: string) =>
    name === "hall" ? hall : name === "number" ? entry.number : String(entry.values[name] ?? ""),
  );
