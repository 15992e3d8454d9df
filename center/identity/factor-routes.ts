import type { FastifyInstance } from "fastify";
import { deskClerksSchema } from "../../shared/contract/desk-floor.ts";
import { DESK_FACTORS_PATH, resetFactorSchema, type ClerkFactor } from "../../shared/contract/second-factor.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";
import { standingOf } from "./clerks.ts";
import type { Device } from "./devices.ts";
import { resetFactor } from "./second-factor.ts";
import { noteActs } from "./staff-audit.ts";

/** For duty managers: who has a second factor, and taking away one that was lost. It takes two: nobody resets their own. */
export const factorRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;

  const managerAt = async (asker: Parameters<typeof deskAsker>[1]): Promise<Device> => {
    const device = await deskAsker(context, asker);
    if ((await standingOf(database, device, asker.clerkId)).duty !== "manager") throw apiError("unauthorised");
    return device;
  };

  const factorsOf = async (hallId: string): Promise<{ clerks: ClerkFactor[] }> => {
    const { rows } = await database.query<{
      clerk_no: string;
      name: string;
      duty: ClerkFactor["duty"];
      has_factor: boolean;
      codes_left: number;
    }>(
      `SELECT c.clerk_no, c.name, c.duty, f.active_at IS NOT NULL AS has_factor,
         (SELECT count(*)::int FROM recovery_codes r
          WHERE r.hall_id = c.hall_id AND r.clerk_id = c.clerk_id AND r.used_at IS NULL) AS codes_left
       FROM clerks c LEFT JOIN second_factors f ON f.hall_id = c.hall_id AND f.clerk_id = c.clerk_id
       WHERE c.hall_id = $1 AND c.disabled_at IS NULL ORDER BY c.clerk_no`,
      [hallId],
    );
    return {
      clerks: rows.map((row) => ({
        clerkNo: row.clerk_no,
        name: row.name,
        duty: row.duty,
        hasFactor: row.has_factor,
        codesLeft: row.has_factor ? row.codes_left : 0,
      })),
    };
  };

  app.post(DESK_FACTORS_PATH, { config: perDesk }, async (request) => {
    const { hallId } = await managerAt(parseBody(deskClerksSchema, request.body));
    return factorsOf(hallId);
  });

  app.post(`${DESK_FACTORS_PATH}/reset`, { config: perDesk }, async (request) => {
    const body = parseBody(resetFactorSchema, request.body);
    const device = await managerAt(body);
    const { hallId } = device;
    const { rows } = await database.query<{ clerk_id: string }>(
      "SELECT clerk_id FROM clerks WHERE hall_id = $1 AND clerk_no = $2",
      [hallId, body.clerkNo],
    );
    const clerkId = rows[0]?.clerk_id;
    if (clerkId === undefined) throw apiError("not_found");
    if (clerkId === body.clerkId) throw apiError("bad_request", { field: "clerkNo" });
    const { clerkNo: detail, reason } = body;
    await noteActs(database, { device, clerkId: body.clerkId }, [{ act: "factor.reset", detail, reason }], clock());
    if (!(await resetFactor(database, hallId, body.clerkNo))) throw apiError("not_found");
    context.log.info({ event: "clerk.factor_reset", device: device.deviceId }, "a clerk's second factor was reset");
    return factorsOf(hallId);
  });
};
