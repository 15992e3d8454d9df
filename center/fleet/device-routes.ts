import type { FastifyInstance } from "fastify";
import {
  ANSWER_BYTES_MAX,
  ANSWER_PATH,
  answerRequestSchema,
  ATTEND_PATH,
  attendRequestSchema,
} from "../../shared/contract/fleet.ts";
import type { Attended } from "../../shared/contract/fleet-orders.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { authenticate, type Device } from "../identity/devices.ts";
import { parseBody, perDevice } from "../routes/device-limits.ts";
import { openOrdersOf, takeAnswer } from "./order-book.ts";
import { readStanding } from "./standing.ts";

/** What a terminal's main process asks about itself, and how it answers an order. A locked one may: it has to be looked after. */
export const attendRoutes = (app: FastifyInstance, { database, halls, clock }: CenterContext): void => {
  const deviceOf = async (credentials: { readonly deviceId: string; readonly secret: string }): Promise<Device> => {
    const device = await authenticate(database, credentials);
    if (!device) throw apiError("unauthorised");
    return device;
  };

  app.post(ATTEND_PATH, { config: perDevice(120) }, async (request): Promise<Attended> => {
    const device = await deviceOf(parseBody(attendRequestSchema, request.body));
    const standing = await readStanding(database, device);
    if (!standing) throw apiError("unauthorised");
    const { name, role, counterId } = standing;
    return { name, role, counterId, orders: await openOrdersOf(database, device, clock()) };
  });

  app.post(ANSWER_PATH, { config: perDevice(120), bodyLimit: ANSWER_BYTES_MAX }, async (request, reply) => {
    const body = parseBody(answerRequestSchema, request.body);
    const device = await deviceOf(body);
    const { plan } = (await halls.get(device.hallId)).hall;
    if (!(await takeAnswer(database, device, body.orderId, body.answer, plan, clock()))) throw apiError("not_found");
    return reply.code(204).send();
  });
};
