import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import { intakeRulesOf } from "../../shared/domain/case/intake-rules.ts";
import { exportCase, type ExportSubject } from "../../shared/domain/exchange/export-case.ts";
import { builtInMapping } from "../../shared/domain/exchange/mapping.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { readApplicant } from "../identity/applicant-key.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { HallLog } from "../log/hall-log.ts";
import { projectRoot } from "../project-root.ts";

/** What of a case a platform is told: each time the case as a whole, as it stands then. */
export const reportedCaseTypes = [
  "IntakeAccepted",
  "SpecialProcedureEnded",
  "CaseDecided",
  "ResultHandedOut",
  "ResultDelivered",
] as const;
export type ReportedCaseEvent = Extract<DomainEvent, { type: (typeof reportedCaseTypes)[number] }>;

export const isReportedCaseEvent = (event: DomainEvent): event is ReportedCaseEvent =>
  (reportedCaseTypes as readonly string[]).includes(event.type);

let words: Readonly<Record<string, string>> | undefined;
const readWords = (): Readonly<Record<string, string>> =>
  (words ??= z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(projectRoot(), "data/reports/case-words.json"), "utf8"))));

const placeOf = (hallId: string, reportId: string): string => `${hallId}\n${reportId}\nreport`;

interface PeopleRow {
  readonly id: string;
  readonly box: Buffer | null;
}

/** The case with its people, out of the hall's state and the personal records; undefined when it has left the state. */
const subjectOf = async (
  client: pg.PoolClient,
  hall: HallLog,
  personal: PersonalBox,
  caseId: string,
): Promise<ExportSubject | undefined> => {
  const { hallId, state, plan } = hall;
  const found = state.cases.get(caseId);
  const intake = found && state.intakes.get(found.intakeId);
  if (!found || !intake || plan === null) return undefined;
  const { rows } = await client.query<PeopleRow>(
    "SELECT id, box FROM personal WHERE hall_id = $1 AND id = ANY ($2) AND kind = 'applicant'",
    [hallId, [intake.applicantId, intake.agentId].filter((id) => id !== null)],
  );
  const personOf = (id: string | null) => {
    const box = rows.find((row) => row.id === id)?.box;
    return id === null || box == null
      ? undefined
      : readApplicant(personal.open(hallId, { id, kind: "applicant" }, box));
  };
  const applicant = personOf(intake.applicantId);
  if (!applicant) return undefined;
  const clerks = await client.query<{ name: string }>("SELECT name FROM clerks WHERE hall_id = $1 AND clerk_id = $2", [
    hallId,
    intake.clerkId,
  ]);
  return {
    intake,
    case: found,
    applicant,
    agent: personOf(intake.agentId) ?? null,
    clerkName: clerks.rows[0]?.name ?? "",
    words: readWords(),
    utcOffsetMinutes: plan.utcOffsetMinutes,
  };
};

/** Queues the report of a case, or of all cases of an intake that was accepted, each as it stands now. */
export const queueCases = async (
  client: pg.PoolClient,
  hall: HallLog,
  personal: PersonalBox,
  event: ReportedCaseEvent,
  seq: number,
): Promise<void> => {
  const reporting = hall.plan?.settings.reporting;
  if (!reporting) return;
  const caseIds =
    event.type === "IntakeAccepted"
      ? (hall.state.intakes.get(event.data.intakeId)?.caseIds ?? [])
      : [event.data.caseId];
  for (const caseId of caseIds) {
    const subject = await subjectOf(client, hall, personal, caseId);
    if (!subject) continue;
    const reportId = `case ${caseId} ${String(seq)}`;
    const box = personal.sealBytes(placeOf(hall.hallId, reportId), Buffer.from(JSON.stringify(subject)));
    await client.query(
      `INSERT INTO report_queue (hall_id, report_id, profile, queued_at, state, next_at, subject)
       VALUES ($1, $2, $3, $4, 'waiting', $4, $5) ON CONFLICT DO NOTHING`,
      [hall.hallId, reportId, reporting.profile, event.at, box],
    );
  }
};

/**
 * The rows of the national exchange tables for a queued case, by the plan's mapping of today, so that a mapping that was put
 * right helps reports that were refused before.
 * @returns what is wrong, in one line, when the platform would refuse it
 */
export const caseRecord = (
  personal: PersonalBox,
  hallId: string,
  plan: HallPlan,
  reportId: string,
  box: Buffer,
): object | string => {
  const subject = JSON.parse(personal.openBytes(placeOf(hallId, reportId), box).toString("utf8")) as ExportSubject;
  const { rows, problems } = exportCase(intakeRulesOf(plan).exchange ?? builtInMapping(), subject);
  if (problems.length === 0) return { rows };
  return problems
    .map(({ table, field, problem }) => `${table}.${field}: ${problem}`)
    .join("; ")
    .slice(0, 400);
};
