import type { FastifyInstance } from "fastify";
import {
  DESK_MATTER_PATH,
  DESK_SEARCH_PATH,
  deskMatterSchema,
  deskSearchSchema,
  type DeskFound,
  type DeskMatterLines,
} from "../../shared/contract/desk-search.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { noteAct } from "../identity/staff-audit.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";
import { findBefore } from "./find.ts";
import { readMatter } from "./matter-lines.ts";
import { searchNote } from "./search-note.ts";

/** The desk's search over all that it may see, of whatever age; who searched for what is noted. */
export const deskSearchRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;

  app.post(DESK_SEARCH_PATH, { config: perDesk }, async (request): Promise<DeskFound> => {
    const body = parseBody(deskSearchSchema, request.body);
    const device = await deskAsker(context, body, () => true);
    await context.orderLedgers.caughtUp(device.hallId);
    const answer = await findBefore(context, device, body.typed);
    await noteAct(database, device, body.clerkId, "desk.search", searchNote(body.typed, answer.found), clock());
    return answer;
  });

  app.post(DESK_MATTER_PATH, { config: perDesk }, async (request): Promise<DeskMatterLines> => {
    const body = parseBody(deskMatterSchema, request.body);
    const device = await deskAsker(context, body, () => true);
    await noteAct(database, device, body.clerkId, "desk.matter", `${body.kind} ${body.id}`, clock());
    await context.orderLedgers.caughtUp(device.hallId);
    const { hall } = await context.halls.get(device.hallId);
    const lines = await readMatter(context, device, hall.plan, body);
    if (lines === null) throw apiError("not_found");
    return { lines: [...lines] };
  });
};
