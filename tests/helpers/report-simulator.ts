import { exchangeFields, exchangeTables } from "../../shared/domain/exchange/mapping.ts";
import { DeliverySimulator, type FieldError } from "./delivery-simulator.ts";
import { problemOf, type ReportProfile } from "../../shared/domain/report/report-profile.ts";

const evaluationErrors = (profile: ReportProfile, record: Readonly<Record<string, unknown>>): FieldError[] => {
  const known = new Set(profile.evaluation.map((field) => field.name));
  return [
    ...profile.evaluation.flatMap((field) => {
      const problem = problemOf(field, record[field.name]);
      return problem === null ? [] : [{ field: field.name, problem }];
    }),
    ...Object.keys(record).flatMap((field) => (known.has(field) ? [] : [{ field, problem: "code" }])),
  ];
};

const longest = (type: string): number => Number(/varchar\((\d+)\)/.exec(type)?.[1] ?? Number.POSITIVE_INFINITY);

const cellProblem = (value: unknown, type: string, required: boolean): string | null => {
  if (typeof value !== "string") return "type";
  if (required && value === "") return "required";
  return [...value].length > longest(type) ? "length" : null;
};

/** Each row of each exchange table, field by field, by the national list. */
const caseErrors = (record: Readonly<Record<string, unknown>>): FieldError[] => {
  const { rows } = record;
  if (!Array.isArray(rows) || rows.length === 0) return [{ field: "rows", problem: "required" }];
  return (rows as { table: string; values: Readonly<Record<string, unknown>> }[]).flatMap(({ table, values }) => {
    const known = exchangeTables.find((name) => name === table);
    if (known === undefined) return [{ field: table, problem: "code" }];
    const fields = exchangeFields(known);
    const unknown = Object.keys(values).filter((name) => !fields.some((field) => field.name === name));
    return [
      ...unknown.map((field) => ({ field: `${table}.${field}`, problem: "code" })),
      ...fields.flatMap(({ name, type, required }) => {
        const problem = cellProblem(values[name] ?? "", type, required);
        return problem === null ? [] : [{ field: `${table}.${name}`, problem }];
      }),
    ];
  });
};

/** A platform that takes reports as strictly as a real one: each field's type, length, code and presence, and no field that it does not know. */
export class ReportSimulator extends DeliverySimulator {
  static async start(profiles: Readonly<Record<string, ReportProfile>>, key: string): Promise<ReportSimulator> {
    const simulator = new ReportSimulator(key, ([name = "", kind = ""], record) => {
      const profile = profiles[name];
      if (!profile || (kind !== "evaluation" && kind !== "case")) return null;
      return kind === "case" ? caseErrors(record) : evaluationErrors(profile, record);
    });
    await simulator.listen();
    return simulator;
  }
}
