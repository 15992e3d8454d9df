import { z } from "zod";

/** What a terminal is for (system.md). `node` is the hall node itself, `page` a page that it serves to a person's phone. */
export const terminalRoleSchema = z.enum(["window", "kiosk", "review", "display", "desk", "setup"]);
export type TerminalRole = z.infer<typeof terminalRoleSchema>;
export type ActorRole = TerminalRole | "node" | "page";

/** What a clerk may do beyond the work of every clerk (permissions.ts, "manager" and "technician"). */
export const dutySchema = z.enum(["clerk", "manager", "technician"]);
export type Duty = z.infer<typeof dutySchema>;

/** Who did it: filled in by the node from the terminal's session, never taken from the command. */
export interface Actor {
  readonly role: ActorRole;
  readonly deviceId: string | null;
  readonly clerkId: string | null;
  /** The counter that a review terminal belongs to. */
  readonly counterId: string | null;
  /** Of a desk in a department: it works on its own cases and on nothing else of the hall. */
  readonly department?: string | null;
  /** Of the clerk at a desk; left out: that of every clerk. */
  readonly duty?: Duty;
}
