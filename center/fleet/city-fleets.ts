import { fleetBodySchema, type FleetBody, type FleetHall, type RelayFleet } from "../../shared/contract/fleet.ts";
import { fleetCounts, fleetCountsSchema } from "../../shared/domain/fleet/fleet.ts";
import type { Database } from "../db/database.ts";

/** Keeps what a hall said last of its terminals, and that it was heard. */
export const keepFleet = async (
  database: Database,
  hallId: string,
  fleet: FleetBody | null,
  now: number,
): Promise<void> => {
  if (fleet === null) {
    await database.query("UPDATE city_fleets SET heard_at = $2 WHERE hall_id = $1", [hallId, now]);
    return;
  }
  const counts = fleetCounts(fleet.terminals, fleet.limits, fleet.nodeVersion, now);
  await database.query(
    `INSERT INTO city_fleets (hall_id, heard_at, counts, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (hall_id) DO UPDATE SET heard_at = excluded.heard_at, counts = excluded.counts, body = excluded.body`,
    [hallId, now, JSON.stringify(counts), JSON.stringify(fleet)],
  );
};

/** What a hall said last of its terminals; undefined: nothing yet, or it is no hall of this city. */
export const readCityFleet = async (
  database: Database,
  hallId: string,
): Promise<(FleetBody & { readonly heardAt: number }) | undefined> => {
  const { rows } = await database.query<{ heard_at: number; body: string }>(
    "SELECT heard_at, body FROM city_fleets WHERE hall_id = $1",
    [hallId],
  );
  const [row] = rows;
  return row && { ...fleetBodySchema.parse(JSON.parse(row.body)), heardAt: row.heard_at };
};

/** How many terminals of each hall need somebody: one short row a hall, without the terminals themselves. */
export const readCityFleets = async (database: Database): Promise<FleetHall[]> => {
  const { rows } = await database.query<{ hall_id: string; name: string; heard_at: number; counts: string }>(
    `SELECT f.hall_id, coalesce(nullif(c.name, ''), nullif(h.name, ''), f.hall_id) AS name, f.heard_at, f.counts
     FROM city_fleets f JOIN halls h ON h.hall_id = f.hall_id LEFT JOIN city_cursors c ON c.hall_id = f.hall_id
     ORDER BY f.hall_id`,
  );
  return rows.map((row) => ({
    hallId: row.hall_id,
    name: row.name,
    heardAt: row.heard_at,
    ...fleetCountsSchema.parse(JSON.parse(row.counts)),
  }));
};

/** What a hall is still to fetch, as it was ordered: whether it knows such an order is the hall's to say. */
export const ordersForHall = async (
  database: Database,
  hallId: string,
  taken: readonly string[],
  now: number,
): Promise<{ orderId: string; terminalId: string; askedBy: string; order: unknown; leftMs: number }[]> => {
  const { rows } = await database.query<{
    order_id: string;
    device_id: string;
    asked_by: string;
    body: string;
    expires_at: number;
  }>(
    `SELECT order_id, device_id, asked_by, body, expires_at FROM fleet_orders
     WHERE hall_id = $1 AND state = 'open' AND expires_at > $3 AND order_id <> ALL ($2::uuid[]) ORDER BY asked_at, order_id LIMIT 50`,
    [hallId, taken, now],
  );
  return rows.map(({ order_id: orderId, device_id: terminalId, asked_by: askedBy, body, expires_at: expiresAt }) => ({
    orderId,
    terminalId,
    askedBy,
    order: JSON.parse(body) as unknown,
    leftMs: expiresAt - now,
  }));
};

/** Notes which of the city's orders a hall has. */
export const noteTaken = async (
  database: Database,
  hallId: string,
  taken: readonly string[],
  now: number,
): Promise<void> => {
  if (taken.length === 0) return;
  await database.query(
    "UPDATE fleet_orders SET taken_at = $3 WHERE hall_id = $1 AND order_id = ANY ($2::uuid[]) AND taken_at IS NULL",
    [hallId, taken, now],
  );
};

/** Notes how the city's orders ended in a hall. */
export const endOrders = async (
  database: Database,
  hallId: string,
  ended: RelayFleet["ended"],
  now: number,
): Promise<void> => {
  for (const { orderId, state, refusal, answer } of ended)
    await database.query(
      "UPDATE fleet_orders SET state = $3, refusal = $4, answer = $5, answered_at = $6 WHERE hall_id = $1 AND order_id = $2",
      [hallId, orderId, state, refusal, answer === null ? null : JSON.stringify(answer), now],
    );
};
