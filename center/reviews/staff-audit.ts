import { uuidv7 } from "uuidv7";
import type { Database } from "../db/database.ts";
import type { Device } from "../identity/devices.ts";

/** Notes what a member of staff looked at, took out or sent. `detail` names things by id, never a person. */
export const noteAct = async (
  database: Database,
  device: Pick<Device, "hallId" | "deviceId">,
  clerkId: string,
  act: "review.words" | "review.phone" | "review.export" | "report.retry" | "report.drop",
  detail: string,
  now: number,
): Promise<void> => {
  await database.query(
    "INSERT INTO staff_audit (hall_id, audit_id, at, device_id, clerk_id, act, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    [device.hallId, uuidv7(), now, device.deviceId, clerkId, act, detail],
  );
};
