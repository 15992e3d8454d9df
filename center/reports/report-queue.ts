import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { mapRecord, reportProfileSchema, type ReportProfile } from "../../shared/domain/report/report-profile.ts";
import type { CatalogueStore } from "../catalogue/catalogue-store.ts";
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";
import { projectRoot } from "../project-root.ts";
import { caseRecord } from "./case-reports.ts";
import { DeliveryDuty, type DeliveryTarget, type QueueRow } from "./delivery.ts";
import { evaluationFacts } from "./report-facts.ts";

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

interface ReportDeps {
  readonly database: Database;
  readonly catalogues: CatalogueStore;
  readonly personal: PersonalBox;
  readonly log: Logger;
  readonly clock: () => number;
}

/** The record as the platform takes it, or what is wrong with it. */
const recordOf = async (hall: HallLog, deps: ReportDeps, row: QueueRow): Promise<object | string> => {
  const { plan, hallId } = hall;
  if (row.subject !== null)
    return plan ? caseRecord(deps.personal, hallId, plan, row.report_id, row.subject) : "record_missing";
  const found = await deps.database.query<{ seq: number }>(
    "SELECT seq FROM review_ledger WHERE hall_id = $1 AND 'evaluation ' || review_id || ' ' || at = $2",
    [hallId, row.report_id],
  );
  const seq = found.rows[0]?.seq;
  const facts = plan && seq !== undefined ? await evaluationFacts(deps, hallId, plan, seq) : undefined;
  if (!facts) return "record_missing";
  const profile = readProfile(row.profile);
  const { record, problems } = mapRecord(profile.evaluation, profile.constants, facts);
  if (problems.length === 0) return record;
  return problems
    .map(({ field, problem }) => `${field}: ${problem}`)
    .join("; ")
    .slice(0, 400);
};

/** Delivers a hall's reports on reviews and cases to the platform; what it refuses is shown to the desk with its fields. */
export const reportDuty = (hall: HallLog, deps: ReportDeps, target: DeliveryTarget): DeliveryDuty =>
  new DeliveryDuty(hall, deps, target, {
    kind: "report",
    pack: async (row) => {
      const record = await recordOf(hall, deps, row);
      if (typeof record === "string") return { outcome: "dead", fault: record };
      return { path: `/${row.profile}/${row.subject === null ? "evaluation" : "case"}`, body: record };
    },
    isOpen: () => true,
  });
