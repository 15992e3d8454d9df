import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import type { TerminalRole } from "../../../shared/domain/identity/roles.ts";

/** Marks that must never be found on disk in plain text. */
export const CANARY = {
  secret: "canary-secret-7f3a9c",
  reviewSecret: "canary-review-51be02",
  idNumber: "11010519491231002X",
};

export interface HostileNode {
  readonly url: string;
  /** Paths asked for so far. */
  readonly asked: readonly string[];
  /** What terminals proved themselves with, of what only people have: a password, a certificate. */
  readonly proofs: readonly string[];
  stop(): Promise<void>;
}

/** The code says what the terminal becomes: KIOSK…, WINDOW…, REVIEW…, DISPLAY…, DESK…; anything else is unknown. */
const enrolAnswer = (code: string): EnrolResponse | null => {
  const role = (["kiosk", "window", "review", "display", "desk"] as const satisfies readonly TerminalRole[]).find(
    (each) => code.startsWith(each.toUpperCase()),
  );
  if (!role) return null;
  const isWindow = role === "window";
  return {
    hallId: "hall-test",
    hallName: "测试大厅",
    deviceId: "device-1",
    secret: CANARY.secret,
    expiresInMs: null,
    role,
    counterId: isWindow || role === "review" ? "1" : null,
    review: isWindow ? { deviceId: "device-2", secret: CANARY.reviewSecret } : null,
  };
};

const readBody = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      resolve(text);
    });
  });

interface Heard {
  readonly asked: string[];
  readonly proofs: string[];
}
const nothingHeard = (): Heard => ({ asked: [], proofs: [] });

const answer = async (request: IncomingMessage, response: ServerResponse, heard: Heard): Promise<void> => {
  const path = request.url ?? "";
  heard.asked.push(path);
  const { authorization, origin } = request.headers;
  if (authorization !== undefined) heard.proofs.push(authorization);
  if (request.socket instanceof TLSSocket) {
    const { subject } = request.socket.getPeerCertificate() as { readonly subject?: { readonly CN?: string } };
    if (subject !== undefined) heard.proofs.push(subject.CN ?? "");
  }
  const json = (status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
    response.end(JSON.stringify(body));
  };
  if (request.method === "OPTIONS") {
    response.writeHead(204, {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "content-type",
      "access-control-allow-methods": "GET, POST",
    });
    response.end();
  } else if (path === "/api/hall") json(200, { hallId: "hall-test", name: "测试大厅", mode: "hall", version: "0" });
  else if (path === "/api/enrol") {
    const { code } = JSON.parse(await readBody(request)) as { code: string };
    const enrolled = enrolAnswer(code);
    if (enrolled) json(200, enrolled);
    else json(404, { error: { code: "enrol_code_unknown", message: "unknown", params: {} } });
  } else if (path === "/redirect") {
    response.writeHead(302, { location: "https://evil.test/", "access-control-allow-origin": "*" });
    response.end();
  } else if (path === "/attachment") {
    response.writeHead(200, {
      "content-disposition": "attachment; filename=evil.sh",
      "access-control-allow-origin": "*",
    });
    response.end("echo evil");
  } else if (path === "/basic") {
    // Only who sends along what the browser knows is asked for a password.
    response.writeHead(401, {
      "www-authenticate": 'Basic realm="x"',
      "access-control-allow-origin": origin ?? "*",
      "access-control-allow-credentials": "true",
    });
    response.end();
  } else json(404, { error: { code: "not_found", message: "not found", params: {} } });
};

const listen = async (server: Server, scheme: string, heard: Heard, at = 0): Promise<HostileNode> => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    ...heard,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** A node that enrols whoever asks and otherwise tries to lead a terminal astray. */
export const startHostileNode = (): Promise<HostileNode> => {
  const heard = nothingHeard();
  const server = createServer((request, response) => {
    void answer(request, response, heard);
  });
  return listen(server, "http", heard);
};

/** The same with a certificate of its own making. @param asks whether it wants the terminal's in turn */
export const startHostileTlsNode = (key: string, cert: string, port?: number, asks = false): Promise<HostileNode> => {
  const heard = nothingHeard();
  const server = createTlsServer({ key, cert, requestCert: asks, rejectUnauthorized: false }, (request, response) => {
    void answer(request, response, heard);
  });
  return listen(server, "https", heard, port);
};
