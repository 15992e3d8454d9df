import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJson } from "../../shared/basics/parse-json.ts";
import { applicantSchema, type Applicant } from "../../shared/domain/case/applicant.ts";
import { intakeRulesOf } from "../../shared/domain/case/intake-rules.ts";
import { exportCase, type ExportedCase } from "../../shared/domain/exchange/export-case.ts";
import { builtInMapping, exchangeFields, type ExchangeTable } from "../../shared/domain/exchange/mapping.ts";
import words from "../../shared/domain/exchange/words.zh-CN.json" with { type: "json" };
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { HallLog } from "../log/hall-log.ts";
import { csvCell } from "../sheets/csv-cell.ts";

/** What the platform would refuse, or why a case could not be told at all. */
interface CaseProblem {
  readonly number: string;
  readonly problem: ExportedCase["problems"][number]["problem"] | "noApplicant";
  readonly table: ExchangeTable | null;
  readonly field: string | null;
}

export interface CaseExport {
  readonly cases: number;
  /** Files that were written, with the rows in each. */
  readonly files: Readonly<Record<string, number>>;
  readonly problems: readonly CaseProblem[];
}

interface ExportSource {
  readonly database: Database;
  readonly personal: PersonalBox;
  readonly hall: HallLog;
}

/** Who applies or comes for them, by the id of the record. */
const readPeople = async ({ database, personal, hall }: ExportSource): Promise<ReadonlyMap<string, Applicant>> => {
  const ids = [...hall.state.intakes.values()].flatMap(({ applicantId, agentId }) =>
    agentId === null ? [applicantId] : [applicantId, agentId],
  );
  const { rows } = await database.query<{ id: string; kind: "applicant"; box: Buffer | null }>(
    "SELECT id, kind, box FROM personal WHERE hall_id = $1 AND id = ANY ($2) AND kind = 'applicant'",
    [hall.hallId, ids],
  );
  const people = new Map<string, Applicant>();
  for (const row of rows) {
    const text = row.box === null ? null : personal.open(hall.hallId, row, row.box);
    const read = applicantSchema.safeParse(parseJson(text));
    if (read.success) people.set(row.id, read.data);
  }
  return people;
};

const readClerks = async ({ database, hall }: ExportSource): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await database.query<{ clerk_id: string; name: string }>(
    "SELECT clerk_id, name FROM clerks WHERE hall_id = $1",
    [hall.hallId],
  );
  return new Map(rows.map((row) => [row.clerk_id, row.name]));
};

/**
 * Writes the hall's cases as the tables of the national exchange, one CSV file a table (UTF-8, field names first), by the
 * mapping of the hall's plan. The files hold personal data: only their owner may read them.
 * @param folder made when it is missing
 */
export const exportCases = async (source: ExportSource, folder: string): Promise<CaseExport> => {
  const { hall } = source;
  const [people, clerks] = await Promise.all([readPeople(source), readClerks(source)]);
  const mapping = intakeRulesOf(hall.plan).exchange ?? builtInMapping();
  const rowsOf = new Map<ExchangeTable, string[]>();
  const problems: CaseProblem[] = [];
  let cases = 0;
  for (const one of hall.state.cases.values()) {
    const { number } = one;
    const intake = hall.state.intakes.get(one.intakeId);
    const applicant = people.get(intake?.applicantId ?? "");
    if (!intake || !applicant) {
      problems.push({ number, problem: "noApplicant", table: null, field: null });
      continue;
    }
    cases += 1;
    const told = exportCase(mapping, {
      intake,
      case: one,
      applicant,
      agent: people.get(intake.agentId ?? "") ?? null,
      clerkName: clerks.get(intake.clerkId ?? "") ?? "",
      words,
      utcOffsetMinutes: hall.plan?.utcOffsetMinutes ?? 480,
    });
    problems.push(...told.problems.map((problem) => ({ number, ...problem })));
    for (const { table, values } of told.rows) {
      const row = exchangeFields(table).map(({ name }) => csvCell(values[name] ?? ""));
      rowsOf.set(table, [...(rowsOf.get(table) ?? []), row.join(",")]);
    }
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: Record<string, number> = {};
  for (const [table, rows] of rowsOf) {
    const head = exchangeFields(table).map(({ name }) => csvCell(name));
    files[`${table}.csv`] = rows.length;
    // With the mark that spreadsheets know UTF-8 by.
    await writeFile(join(folder, `${table}.csv`), `\uFEFF${[head.join(","), ...rows].join("\r\n")}\r\n`, {
      mode: 0o600,
    });
  }
  return { cases, files, problems };
};

const problemWords: Readonly<Record<CaseProblem["problem"], string>> = {
  missing: "is required and empty",
  tooLong: "is too long",
  noCode: "has no code in the plan's code table",
  noApplicant: "nobody knows who applied: the record is missing or erased",
};

/** An export for a person. */
export const describeExport = ({ cases, files, problems }: CaseExport): string =>
  [
    `${String(cases)} cases.`,
    ...Object.entries(files).map(([file, rows]) => `  ${file}: ${String(rows)} rows`),
    ...(problems.length > 0 ? [`${String(problems.length)} problems:`] : []),
    ...problems.map(
      ({ number, table, field, problem }) =>
        `  ${number}${table === null ? "" : `, ${table}.${field ?? ""}`}: ${problemWords[problem]}`,
    ),
  ].join("\n");
