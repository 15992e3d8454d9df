import { caseReviewIdOf, type ReviewedService } from "../../shared/domain/review/review.ts";
import type { CenterContext } from "../context.ts";
import type { ReviewCode } from "./review-code.ts";

/** What a code is about, as the center's own tables tell it. */
export interface Reviewed {
  readonly reviewId: string;
  readonly service: ReviewedService;
}

interface Row {
  readonly ticket_id: string | null;
  readonly number: string | null;
  readonly counter_id: string | null;
  readonly clerk_id: string | null;
  readonly business_id: string | null;
  readonly item_code: string | null;
  readonly is_reviewed: boolean;
}

/** The service or case of a code, or undefined when there was none: a review needs a service behind it. */
export const findReviewed = async (
  context: Pick<CenterContext, "database" | "catalogues" | "halls">,
  hallId: string,
  { kind, ref }: Pick<ReviewCode, "kind" | "ref">,
): Promise<Reviewed | undefined> => {
  if (kind === "case") return findReviewedCase(context, hallId, ref);
  const { database, catalogues } = context;
  const { rows } = await database.query<Row>(
    `SELECT r.ticket_id, t.number, r.counter_id, r.clerk_id, t.business_id, t.item_code, r.state = 'given' AS is_reviewed
     FROM reviews r LEFT JOIN tickets t ON t.hall_id = r.hall_id AND t.ticket_id = r.ticket_id
     WHERE r.hall_id = $1 AND r.review_id = $2 AND r.invited_at IS NOT NULL`,
    [hallId, ref],
  );
  const row = rows[0];
  if (!row) return undefined;
  return {
    reviewId: ref,
    service: {
      ticketId: row.ticket_id,
      number: row.number,
      counterId: row.counter_id,
      clerkId: row.clerk_id,
      businessId: row.business_id,
      itemCode: row.item_code,
      itemName: row.item_code === null ? null : (catalogues.findItem(row.item_code)?.name ?? null),
      caseId: null,
      isReviewed: row.is_reviewed,
    },
  };
};

/** One review for each case, given on-line or by the code on its notice. */
const findReviewedCase = async (
  { database, halls }: Pick<CenterContext, "database" | "halls">,
  hallId: string,
  caseId: string,
): Promise<Reviewed | undefined> => {
  const { state } = (await halls.get(hallId)).hall;
  const found = state.cases.get(caseId);
  if (!found) return undefined;
  const reviewId = caseReviewIdOf(caseId);
  const { rows } = await database.query<{ is_reviewed: boolean }>(
    "SELECT state = 'given' AS is_reviewed FROM reviews WHERE hall_id = $1 AND review_id = $2",
    [hallId, reviewId],
  );
  const { number, itemCode, itemName } = found;
  return {
    reviewId,
    service: {
      ticketId: null,
      number: number.slice(0, 40),
      counterId: null,
      clerkId: null,
      businessId: null,
      itemCode: itemCode.slice(0, 64),
      itemName: itemName.slice(0, 200),
      caseId,
      isReviewed: rows[0]?.is_reviewed ?? false,
    },
  };
};
