import { clockOf, dayOf, type Day } from "../../basics/time.ts";
import type { Applicant } from "../case/applicant.ts";
import type { Case, Intake } from "../case/intake.ts";
import { progressOf } from "../case/progress.ts";
import { exchangeFields, exchangeTables, type ExchangeMapping, type ExchangeTable } from "./mapping.ts";

/** Everything that is told of a case; the personal part is given by whoever may open it. */
export interface ExportSubject {
  readonly intake: Intake;
  readonly case: Case;
  readonly applicant: Applicant;
  readonly agent: Applicant | null;
  readonly clerkName: string;
  /** Words for steps and procedures, by their code. */
  readonly words: Readonly<Record<string, string>>;
  readonly utcOffsetMinutes: number;
}

type Facts = Readonly<Record<string, string>>;

export interface ExportedRow {
  readonly table: ExchangeTable;
  readonly values: Readonly<Record<string, string>>;
}

export interface ExportedCase {
  readonly rows: readonly ExportedRow[];
  /** What the platform would refuse: a required value that is missing, a text too long, a code that no table has. */
  readonly problems: readonly {
    readonly table: ExchangeTable;
    readonly field: string;
    readonly problem: "missing" | "tooLong" | "noCode";
  }[];
}

const factsOf = (subject: ExportSubject): Facts => {
  const { intake, case: one, applicant, agent, utcOffsetMinutes } = subject;
  const instant = (ms: number | null): string =>
    ms === null ? "" : `${dayOf(ms, utcOffsetMinutes)} ${clockOf(ms, utcOffsetMinutes)}:00`;
  const day = (value: Day | null | undefined): string => (value ? `${value} 00:00:00` : "");
  const code = one.itemCode;
  return {
    "case.id": one.id,
    "case.number": one.number,
    "case.platformNo": one.platformNo ?? "",
    "case.itemName": one.itemName,
    "case.itemCode": code,
    // 18 credit code + level + 12 base, then two for a handling item.
    "case.taskCode": code.slice(0, 31),
    "case.baseCode": code.slice(19, 31),
    "case.handleItem": code.length === 33 ? code : "",
    "case.departmentCode": code.slice(0, 18),
    "case.kind": one.kind,
    "case.department": one.department,
    "case.onTheSpot": String(one.onTheSpot),
    "case.receivedAt": instant(intake.openedAt),
    "case.acceptedAt": one.acceptedDay === null ? "" : day(one.acceptedDay),
    "case.promisedAt": day(one.due?.promised),
    "case.acceptanceNo": intake.documents.find(({ kind }) => kind === "acceptance")?.number ?? "",
    "case.decidedAt": instant(one.decision?.at ?? null),
    "case.outcome": one.decision?.outcome ?? "",
    "case.resultName": one.decision?.resultName ?? "",
    "case.resultNo": one.decision?.resultNo ?? "",
    "case.note": one.decision?.note ?? "",
    "case.byCourier": String(one.handOut?.way === "courier"),
    "applicant.name": applicant.name,
    "applicant.kind": applicant.kind,
    "applicant.idType": applicant.idType,
    "applicant.idNo": applicant.idNo,
    "applicant.phone": applicant.phone,
    "applicant.address": applicant.address,
    "applicant.representative": applicant.representative,
    "agent.name": agent?.name ?? "",
    "agent.idType": agent?.idType ?? "",
    "agent.idNo": agent?.idNo ?? "",
    "agent.phone": agent?.phone ?? "",
    "clerk.name": subject.clerkName,
  };
};

/** The facts of each row of a table. */
const entriesOf = (table: ExchangeTable, subject: ExportSubject): readonly Facts[] => {
  const { intake, case: one, words, utcOffsetMinutes } = subject;
  const at = (ms: number): string => `${dayOf(ms, utcOffsetMinutes)} ${clockOf(ms, utcOffsetMinutes)}:00`;
  const day = (value: Day | null): string => (value === null ? "" : `${value} 00:00:00`);
  switch (table) {
    case "up_pro_accept":
      return one.acceptedDay === null ? [] : [{}];
    case "up_pro_result":
      return one.decision === null ? [] : [{}];
    case "up_pro_process": {
      const steps = progressOf(intake, one).steps;
      const when = steps.map((step) => (step.at === null ? day(step.day) : at(step.at)));
      return steps.map((step, index) => ({
        "step.kind": step.kind,
        "step.name": words[step.kind] ?? step.kind,
        "step.from": when[index - 1] ?? when[index] ?? "",
        "step.to": when[index] ?? "",
      }));
    }
    case "up_pro_special_procedure":
      return one.procedures
        .filter(({ end }) => end !== null)
        .map((procedure) => ({
          "procedure.kind": procedure.kind,
          "procedure.name": words[procedure.kind] ?? procedure.kind,
          "procedure.reason": procedure.reason,
          "procedure.from": day(procedure.start),
          "procedure.to": day(procedure.end),
          "procedure.result": procedure.result ?? "",
        }));
    case "up_pro_material":
      return intake.materials.flatMap(({ name, receipt, wishes }) =>
        receipt === null || !wishes.some(({ caseId }) => caseId === one.id)
          ? []
          : [{ "material.name": name, "material.way": receipt.way, "material.copies": String(receipt.copies) }],
      );
  }
};

const longest = (type: string): number => Number(/varchar\((\d+)\)/.exec(type)?.[1] ?? Number.POSITIVE_INFINITY);

/** A case as rows of the national exchange tables, by the hall's mapping; with what the platform would refuse of it. */
export const exportCase = (mapping: ExchangeMapping, subject: ExportSubject): ExportedCase => {
  const facts = factsOf(subject);
  const rows: ExportedRow[] = [];
  const problems: ExportedCase["problems"][number][] = [];
  for (const table of exchangeTables) {
    const sources = mapping.tables[table];
    if (sources === undefined) continue;
    for (const entry of entriesOf(table, subject)) {
      const known = { ...facts, ...entry };
      const values: Record<string, string> = {};
      for (const { name, type, required } of exchangeFields(table)) {
        const source = sources[name];
        if (source === undefined) continue;
        let value = "value" in source ? source.value : (known[source.from] ?? "");
        if ("from" in source && value === "" && source.or !== undefined) value = source.or;
        if ("from" in source && source.codes !== undefined && value !== "") {
          const code = mapping.codes[source.codes]?.[value];
          if (code === undefined) problems.push({ table, field: name, problem: "noCode" });
          value = code ?? "";
        }
        if (required && value === "") problems.push({ table, field: name, problem: "missing" });
        if ([...value].length > longest(type)) problems.push({ table, field: name, problem: "tooLong" });
        values[name] = value;
      }
      rows.push({ table, values });
    }
  }
  return { rows, problems };
};
