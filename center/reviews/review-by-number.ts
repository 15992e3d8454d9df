import { TICKET_NUMBER } from "../../shared/domain/queue/ticket-number.ts";
import { ticketCheckOf } from "../../shared/domain/review/claim.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";
import type { Review } from "../../shared/domain/review/review.ts";
import { findApplicantCasesBy } from "../cases/applicant-check.ts";
import type { CenterContext } from "../context.ts";
import type { HallLog } from "../log/hall-log.ts";
import { findReviewed, type Reviewed } from "./reviewed-service.ts";

export type ByNumber =
  | { readonly kind: "found"; readonly reviewed: Reviewed }
  /** There is no such number (yet), or nothing to review under it yet. */
  | { readonly kind: "unknown" }
  /** The ticket's service has not ended. */
  | { readonly kind: "notYet" }
  | { readonly kind: "wrong" };

/** The newest service of a ticket that asks for a review; one that nobody has reviewed comes first. */
const reviewOfTicket = (state: HallState, ticketId: string): Review | undefined =>
  [...state.reviews.values()]
    .filter((review) => review.ticketId === ticketId && review.invitedAt !== null)
    .sort(
      (left, right) =>
        Number(left.state === "given") - Number(right.state === "given") ||
        (right.invitedAt ?? 0) - (left.invitedAt ?? 0),
    )[0];

const byTicket = async (
  context: Pick<CenterContext, "database" | "catalogues">,
  hall: HallLog,
  asked: { readonly number: string; readonly check: string },
): Promise<ByNumber> => {
  const ticket = [...hall.state.tickets.values()].find(({ number }) => number === asked.number);
  if (!ticket) return { kind: "unknown" };
  if (ticket.followHash === undefined || ticketCheckOf(ticket.followHash) !== asked.check) return { kind: "wrong" };
  const review = reviewOfTicket(hall.state, ticket.id);
  const reviewed = review && (await findReviewed(context, hall.hallId, { kind: "service", ref: review.id }));
  return reviewed ? { kind: "found", reviewed } : { kind: "notYet" };
};

/**
 * What somebody at a kiosk may review: today's ticket by its number and the four digits on its paper, a case by its
 * number and the last four characters of the applicant's ID number or phone.
 */
export const findByNumber = async (
  context: Pick<CenterContext, "database" | "catalogues" | "personal">,
  hall: HallLog,
  asked: { readonly number: string; readonly check: string },
): Promise<ByNumber> => {
  if (TICKET_NUMBER.test(asked.number)) return byTicket(context, hall, asked);
  const { database, personal } = context;
  const { rowCount } = await database.query(
    `SELECT 1 FROM intakes i LEFT JOIN cases c ON c.hall_id = i.hall_id AND c.intake_id = i.intake_id
     WHERE i.hall_id = $1 AND (i.number = $2 OR c.number = $2) LIMIT 1`,
    [hall.hallId, asked.number],
  );
  if (rowCount === 0) return { kind: "unknown" };
  const cases = await findApplicantCasesBy(database, personal, [hall.hallId], {
    number: asked.number,
    last4: asked.check,
  });
  const [first] = cases;
  if (!first) return { kind: "wrong" };
  const own = cases.find(({ number }) => number === asked.number) ?? (cases.length === 1 ? first : undefined);
  const reviewed = await findReviewed(context, hall.hallId, { kind: "case", ref: own?.caseId ?? first.intakeId });
  return reviewed ? { kind: "found", reviewed } : { kind: "unknown" };
};
