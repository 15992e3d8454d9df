import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface FieldError {
  readonly field: string;
  readonly problem: string;
}

type SentRecord = Readonly<Record<string, unknown>>;

/**
 * The other side of a delivery, as strict as a real one: the key, the content type, what its own check says of each field, and one
 * record for each key of idempotency.
 */
export class DeliverySimulator {
  readonly taken = new Map<string, Record<string, unknown>>();
  readonly refused: FieldError[] = [];
  /** Answers this instead of looking, as often as told. */
  faults: number[] = [];
  requests = 0;
  private readonly server: Server;

  /** @param check what is wrong with a record that was sent to a path; null: there is no such path */
  constructor(key: string, check: (path: readonly string[], record: SentRecord) => readonly FieldError[] | null) {
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
        const record = JSON.parse(text) as Record<string, unknown>;
        const errors = check((request.url ?? "").split("/").slice(1), record);
        if (typeof id !== "string" || errors === null) return answer(404, {});
        if (errors.length > 0) {
          this.refused.push(...errors);
          return answer(422, { errors });
        }
        this.taken.set(id, record);
        answer(200, { receipt: `R${String(this.taken.size)}` });
      });
    });
  }

  listen(): Promise<void> {
    return new Promise((done) => this.server.listen(0, "127.0.0.1", done));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
