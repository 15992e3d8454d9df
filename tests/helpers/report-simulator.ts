import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exchangeFields, exchangeTables } from "../../shared/domain/exchange/mapping.ts";
import { problemOf, type ReportProfile } from "../../shared/domain/report/report-profile.ts";

interface FieldError {
  readonly field: string;
  readonly problem: string;
}

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

/**
 * A platform that takes reports as strictly as a real one: the key, the content type, each field's type, length, code and
 * presence, no field that it does not know, and one record for each key of idempotency.
 */
export class ReportSimulator {
  readonly taken = new Map<string, Record<string, unknown>>();
  readonly refused: { readonly field: string; readonly problem: string }[] = [];
  /** Answers this instead of looking, as often as told. */
  faults: number[] = [];
  requests = 0;
  private readonly server: Server;

  private constructor(profiles: Readonly<Record<string, ReportProfile>>, key: string) {
    this.server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8");
      request.on("data", (part: string) => (text += part));
      request.on("end", () => {
        this.requests += 1;
        const answer = (status: number, body: unknown): void => {
          response.writeHead(status, { "content-type": "application/json" });
          response.end(JSON.stringify(body));
        };
        const fault = this.faults.shift();
        if (fault !== undefined) return answer(fault, {});
        if (request.headers.authorization !== `Bearer ${key}`) return answer(401, {});
        if (request.headers["content-type"] !== "application/json") return answer(415, {});
        const id = request.headers["idempotency-key"];
        const [, name = "", kind = ""] = (request.url ?? "").split("/");
        const profile = profiles[name];
        if (typeof id !== "string" || !profile || (kind !== "evaluation" && kind !== "case")) return answer(404, {});
        const record = JSON.parse(text) as Record<string, unknown>;
        const errors = kind === "case" ? caseErrors(record) : evaluationErrors(profile, record);
        if (errors.length > 0) {
          this.refused.push(...errors);
          return answer(422, { errors });
        }
        this.taken.set(id, record);
        answer(200, { receipt: `R${String(this.taken.size)}` });
      });
    });
  }

  static async start(profiles: Readonly<Record<string, ReportProfile>>, key: string): Promise<ReportSimulator> {
    const simulator = new ReportSimulator(profiles, key);
    await new Promise<void>((done) => simulator.server.listen(0, "127.0.0.1", done));
    return simulator;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
