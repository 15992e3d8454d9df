import { uuidv7 } from "uuidv7";
import {
  fleetOrderSchema,
  isForTerminal,
  terminalAnswerSchema,
  waitOf,
  type FleetOrder,
  type FleetRefusal,
  type ListedOrder,
  type OrderWait,
  type TerminalAnswer,
} from "../../shared/contract/fleet-orders.ts";
import { LISTED_MAX } from "../../shared/contract/fleet.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { notifyIn, type Database } from "../db/database.ts";
import type { Queryable } from "../log/store.ts";
import type { Logger } from "../logger.ts";
import { logout } from "../identity/clerks.ts";
import { noteOrder, type OrderedBy } from "./note-order.ts";
import { carryOut, lockTerminal, presenceFault } from "./node-orders.ts";
import { DONE, OPEN, refused, type Ended } from "./order-end.ts";
import { revokeTerminal } from "./revoke-terminal.ts";
import { beginUse, endUse } from "./waiting-use.ts";

/** A terminal that is there answers within seconds; what nobody fetched by then is not done any more. */
const OPEN_MS = 2 * 60_000;
/**
 * Answers, which hold a terminal's log, are thrown away after a day, the orders with them. A city's lock waits as long for its hall, and
 * another use for a screen that is never left alone.
 */
const KEPT_MS = 24 * 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

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
  /** How long the city waits still, where that is told. */
  readonly leftMs?: number | null;
}

/**
 * Writes an order down as one that waits.
 * @param takenAt since when the terminal's hall has it; null: it is to be fetched
 * @returns false: it is there already
 */
export const writeOrder = async (
  db: Queryable,
  placed: Placed,
  now: number,
  takenAt: number | null,
): Promise<boolean> => {
  const { hallId, orderId, deviceId, order, askedBy, isOfCity, leftMs } = placed;
  const { rowCount } = await db.query(
    `INSERT INTO fleet_orders (hall_id, order_id, device_id, body, asked_at, asked_by, expires_at, state, city_knows, taken_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9) ON CONFLICT DO NOTHING`,
    [
      hallId,
      orderId,
      deviceId,
      JSON.stringify(order),
      now,
      askedBy,
      now + Math.min(isForTerminal(order) ? OPEN_MS : KEPT_MS, leftMs ?? Infinity),
      isOfCity ? false : null,
      takenAt,
    ],
  );
  return rowCount === 1;
};

/**
 * Gives an order to a terminal of a hall that is homed here, and notes by whom: done at once, or left for the terminal, which is told.
 * All of it in one transaction, so that one that is placed twice is noted and done once.
 */
export const placeOrder = async (
  database: Database,
  placed: Placed,
  by: OrderedBy,
  plan: HallPlan | null,
  now: number,
): Promise<Ended & { readonly isNew: boolean }> => {
  const placing = await database.transaction(async (client) => {
    const { hallId, orderId } = placed;
    if (!(await writeOrder(client, placed, now, now))) return { ...(await tellAgain(client, placed)), isNew: false };
    await noteOrder(client, by, placed, now);
    const ended = await beginOrder(client, placed, plan, now);
    if (ended.state === "open") await notifyIn(client, `standing ${placed.deviceId}`);
    else
      await client.query(
        "UPDATE fleet_orders SET state = $3, refusal = $4, answered_at = $5 WHERE hall_id = $1 AND order_id = $2",
        [hallId, orderId, ended.state, ended.refusal, now],
      );
    return { ...ended, isNew: true };
  });
  // Only when everybody sees the lock: nobody signs in behind it.
  if (placing.isNew && placing.state === "done" && placed.order.what === "lock") await logout(database, placed, now);
  return placing;
};

/** What is known of an order that is given again. A city that gives one which has ended here has not kept what it was told. */
const tellAgain = async (client: Queryable, { hallId, orderId, isOfCity }: Placed): Promise<Ended> => {
  if (isOfCity)
    await client.query(
      "UPDATE fleet_orders SET city_knows = false WHERE hall_id = $1 AND order_id = $2 AND state <> 'open' AND city_knows",
      [hallId, orderId],
    );
  const { rows } = await client.query<Ended>(
    "SELECT state, refusal FROM fleet_orders WHERE hall_id = $1 AND order_id = $2",
    [hallId, orderId],
  );
  const [known] = rows;
  if (!known) throw new Error(`order ${orderId} is there and is not`);
  return known;
};

const beginOrder = async (db: Queryable, placed: Placed, plan: HallPlan | null, now: number): Promise<Ended> => {
  const { hallId, deviceId, order } = placed;
  const terminal = await lockTerminal(db, hallId, deviceId);
  if (!terminal) return refused("terminal_unknown");
  if (terminal.isRevoked) return refused("terminal_revoked");
  if (isForTerminal(order)) {
    const fault = presenceFault(terminal, now);
    return fault === null ? OPEN : refused(fault);
  }
  if (order.what === "role") return beginUse(db, placed.orderId, terminal, order, plan, now);
  if (order.what === "revoke") await revokeTerminal(db, deviceId, placed.orderId, now);
  else await carryOut(db, terminal, order, now);
  return DONE;
};

/** A new order's id; ids are in the order of their making. */
export const newOrderId = (): string => uuidv7();

export interface KnownOrder extends Ended {
  readonly answeredAt: number | null;
  readonly answer: TerminalAnswer | null;
}

