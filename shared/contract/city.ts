import { z } from "zod";

/** What a desk at the city asks over all halls. All by POST; a hall's own node does not answer. */
export const CITY_PATH = "/api/city";

const day = z.iso.date();
const asker = { deviceId: z.string().max(64), secret: z.string().max(128), clerkId: z.string().max(64) };

export const cityRangeSchema = z.object({
  ...asker,
  from: day,
  to: day,
  /** Beginning of the administrative division's code; empty: the whole city. */
  area: z.string().regex(/^\d{0,6}$/),
});
export const cityHallSchema = z.object({ ...asker, from: day, to: day, hallId: z.string().min(1).max(64) });
