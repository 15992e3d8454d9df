import type pg from "pg";
import { copyInto, copyJson, copyText } from "../db/copy-into.ts";
import { NOTIFY_CHANNEL } from "../db/database.ts";
import { commitReplicated } from "../db/replicated.ts";
import type { Case, Intake } from "../../shared/domain/case/intake.ts";
import { progressOf } from "../../shared/domain/case/progress.ts";
import type { Ticket } from "../../shared/domain/queue/ticket.ts";
import type { Review } from "../../shared/domain/review/review.ts";
import type { TextRecord } from "./canonical.ts";
import type { HallHead } from "./store.ts";

export interface AnomalyRow {
  readonly anomaly_id: string;
  readonly seq: number;
  readonly at: number;
  readonly command_type: string;
  readonly code: string;
  readonly device_id: string | null;
  readonly ticket_id: string | null;
  readonly counter_id: string | null;
  readonly number: string | null;
}

/** An event as the log keeps it. */
export interface LogRow extends TextRecord {
  readonly hash: string;
}

/** Everything that one COMMIT writes. */
export interface BatchRows {
  readonly events: readonly LogRow[];
  /** Answers that no event tells: refusals, and what was accepted without one. Lines for COPY. */
  readonly answers: readonly string[];
  readonly newTickets: readonly Ticket[];
  readonly changedTickets: readonly Ticket[];
  readonly reviews: readonly Review[];
  readonly intakes: ReadonlyMap<string, Intake>;
  /** Each with its intake among `intakes`. */
  readonly cases: readonly Case[];
  readonly anomalies: readonly AnomalyRow[];
  /** Rows as JSON. */
  readonly personal: readonly string[];
}

const EVENTS = "events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)";
const ANSWERS = "commands (hall_id, command_id, device_id, answered_at, seq, refusal)";
const NEW_TICKETS =
  "tickets (hall_id, ticket_id, day, business_id, serial, number, class, state, source, item_code, taken_at, called_at, serving_since, ended_at, calls, counter_id, clerk_id)";

/** The head is read from the log: were the event missing, null would end the transaction, also when COMMIT is sent already. */
const HEAD = `
UPDATE halls SET head = (SELECT seq FROM events WHERE hall_id = $1 AND seq = $2 AND hash = $3), head_hash = $3, recorded_at = $4
WHERE hall_id = $1`;

const TICKETS = "SELECT put_tickets($1, $2::json)";

const REVIEWS = `
INSERT INTO reviews (hall_id, review_id, ticket_id, counter_id, clerk_id, state, level, tags, flags, additions, invited_at, text_id, phone_id)
SELECT $1, id, "ticketId", "counterId", "clerkId", state, level, tags::text, flags::text, additions, "invitedAt", "textId", "phoneId"
FROM json_to_recordset($2::json) AS r(id text, "ticketId" text, "counterId" text, "clerkId" text, state text, level integer, tags json, flags json, additions integer, "invitedAt" bigint, "textId" text, "phoneId" text)
ON CONFLICT (hall_id, review_id) DO UPDATE SET state = excluded.state, level = excluded.level, tags = excluded.tags, flags = excluded.flags,
  additions = excluded.additions, text_id = excluded.text_id, phone_id = excluded.phone_id`;

const INTAKES = `
INSERT INTO intakes (hall_id, intake_id, number, state, ticket_id, counter_id, clerk_id, subject, person_key, applicant_id, agent_id, form_id, package_id, received_day, accepted_day, accepted_how, corrections, opened_at, touched_at)
SELECT $1, id, number, state, "ticketId", "counterId", "clerkId", subject, "personKey", "applicantId", "agentId", "formId", "packageId", "receivedDay", "acceptedDay", "acceptedHow", corrections, "openedAt", "touchedAt"
FROM json_to_recordset($2::json) AS r(id text, number text, state text, "ticketId" text, "counterId" text, "clerkId" text, subject text, "personKey" text, "applicantId" text, "agentId" text, "formId" text, "packageId" text, "receivedDay" text, "acceptedDay" text, "acceptedHow" text, corrections integer, "openedAt" bigint, "touchedAt" bigint)
ON CONFLICT (hall_id, intake_id) DO UPDATE SET state = excluded.state, subject = excluded.subject, person_key = excluded.person_key,
  applicant_id = excluded.applicant_id, agent_id = excluded.agent_id, form_id = excluded.form_id, accepted_day = excluded.accepted_day,
  accepted_how = excluded.accepted_how, corrections = excluded.corrections, touched_at = excluded.touched_at`;

