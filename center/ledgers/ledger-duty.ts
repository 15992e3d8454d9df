import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import type { LedgerEntry, LedgerValues, ReminderNote, ReminderOutcome } from "../../shared/domain/ledger/entry.ts";
import { dueLedgerSteps, dueReminders, reminderFor, reminderText } from "../../shared/domain/ledger/due.ts";
import { ledgersOf } from "../../shared/domain/ledger/ledgers.ts";
import { uuidOf } from "../command-id.ts";
import type { Database } from "../db/database.ts";
import type { HallDuty } from "../hall-registry.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";
import { DeliveryDuty, type DeliveryTarget, type Parcel, type QueueRow } from "../reports/delivery.ts";
import { Watch } from "../watch.ts";

const SCAN_MS = 10_000;
/** Name of the gateway's form of a message; another gateway gets another one. */
const PROFILE = "sms-1";
/** Lights come on at midnight; a message of an authority must not wake anybody, and no reminder is so urgent. */
const MESSAGES_FROM = "09:00";
const MESSAGES_UNTIL = "20:00";

interface Deps {
  readonly database: Database;
  readonly personal: PersonalBox;
  readonly log: Logger;
  readonly clock: () => number;
}

type OwnCommand = Extract<Command, { type: "RemindLedgerEntry" | "EscalateLedgerEntry" }>;

const run = async (hall: HallLog, now: number, act: Pick<OwnCommand, "type" | "data">): Promise<void> => {
  // Made of what it is about: neither a second center nor a restart does it again.
  const id = uuidOf(`${act.type}\n${hall.hallId}\n${JSON.stringify(act.data)}`);
  await hall.execute({ id, mode: "claim", at: now, ...act } as OwnCommand);
};

const messageId = (entryId: string, { reminderId, run: of }: Pick<ReminderNote, "reminderId" | "run">): string =>
  `message ${entryId} ${reminderId} ${String(of)}`;

interface OpenMessage extends Pick<ReminderNote, "reminderId" | "run"> {
  readonly entryId: string;
}

/** Messages that were handed to the queue and of which it is not noted yet what became of them, by their ids. */
const openMessages = (entries: Iterable<LedgerEntry>): ReadonlyMap<string, OpenMessage> => {
  const open = new Map<string, OpenMessage>();
  for (const { id: entryId, reminders } of entries)
    for (const { reminderId, run: of, outcome } of reminders) {
      const message = { entryId, reminderId, run: of };
      if (outcome === "queued") open.set(messageId(entryId, message), message);
      else open.delete(messageId(entryId, message));
    }
  return open;
};

const outcomes: Readonly<Record<string, ReminderOutcome>> = { sent: "sent", dead: "failed", dropped: "dropped" };

/** Notes in the ledger what became of messages. */
const noteOutcomes = async (hall: HallLog, { database }: Deps, now: number): Promise<void> => {
  const open = openMessages(hall.state.ledgerEntries.values());
  if (open.size === 0) return;
  const { rows } = await database.query<{
    report_id: string;
    state: string;
    receipt: string | null;
    fault: string | null;
  }>(
    "SELECT report_id, state, receipt, fault FROM report_queue WHERE hall_id = $1 AND kind = 'message' AND report_id = ANY ($2)",
    [hall.hallId, [...open.keys()]],
  );
  for (const { report_id: id, state, receipt, fault } of rows) {
    const message = open.get(id);
    const outcome = outcomes[state];
    if (message === undefined || outcome === undefined) continue;
    const detail = (receipt ?? fault ?? "").slice(0, 200);
    await run(hall, now, { type: "RemindLedgerEntry", data: { ...message, outcome, detail } });
  }
};

