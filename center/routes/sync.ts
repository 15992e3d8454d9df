import type { FastifyInstance, FastifyRequest } from "fastify";
import { SYNC_PATH } from "../../shared/contract/api.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { TerminalSession } from "./terminal-session.ts";

/** Origins that may talk to the node: programs without one, the terminals' own scheme, and pages of this very host. */
export const isOwnOrigin = (request: Pick<FastifyRequest, "headers">): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (origin === "app://service-hall") return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
};

/** The terminals' WebSocket (docs/protocol.md). */
export const syncRoute = (app: FastifyInstance, context: CenterContext): void => {
  app.get(
    SYNC_PATH,
    {
      websocket: true,
      preValidation: (request, _reply, done) => {
        done(isOwnOrigin(request) ? undefined : apiError("forbidden_origin"));
      },
    },
    (socket, request) => {
      new TerminalSession(socket, request.raw.socket, context);
    },
  );
};
