import { z } from "zod";
import { commandSchema } from "../domain/hall/commands.ts";
import { personalRecordSchema } from "./api.ts";

/**
 * What the node takes of a command on its way (`OutboundCommand` of api.ts). Apart from there, because it brings the forms of all
 * commands along: a quarter of what a terminal would do before its first window opens.
 */
export const outboundCommandSchema = z.object({
  command: commandSchema,
  clerkId: z.string().max(64).nullable(),
  personal: z.array(personalRecordSchema).max(4),
});
