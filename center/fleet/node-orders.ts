import type { FleetOrder, FleetRefusal, PublicUse } from "../../shared/contract/fleet-orders.ts";
import { publicRoles } from "../../shared/contract/fleet-orders.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { notifyIn } from "../db/database.ts";
import { IS_SECOND, unpairOthers } from "../identity/devices.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import type { Queryable } from "../log/store.ts";

/** A terminal that has said nothing for so long is taken to be away. It reports at least once a minute. */
const AWAY_MS = 90_000;

/** A terminal as an order finds it. */
export interface OrderedTerminal {
  readonly hallId: string;
  readonly deviceId: string;
  readonly role: string;
  readonly counterId: string | null;
  readonly isRevoked: boolean;
  /** The applicant's screen of a window's own computer. */
  readonly isSecond: boolean;
  /** null: it never told. */
  readonly report: { readonly at: number; readonly outbox: number; readonly isBrowser: boolean } | null;
}

/**
 * A terminal as it stands, and stays until the transaction ends. Whoever touches a terminal's orders takes the terminal first: so one
 * wish after the other is judged by what the one before has made of it, and none waits crosswise.
 */
export const lockTerminal = async (
  db: Queryable,
  hallId: string,
  deviceId: string,
): Promise<OrderedTerminal | undefined> => {
  await db.query("SELECT 1 FROM devices WHERE hall_id = $1 AND device_id = $2 FOR UPDATE", [hallId, deviceId]);
  const { rows } = await db.query<{
    role: string;
    counter_id: string | null;
    revoked_at: number | null;
    is_second: boolean;
    reported_at: number | null;
    outbox: number | null;
    machine: string | null;
  }>(
    `SELECT d.role, d.counter_id, d.revoked_at, ${IS_SECOND} AS is_second, r.reported_at, (r.report::json ->> 'outbox')::bigint AS outbox, r.report::json ->> 'machine' AS machine
     FROM devices d LEFT JOIN terminal_reports r ON r.hall_id = d.hall_id AND r.device_id = d.device_id
     WHERE d.hall_id = $1 AND d.device_id = $2`,
    [hallId, deviceId],
  );
  const [row] = rows;
  return (
    row && {
      hallId,
      deviceId,
      role: row.role,
      counterId: row.counter_id,
      isRevoked: row.revoked_at !== null,
      isSecond: row.is_second,
      report:
        row.reported_at === null
          ? null
          : { at: row.reported_at, outbox: row.outbox ?? 0, isBrowser: row.machine === null },
    }
  );
};

/** Whether somebody is there who could do it now; otherwise why not. */
export const presenceFault = ({ report }: OrderedTerminal, now: number): FleetRefusal | null => {
  if (report === null || now - report.at > AWAY_MS) return "terminal_offline";
  return report.isBrowser ? "terminal_browser" : null;
};

/**
 * Does what the node itself can do with a terminal, and tells the terminal's line, in whichever process of the center it ends.
 * @param db of one transaction
 */
export const carryOut = async (
  db: Queryable,
  terminal: OrderedTerminal,
  order: FleetOrder,
  now: number,
): Promise<void> => {
  const { hallId, deviceId } = terminal;
  const set = async (columns: string, ...values: unknown[]): Promise<void> => {
    await db.query(`UPDATE devices SET ${columns} WHERE hall_id = $1 AND device_id = $2`, [
      hallId,
      deviceId,
      ...values,
    ]);
    await notifyIn(db, `standing ${deviceId}`);
  };
  switch (order.what) {
    case "lock":
      return set("locked_at = coalesce(locked_at, $3), lock_reason = $4", now, order.reason);
    case "unlock":
      return set("locked_at = NULL, lock_reason = ''");
    case "rename":
      return set("name = $3", order.name);
    default:
      throw new Error(`${order.what} is the terminal's to do`);
  }
};

/** Why a terminal may not become another screen, now or later. */
export const roleFault = (
  terminal: OrderedTerminal,
  { role, counterId }: PublicUse,
  plan: HallPlan | null,
  now: number,
): FleetRefusal | null => {
  if (terminal.isSecond || !(publicRoles as readonly string[]).includes(terminal.role)) return "terminal_not_public";
  const away = presenceFault(terminal, now);
  if (away !== null) return away;
  if ((role === "review") !== (counterId !== null)) return "counter_needed";
  return counterId !== null && !plan?.counters.some(({ id }) => id === counterId) ? "counter_unknown" : null;
};

/**
 * Makes a terminal another screen. Unsent acts are judged by the role of who sends them: only when it is there and has sent everything.
 * @param db of one transaction
 */
export const changeRole = async (
  db: Queryable,
  terminal: OrderedTerminal,
  use: PublicUse,
  plan: HallPlan | null,
  now: number,
): Promise<Result<null, FleetRefusal>> => {
  const { hallId, deviceId } = terminal;
  const { role, counterId } = use;
  const fault = roleFault(terminal, use, plan, now);
  if (fault !== null) return err(fault);
  if ((terminal.report?.outbox ?? 0) > 0) return err("terminal_unsent");
  await db.query("UPDATE devices SET role = $3, counter_id = $4 WHERE hall_id = $1 AND device_id = $2", [
    hallId,
    deviceId,
    role,
    counterId,
  ]);
  const unpaired = role === "review" ? await unpairOthers(db, hallId, counterId, deviceId) : [];
  // Their lines begin anew, as what they are now.
  for (const id of [deviceId, ...unpaired]) await notifyIn(db, `unpaired ${id}`);
  return ok(null);
};
