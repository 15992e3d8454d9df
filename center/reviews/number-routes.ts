import type { FastifyInstance } from "fastify";
import {
  REVIEW_BY_NUMBER_PATH,
  reviewByNumberRequestSchema,
  type ReviewByNumber,
} from "../../shared/contract/review-by-number.ts";
import { countTry, forgetTries } from "../cases/applicant-check.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { authenticate } from "../identity/devices.ts";
import { parseBody, perTerminal } from "./desk-routes.ts";
import { findByNumber } from "./review-by-number.ts";

/** A kiosk asks whether a number and its proof fit, so that a slip of the finger is told before the person has answered. */
export const numberRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;
  app.post(
    REVIEW_BY_NUMBER_PATH,
    { config: perTerminal("review by number", 60) },
    async (request, reply): Promise<ReviewByNumber> => {
      const body = parseBody(reviewByNumberRequestSchema, request.body);
      const device = await authenticate(database, body);
      if (device?.role !== "kiosk") throw apiError("unauthorised");
      if (device.isLocked) throw apiError("terminal_locked");
      const { hallId } = device;
      const key = `review ${body.number}`;
      const seconds = await countTry(database, hallId, key, clock());
      if (seconds !== null) throw apiError("too_many_requests", { seconds });
      const found = await findByNumber(context, (await context.halls.get(hallId)).hall, body);
      if (found.kind === "notYet") throw apiError("review_not_yet");
      if (found.kind !== "found") throw apiError("progress_unknown");
      await forgetTries(database, hallId, key);
      void reply.header("cache-control", "no-store");
      const { counterId, itemName, isReviewed } = found.reviewed.service;
      return { counterId, itemName, isReviewed };
    },
  );
};
