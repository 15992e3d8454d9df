import { uuidv7 } from "uuidv7";
import type { StaffAct } from "../../shared/contract/desk-audit.ts";
import type { Database } from "../db/database.ts";
import type { Queryable } from "../log/store.ts";
import type { Device } from "./devices.ts";

/** Who did it, at which terminal. */
export interface StaffActor {
  readonly device: Pick<Device, "hallId" | "deviceId">;
  readonly clerkId: string;
}

/**
 * Notes acts of staff, all or none of them, before anything is given out: what nobody noted must not have left.
 * @param acts `detail` names things by id, never a person; `reason` is what the person who looked gave as theirs
 */
export const noteActs = async (
  database: Queryable,
  { device, clerkId }: StaffActor,
  acts: readonly { readonly act: StaffAct; readonly detail: string; readonly reason?: string }[],
  now: number,
): Promise<void> => {
  if (acts.length === 0) return;
  const rows = acts.map(({ act, detail, reason = "" }) => ({ id: uuidv7(), act, detail, reason }));
  await database.query(
    `INSERT INTO staff_audit (hall_id, audit_id, at, device_id, clerk_id, act, detail, reason)
     SELECT $1, id, $3, $4, $5, act, detail, reason FROM json_to_recordset($2::json) AS r(id uuid, act text, detail text, reason text)`,
    [device.hallId, JSON.stringify(rows), now, device.deviceId, clerkId],
  );
};

/** Notes one act. */
export const noteAct = (
  database: Database,
  device: StaffActor["device"],
  clerkId: string,
  act: StaffAct,
  detail: string,
  now: number,
): Promise<void> => noteActs(database, { device, clerkId }, [{ act, detail }], now);
