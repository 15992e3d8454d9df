import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { problemOf, type ReportProfile } from "../../shared/domain/report/report-profile.ts";

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
        if (typeof id !== "string" || !profile || kind !== "evaluation") return answer(404, {});
        const record = JSON.parse(text) as Record<string, unknown>;
        const errors = profile.evaluation.flatMap((field) => {
          const problem = problemOf(field, record[field.name]);
          return problem === null ? [] : [{ field: field.name, problem }];
        });
        const known = new Set(profile.evaluation.map((field) => field.name));
        for (const field of Object.keys(record)) if (!known.has(field)) errors.push({ field, problem: "code" });
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