/** An order of the last day; an older one is as if it had never been. */
export const findOrder = async (
  database: Database,
  hallId: string,
  orderId: string,
  now: number,
): Promise<KnownOrder | undefined> => {
  const { rows } = await database.query<{
    state: ListedOrder["state"];
    refusal: FleetRefusal | null;
    answer: string | null;
    answered_at: number | null;
  }>(
    "SELECT state, refusal, answer, answered_at FROM fleet_orders WHERE hall_id = $1 AND order_id = $2 AND asked_at >= $3",
    [hallId, orderId, now - KEPT_MS],
  );
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

const waitsFor = (row: {
  readonly state: ListedOrder["state"];
  readonly body: string;
  readonly taken_at: number | null;
}): OrderWait | null =>
  row.state === "open" ? waitOf(JSON.parse(row.body) as FleetOrder, row.taken_at !== null) : null;

const useOf = (body: string): Pick<ListedOrder, "becomes" | "isAtOnce"> => {
  const order = JSON.parse(body) as FleetOrder;
  if (order.what !== "role") return { becomes: null, isAtOnce: false };
  return { becomes: { role: order.role, counterId: order.counterId }, isAtOnce: order.nowBecause !== null };
};

/** What was ordered of a hall's terminals within a day, the newest first. */
export const readOrders = async (database: Database, hallId: string, now: number): Promise<ListedOrder[]> => {
  await expireOrders(database, hallId, now);
  const { rows } = await database.query<{
    order_id: string;
    device_id: string;
    body: string;
    taken_at: number | null;
    asked_at: number;
    asked_by: string;
    is_of_city: boolean;
    state: ListedOrder["state"];
    refusal: FleetRefusal | null;
  }>(
    `SELECT order_id, device_id, body, taken_at, asked_at, asked_by, city_knows IS NOT NULL AS is_of_city, state, refusal
     FROM fleet_orders WHERE hall_id = $1 AND asked_at >= $2
     ORDER BY asked_at DESC, order_id DESC LIMIT ${String(LISTED_MAX)}`,
    [hallId, now - KEPT_MS],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    deviceId: row.device_id,
    what: (JSON.parse(row.body) as FleetOrder).what,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    isOfCity: row.is_of_city,
    state: row.state,
    refusal: row.refusal,
    waitsFor: waitsFor(row),
    ...useOf(row.body),
  }));
};

/** Ends what nobody has done in time. */
const expireOrders = async (database: Database, hallId: string, now: number): Promise<void> => {
  await database.query(
    "UPDATE fleet_orders SET state = 'expired', answered_at = $2 WHERE hall_id = $1 AND state = 'open' AND expires_at < $2",
    [hallId, now],
  );
};

/** Throws away what is a day old, of every hall that this database knows. */
export const forgetOrders = async (database: Database, now: number): Promise<void> => {
  await database.query("DELETE FROM fleet_orders WHERE asked_at < $1", [now - KEPT_MS]);
};

/** Throws away what is a day old, now and every hour from then on, whether anybody looks or not. @returns the way to stop */
export const keepOrdersShort = (parts: {
  readonly database: Database;
  readonly log: Logger;
  readonly clock: () => number;
}): (() => void) => {
  const { database, log, clock } = parts;
  const act = (): void => {
    forgetOrders(database, clock()).catch((error: unknown) =>
      log.error({ event: "fleet.forget_failed", err: error }, "orders of terminals were not thrown away"),
    );
  };
  act();
  const timer = setInterval(act, FORGET_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};

/** What waits for a terminal, the oldest first. */
export const openOrdersOf = async (
  database: Database,
  { hallId, deviceId }: { readonly hallId: string; readonly deviceId: string },
  now: number,
): Promise<{ readonly orderId: string; readonly order: FleetOrder }[]> => {
  await expireOrders(database, hallId, now);
  const { rows } = await database.query<{ order_id: string; body: string }>(
    "SELECT order_id, body FROM fleet_orders WHERE hall_id = $1 AND device_id = $2 AND state = 'open' ORDER BY asked_at, order_id",
    [hallId, deviceId],
  );
  return rows.map(({ order_id: orderId, body }) => ({ orderId, order: fleetOrderSchema.parse(JSON.parse(body)) }));
};

/** What a terminal's answer makes of an order that is the terminal's to do; null: it goes on waiting. */
const endByTerminal = (answer: TerminalAnswer): Ended | null => {
  if (answer.kind === "alone") return null;
  return answer.kind === "refused" ? refused(answer.code) : DONE;
};

/** Takes a terminal's answer. @returns false when nothing waited for it, or goes on waiting */
export const takeAnswer = async (
  database: Database,
  { hallId, deviceId }: Pick<Placed, "hallId" | "deviceId">,
  orderId: string,
  answer: TerminalAnswer,
  plan: HallPlan | null,
  now: number,
): Promise<boolean> => {
  const isTaken = await database.transaction(async (client) => {
    const terminal = await lockTerminal(client, hallId, deviceId);
    if (!terminal) return false;
    const { rows } = await client.query<{ body: string }>(
      `SELECT body FROM fleet_orders
       WHERE hall_id = $1 AND device_id = $2 AND order_id = $3 AND state = 'open' FOR UPDATE`,
      [hallId, deviceId, orderId],
    );
    const [row] = rows;
    if (!row) return false;
    const order = fleetOrderSchema.parse(JSON.parse(row.body));
    const ended =
      order.what === "role" ? await endUse(client, terminal, order, answer, plan, now) : endByTerminal(answer);
    if (ended === null) return false;
    const kept = order.what === "role" || answer.kind === "refused" ? null : JSON.stringify(answer);
    await client.query(
      "UPDATE fleet_orders SET state = $3, refusal = $4, answer = $5, answered_at = $6 WHERE hall_id = $1 AND order_id = $2",
      [hallId, orderId, ended.state, ended.refusal, kept, now],
    );
    return true;
  });
  if (isTaken) await database.notify(`fleet ${hallId}`);
  return isTaken;
};
