import { assertNever } from "../../basics/assert-never.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { dayOf, type Day } from "../../basics/time.ts";
import { calendarOf } from "../case/intake-rules.ts";
import type { WorkCalendar } from "../deadline/calendar.ts";
import type { CommandOf } from "../hall/commands.ts";
import { happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { Refusal } from "../hall/refusal.ts";
import type { HallState } from "../hall/state.ts";
import type { Actor } from "../identity/roles.ts";
import { clocksAfter, clocksAfterAmendment } from "./clocks.ts";
import type { ledgerCommandSchemas } from "./commands.ts";
import { isSealed, NAMES_DEPARTMENTS, type LedgerAsk, type LedgerDefinition, type LedgerMove } from "./definition.ts";
import { doerOf, type LedgerEntry, type LedgerValues, type SealedValues } from "./entry.ts";
import { evolveEntry, ledgerYearKey, type LedgerEvent } from "./evolve.ts";
import { ledgersOf } from "./ledgers.ts";
import { ledgerSteps } from "./due.ts";
import { amendable, checkAsked } from "./values.ts";
import { ledgerGroupOf } from "./visible.ts";

export type LedgerCommand = CommandOf<keyof typeof ledgerCommandSchemas>;

interface Step {
  readonly at: number;
  readonly day: Day;
  readonly calendar: WorkCalendar;
  readonly by: string | null;
}

/** Nobody may be named who is not there: a page is anonymous, everybody else is signed in. */
const isSomebody = (actor: Actor): boolean => actor.role === "page" || actor.clerkId !== null;

const isGroupIn = (actor: Actor, groups: readonly string[]): boolean => {
  const group = ledgerGroupOf(actor);
  return group !== undefined && groups.includes(group) && isSomebody(actor);
};

/** What is written stands in the right place: open values in the log, personal ones in their records. */
const valuesFault = (
  definition: LedgerDefinition,
  asks: readonly LedgerAsk[],
  values: LedgerValues,
  sealed: SealedValues,
): Refusal | null => {
  const misplaced = definition.fields.find((field) => field.id in (isSealed(field) ? values : sealed));
  if (misplaced) return { code: "ledger_value_wrong", params: { field: misplaced.name, fieldEn: misplaced.nameEn } };
  const [fault] = checkAsked(definition, asks, values, Object.keys(sealed));
  if (!fault) return null;
  const field = definition.fields.find(({ id }) => id === fault.field);
  return {
    code: fault.fault === "required" ? "ledger_value_missing" : "ledger_value_wrong",
    params: { field: field?.name ?? fault.field, fieldEn: field?.nameEn ?? fault.field },
  };
};

/** Who has to act after these values, and every department that may see the entry from then on. */
const departmentsAfter = (
  definition: LedgerDefinition,
  values: LedgerValues,
  before: Pick<LedgerEntry, "department" | "departments">,
): Pick<LedgerEntry, "department" | "departments"> => {
  let { department } = before;
  const departments = new Set(before.departments);
  for (const { id, kind } of definition.fields) {
    const value = values[id];
    if (value === undefined || !NAMES_DEPARTMENTS.includes(kind)) continue;
    if (typeof value === "string") department = value;
    for (const name of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) departments.add(name);
  }
  return { department, departments: [...departments] };
};

/** The entry as it is handed to each department that newly has to do with it. */
const sharings = (before: LedgerEntry, event: LedgerEvent): readonly DomainEvent[] => {
  const entry = evolveEntry(before, event);
  if (!entry || !entry.audience.includes("department")) return [];
  const { id: entryId, ledgerId, audience, departments } = entry;
  return departments
    .filter((department) => !before.departments.includes(department))
    .map((department) =>
      happened("LedgerEntryShared", event.at, { entryId, ledgerId, audience, departments, department, entry }),
    );
};

const open = (state: HallState, command: CommandOf<"OpenLedgerEntry">, actor: Actor, step: Step): Decision => {
  const { entryId, ledgerId, values, sealed } = command.data;
  if (state.ledgerEntries.has(entryId)) return ok([]);
  const definition = ledgersOf(state.plan).get(ledgerId);
  if (!definition) return refuse("ledger_unknown");
  if (!isGroupIn(actor, definition.opening.by)) return refuse("not_permitted", { type: command.type });
  const fault = valuesFault(definition, definition.opening.asks, values, sealed);
  if (fault) return err(fault);
  const { day, calendar, at, by } = step;
  const serial = (state.ledgerSerials.get(ledgerYearKey(ledgerId, day)) ?? 0) + 1;
  const { to } = definition.opening;
  // A department that writes something down is one that has to do with it.
  const own = actor.department == null ? [] : [actor.department];
  return ok([
    happened("LedgerEntryOpened", at, {
      entryId,
      ledgerId,
      audience: definition.seenBy,
      ...departmentsAfter(definition, values, { department: null, departments: own }),
      number: `${definition.prefix}${day.slice(0, 4)}-${String(serial).padStart(4, "0")}`,
      serial,
      day,
      state: to,
      isEnd: definition.states.some(({ id, isEnd }) => id === to && isEnd),
      values,
      sealed,
      clocks: clocksAfter(definition, [], to, values, day, calendar),
      by,
    }),
  ]);
};

interface Found {
  readonly entry: LedgerEntry;
  readonly definition: LedgerDefinition;
}

/** The entry and its definition, if the actor may have to do with it. */
const findEntry = (state: HallState, entryId: string, actor: Actor): Result<Found, Refusal> => {
  const entry = state.ledgerEntries.get(entryId);
  const isOther = actor.department != null && entry !== undefined && !entry.departments.includes(actor.department);
  if (!entry || isOther) return err({ code: "ledger_entry_unknown", params: {} });
  const definition = ledgersOf(state.plan).get(entry.ledgerId);
  return definition ? ok({ entry, definition }) : err({ code: "ledger_unknown", params: {} });
};

/** Why an actor may not make a move with an entry now, or null: draws the buttons and refuses on the node. */
export const moveFault = (move: LedgerMove, entry: LedgerEntry, actor: Actor): Refusal | null => {
  if (!move.from.includes(entry.state)) return { code: "ledger_move_not_now", params: { number: entry.number } };
  if (!isGroupIn(actor, move.by)) return { code: "not_permitted", params: { type: "MoveLedgerEntry" } };
  if (move.notBy !== undefined && doerOf(entry, move.notBy) === actor.clerkId)
    return { code: "same_person", params: { number: entry.number } };
  return null;
};

/** Whether an actor may correct an entry or add to it: whoever may open one or make any of its moves. */
export const mayAmend = (definition: LedgerDefinition, actor: Actor): boolean =>
  isGroupIn(actor, [...definition.opening.by, ...definition.moves.flatMap(({ by }) => by)]);

const scopeOf = ({ id: entryId, ledgerId, audience }: LedgerEntry) => ({ entryId, ledgerId, audience });

/** The entry one move on, and whoever gets it because of that. */
const moved = (
  { entry, definition }: Found,
  wanted: LedgerMove,
  { values, sealed, note }: { readonly values: LedgerValues; readonly sealed: SealedValues; readonly note: string },
  step: Step,
): readonly DomainEvent[] => {
  const { id: moveId, to } = wanted;
  const event = happened("LedgerEntryMoved", step.at, {
    ...scopeOf(entry),
    ...departmentsAfter(definition, values, entry),
    moveId,
    to,
    isEnd: definition.states.some(({ id, isEnd }) => id === to && isEnd),
    values,
    sealed,
    note,
    clocks: clocksAfter(definition, entry.clocks, to, { ...entry.values, ...values }, step.day, step.calendar),
    by: step.by,
  }) as LedgerEvent;
  return [event, ...sharings(entry, event)];
};

const move = (state: HallState, command: CommandOf<"MoveLedgerEntry">, actor: Actor, step: Step): Decision => {
  const { entryId, moveId, values, sealed, note } = command.data;
  const found = findEntry(state, entryId, actor);
  if (!found.ok) return found;
  const { entry, definition } = found.value;
  const wanted = definition.moves.find(({ id }) => id === moveId);
  if (!wanted) return refuse("ledger_move_not_now", { number: entry.number });
  const fault = moveFault(wanted, entry, actor) ?? valuesFault(definition, wanted.asks, values, sealed);
  if (fault) return err(fault);
  if (wanted.note === "required" && note.length < 2) return refuse("ledger_note_missing", { number: entry.number });
  return ok(moved(found.value, wanted, { values, sealed, note }, step));
};

/** What became of a message. Once the gateway has taken it, the entry goes on as if somebody had written that down. */
const remind = (state: HallState, { data }: CommandOf<"RemindLedgerEntry">, actor: Actor, step: Step): Decision => {
  const found = findEntry(state, data.entryId, actor);
  if (!found.ok) return found;
  const { entry, definition } = found.value;
  const { reminderId, run, outcome, detail } = data;
  const isKnown = entry.reminders.some(
    (each) => each.reminderId === reminderId && each.run === run && each.outcome === outcome,
  );
  if (isKnown) return ok([]);
  const scope = { ...scopeOf(entry), departments: entry.departments };
  const event = happened("LedgerEntryReminded", step.at, { ...scope, reminderId, run, outcome, detail });
  const reminder = definition.reminders.find(({ id }) => id === reminderId);
  const wanted = definition.moves.find(({ id }) => id === reminder?.move);
  if (outcome !== "sent" || !reminder || !wanted?.from.includes(entry.state)) return ok([event]);
  return ok([event, ...moved(found.value, wanted, { values: reminder.values, sealed: {}, note: detail }, step)]);
};

/** A light that has come on, each once for each run of a clock. */
const escalate = (state: HallState, { data }: CommandOf<"EscalateLedgerEntry">, actor: Actor, step: Step): Decision => {
  const found = findEntry(state, data.entryId, actor);
  if (!found.ok) return found;
  const { entry } = found.value;
  const mark = entry.clocks[data.run];
  if (!mark || !ledgerSteps(entry, data.run, step.day).includes(data.step)) return ok([]);
  const scope = { ...scopeOf(entry), departments: entry.departments };
  const { run, step: light } = data;
  return ok([happened("LedgerEntryEscalated", step.at, { ...scope, clockId: mark.clockId, run, step: light })]);
};

const amend = (state: HallState, command: CommandOf<"AmendLedgerEntry">, actor: Actor, step: Step): Decision => {
  const { entryId, values, sealed, reason } = command.data;
  const found = findEntry(state, entryId, actor);
  if (!found.ok) return found;
  const { entry, definition } = found.value;
  if (!mayAmend(definition, actor)) return refuse("not_permitted", { type: command.type });
  const fault = valuesFault(definition, amendable(definition), values, sealed);
  if (fault) return err(fault);
  const event = happened("LedgerEntryAmended", step.at, {
    ...scopeOf(entry),
    ...departmentsAfter(definition, values, entry),
    values,
    sealed,
    reason,
    clocks: clocksAfterAmendment(definition, entry.clocks, { ...entry.values, ...values }, step.calendar),
    by: step.by,
  }) as LedgerEvent;
  return ok([event, ...sharings(entry, event)]);
};

/** Decides what is written in ledgers. */
export const decideLedger = (state: HallState, command: LedgerCommand, context: DecideContext): Decision => {
  const at = instantOf(command, context);
  const day = dayOf(at, state.plan?.utcOffsetMinutes ?? 480);
  const step: Step = { at, day, calendar: calendarOf(state.plan), by: context.actor.clerkId };
  switch (command.type) {
    case "OpenLedgerEntry":
      return open(state, command, context.actor, step);
    case "MoveLedgerEntry":
      return move(state, command, context.actor, step);
    case "AmendLedgerEntry":
      return amend(state, command, context.actor, step);
    case "RemindLedgerEntry":
      return remind(state, command, context.actor, step);
    case "EscalateLedgerEntry":
      return escalate(state, command, context.actor, step);
    default:
      return assertNever(command);
  }
};