const CASES = `
INSERT INTO cases (hall_id, case_id, intake_id, number, platform_no, item_code, item_name, department, state, accepted_day, promised_due, legal_due, outcome, decided_day, ended_day, returns, touched_at, progress)
SELECT $1, id, "intakeId", number, "platformNo", "itemCode", "itemName", department, state, "acceptedDay", "promisedDue", "legalDue", outcome, "decidedDay", "endedDay", returns, "touchedAt", progress
FROM json_to_recordset($2::json) AS r(id text, "intakeId" text, number text, "platformNo" text, "itemCode" text, "itemName" text, department text, state text, "acceptedDay" text, "promisedDue" text, "legalDue" text, outcome text, "decidedDay" text, "endedDay" text, returns integer, "touchedAt" bigint, progress text)
ON CONFLICT (hall_id, case_id) DO UPDATE SET platform_no = excluded.platform_no, state = excluded.state, accepted_day = excluded.accepted_day,
  promised_due = excluded.promised_due, legal_due = excluded.legal_due, outcome = excluded.outcome, decided_day = excluded.decided_day,
  ended_day = excluded.ended_day, returns = excluded.returns, touched_at = excluded.touched_at, progress = excluded.progress`;

const ANOMALIES = `
INSERT INTO anomalies (hall_id, anomaly_id, seq, at, command_type, code, device_id, ticket_id, counter_id, number)
SELECT $1, anomaly_id, seq, at, command_type, code, device_id, ticket_id, counter_id, number
FROM json_to_recordset($2::json) AS r(anomaly_id text, seq bigint, at bigint, command_type text, code text, device_id text, ticket_id text, counter_id text, number text)`;

const PERSONAL = `
INSERT INTO personal (hall_id, id, kind, command_id, box, recorded_at)
SELECT $1, id, kind, cmd, decode(box, 'base64'), $3
FROM json_to_recordset($2::json) AS r(id text, kind text, cmd uuid, box text)
ON CONFLICT (hall_id, id) DO NOTHING`;

const ticketJson = (ticket: Ticket): string => {
  const { id, day, businessId, serial, number, state, source, itemCode, takenAt, calledAt, servingSince, endedAt } =
    ticket;
  const { calls, counterId, clerkId } = ticket;
  return JSON.stringify({
    id,
    day,
    businessId,
    serial,
    number,
    class: ticket.class,
    state,
    source,
    itemCode,
    takenAt,
    calledAt,
    servingSince,
    endedAt,
    calls,
    counterId,
    clerkId,
  });
};

const intakeJson = (intake: Intake): string => {
  const { id, number, state, ticketId, counterId, clerkId, subject, personKey, applicantId, agentId, formId } = intake;
  const { receivedDay, acceptedDay, acceptedHow, openedAt, touchedAt } = intake;
  return JSON.stringify({
    id,
    number,
    state,
    ticketId,
    counterId,
    clerkId,
    subject,
    personKey,
    applicantId,
    agentId,
    formId,
    packageId: intake.package?.id ?? null,
    receivedDay,
    acceptedDay,
    acceptedHow,
    corrections: intake.corrections.length,
    openedAt,
    touchedAt,
  });
};

const caseJson = (one: Case, intake: Intake): string => {
  const { id, intakeId, number, platformNo, itemCode, itemName, department, state, acceptedDay, touchedAt } = one;
  return JSON.stringify({
    id,
    intakeId,
    number,
    platformNo,
    itemCode,
    itemName,
    department,
    state,
    acceptedDay,
    promisedDue: one.due?.promised ?? null,
    legalDue: one.due?.legal ?? null,
    outcome: one.decision?.outcome ?? null,
    decidedDay: one.decision?.day ?? null,
    endedDay: one.endedDay,
    returns: one.returns.length,
    touchedAt,
    progress: JSON.stringify(progressOf(intake, one)),
  });
};

