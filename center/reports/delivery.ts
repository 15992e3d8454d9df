import { z } from "zod";
import type { Database } from "../db/database.ts";
import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;
/** Whoever takes something out of the queue has this long to deliver it before another may. */
const TAKEN_MS = 120_000;
const SEND_MS = 20_000;
const AT_ONCE = 20;
/** So many tries, four hours, a row that cannot be read gets: a key or a record may be put right meanwhile. */
const UNREADABLE_TRIES = 10;

/** When to try again after so many tries: twice as long each time, up to six hours; never given up by itself. */
export const retryAfterMs = (attempts: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS);

/** Where things are delivered to. */
export interface DeliveryTarget {
  readonly url: string;
  readonly key: string;
}

/** Something that waits in the queue. */
export interface QueueRow {
  readonly report_id: string;
  readonly profile: string;
  readonly attempts: number;
  /** What it is made from, sealed; null: it is made from what the hall holds when it is sent. */
  readonly subject: Buffer | null;
}

/** What is posted: behind the target's address, and as JSON; or why it cannot be sent, for ever, or is not wanted any more. */
export type Parcel =
  { readonly path: string; readonly body: object } | { readonly outcome: "dead" | "dropped"; readonly fault: string };

/** What a queue is for. */
export interface DeliveryWork {
  readonly kind: "report" | "message";
  /** What is posted for a row. A row for which it throws is tried again like others, and given up in the end. */
  readonly pack: (row: QueueRow) => Promise<Parcel>;
  /** Whether anything may go out at an instant. */
  readonly isOpen: (now: number) => boolean;
}

const refusalSchema = z.object({
  errors: z.array(z.object({ field: z.string().max(60), problem: z.string().max(40) })),
});
const receiptSchema = z.object({ receipt: z.string().max(100) });

interface Undelivered {
  readonly outcome: "dead" | "dropped" | "later";
  readonly fault: string;
}
type Delivery = { readonly outcome: "sent"; readonly receipt: string } | Undelivered;

/**
 * Delivers what is queued for a hall, of one kind. What the other side cannot take is not sent again and again but kept as
 * refused with its fields; everything else is tried until it arrives, over restarts and outages.
 */
