import type { FleetOrder, TerminalAnswer } from "../../shared/contract/fleet-orders.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import type { Queryable } from "../log/store.ts";
import { changeRole, roleFault, type OrderedTerminal } from "./node-orders.ts";
import { DONE, OPEN, refused, type Ended } from "./order-end.ts";

type UseOrder = Extract<FleetOrder, { what: "role" }>;

/**
 * Ends what still waits for a terminal, as something later has taken its place.
 * @param db of the transaction that holds the terminal (`lockTerminal`)
 * @param orderId what has taken the place, and stays; null: nothing of the list of orders
 */
export const supersede = async (
  db: Queryable,
  {
    hallId,
    deviceId,
    orderId,
  }: { readonly hallId: string; readonly deviceId: string; readonly orderId: string | null },
  which: "any" | "role",
  now: number,
): Promise<void> => {
  await db.query(
    `UPDATE fleet_orders SET state = 'refused', refusal = 'superseded', answered_at = $4
     WHERE hall_id = $1 AND device_id = $2 AND order_id IS DISTINCT FROM $3 AND state = 'open' AND ($5 OR body::json ->> 'what' = 'role')`,
    [hallId, deviceId, orderId, now, which === "any"],
  );
};

/**
 * Another use waits for a screen that is left alone. What was wanted of the screen before is not wanted any more; so the use that it has
 * takes it back.
 * @param terminal as `lockTerminal` found it in this transaction
 */
export const beginUse = async (
  db: Queryable,
  orderId: string,
  terminal: OrderedTerminal,
  order: UseOrder,
  plan: HallPlan | null,
  now: number,
): Promise<Ended> => {
  const { hallId, deviceId } = terminal;
  const isSame = order.role === terminal.role && order.counterId === terminal.counterId;
  const fault = isSame ? null : roleFault(terminal, order, plan, now);
  if (fault !== null) return refused(fault);
  if (!isSame && order.nowBecause !== null) {
    const done = await changeRole(db, terminal, order, plan, now);
    if (!done.ok) return refused(done.error);
  }
  await supersede(db, { hallId, deviceId, orderId }, "role", now);
  return isSame || order.nowBecause !== null ? DONE : OPEN;
};

/**
 * What a terminal's answer makes of another use that waits; null: it goes on waiting.
 * @param terminal as `lockTerminal` found it in this transaction
 */
export const endUse = async (
  db: Queryable,
  terminal: OrderedTerminal,
  order: UseOrder,
  answer: TerminalAnswer,
  plan: HallPlan | null,
  now: number,
): Promise<Ended | null> => {
  // A terminal of before it could wait knows no such order.
  if (answer.kind === "refused") return refused("terminal_too_old");
  if (answer.kind !== "alone") return null;
  const done = await changeRole(db, terminal, order, plan, now);
  if (done.ok) return DONE;
  return done.error === "terminal_unsent" || done.error === "terminal_offline" ? null : refused(done.error);
};
