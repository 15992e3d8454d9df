import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import {
  FLEET_PATH,
  fleetAnswerRequestSchema,
  fleetHallsSchema,
  fleetListSchema,
  fleetOrderRequestSchema,
  type fleetAnswerResponseSchema,
  type FleetList,
  type fleetOrderResponseSchema,
} from "../../shared/contract/fleet.ts";
import type { FleetAct } from "../../shared/domain/fleet/acts.ts";
import { fleetCounts } from "../../shared/domain/fleet/fleet.ts";
import { mayServe } from "../../shared/domain/identity/permissions.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { Device } from "../identity/devices.ts";
import { dutyAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";
import { readCityFleet, readCityFleets } from "./city-fleets.ts";
import { noteOrder } from "./note-order.ts";
import { findOrder, newOrderId, placeOrder, readOrders, writeOrder, type Placed } from "./order-book.ts";
import type { Ended } from "./order-end.ts";
import { readFleet } from "./standing.ts";

type Asker = Parameters<typeof dutyAsker>[1];

/** What would take the desk away from whoever orders it. */
const AGAINST_ONESELF: ReadonlySet<FleetAct> = new Set(["lock", "revoke"]);

/** What the duty desk asks about the hall's terminals and orders of them; a city's desk, those of its halls. */
export const fleetRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock, version, mode } = context;

  const fleetAsker = (asker: Asker, act: "see" | FleetAct): Promise<Device> =>
    dutyAsker(context, asker, (who) => mayServe(who, act));

  /** The other hall that is meant; null: the desk's own. Only a city's desk may mean another. */
  const otherHall = (device: Device, hallId: string | null): string | null => {
    if (hallId === null || hallId === device.hallId) return null;
    if (mode !== "city") throw apiError("not_found");
    return hallId;
  };

  const ownFleet = async (hallId: string) => {
    const { plan } = (await context.halls.get(hallId)).hall;
    return readFleet(database, { hallId, plan }, version, clock());
  };

  const nameOf = async ({ hallId }: Device, clerkId: string): Promise<string> => {
    const { rows } = await database.query<{ name: string; clerk_no: string }>(
      "SELECT name, clerk_no FROM clerks WHERE hall_id = $1 AND clerk_id = $2",
      [hallId, clerkId],
    );
    return `${rows[0]?.name ?? ""} ${rows[0]?.clerk_no ?? ""}`.trim();
  };

  app.post(`${FLEET_PATH}/list`, { config: perDesk }, async (request): Promise<FleetList> => {
    const asked = parseBody(fleetListSchema, request.body);
    const device = await fleetAsker(asked, "see");
    const now = clock();
    const other = otherHall(device, asked.hallId);
    if (other !== null) {
      const told = await readCityFleet(database, other);
      if (!told) throw apiError("not_found");
      return { ...told, now, orders: await readOrders(database, other, now), centerVersion: version };
    }
    const { hallId } = device;
    const orders = await readOrders(database, hallId, now);
    return { ...(await ownFleet(hallId)), now, heardAt: now, orders, centerVersion: version };
  });

  app.post(
    `${FLEET_PATH}/order`,
    { config: perDesk },
    async (request): Promise<z.infer<typeof fleetOrderResponseSchema>> => {
      const asked = parseBody(fleetOrderRequestSchema, request.body);
      const { order, terminalId, clerkId } = asked;
      const device = await fleetAsker(asked, order.what);
      const other = otherHall(device, asked.hallId);
      const hallId = other ?? device.hallId;
      const placed: Placed = {
        orderId: newOrderId(),
        hallId,
        deviceId: terminalId,
        order,
        askedBy: await nameOf(device, clerkId),
        isOfCity: false,
      };
      const now = clock();
      const isOwn = terminalId === device.deviceId && AGAINST_ONESELF.has(order.what);
      if (isOwn) return { orderId: placed.orderId, state: "refused", refusal: "own_terminal" };
      const by = { hallId: device.hallId, deviceId: device.deviceId, clerkId };
      const place = async (): Promise<Ended> => {
        if (other === null) {
          const { plan } = (await context.halls.get(hallId)).hall;
          const { state, refusal } = await placeOrder(database, placed, by, plan, now);
          return { state, refusal };
        }
        if (!(await readCityFleet(database, hallId))) throw apiError("not_found");
        await noteOrder(database, by, placed, now);
        await writeOrder(database, placed, now, null);
        await database.notify(`fleet ${hallId}`);
        return { state: "open", refusal: null };
      };
      const ended = await place();
      context.log.info(
        { event: "fleet.order", hall: hallId, device: terminalId, what: order.what, state: ended.state },
        "a terminal was given an order",
      );
      return { orderId: placed.orderId, ...ended };
    },
  );

  app.post(
    `${FLEET_PATH}/answer`,
    { config: perDesk },
    async (request, reply): Promise<z.infer<typeof fleetAnswerResponseSchema>> => {
      const asked = parseBody(fleetAnswerRequestSchema, request.body);
      const device = await fleetAsker(asked, "logs");
      const hallId = otherHall(device, asked.hallId) ?? device.hallId;
      const known = await findOrder(database, hallId, asked.orderId, clock());
      if (!known) throw apiError("not_found");
      void reply.header("cache-control", "no-store");
      return known;
    },
  );

  if (mode !== "city") return;
  app.post(`${FLEET_PATH}/halls`, { config: perDesk }, async (request) => {
    const device = await fleetAsker(parseBody(fleetHallsSchema, request.body), "see");
    const now = clock();
    const { terminals, limits, hallName: name } = await ownFleet(device.hallId);
    const own = { hallId: device.hallId, name, heardAt: now, ...fleetCounts(terminals, limits, version, now) };
    return { now, halls: [own, ...(await readCityFleets(database))] };
  });
};
