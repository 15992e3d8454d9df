import { leaseKey } from "../hall/evolve.ts";
import type { HallState } from "../hall/state.ts";

/**
 * Serials that a kiosk may still give out on its own for a business and day, the next one first. Blocks lie at the top of
 * the business's series and are used upwards, so that they never meet the numbers given on-line from 001.
 */
export const freeLeaseSerials = (
  state: HallState,
  deviceId: string,
  day: string,
  businessId: string,
): readonly number[] => {
  const free: number[] = [];
  for (const lease of state.leases) {
    if (lease.deviceId !== deviceId || lease.day !== day || lease.businessId !== businessId) continue;
    for (let serial = lease.from; serial <= lease.to; serial += 1) {
      if (!state.leasedSerialsUsed.has(leaseKey(day, businessId, serial))) free.push(serial);
    }
  }
  return free.sort((left, right) => left - right);
};
