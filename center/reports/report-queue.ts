import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import { mapRecord, reportProfileSchema, type ReportProfile } from "../../shared/domain/report/report-profile.ts";
import type { CatalogueStore } from "../catalogue/catalogue-store.ts";
import type { Database } from "../db/database.ts";
import type { HallDuty } from "../hall-registry.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";
import { projectRoot } from "../project-root.ts";
import { caseRecord } from "./case-reports.ts";
import { evaluationFacts } from "./report-facts.ts";

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;
/** Whoever takes a report has this long to deliver it before another may. */
const TAKEN_MS = 120_000;
const SEND_MS = 20_000;
const AT_ONCE = 20;

/** When to try again after so many tries: twice as long each time, up to six hours; never given up by itself. */
export const retryAfterMs = (attempts: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS);

const profiles = new Map<string, ReportProfile>();

/** A profile of data/reports. @throws when there is none of that name */
const readProfile = (name: string): ReportProfile => {
  let profile = profiles.get(name);
  if (!profile) {
    const text = readFileSync(join(projectRoot(), "data", "reports", `${name}.json`), "utf8");
    profiles.set(name, (profile = reportProfileSchema.parse(JSON.parse(text))));
  }
  return profile;
};

/** Queues the report of a review in the transaction that brought it into the ledger. */
export const queueEvaluation = async (client: pg.PoolClient, hall: HallLog, seq: number, at: number): Promise<void> => {
  const reporting = hall.plan?.settings.reporting;
  if (!reporting) return;
  // A review of no item is of nothing that the platforms know: kept here, told to nobody.
  await client.query(
    `INSERT INTO report_queue (hall_id, report_id, profile, queued_at, state, next_at, fault)
     SELECT $1, 'evaluation ' || review_id || ' ' || at, $3, $4, CASE WHEN item_code IS NULL THEN 'dropped' ELSE 'waiting' END, $4,
       CASE WHEN item_code IS NULL THEN 'no_item' END
     FROM review_ledger WHERE hall_id = $1 AND seq = $2 ON CONFLICT DO NOTHING`,
    [hall.hallId, seq, reporting.profile, at],
  );
};

/** Where reports go. */
export interface ReportTarget {
  readonly url: string;
  readonly key: string;
}

interface DueRow {
  readonly report_id: string;
  readonly profile: string;
  readonly attempts: number;
  /** Of a report on a case: what it is made from, sealed. */
  readonly subject: Buffer | null;
}

const refusalSchema = z.object({
  errors: z.array(z.object({ field: z.string().max(60), problem: z.string().max(40) })),
});
const receiptSchema = z.object({ receipt: z.string().max(100) });

type Delivery =
  | { readonly outcome: "sent"; readonly receipt: string }
  | { readonly outcome: "dead" | "later"; readonly fault: string };

/**
 * Delivers what is queued. What the platform cannot take is not sent again and again but shown to the desk with its fields;
 * everything else is tried until it arrives, over restarts and outages.
 */
export class ReportDuty implements HallDuty {
  private working: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly hall: HallLog,
    private readonly deps: {
      readonly database: Database;
      readonly catalogues: CatalogueStore;
      readonly personal: PersonalBox;
      readonly log: Logger;
      readonly clock: () => number;
    },
    private readonly target: ReportTarget,
  ) {}

  tick(): void {
    this.working ??= this.deliverDue()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.deps.log.warn({ event: "reports.failed", hall: this.hall.hallId, err: error }, "reports wait");
      })
      .finally(() => {
        this.working = undefined;
      });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.working;
  }

  /** Delivers what is due now. @returns how many reports were tried */
  async deliverDue(): Promise<number> {
    const { database, clock } = this.deps;
    const { hallId } = this.hall;
    const now = clock();
    const { rows } = await database.query<DueRow>(
      `UPDATE report_queue q SET next_at = $3, attempts = attempts + 1 FROM (
         SELECT report_id, profile FROM report_queue WHERE hall_id = $1 AND state = 'waiting' AND next_at <= $2
         ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED) due
       WHERE q.hall_id = $1 AND q.report_id = due.report_id AND q.profile = due.profile
       RETURNING q.report_id, q.profile, q.attempts, q.subject`,
      [hallId, now, now + TAKEN_MS, AT_ONCE],
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
        this.deps.log.warn({ event: "reports.dead", hall: hallId, fault: delivery.fault }, "a report was refused");
    }
    return rows.length;
  }

  private async deliver(row: DueRow): Promise<Delivery> {
    const mapped = await this.map(row);
    if (typeof mapped === "string") return { outcome: "dead", fault: mapped };
    let response: Response;
    try {
      response = await fetch(`${this.target.url}/${row.profile}/${row.subject === null ? "evaluation" : "case"}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${this.target.key}`,
          "idempotency-key": row.report_id,
        },
        body: JSON.stringify(mapped),
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

  /** The record as the platform takes it, or what is wrong with it. */
  private async map(row: DueRow): Promise<object | string> {
    const { database } = this.deps;
    const { plan, hallId } = this.hall;
    if (row.subject !== null)
      return plan ? caseRecord(this.deps.personal, hallId, plan, row.report_id, row.subject) : "record_missing";
    const found = await database.query<{ seq: number }>(
      "SELECT seq FROM review_ledger WHERE hall_id = $1 AND 'evaluation ' || review_id || ' ' || at = $2",
      [hallId, row.report_id],
    );
    const seq = found.rows[0]?.seq;
    const facts = plan && seq !== undefined ? await evaluationFacts(this.deps, hallId, plan, seq) : undefined;
    if (!facts) return "record_missing";
    const profile = readProfile(row.profile);
    const { record, problems } = mapRecord(profile.evaluation, profile.constants, facts);
    if (problems.length > 0)
      return problems
        .map(({ field, problem }) => `${field}: ${problem}`)
        .join("; ")
        .slice(0, 400);
    return record;
  }
}
