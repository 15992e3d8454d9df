import { revokeDevice } from "../identity/devices.ts";
import type { Queryable } from "../log/store.ts";
import { supersede } from "./waiting-use.ts";

/**
 * Ends a terminal's rights, and what still waits for it, as nobody attends to it any more.
 * @param db of one transaction
 * @param orderId the desk's wish to do so, which stays; null: the operator's, on the command line
 * @returns its hall; undefined: there is no such terminal, or it was revoked before
 */
export const revokeTerminal = async (
  db: Queryable,
  deviceId: string,
  orderId: string | null,
  now: number,
): Promise<string | undefined> => {
  const hallId = await revokeDevice(db, deviceId, now);
  if (hallId !== undefined) await supersede(db, { hallId, deviceId, orderId }, "any", now);
  return hallId;
};
