import { caseReviewIdOf, type ReviewedService } from "../../shared/domain/review/review.ts";
import type { CenterContext } from "../context.ts";
import type { ReviewCode } from "./review-code.ts";

/** What a code is about, as the center's own tables tell it. */
export interface Reviewed {
  readonly reviewId: string;
  readonly service: ReviewedService;
}

type FindDeps = Pick<CenterContext, "database" | "catalogues">;

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
  context: FindDeps,
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

interface CaseRow {
  readonly case_id: string;
  readonly number: string;
  readonly item_code: string;
  readonly item_name: string;
  readonly intake_id: string;
  readonly intake_number: string;
  readonly counter_id: string;
  readonly clerk_id: string | null;
  readonly business_id: string | null;
}

/**
 * One review for each case; a paper that is about several cases at once (one-thing package) stands for their intake.
 * @param ref id of the case or of the intake
 */
const findReviewedCase = async (
  { database }: Pick<FindDeps, "database">,
  hallId: string,
  ref: string,
): Promise<Reviewed | undefined> => {
  const reviewId = caseReviewIdOf(ref);
  const [{ rows }, given] = await Promise.all([
    database.query<CaseRow>(
      `SELECT c.case_id, c.number, c.item_code, c.item_name, i.intake_id, i.number AS intake_number, i.counter_id, i.clerk_id,
         t.business_id
       FROM intakes i JOIN cases c ON c.hall_id = i.hall_id AND c.intake_id = i.intake_id
       LEFT JOIN tickets t ON t.hall_id = i.hall_id AND t.ticket_id = i.ticket_id
       WHERE i.hall_id = $1 AND (c.case_id = $2 OR i.intake_id = $2) ORDER BY c.number`,
      [hallId, ref],
    ),
    database.query<{ is_reviewed: boolean }>(
      "SELECT state = 'given' AS is_reviewed FROM reviews WHERE hall_id = $1 AND review_id = $2",
      [hallId, reviewId],
    ),
  ]);
  const [row] = rows;
  if (!row) return undefined;
  const isOne = row.case_id === ref || rows.length === 1;
  return {
    reviewId,
    service: {
      ticketId: null,
      number: (isOne ? row.number : row.intake_number).slice(0, 40),
      counterId: row.counter_id,
      clerkId: row.clerk_id,
      businessId: row.business_id,
      itemCode: isOne ? row.item_code.slice(0, 64) : null,
      itemName: isOne ? row.item_name.slice(0, 200) : null,
      caseId: ref,
      isReviewed: given.rows[0]?.is_reviewed ?? false,
    },
  };
};
