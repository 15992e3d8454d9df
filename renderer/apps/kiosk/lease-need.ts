import { freeLeaseSerials } from "../../../shared/domain/queue/lease.ts";
import { leaseDays } from "../../../shared/domain/hall/decide.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";

/**
 * The days for which this kiosk should ask for numbers to hold: all of them as soon as less than a fifth of one block is
 * free for a business on one of them, else none.
 */
export const daysToLease = (state: HallState, deviceId: string): readonly string[] => {
  const { plan } = state;
  if (plan === null) return [];
  const enough = Math.ceil(plan.settings.leaseSize / 5);
  const days = leaseDays(state);
  const isLow = days.some((day) =>
    plan.businesses.some((business) => freeLeaseSerials(state, deviceId, day, business.id).length < enough),
  );
  return isLow ? days : [];
};
