import { figuresOf, type OrderFact, type ReviewCount, type ReviewFigures } from "../../shared/domain/review/figures.ts";
import type { Rectification } from "../../shared/domain/rectification/rectification.ts";
import type { ReviewLevel } from "../../shared/domain/review/review.ts";
import type { Database } from "../db/database.ts";

interface CountRow {
  readonly day: string;
  readonly counter_id: string | null;
  readonly business_id: string | null;
  readonly item_code: string | null;
  readonly item_name: string | null;
  readonly level: number;
  readonly counts: boolean;
  readonly flagged: boolean;
  readonly count: number;
}

/**
 * The figures of a hall for days `from` to `to`, both included, out of the ledger.
 * @param nameOf the name of a service item by its code
 */
export const readFigures = async (
  database: Database,
  hallId: string,
  days: { readonly from: string; readonly to: string },
  now: number,
  nameOf: (itemCode: string) => string | undefined,
): Promise<ReviewFigures> => {
  const range = [hallId, days.from, days.to];
  const [counts, tags, invitations, orders] = await Promise.all([
    database.query<CountRow>(
      `SELECT day, counter_id, business_id, item_code, max(item_name) AS item_name, level, counts, flags <> '[]' AS flagged,
         count(*) AS count
       FROM review_ledger WHERE hall_id = $1 AND day BETWEEN $2 AND $3 AND is_first
       GROUP BY day, counter_id, business_id, item_code, level, counts, flags <> '[]'`,
      range,
    ),
    database.query<{ code: string; count: number }>(
      `SELECT code, count(*) AS count FROM review_ledger, json_array_elements_text(tags::json) AS code
       WHERE hall_id = $1 AND day BETWEEN $2 AND $3 AND is_first AND counts GROUP BY code`,
      range,
    ),
    database.query<{ invited: number; answered: number }>(
      `SELECT count(*) AS invited, count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM review_ledger l WHERE l.hall_id = i.hall_id AND l.review_id = i.review_id)) AS answered
       FROM review_invitations i WHERE hall_id = $1 AND day BETWEEN $2 AND $3`,
      range,
    ),
    database.query<{ state: string; is_on_time: boolean | null }>(
      "SELECT state, is_on_time FROM rectifications WHERE hall_id = $1 AND day BETWEEN $2 AND $3",
      range,
    ),
  ]);
  return figuresOf({
    ...days,
    now,
    counts: counts.rows.map((row): ReviewCount => ({
      day: row.day,
      counterId: row.counter_id,
      businessId: row.business_id,
      itemCode: row.item_code,
      itemName: row.item_code === null ? null : (nameOf(row.item_code) ?? row.item_name),
      level: row.level as ReviewLevel,
      counts: row.counts,
      isFlagged: row.flagged,
      count: row.count,
    })),
    tags: tags.rows,
    invited: invitations.rows[0]?.invited ?? 0,
    answered: invitations.rows[0]?.answered ?? 0,
    orders: orders.rows.map(({ state, is_on_time: isOnTime }): OrderFact => {
      const { isNamed, callBacks, dueAt, closedAt } = JSON.parse(state) as Rectification;
      return { isNamed, callBacks: callBacks.length, dueAt, closedAt, isOnTime };
    }),
  });
};
