import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { hallReleasesSchema, type HandedReleases } from "../../shared/contract/releases.ts";
import { newerRelayFleetSchema, relayFleetSchema, type RelayFleet } from "../../shared/contract/fleet.ts";
import { relayBatchSchema, type RelayResponse } from "../../shared/contract/log-record.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { endOrders, keepFleet, noteTaken, ordersForHall } from "../fleet/city-fleets.ts";
import { isRelayKey, readRelayHead, receiveBatch } from "../relay/receive.ts";
import { readHandedPlan } from "../relay/handed-plan.ts";
import { sendReleaseFile } from "../releases/routes.ts";
import { parseBody } from "./device-limits.ts";

/** The longest that a hall waits for an order of its city in one question. */
export const ORDER_WAIT_MS = 15_000;
/** 500 terminals, the orders that a hall has, and ENDED_BYTES_MAX of answers. */
const FLEET_BYTES = 4_000_000;
/** A thousand records of the largest kind. */
const MAX_BATCH_BYTES = 16_000_000;

const paramsSchema = z.object({ hallId: z.string().max(40) });
const headQuerySchema = z.object({ seq: z.coerce.number().int().min(0).optional() });
const handedQuerySchema = z.object({ catalogue: z.string().max(40).optional() });

/** The city's side of the relay (docs/protocol.md). */
export const relayRoutes = (app: FastifyInstance, context: CenterContext): void => {
  if (context.mode !== "city") return;
  const { database, catalogues, fleetCalls, log, clock, metrics, releases } = context;

  const hallOf = async (request: {
    params: unknown;
    headers: { authorization?: string | undefined };
  }): Promise<string> => {
    const params = paramsSchema.safeParse(request.params);
    const key = /^Bearer (\S{1,100})$/.exec(request.headers.authorization ?? "")?.[1];
    if (!params.success || key === undefined || !(await isRelayKey(database, params.data.hallId, key)))
      throw apiError("unauthorised");
    return params.data.hallId;
  };

  const answer = async (hallId: string, head: { head: number; headHash: string }): Promise<RelayResponse> => ({
    head: head.head,
    headHash: head.headHash,
    catalogueVersion: catalogues.version,
    planVersion: (await readHandedPlan(database, hallId))?.version ?? null,
  });

  /** A hall may be newer than its city: what is not understood is counted and left out. */
  const readFleet = (hallId: string, body: unknown): RelayFleet => {
    const told = relayFleetSchema.safeParse(body);
    if (told.success) return told.data;
    const rest = parseBody(newerRelayFleetSchema, body);
    metrics.count("bad_reports");
    log.info(
      { event: "relay.fleet_not_all_read", hall: hallId, issues: told.error.issues.slice(0, 3) },
      "a newer hall",
    );
    return rest;
  };

  app.post("/api/relay/:hallId", { bodyLimit: MAX_BATCH_BYTES }, async (request): Promise<RelayResponse> => {
    const hallId = await hallOf(request);
    const batch = relayBatchSchema.safeParse(request.body);
    if (!batch.success) throw apiError("bad_request", { field: batch.error.issues[0]?.path.join(".") ?? "" });
    const result = await receiveBatch(database, log, hallId, batch.data, clock());
    if (!result.ok) {
      const { code, ...params } = result.error;
      throw apiError(code, params);
    }
    metrics.count("relayed", batch.data.records.length);
    return answer(hallId, result.value);
  });

  app.post("/api/relay/:hallId/fleet", { bodyLimit: FLEET_BYTES }, async (request) => {
    const hallId = await hallOf(request);
    const told = readFleet(hallId, request.body);
    // Before anything is read: an order that is given from here on ends the wait.
    const next = fleetCalls.next(hallId);
    try {
      await keepFleet(database, hallId, told.fleet, clock());
      await noteTaken(database, hallId, told.taken, clock());
      await endOrders(database, hallId, told.ended, clock());
      const orders = await ordersForHall(database, hallId, told.taken, clock());
      // Ends are acknowledged at once: the hall has more of them, and may not wait for this question's end.
      if (orders.length > 0 || told.ended.length > 0) return { orders };
      await Promise.race([next.called, sleep(ORDER_WAIT_MS, undefined, { ref: false })]);
      return { orders: await ordersForHall(database, hallId, told.taken, clock()) };
    } finally {
      next.forget();
    }
  });

  app.get("/api/relay/:hallId/head", async (request) => {
    const hallId = await hallOf(request);
    const query = headQuerySchema.safeParse(request.query);
    if (!query.success) throw apiError("bad_request");
    const head = await readRelayHead(database, hallId, query.data.seq);
    if (!head) throw apiError("unauthorised");
    return { ...(await answer(hallId, head)), epoch: head.epoch, hashAt: head.hashAt };
  });

  app.get("/api/relay/:hallId/handed-down", async (request) => {
    const hallId = await hallOf(request);
    const query = handedQuerySchema.safeParse(request.query);
    if (!query.success) throw apiError("bad_request");
    const wanted = catalogues.version !== null && catalogues.version !== query.data.catalogue;
    return {
      plan: (await readHandedPlan(database, hallId)) ?? null,
      catalogue: wanted ? ((await catalogues.read()) ?? null) : null,
    };
  });

  app.post("/api/relay/:hallId/releases", async (request): Promise<HandedReleases> => {
    const hallId = await hallOf(request);
    const { stands } = parseBody(hallReleasesSchema, request.body);
    await releases.noteHall(hallId, stands);
    return { releases: await releases.forHall(hallId) };
  });

  app.get("/api/relay/:hallId/releases/:version", async (request, reply) => {
    await hallOf(request);
    const { version } = request.params as { readonly version?: unknown };
    const { status, headers, body } = await sendReleaseFile(releases, version, request.headers.range);
    return reply.code(status).headers(headers).send(body);
  });
};
