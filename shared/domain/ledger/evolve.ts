import { assertNever } from "../../basics/assert-never.ts";
import { DAY_MS } from "../../basics/time.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { LedgerAct, LedgerEntry } from "./entry.ts";
import type { LedgerEventType } from "./events.ts";

export type LedgerEvent = Extract<DomainEvent, { type: LedgerEventType }>;

/** Ended entries stay in the state for a month; later the log alone tells of them. */
export const ENDED_ENTRY_KEPT_MS = 31 * DAY_MS;

/** Key of a ledger's numbers of a year. */
export const ledgerYearKey = (ledgerId: string, day: string): string => `${ledgerId}/${day.slice(0, 4)}`;

const added = (
  entry: LedgerEntry,
  act: LedgerAct,
): Pick<LedgerEntry, "values" | "sealed" | "history" | "touchedAt"> => ({
  values: { ...entry.values, ...act.values },
  sealed: { ...entry.sealed, ...act.sealed },
  history: [...entry.history, act],
  touchedAt: act.at,
});

/** The entry after an event; undefined when there is none and the event does not bring one. */
export const evolveEntry = (entry: LedgerEntry | undefined, event: LedgerEvent): LedgerEntry | undefined => {
  const { at } = event;
  switch (event.type) {
    case "LedgerEntryOpened": {
      const { entryId, ledgerId, audience, departments, number, day, state, isEnd, department } = event.data;
      const { values, sealed, clocks, by } = event.data;
      const act: LedgerAct = { kind: "open", moveId: null, to: state, at, by, note: "", values, sealed };
      return {
        id: entryId,
        ledgerId,
        number,
        audience,
        department,
        departments,
        state,
        openedAt: at,
        openedDay: day,
        touchedAt: at,
        endedAt: isEnd ? at : null,
        values,
        sealed,
        clocks,
        history: [act],
        reminders: [],
        lights: [],
      };
    }
    case "LedgerEntryMoved": {
      if (!entry) return undefined;
      const { moveId, to, isEnd, department, departments, values, sealed, note, clocks, by } = event.data;
      const act: LedgerAct = { kind: "move", moveId, to, at, by, note, values, sealed };
      return { ...entry, ...added(entry, act), state: to, department, departments, clocks, endedAt: isEnd ? at : null };
    }
    case "LedgerEntryAmended": {
      if (!entry) return undefined;
      const { department, departments, values, sealed, reason, clocks, by } = event.data;
      const act: LedgerAct = { kind: "amend", moveId: null, to: entry.state, at, by, note: reason, values, sealed };
      return { ...entry, ...added(entry, act), department, departments, clocks };
    }
    case "LedgerEntryReminded": {
      const { reminderId, run, outcome, detail } = event.data;
      return entry && { ...entry, reminders: [...entry.reminders, { reminderId, run, outcome, at, detail }] };
    }
    case "LedgerEntryEscalated": {
      const { run, step } = event.data;
      return entry && { ...entry, lights: [...entry.lights, { run, step, at }] };
    }
    case "LedgerEntryShared":
      // Whoever has it already knows more than the copy tells. Older copies know of no messages and lights.
      return (
        entry ?? {
          ...event.data.entry,
          reminders: event.data.entry.reminders ?? [],
          lights: event.data.entry.lights ?? [],
        }
      );
    default:
      return assertNever(event);
  }
};
