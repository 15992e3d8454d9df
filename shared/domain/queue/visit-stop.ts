import { z } from "zod";

/** One of several services of one visit: the same ticket goes on to it when the service before it has ended. */
export const visitStopSchema = z.object({
  businessId: z.string().min(1).max(2),
  itemCode: z.string().max(64).nullable(),
  itemName: z.string().max(200).nullable(),
});
export type VisitStop = Readonly<z.infer<typeof visitStopSchema>>;

/** Most services of one visit after the first one. */
export const MAX_STOPS = 4;