export class DeliveryDuty implements HallDuty {
  private working: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly hall: HallLog,
    private readonly deps: { readonly database: Database; readonly log: Logger; readonly clock: () => number },
    private readonly target: DeliveryTarget,
    private readonly work: DeliveryWork,
  ) {}

  tick(): void {
    this.working ??= this.deliverDue()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.deps.log.warn(
          { event: `${this.work.kind}s.failed`, hall: this.hall.hallId, err: error },
          "the queue waits",
        );
      })
      .finally(() => {
        this.working = undefined;
      });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.working;
  }

  /** Delivers what is due now, as far as it can within the time for which it has taken it. @returns how many were tried */
  async deliverDue(): Promise<number> {
    const { clock } = this.deps;
    const takenUntil = clock() + TAKEN_MS;
    if (!this.work.isOpen(clock())) return 0;
    const rows = await this.take(takenUntil);
    for (const [tried, row] of rows.entries()) {
      if (this.isStopped || clock() + SEND_MS > takenUntil) {
        await this.giveBack(rows.slice(tried));
        return tried;
      }
      await this.close(row, await this.deliver(row));
    }
    return rows.length;
  }

  private async take(until: number): Promise<readonly QueueRow[]> {
    const { rows } = await this.deps.database.query<QueueRow>(
      `UPDATE report_queue q SET next_at = $3, attempts = attempts + 1 FROM (
         SELECT report_id, profile FROM report_queue WHERE hall_id = $1 AND state = 'waiting' AND kind = $5 AND next_at <= $2
         ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED) due
       WHERE q.hall_id = $1 AND q.report_id = due.report_id AND q.profile = due.profile
       RETURNING q.report_id, q.profile, q.attempts, q.subject`,
      [this.hall.hallId, this.deps.clock(), until, AT_ONCE, this.work.kind],
    );
    return rows;
  }

  /** What was taken and not tried is due as before. */
  private async giveBack(rows: readonly QueueRow[]): Promise<void> {
    await this.deps.database.query(
      `UPDATE report_queue q SET next_at = $2, attempts = q.attempts - 1
       FROM json_to_recordset($3::json) AS r(report_id text, profile text, attempts integer)
       WHERE q.hall_id = $1 AND q.report_id = r.report_id AND q.profile = r.profile AND q.state = 'waiting' AND q.attempts = r.attempts`,
      [
        this.hall.hallId,
        this.deps.clock(),
        JSON.stringify(rows.map(({ report_id, profile, attempts }) => ({ report_id, profile, attempts }))),
      ],
    );
  }

  /** Notes what became of a row, unless somebody else has taken it meanwhile: then that one says it. */
  private async close(row: QueueRow, delivery: Delivery): Promise<void> {
    const { database, clock, log } = this.deps;
    const { hallId } = this.hall;
    const { outcome } = delivery;
    const { rowCount } = await database.query(
      `UPDATE report_queue SET state = $4, next_at = $5, sent_at = $6, receipt = $7, fault = $8, subject = CASE WHEN $4 = 'sent' THEN NULL ELSE subject END
       WHERE hall_id = $1 AND report_id = $2 AND profile = $3 AND state = 'waiting' AND attempts = $9`,
      [
        hallId,
        row.report_id,
        row.profile,
        outcome === "later" ? "waiting" : outcome,
        clock() + retryAfterMs(row.attempts - 1),
        outcome === "sent" ? clock() : null,
        outcome === "sent" ? delivery.receipt : null,
        outcome === "sent" ? null : delivery.fault,
        row.attempts,
      ],
    );
    // By id and field names; never what was said.
    if (outcome === "dead" && rowCount === 1)
      log.warn({ event: `${this.work.kind}s.dead`, hall: hallId, fault: delivery.fault }, "it was refused");
  }

  /** What is posted for a row; one that cannot be read must not keep those behind it. */
  private async packed(row: QueueRow): Promise<Parcel | Undelivered> {
    try {
      return await this.work.pack(row);
    } catch {
      // The error is told to nobody: of a text that was opened and is not JSON, it quotes a piece.
      const { kind } = this.work;
      const what = { event: `${kind}s.unreadable`, hall: this.hall.hallId, id: row.report_id, attempts: row.attempts };
      this.deps.log.warn(what, "it could not be read");
      return { outcome: row.attempts < UNREADABLE_TRIES ? "later" : "dead", fault: "unreadable" };
    }
  }

  private async deliver(row: QueueRow): Promise<Delivery> {
    const parcel = await this.packed(row);
    if ("outcome" in parcel) return parcel;
    let response: Response;
    try {
      response = await fetch(`${this.target.url}${parcel.path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${this.target.key}`,
          "idempotency-key": row.report_id,
        },
        body: JSON.stringify(parcel.body),
        signal: AbortSignal.timeout(SEND_MS),
        redirect: "error",
      });
    } catch {
      return { outcome: "later", fault: "unreachable" };
    }
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) {
      const receipt = receiptSchema.safeParse(body);
      return receipt.success
        ? { outcome: "sent", receipt: receipt.data.receipt }
        : { outcome: "later", fault: "no_receipt" };
    }
    const status = String(response.status);
    if (response.status >= 500 || [401, 403, 408, 429].includes(response.status))
      return { outcome: "later", fault: `http ${status}` };
    const refusal = refusalSchema.safeParse(body);
    const fields = refusal.success ? refusal.data.errors.map(({ field, problem }) => `${field}: ${problem}`) : [];
    return { outcome: "dead", fault: [`http ${status}`, ...fields].join("; ").slice(0, 400) };
  }
}
