import { uuidv7 } from "uuidv7";
import {
  fleetOrderSchema,
  isForTerminal,
  terminalAnswerSchema,
  type FleetOrder,
  type FleetRefusal,
  type ListedOrder,
  type TerminalAnswer,
} from "../../shared/contract/fleet-orders.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import type { Database } from "../db/database.ts";
import { carryOut, findTerminal, presenceFault } from "./node-orders.ts";

/** A terminal that is there answers within seconds; what nobody fetched by then is not done any more. */
const OPEN_MS = 2 * 60_000;
/** Answers, which hold a terminal's log, are thrown away after a day, the orders with them. A city's lock waits as long for its hall. */
const KEPT_MS = 24 * 3_600_000;
const LISTED_MAX = 100;

/** An order on its way. */
export interface Placed {
  readonly orderId: string;
  readonly hallId: string;
  readonly deviceId: string;
  readonly order: FleetOrder;
  /** Whose wish it is, as the lists tell it. */
  readonly askedBy: string;
  /** The city gave it. */
  readonly isOfCity: boolean;
}

export type Ended = Pick<ListedOrder, "state" | "refusal">;

const OPEN: Ended = { state: "open", refusal: null };
const DONE: Ended = { state: "done", refusal: null };
const refused = (refusal: FleetRefusal): Ended => ({ state: "refused", refusal });

/** Writes an order down. */
export const writeOrder = async (database: Database, placed: Placed, ended: Ended, now: number): Promise<void> => {
  const { hallId, orderId, deviceId, order, askedBy, isOfCity } = placed;
  await database.query(
    `INSERT INTO fleet_orders (hall_id, order_id, device_id, body, asked_at, asked_by, expires_at, state, refusal, answered_at, city_knows)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [
      hallId,
      orderId,
      deviceId,
      JSON.stringify(order),
      now,
      askedBy,
      now + (isForTerminal(order) ? OPEN_MS : KEPT_MS),
      ended.state,
      ended.refusal,
      ended.state === "open" ? null : now,
      isOfCity ? false : null,
    ],
  );
};

/**
 * Gives an order to a terminal of a hall that is homed here: done at once, or left for the terminal, which is told. One that is placed
 * twice is done once.
 */
export const placeOrder = async (
  database: Database,
  placed: Placed,
  plan: HallPlan | null,
  now: number,
): Promise<Ended> => {
  const known = await findOrder(database, placed.hallId, placed.orderId);
  if (known) return { state: known.state, refusal: known.refusal };
  const ended = await beginOrder(database, placed, plan, now);
  await writeOrder(database, placed, ended, now);
  if (ended.state === "open") await database.notify(`standing ${placed.deviceId}`);
  return ended;
};

const beginOrder = async (
  database: Database,
  { hallId, deviceId, order }: Placed,
  plan: HallPlan | null,
  now: number,
): Promise<Ended> => {
  const terminal = await findTerminal(database, hallId, deviceId);
  if (!terminal) return refused("terminal_unknown");
  if (terminal.isRevoked) return refused("terminal_revoked");
  if (isForTerminal(order)) {
    const fault = presenceFault(terminal, now);
    return fault === null ? OPEN : refused(fault);
  }
  const done = await carryOut(database, terminal, order, plan, now);
  return done.ok ? DONE : refused(done.error);
};

/** A new order's id; ids are in the order of their making. */
export const newOrderId = (): string => uuidv7();

export interface KnownOrder extends Ended {
  readonly answeredAt: number | null;
  readonly answer: TerminalAnswer | null;
}

export const findOrder = async (
  database: Database,
  hallId: string,
  orderId: string,
): Promise<KnownOrder | undefined> => {
  const { rows } = await database.query<{
    state: ListedOrder["state"];
    refusal: FleetRefusal | null;
    answer: string | null;
    answered_at: number | null;
  }>("SELECT state, refusal, answer, answered_at FROM fleet_orders WHERE hall_id = $1 AND order_id = $2", [
    hallId,
    orderId,
  ]);
  const [row] = rows;
  return (
    row && {
      state: row.state,
      refusal: row.refusal,
      answeredAt: row.answered_at,
      answer: row.answer === null ? null : terminalAnswerSchema.parse(JSON.parse(row.answer)),
    }
  );
};

/** What was ordered of a hall's terminals within a day, the newest first. */
export const readOrders = async (database: Database, hallId: string, now: number): Promise<ListedOrder[]> => {
  await tidy(database, hallId, now);
  const { rows } = await database.query<{
    order_id: string;
    device_id: string;
    what: ListedOrder["what"];
    asked_at: number;
    asked_by: string;
    is_of_city: boolean;
    state: ListedOrder["state"];
    refusal: FleetRefusal | null;
  }>(
    `SELECT order_id, device_id, body::json ->> 'what' AS what, asked_at, asked_by, city_knows IS NOT NULL AS is_of_city, state, refusal
     FROM fleet_orders WHERE hall_id = $1 ORDER BY asked_at DESC, order_id DESC LIMIT ${String(LISTED_MAX)}`,
    [hallId],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    deviceId: row.device_id,
    what: row.what,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    isOfCity: row.is_of_city,
    state: row.state,
    refusal: row.refusal,
  }));
};

/** Ends what nobody has done in time, and throws away what is a day old. */
const tidy = async (database: Database, hallId: string, now: number): Promise<void> => {
  await database.query(
    "UPDATE fleet_orders SET state = 'expired', answered_at = $2 WHERE hall_id = $1 AND state = 'open' AND expires_at < $2",
    [hallId, now],
  );
  await database.query("DELETE FROM fleet_orders WHERE hall_id = $1 AND asked_at < $2", [hallId, now - KEPT_MS]);
};

/** What waits for a terminal, the oldest first. */
export const openOrdersOf = async (
  database: Database,
  { hallId, deviceId }: { readonly hallId: string; readonly deviceId: string },
  now: number,
): Promise<{ readonly orderId: string; readonly order: FleetOrder }[]> => {
  await tidy(database, hallId, now);
  const { rows } = await database.query<{ order_id: string; body: string }>(
    "SELECT order_id, body FROM fleet_orders WHERE hall_id = $1 AND device_id = $2 AND state = 'open' ORDER BY asked_at, order_id",
    [hallId, deviceId],
  );
  return rows.map(({ order_id: orderId, body }) => ({ orderId, order: fleetOrderSchema.parse(JSON.parse(body)) }));
};

/** Takes a terminal's answer. @returns false when nothing waited for it */
export const takeAnswer = async (
  database: Database,
  { hallId, deviceId }: { readonly hallId: string; readonly deviceId: string },
  orderId: string,
  answer: TerminalAnswer,
  now: number,
): Promise<boolean> => {
  const isRefused = answer.kind === "refused";
  const { rowCount } = await database.query(
    `UPDATE fleet_orders SET state = $4, refusal = $5, answer = $6, answered_at = $7
     WHERE hall_id = $1 AND device_id = $2 AND order_id = $3 AND state = 'open'`,
    [
      hallId,
      deviceId,
      orderId,
      isRefused ? "refused" : "done",
      isRefused ? answer.code : null,
      isRefused ? null : JSON.stringify(answer),
      now,
    ],
  );
  if (rowCount === 1) await database.notify(`fleet ${hallId}`);
  return rowCount === 1;
};
