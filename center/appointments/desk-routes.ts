import type { FastifyInstance } from "fastify";
import {
  bookingContactSchema,
  DESK_CLERKS_PATH,
  DESK_CONTACT_PATH,
  DESK_PLANS_PATH,
  deskClerksSchema,
  deskContactSchema,
  type BookingContact,
  type ClerkList,
  type PlanHistory,
} from "../../shared/contract/desk-floor.ts";
import { matters, mayName } from "../../shared/domain/identity/permissions.ts";
import { planDifferences } from "../../shared/domain/plan-change/plan-diff.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { readSealedText } from "../identity/sealed-text.ts";
import { lastPlans } from "../log/plan-history.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";

/** Changes that the desk sees; one plan more is read, for what the oldest of them changed. */
const PLANS_SHOWN = 20;

/** What the duty desk may know beside the log: its clerks' names, whom an appointment is for, and who changed the plan. */
export const deskFloorRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, personal } = context;

  app.post(DESK_CLERKS_PATH, { config: perDesk }, async (request): Promise<ClerkList> => {
    const body = parseBody(deskClerksSchema, request.body);
    const { hallId } = await deskAsker(context, body, (asker) => matters.some((matter) => mayName(asker, matter)));
    const { rows } = await database.query<{ clerk_id: string; clerk_no: string; name: string }>(
      "SELECT clerk_id, clerk_no, name FROM clerks WHERE hall_id = $1 ORDER BY clerk_no",
      [hallId],
    );
    return { clerks: rows.map(({ clerk_id: clerkId, clerk_no: clerkNo, name }) => ({ clerkId, clerkNo, name })) };
  });

  app.post(DESK_PLANS_PATH, { config: perDesk }, async (request): Promise<PlanHistory> => {
    const { hallId } = await deskAsker(context, parseBody(deskClerksSchema, request.body));
    const plans = await lastPlans(database, hallId, PLANS_SHOWN + 1);
    return {
      changes: plans.slice(0, -1).map(({ seq, at, plan, change }, index) => ({
        seq,
        at,
        change,
        differences: [...planDifferences(plans[index + 1]?.plan ?? plan, plan)],
      })),
    };
  });

  app.post(DESK_CONTACT_PATH, { config: perDesk }, async (request): Promise<BookingContact> => {
    const body = parseBody(deskContactSchema, request.body);
    const { hallId } = await deskAsker(context, body);
    const id = body.contactId;
    const { rows } = await database.query<{ box: Buffer | null }>(
      "SELECT box FROM personal WHERE hall_id = $1 AND id = $2 AND kind = 'contact'",
      [hallId, id],
    );
    const box = rows[0]?.box;
    if (!box) throw apiError("not_found");
    const contact = readSealedText(bookingContactSchema, personal.open(hallId, { id, kind: "contact" }, box));
    if (contact === undefined) throw apiError("not_found");
    return {
      name: `${contact.name.slice(0, 1)}${"*".repeat(Math.max(1, contact.name.length - 1))}`,
      phone: contact.phone.replace(/(?<=.{3}).(?=.{4})/g, "*"),
    };
  });
};