/** U+0000 and lone surrogates, as JSON.stringify writes them: the read tables hold U+FFFD instead, the log the original. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

const storable = (json: string): string => (json.includes("\\u") ? json.replace(UNSTORABLE, "\\ufffd") : json);

const list = (rows: readonly string[]): string => `[${rows.join(",")}]`;

/** Texts that hold nothing to escape: made by this program, or JSON. */
const eventLine = (row: LogRow): string =>
  `${copyText(row.hallId)}\t${String(row.seq)}\t${row.type}\t${String(row.v)}\t${String(row.at)}\t${String(row.recordedAt)}\t${row.commandId}\t${copyJson(row.actor)}\t${copyJson(row.data)}\t${row.prevHash}\t${row.hash}`;

/** A line of `commands`. */
export const answerLine = (
  hallId: string,
  commandId: string,
  deviceId: string | null,
  answeredAt: number,
  seq: number | null,
  refusal: string | null,
): string => [hallId, commandId, deviceId, answeredAt, seq, refusal].map(copyText).join("\t");

const ticketLine = (hallId: string, ticket: Ticket): string => {
  const { id, day, businessId, serial, number, state, source, itemCode, takenAt, calledAt, servingSince, endedAt } =
    ticket;
  const { calls, counterId, clerkId } = ticket;
  const start = `${copyText(hallId)}\t${copyText(id)}\t${copyText(day)}\t${copyText(businessId)}\t${String(serial)}\t${copyText(number)}`;
  const middle = `${ticket.class}\t${state}\t${source}\t${copyText(itemCode)}\t${String(takenAt)}\t${copyText(calledAt)}`;
  const end = `${copyText(servingSince)}\t${copyText(endedAt)}\t${String(calls)}\t${copyText(counterId)}\t${copyText(clerkId)}`;
  return `${start}\t${middle}\t${end}`;
};

/** Whether a batch failed because a ticket that it calls new is in the read table already. */
export const ticketWasThere = (error: unknown): boolean =>
  (error as { constraint?: unknown }).constraint === "tickets_pkey";

/** What a batch was decided upon before the hall's lock was had. */
export interface Premise {
  readonly head: HallHead;
  /** None of them was answered before. */
  readonly commandIds: readonly string[];
}

/** Whether nothing of a batch was written because its premise does not hold. */
export const premiseFailed = (error: unknown): boolean => (error as { code?: unknown }).code === "SH001";

/**
 * Tells the other centers of the new head, behind the COMMIT and in the same packet: whoever waits for an answer does not wait
 * for this. After a batch that came to nothing they look once in vain.
 */
const tellOthers = (client: pg.ClientBase, hallId: string, head: HallHead, sender: string): void => {
  const values = [NOTIFY_CHANNEL, `head ${hallId} ${String(head.seq)} ${sender}`];
  // A connection that broke is found by the next batch, which tells of both; who listens again looks by itself.
  client.query({ name: "notify", text: "SELECT pg_notify($1, $2)", values }).catch(() => undefined);
};

/** Most events that go into the log by one statement; COPY costs less for each of more, and more for the first. */
const FEW = 16;

/** Whether a batch is what one person does at a kiosk or a counter: few events, and tickets. */
const isFew = ({ events, answers, reviews, intakes, cases, anomalies, personal }: BatchRows): boolean =>
  events.length > 0 &&
  events.length <= FEW &&
  intakes.size === 0 &&
  [answers, reviews, cases, anomalies, personal].every((others) => others.length === 0);

const APPEND =
  "SELECT append_as_known($1, $2, $3, $4, $5, $6, $7::text[], $8::integer[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::json)";

