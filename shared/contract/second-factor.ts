import { z } from "zod";
import { dutySchema } from "../domain/identity/roles.ts";
import { deskClerksSchema } from "./desk-floor.ts";

/** Who of the hall has a second factor; for duty managers. POST `/reset` takes one away that somebody has lost. */
export const DESK_FACTORS_PATH = "/api/desk/second-factors";

export const clerkFactorSchema = z.object({
  clerkNo: z.string(),
  name: z.string(),
  duty: dutySchema,
  hasFactor: z.boolean(),
  /** Recovery codes that were not used yet. */
  codesLeft: z.int(),
});
export type ClerkFactor = Readonly<z.infer<typeof clerkFactorSchema>>;
export const clerkFactorsSchema = z.object({ clerks: z.array(clerkFactorSchema) });

export const resetFactorSchema = deskClerksSchema.extend({
  clerkNo: z.string().trim().min(1).max(20),
  reason: z.string().trim().min(1).max(50),
});
