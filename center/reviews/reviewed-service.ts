import type { ReviewedService } from "../../shared/domain/review/review.ts";
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
  { database, catalogues }: Pick<CenterContext, "database" | "catalogues">,
  hallId: string,
  { kind, ref }: Pick<ReviewCode, "kind" | "ref">,
): Promise<Reviewed | undefined> => {
  if (kind === "case") return undefined;
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
