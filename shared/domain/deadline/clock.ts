import { DAY_MS, type Day } from "../../basics/time.ts";

/** Yellow: near the limit; red: over it. */
export type LightStep = "yellow" | "red";

/** When something is due and when its yellow light comes on. Milliseconds since 1970 UTC. */
export interface ClockLimit {
  readonly dueAt: number;
  readonly yellowAt: number;
}

/** The first instant of a day of the hall. */
export const startOfDay = (day: Day, utcOffsetMinutes: number): number =>
  Date.parse(`${day}T00:00:00Z`) - utcOffsetMinutes * 60_000;

/** The last instant of a day of the hall: whatever is due on a day may be done until then. */
export const endOfDay = (day: Day, utcOffsetMinutes: number): number => startOfDay(day, utcOffsetMinutes) + DAY_MS - 1;

/** The light of a limit that runs. */
export const lightAt = ({ dueAt, yellowAt }: ClockLimit, now: number): LightStep | null =>
  now > dueAt ? "red" : now >= yellowAt ? "yellow" : null;

/** Steps whose time has come and that are not among those told of already, yellow before red. */
export const stepsAt = (
  { dueAt, yellowAt }: ClockLimit,
  told: readonly LightStep[],
  now: number,
): readonly LightStep[] => {
  const steps: LightStep[] = [];
  if (now >= yellowAt && !told.includes("yellow")) steps.push("yellow");
  if (now > dueAt && !told.includes("red")) steps.push("red");
  return steps;
};
