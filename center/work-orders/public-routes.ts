import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { PLATFORM_PATH } from "../../shared/contract/platform.ts";
import { CANNOT_PAGE_PATH, CANNOT_RAISE_PATH, type CannotResponse } from "../../shared/contract/cannot-page.ts";
import { cannotRequestSchema, platformOrderSchema, type PlatformOrder } from "../../shared/contract/work-orders.ts";
import { workOrderRulesOf } from "../../shared/domain/work-order/rules.ts";
import { platformOf } from "../appointments/platforms.ts";
import { refusalError } from "../appointments/refusals.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { HallLog } from "../log/hall-log.ts";
import { parseBody } from "../reviews/desk-routes.ts";
import { findOrder } from "./order-ledger.ts";
import { raiseOrder } from "./raise.ts";

/** Somebody who was sent away tells it once or twice, not all day; a hall sits behind one address. */
const perAddress = { config: { rateLimit: { max: 20, timeWindow: 60_000 } } };
/** A hotline pushes for a whole city. */
const perPlatform = { config: { rateLimit: { max: 1_200, timeWindow: 60_000 } } };
const pathSchema = z.object({ hallId: z.string().max(40), externalId: z.string().min(1).max(64) });

/** What could not be done, told from a phone, and by the hotline 12345 or the on-line hall. */
export const publicOrderRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;

  app.get(CANNOT_PAGE_PATH, async (_request, reply) => reply.redirect("/app/cannot.html", 302));

  app.post(CANNOT_RAISE_PATH, perAddress, async (request, reply): Promise<CannotResponse> => {
    const { orderId, problem, itemName, words, contact } = parseBody(cannotRequestSchema, request.body);
    const [hallId] = await context.halls.homedIds();
    // A city has no counters: it is told at the hall where it could not be done.
    if (context.mode === "city") throw apiError("not_found");
    if (hallId === undefined) throw apiError("unavailable");
    const { hall } = await context.halls.get(hallId);
    const [flow] = workOrderRulesOf(hall.plan).flows;
    if (!flow) throw apiError("unavailable");
    const facts = { orderId, flow: flow.id, channel: "phone", problem, itemCode: null, itemName } as const;
    void reply.header("cache-control", "no-store");
    return { number: await raiseOrder(hall, { ...facts, externalId: null }, { words, contact }, clock()) };
  });

  const open = async (request: FastifyRequest): Promise<{ hall: HallLog; orderId: string; externalId: string }> => {
    const platformId = await platformOf(database, request);
    const { hallId, externalId } = parseBody(pathSchema, request.params);
    if (!(await context.halls.homedIds()).includes(hallId)) throw apiError("not_found");
    const { hall } = await context.halls.get(hallId);
    const name = createHash("sha256").update(`${platformId}\n${externalId}`).digest("hex").slice(0, 32);
    return { hall, orderId: `api-${name}`, externalId };
  };
  const shown = async (hall: HallLog, orderId: string): Promise<PlatformOrder | undefined> => {
    await context.orderLedgers.caughtUp(hall.hallId);
    const order = await findOrder(database, hall.hallId, orderId);
    return (
      order && {
        number: order.number,
        status: order.status,
        dueAt: order.clock.due?.dueAt ?? null,
        answer: order.answer?.text ?? order.outOfScope?.reason ?? null,
        turnTo: order.outOfScope?.turnTo ?? null,
        closedAt: order.closedAt,
      }
    );
  };
  const path = `${PLATFORM_PATH}/work-orders/:externalId`;

  app.put(path, perPlatform, async (request, reply): Promise<PlatformOrder> => {
    const { hall, orderId, externalId } = await open(request);
    const { source, words, contact, ...facts } = parseBody(platformOrderSchema, request.body);
    const known = await shown(hall, orderId);
    if (known) return known;
    await raiseOrder(hall, { ...facts, orderId, externalId, channel: source }, { words, contact }, clock());
    const order = await shown(hall, orderId);
    if (!order) throw apiError("unavailable");
    void reply.code(201);
    return order;
  });

  app.get(path, perPlatform, async (request): Promise<PlatformOrder> => {
    const { hall, orderId } = await open(request);
    const order = await shown(hall, orderId);
    if (!order) throw refusalError({ code: "order_unknown", params: {} });
    return order;
  });
};
