import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { addDays, instantAt } from "../../shared/basics/time.ts";
import {
  DESK_AUDIT_PATH,
  deskAuditSchema,
  type deskAuditResponseSchema,
  type StaffAct,
} from "../../shared/contract/desk-audit.ts";
import type { CenterContext } from "../context.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";

const LIST_MAX = 500;

interface Row {
  readonly audit_id: string;
  readonly at: number;
  readonly clerk_name: string | null;
  readonly clerk_no: string | null;
  readonly terminal_name: string | null;
  readonly act: StaffAct;
  readonly about: string;
  readonly reason: string;
}

/** The book of what staff looked at and took out, newest first, for the duty desk. */
export const auditRoutes = (app: FastifyInstance, context: CenterContext): void => {
  app.post(
    DESK_AUDIT_PATH,
    { config: perDesk },
    async (request, reply): Promise<z.infer<typeof deskAuditResponseSchema>> => {
      const body = parseBody(deskAuditSchema, request.body);
      const { hallId } = await deskAsker(context, body);
      const offset = (await context.halls.get(hallId)).hall.plan?.utcOffsetMinutes ?? 480;
      const { rows } = await context.database.query<Row>(
        `SELECT a.audit_id, a.at, c.name AS clerk_name, c.clerk_no, d.name AS terminal_name, a.act, a.reason,
           coalesce(
             (SELECT l.number FROM review_ledger l WHERE l.hall_id = a.hall_id AND l.review_id = a.detail AND l.number IS NOT NULL LIMIT 1),
             (SELECT i.number FROM intakes i WHERE i.hall_id = a.hall_id AND a.detail IN (i.applicant_id, i.agent_id, i.form_id) LIMIT 1),
             (SELECT t.name FROM devices t WHERE t.hall_id = a.hall_id AND t.device_id = a.detail),
             a.detail) AS about
         FROM staff_audit a
         LEFT JOIN clerks c ON c.hall_id = a.hall_id AND c.clerk_id = a.clerk_id
         LEFT JOIN devices d ON d.hall_id = a.hall_id AND d.device_id = a.device_id
         WHERE a.hall_id = $1 AND a.at >= $2 AND a.at < $3 ORDER BY a.at DESC, a.audit_id DESC LIMIT $4`,
        [hallId, instantAt(body.from, "00:00", offset), instantAt(addDays(body.to, 1), "00:00", offset), LIST_MAX + 1],
      );
      void reply.header("cache-control", "no-store");
      return {
        acts: rows.slice(0, LIST_MAX).map((row) => ({
          id: row.audit_id,
          at: row.at,
          clerkName: row.clerk_name ?? "",
          clerkNo: row.clerk_no ?? "",
          terminalName: row.terminal_name ?? "",
          act: row.act,
          about: row.about,
          reason: row.reason,
        })),
        more: rows.length > LIST_MAX,
      };
    },
  );
};
