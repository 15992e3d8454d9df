import { z } from "zod";

/** A kiosk asks whether there is something to review under a number, before it asks for the review. */
export const REVIEW_BY_NUMBER_PATH = "/api/review-by-number";

export const reviewByNumberRequestSchema = z.object({
  deviceId: z.string().max(64),
  secret: z.string().max(128),
  number: z.string().trim().toUpperCase().min(1).max(60),
  /** The four digits on the ticket, or the last four characters of the ID number or phone. */
  check: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-Z]{4}$/),
});

/** Enough to see that it is one's own matter; nothing of the person. */
export const reviewByNumberSchema = z.object({
  counterId: z.string().nullable(),
  itemName: z.string().nullable(),
  isReviewed: z.boolean(),
});
export type ReviewByNumber = Readonly<z.infer<typeof reviewByNumberSchema>>;
