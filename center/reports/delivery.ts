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

const refusalSchema = z.object({
  errors: z.array(z.object({ field: z.string().max(60), problem: z.string().max(40) })),
});
const receiptSchema = z.object({ receipt: z.string().max(100) });

type Delivery =
  | { readonly outcome: "sent"; readonly receipt: string }
  | { readonly outcome: "dead" | "dropped" | "later"; readonly fault: string };

/**
 * Delivers what is queued for a hall, of one kind. What the other side cannot take is not sent again and again but kept as
 * refused with its fields; everything else is tried until it arrives, over restarts and outages.
 */
export class DeliveryDuty implements HallDuty {
  private working: Promise<void> | undefined;
  private isStopped = false;

  /** @param pack what is posted for a row */
  constructor(
    private readonly hall: HallLog,
    private readonly deps: { readonly database: Database; readonly log: Logger; readonly clock: () => number },
    private readonly target: DeliveryTarget,
    private readonly kind: "report" | "message",
    private readonly pack: (row: QueueRow) => Promise<Parcel>,
  ) {}

  tick(): void {
    this.working ??= this.deliverDue()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.deps.log.warn({ event: `${this.kind}s.failed`, hall: this.hall.hallId, err: error }, "the queue waits");
      })
      .finally(() => {
        this.working = undefined;
      });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.working;
  }

  /** Delivers what is due now. @returns how many were tried */
  async deliverDue(): Promise<number> {
    const { database, clock } = this.deps;
    const { hallId } = this.hall;
    const now = clock();
    const { rows } = await database.query<QueueRow>(
      `UPDATE report_queue q SET next_at = $3, attempts = attempts + 1 FROM (
         SELECT report_id, profile FROM report_queue WHERE hall_id = $1 AND state = 'waiting' AND kind = $5 AND next_at <= $2
         ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED) due
       WHERE q.hall_id = $1 AND q.report_id = due.report_id AND q.profile = due.profile
       RETURNING q.report_id, q.profile, q.attempts, q.subject`,
      [hallId, now, now + TAKEN_MS, AT_ONCE, this.kind],
    );
    for (const row of rows) {
      if (this.isStopped) break;
      const delivery = await this.deliver(row);
      const { outcome } = delivery;
      await database.query(
        `UPDATE report_queue SET state = $4, next_at = $5, sent_at = $6, receipt = $7, fault = $8, subject = CASE WHEN $4 = 'sent' THEN NULL ELSE subject END
         WHERE hall_id = $1 AND report_id = $2 AND profile = $3`,
        [
          hallId,
          row.report_id,
          row.profile,
          outcome === "later" ? "waiting" : outcome,
          clock() + retryAfterMs(row.attempts - 1),
          outcome === "sent" ? clock() : null,
          outcome === "sent" ? delivery.receipt : null,
          outcome === "sent" ? null : delivery.fault,
        ],
      );
      // By id and field names; never what was said.
      if (outcome === "dead")
        this.deps.log.warn({ event: `${this.kind}s.dead`, hall: hallId, fault: delivery.fault }, "it was refused");
    }
    return rows.length;
  }

  private async deliver(row: QueueRow): Promise<Delivery> {
    const parcel = await this.pack(row);
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
