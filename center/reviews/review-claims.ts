import { unfoundReviewIdOf, type ReviewClaim } from "../../shared/domain/review/claim.ts";
import type { CenterContext } from "../context.ts";
import type { HallLog } from "../log/hall-log.ts";
import { PAGE } from "./page-answer.ts";
import { uuidOf } from "../command-id.ts";
import { findByNumber } from "./review-by-number.ts";

/** So long the service may still be on a terminal that has no network. */
const WAIT_MS = 24 * 3_600_000;
const AT_ONCE = 50;

interface Row {
  readonly claim_id: string;
  readonly at: number;
  readonly data: string;
  readonly box: Buffer | null;
}

/**
 * Finds the service or case behind each review that was given by number, and gives it there. What fits nothing, or came
 * with a wrong proof, is kept as a review without a service: flagged, shown to the desk. The command's id is made of the
 * claim, so a claim counts once however often this runs. The proof is forgotten afterwards.
 * @returns how many were settled
 */
export const settleClaims = async (
  context: Pick<CenterContext, "database" | "catalogues" | "personal">,
  hall: HallLog,
  now: number,
): Promise<number> => {
  const { database, personal } = context;
  const { hallId } = hall;
  const { rows } = await database.query<Row>(
    `SELECT q.claim_id, q.at, q.data, p.box FROM review_claims q
     LEFT JOIN personal p ON p.hall_id = q.hall_id AND p.id = q.data::json ->> 'checkId' AND p.kind = 'reviewCheck'
     WHERE q.hall_id = $1 AND q.settled_at IS NULL ORDER BY q.seq LIMIT $2`,
    [hallId, AT_ONCE],
  );
  let settled = 0;
  for (const { at, data, box } of rows) {
    const claim = JSON.parse(data) as ReviewClaim;
    const { claimId, checkId, number, level, tags, elapsedMs, totalMs, input, textId, phoneId } = claim;
    const check = box === null ? "" : personal.open(hallId, { id: checkId, kind: "reviewCheck" }, box);
    const found = await findByNumber(context, hall, { number, check });
    const mayStillCome = found.kind === "unknown" || found.kind === "notYet";
    if (mayStillCome && now - at < WAIT_MS) continue;
    const reviewed = found.kind === "found" ? found.reviewed : null;
    const given = { level, tags, elapsedMs, totalMs, input, textId, phoneId, channel: "kiosk" as const };
    await hall.execute(
      {
        id: uuidOf(`review claim\n${hallId}\n${claimId}`),
        type: "GiveReview",
        mode: "record",
        at,
        data: {
          ...given,
          reviewId: reviewed?.reviewId ?? unfoundReviewIdOf(claimId),
          counterId: reviewed?.service.counterId ?? null,
          ...(reviewed === null ? {} : { service: reviewed.service }),
        },
      },
      PAGE,
    );
    await database.transaction(async (client) => {
      await client.query("UPDATE review_claims SET settled_at = $3 WHERE hall_id = $1 AND claim_id = $2", [
        hallId,
        claimId,
        now,
      ]);
      await client.query("DELETE FROM personal WHERE hall_id = $1 AND id = $2 AND kind = 'reviewCheck'", [
        hallId,
        checkId,
      ]);
    });
    settled += 1;
  }
  return settled;
};
