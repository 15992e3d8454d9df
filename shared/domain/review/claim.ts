import { z } from "zod";
import { idSchema as id } from "../../basics/id.ts";
import { sha256Hex } from "../../basics/sha256.ts";
import { reviewInputSchema, reviewLevelSchema } from "./review.ts";

/**
 * A review given at a kiosk for a service or a case that the person names by its number. What proves that it is theirs
 * lies encrypted beside it (`reviewCheck`): the node looks whether it fits, also when it comes later than the review was given.
 */
export const claimReviewSchema = z.object({
  claimId: id,
  /** Of today's ticket, of a case or of an intake, as typed. */
  number: z.string().min(1).max(60),
  checkId: id,
  level: reviewLevelSchema,
  tags: z.array(z.string().regex(/^\d{3}$/)).max(8),
  elapsedMs: z.int().min(0).max(86_400_000),
  totalMs: z.int().min(0).max(86_400_000),
  input: reviewInputSchema,
  textId: id.nullable(),
  phoneId: id.nullable(),
});
export type ReviewClaim = Readonly<z.infer<typeof claimReviewSchema>>;

/** The id of the review of a claim that fits nothing: kept, flagged and shown to the desk like any review without a service. */
export const unfoundReviewIdOf = (claimId: string): string => `claim.${claimId}`;

/**
 * The four digits that stand on a ticket's paper and nowhere else: whoever types them holds the paper. Neither boards nor
 * clerks know what they are made of.
 * @param followHash digest of the secret of the ticket's page
 */
export const ticketCheckOf = (followHash: string): string =>
  String(Number.parseInt(sha256Hex(`review check\n${followHash}`).slice(0, 12), 16) % 10_000).padStart(4, "0");
