import type { FastifyInstance } from "fastify";
import { CITY_PATH, cityHallSchema, cityRangeSchema } from "../../shared/contract/city.ts";
import type { HallLine } from "../../shared/domain/city/overview.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { noteAct } from "../identity/staff-audit.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";
import type { CityFigures } from "./city-figures.ts";
import { citySheet } from "./city-sheet.ts";
import { readHallDays, readOpenKinds, readOverview } from "./read-overview.ts";

/** What a duty desk that is homed at the city asks over all halls: figures and lights, nothing of a person. */
export const cityRoutes = (app: FastifyInstance, context: CenterContext, figures: CityFigures): void => {
  const { database, clock } = context;
  const checkDays = ({ from, to }: { readonly from: string; readonly to: string }): void => {
    if (from > to) throw apiError("bad_request", { field: "from" });
  };

  app.post(`${CITY_PATH}/overview`, { config: perDesk }, async (request): Promise<{ halls: readonly HallLine[] }> => {
    const asked = parseBody(cityRangeSchema, request.body);
    await deskAsker(context, asked);
    checkDays(asked);
    await figures.caughtUp();
    return { halls: await readOverview(database, asked, clock()) };
  });

  app.post(`${CITY_PATH}/hall`, { config: perDesk }, async (request) => {
    const asked = parseBody(cityHallSchema, request.body);
    await deskAsker(context, asked);
    checkDays(asked);
    const { hallId } = asked;
    return {
      days: await readHallDays(database, hallId, asked),
      kinds: await readOpenKinds(database, hallId, clock()),
    };
  });

  app.post(`${CITY_PATH}/export`, { config: perDesk }, async (request, reply) => {
    const asked = parseBody(cityRangeSchema, request.body);
    const device = await deskAsker(context, asked);
    checkDays(asked);
    const { from, to, area } = asked;
    const sheet = await citySheet(await readOverview(database, asked, clock()), asked);
    await noteAct(database, device, asked.clerkId, "city.export", `${from}..${to} ${area}`.trim(), clock());
    return reply
      .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="city-${from}-${to}.xlsx"`)
      .send(sheet);
  });
};
