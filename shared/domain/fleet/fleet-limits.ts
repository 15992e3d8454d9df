import { z } from "zod";
import type { HallPlan } from "../hall/plan.ts";

/** From when on the desk is shown a light for a terminal. */
export const fleetLimitsSchema = z.object({
  /** Not heard of for so long. */
  silentMinutes: z.int().min(1).max(1_440).default(5),
  /** The oldest unsent act is older than this. */
  outboxMinutes: z.int().min(1).max(1_440).default(10),
  /** Less room on the disk than this, in millions of bytes: soon, and now. */
  diskLowMb: z.int().min(1).default(1_000),
  diskFullMb: z.int().min(1).default(200),
  /** The computer's clock is off by more than this. Queues and limits go by the hall's time all the same. */
  clockSeconds: z.int().min(1).max(86_400).default(120),
});
export type FleetLimits = Readonly<z.infer<typeof fleetLimitsSchema>>;

const defaults: FleetLimits = fleetLimitsSchema.parse({});

/** The limits of a plan; a plan written before there were any has the defaults. */
export const fleetLimitsOf = (plan: HallPlan | null): FleetLimits => plan?.settings.fleet ?? defaults;