/** Hands messages that are due to the queue, each once, and notes that in the ledger. */
const queueMessages = async (hall: HallLog, { database }: Deps, now: number): Promise<void> => {
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  for (const { entry, reminder, run: of } of dueReminders(
    hall.state.ledgerEntries.values(),
    ledgersOf(hall.plan),
    today,
  )) {
    const about = { reminderId: reminder.id, run: of };
    await database.query(
      `INSERT INTO report_queue (hall_id, report_id, profile, queued_at, state, next_at, kind)
       VALUES ($1, $2, $3, $4, 'waiting', $4, 'message') ON CONFLICT DO NOTHING`,
      [hall.hallId, messageId(entry.id, about), PROFILE, now],
    );
    const data = { entryId: entry.id, ...about, outcome: "queued" as const, detail: "" };
    await run(hall, now, { type: "RemindLedgerEntry", data });
  }
};

/**
 * Tells of every light of a ledger entry that has come on, each once, also after days of downtime; with a gateway also sends
 * what holders have to be reminded of, and notes what became of it.
 */
export const scanLedgers = async (hall: HallLog, deps: Deps, hasGateway: boolean): Promise<void> => {
  const now = deps.clock();
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  for (const data of dueLedgerSteps(hall.state.ledgerEntries.values(), today)) {
    await run(hall, now, { type: "EscalateLedgerEntry", data });
    deps.log.info({ event: "ledgers.light", hall: hall.hallId, step: data.step }, "a light came on");
  }
  if (!hasGateway) return;
  await noteOutcomes(hall, deps, now);
  await queueMessages(hall, deps, now);
};

/** What a hall needs done by itself about its ledgers. */
export const ledgerDuty = (hall: HallLog, deps: Deps, hasGateway: boolean): HallDuty => {
  const watch = new Watch(
    SCAN_MS,
    () => scanLedgers(hall, deps, hasGateway),
    (error) => deps.log.warn({ event: "ledgers.scan_failed", hall: hall.hallId, err: error }, "ledgers not looked at"),
  );
  return { tick: () => watch.tick(), stop: () => watch.stop() };
};

/** The number and words of a message, made when it is sent: no copy of a number waits in the queue. */
const pack = async (hall: HallLog, { database, personal, clock }: Deps, row: QueueRow): Promise<Parcel> => {
  const { plan, hallId, state } = hall;
  const [, entryId = "", reminderId = "", of = ""] = /^message (.+) (\w+) (\d+)$/.exec(row.report_id) ?? [];
  const entry = state.ledgerEntries.get(entryId);
  const definition = entry && ledgersOf(plan).get(entry.ledgerId);
  const today = dayOf(clock(), plan?.utcOffsetMinutes ?? 480);
  const reminder = definition && reminderFor(definition, entry, { reminderId, run: Number(of) }, today);
  // Somebody has gone on with the entry meanwhile: a late message would only confuse.
  if (!plan || !entry || !reminder) return { outcome: "dropped", fault: "not_wanted" };
  const recordId = entry.sealed[reminder.to] ?? "";
  const { rows } = await database.query<{ box: Buffer | null }>(
    "SELECT box FROM personal WHERE hall_id = $1 AND id = $2 AND kind = 'ledger'",
    [hallId, recordId],
  );
  const box = rows[0]?.box;
  if (box == null) return { outcome: "dead", fault: "phone: erased" };
  const phone = (JSON.parse(personal.open(hallId, { id: recordId, kind: "ledger" }, box)) as LedgerValues)[reminder.to];
  if (typeof phone !== "string") return { outcome: "dead", fault: "phone: required" };
  return { path: `/${row.profile}`, body: { phone, text: reminderText(reminder, entry, plan.name) } };
};

/** Whether the hall's clock stands at an hour at which people are sent messages. */
const isByDay = ({ plan }: HallLog, now: number): boolean => {
  const clock = clockOf(now, plan?.utcOffsetMinutes ?? 480);
  return clock >= MESSAGES_FROM && clock < MESSAGES_UNTIL;
};

/** Delivers a hall's messages to its gateway, by day. */
export const messageDuty = (hall: HallLog, deps: Deps, target: DeliveryTarget): DeliveryDuty =>
  new DeliveryDuty(hall, deps, target, {
    kind: "message",
    pack: (row) => pack(hall, deps, row),
    isOpen: (now) => isByDay(hall, now),
  });
