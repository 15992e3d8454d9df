import type { FastifyInstance } from "fastify";
import type { CenterContext } from "../context.ts";

/** The city's side of the relay. */
export const relayRoutes = (_app: FastifyInstance, _context: CenterContext): void => undefined;
