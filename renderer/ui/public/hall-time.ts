import { clockOf, dayOf } from "../../../shared/basics/time.ts";

/** Date and time as public screens write them: `2026-11-22 14:05`, in the hall's own time zone. */
export const dateTimeOf = (ms: number, utcOffsetMinutes: number): string =>
  `${dayOf(ms, utcOffsetMinutes)} ${clockOf(ms, utcOffsetMinutes)}`;