/** A whole transaction as one statement. */
const appendFew = async (
  client: pg.ClientBase,
  hallId: string,
  rows: BatchRows,
  head: HallHead,
  sender: string,
  premise: Premise,
): Promise<void> => {
  const { epoch, seq, hash } = premise.head;
  const { events } = rows;
  const values = [
    ...[hallId, epoch, seq, hash, premise.commandIds, head.recordedAt],
    ...[events.map(({ type }) => type), events.map(({ v }) => v), events.map(({ at }) => at)],
    ...[events.map(({ commandId }) => commandId), events.map(({ actor }) => actor), events.map(({ data }) => data)],
    ...[events.map(({ prevHash }) => prevHash), events.map((row) => row.hash)],
    storable(list([...rows.newTickets, ...rows.changedTickets].map(ticketJson))),
  ];
  await commitReplicated(client, () => {
    // Answered after its transaction has ended, like every statement that stands alone.
    const appended = client.query({ name: "append", text: APPEND, values });
    tellOthers(client, hallId, head, sender);
    return appended;
  });
};

/**
 * Writes a batch, tells the other centers of the new head, and commits.
 * @param premise null: inside the transaction that holds the hall's lock; else in a transaction of its own, all in one round
 *   trip, which comes to nothing unless the premise holds
 */
export const writeBatch = async (
  client: pg.ClientBase,
  hallId: string,
  rows: BatchRows,
  head: HallHead,
  sender: string,
  premise: Premise | null,
): Promise<void> => {
  if (premise !== null && isFew(rows)) return appendFew(client, hallId, rows, head, sender, premise);
  // All texts are made before anything is sent: what cannot be made must not leave half a batch before a COMMIT.
  const sends: (() => Promise<unknown>)[] = [];
  const copy = (target: string, lines: readonly string[]): void => {
    if (lines.length > 0) sends.push(() => copyInto(client, target, lines));
  };
  const add = (name: string, text: string, texts: readonly string[], extra: readonly unknown[] = []): void => {
    if (texts.length === 0) return;
    const values = [hallId, storable(list(texts)), ...extra];
    sends.push(() => client.query({ name, text, values }));
  };
  if (premise) {
    const { epoch, seq, hash } = premise.head;
    const values = [hallId, epoch, seq, hash, premise.commandIds];
    const text = "SELECT lock_hall_as_known($1, $2, $3, $4, $5)";
    sends.push(() => client.query("BEGIN"));
    sends.push(() => client.query({ name: "lock-as-known", text, values }));
  }
  copy(EVENTS, rows.events.map(eventLine));
  copy(ANSWERS, rows.answers);
  copy(
    NEW_TICKETS,
    rows.newTickets.map((ticket) => ticketLine(hallId, ticket)),
  );
  add("tickets", TICKETS, rows.changedTickets.map(ticketJson));
  add(
    "reviews",
    REVIEWS,
    rows.reviews.map((review) => JSON.stringify(review)),
  );
  add("intakes", INTAKES, Array.from(rows.intakes.values(), intakeJson));
  add(
    "cases",
    CASES,
    rows.cases.flatMap((one) => {
      const intake = rows.intakes.get(one.intakeId);
      return intake ? [caseJson(one, intake)] : [];
    }),
  );
  add(
    "anomalies",
    ANOMALIES,
    rows.anomalies.map((row) => JSON.stringify(row)),
  );
  add("personal", PERSONAL, rows.personal, [head.recordedAt]);
  if (rows.events.length > 0) {
    const values = [hallId, head.seq, head.hash, head.recordedAt];
    sends.push(() => client.query({ name: "head-set", text: HEAD, values }));
  }
  const outcomes = await commitReplicated(client, () => {
    // Not awaited one by one: all go out at once, and the server carries them out in order.
    const under = [...sends.map((send) => send()), client.query("COMMIT")];
    if (rows.events.length > 0) tellOthers(client, hallId, head, sender);
    return Promise.allSettled(under);
  });
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
  const commit = outcomes.at(-1) as PromiseFulfilledResult<pg.QueryResult>;
  if (commit.value.command !== "COMMIT") throw new Error("the transaction was rolled back");
};
