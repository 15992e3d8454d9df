import type { FastifyInstance } from "fastify";
import {
  DESK_REVIEWS_PATH,
  deskReportSchema,
  deskReportsSchema,
  type DeskReports,
} from "../../shared/contract/desk-reviews.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";
import { noteAct } from "../identity/staff-audit.ts";

const DEAD_MAX = 200;

/** What the desk sees of the reports to the platform, and what it may do about those that were refused. */
export const deskReportRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;

  app.post(`${DESK_REVIEWS_PATH}/reports`, { config: perDesk }, async (request): Promise<DeskReports> => {
    const { hallId } = await deskAsker(context, parseBody(deskReportsSchema, request.body));
    const { hall } = await context.halls.get(hallId);
    const counts = await database.query<{ state: string; count: number }>(
      "SELECT state, count(*) AS count FROM report_queue WHERE hall_id = $1 AND kind = 'report' GROUP BY state",
      [hallId],
    );
    const dead = await database.query<{
      report_id: string;
      profile: string;
      attempts: number;
      queued_at: number;
      fault: string | null;
    }>(
      `SELECT report_id, profile, attempts, queued_at, fault FROM report_queue WHERE hall_id = $1 AND kind = 'report' AND state = 'dead'
       ORDER BY queued_at LIMIT $2`,
      [hallId, DEAD_MAX],
    );
    const count = (state: string): number => counts.rows.find((row) => row.state === state)?.count ?? 0;
    return {
      profile: hall.plan?.settings.reporting?.profile ?? null,
      waiting: count("waiting"),
      sent: count("sent"),
      dead: dead.rows.map((row) => ({
        reportId: row.report_id,
        profile: row.profile,
        attempts: row.attempts,
        queuedAt: row.queued_at,
        fault: row.fault ?? "",
      })),
    };
  });

  app.post(`${DESK_REVIEWS_PATH}/report`, { config: perDesk }, async (request, reply) => {
    const body = parseBody(deskReportSchema, request.body);
    const device = await deskAsker(context, body);
    const { rowCount } = await database.query(
      `UPDATE report_queue SET state = $4, next_at = $5, subject = CASE WHEN $4 = 'dropped' THEN NULL ELSE subject END
       WHERE hall_id = $1 AND report_id = $2 AND profile = $3 AND kind = 'report' AND state = 'dead'`,
      [device.hallId, body.reportId, body.profile, body.act === "retry" ? "waiting" : "dropped", clock()],
    );
    if (rowCount !== 1) throw apiError("not_found");
    const act = body.act === "retry" ? "report.retry" : "report.drop";
    await noteAct(database, device, body.clerkId, act, body.reportId, clock());
    return reply.code(204).send();
  });
};
