import type { FastifyInstance } from "fastify";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import {
  TICKET_CANCEL_PATH,
  TICKET_PAGE_PATH,
  TICKET_PAGE_SHORT_PATH,
  type TicketPageView,
} from "../../shared/contract/ticket-page.ts";
import { readTicketPageKey, type TicketPageKey } from "../../shared/domain/kiosk/ticket-page.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { HallLog } from "../log/hall-log.ts";
import { reviewPathOf } from "../reviews/code-routes.ts";
import { findFollowed, ticketPageView } from "./ticket-view.ts";

/** Questions a minute for one ticket: the page asks 15 times when it is nearly its turn, and a family has several phones. */
const PER_MINUTE = 90;

const bodySchema = z.object({ key: z.string().max(100) });

const keyOf = (body: unknown): TicketPageKey => {
  const parsed = bodySchema.safeParse(body);
  const key = parsed.success ? readTicketPageKey(parsed.data.key) : null;
  if (key === null) throw apiError("bad_request", { field: "key" });
  return key;
};

/** The ticket page on people's own phones: what it may know, and giving the number back. */
export const phoneRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const limit: { rateLimit: object } = {
    rateLimit: {
      max: PER_MINUTE,
      timeWindow: 60_000,
      hook: "preHandler",
      keyGenerator: (request: { body: unknown; ip: string }) => {
        const body = bodySchema.safeParse(request.body);
        return body.success ? `ticket ${body.data.key}` : `address ${request.ip}`;
      },
    },
  };
  /** A hall of this center, or none: which halls there are is not for strangers to find out. */
  const hallOf = async ({ hallId }: TicketPageKey): Promise<HallLog | null> => {
    const ids = await context.halls.homedIds();
    return ids.includes(hallId) ? (await context.halls.get(hallId)).hall : null;
  };
  const view = (hall: HallLog | null, key: TicketPageKey): TicketPageView =>
    hall === null
      ? { state: "unknown", againMs: 60_000 }
      : ticketPageView(hall.state, key, context.clock(), (id) => reviewPathOf(context, hall, id));

  app.get(TICKET_PAGE_SHORT_PATH, async (_request, reply) => reply.redirect("/app/phone.html", 302));

  app.post(TICKET_PAGE_PATH, { config: limit }, async (request, reply) => {
    const key = keyOf(request.body);
    void reply.header("cache-control", "no-store");
    return view(await hallOf(key), key);
  });

  app.post(TICKET_CANCEL_PATH, { config: limit }, async (request, reply) => {
    const key = keyOf(request.body);
    void reply.header("cache-control", "no-store");
    const hall = await hallOf(key);
    const ticket = hall === null ? undefined : findFollowed(hall.state, key);
    if (hall === null || ticket === undefined) throw apiError("not_found");
    // Whatever it is by now (called to a counter, cancelled at the desk) stands in the answer.
    await hall.execute({
      id: uuidv7(),
      type: "CancelTicket",
      mode: "claim",
      at: context.clock(),
      data: { ticketId: ticket.id, reason: "cancelled_on_phone" },
    });
    return view(hall, key);
  });
};
