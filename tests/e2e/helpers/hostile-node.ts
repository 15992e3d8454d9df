import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
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

const answer = async (request: IncomingMessage, response: ServerResponse, asked: string[]): Promise<void> => {
  const path = request.url ?? "";
  asked.push(path);
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
    response.writeHead(401, { "www-authenticate": 'Basic realm="x"', "access-control-allow-origin": "*" });
    response.end();
  } else json(404, { error: { code: "not_found", message: "not found", params: {} } });
};

const listen = async (server: Server, scheme: string, asked: readonly string[], at = 0): Promise<HostileNode> => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    asked,
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
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, asked);
  });
  return listen(server, "http", asked);
};

/** The same with a certificate of its own making; without a port it also asks for the terminal's. */
export const startHostileTlsNode = (key: string, cert: string, port?: number): Promise<HostileNode> => {
  const asked: string[] = [];
  const server = createTlsServer(
    { key, cert, requestCert: port === undefined, rejectUnauthorized: false },
    (request, response) => {
      void answer(request, response, asked);
    },
  );
  return listen(server, "https", asked, port);
};
