import { z } from "zod";
import { apiError } from "../errors.ts";

/** A body of the expected form, or 400. */
export const parseBody = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw apiError("bad_request", { field: issue?.path.join(".").slice(0, 60) ?? "" });
};

const namedSchema = z.object({ deviceId: z.string().max(64) });

/** At most so many requests a minute. A hall sits behind one address: limits go by terminal. */
export const perDevice = (max: number): { rateLimit: object } => ({
  rateLimit: {
    max,
    timeWindow: 60_000,
    hook: "preHandler",
    keyGenerator: (request: { body: unknown; ip: string }) => {
      const body = namedSchema.safeParse(request.body);
      return body.success ? `device ${body.data.deviceId}` : `address ${request.ip}`;
    },
  },
});
