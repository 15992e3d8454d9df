import { z } from "zod";
import type { VisitStop } from "./visit-stop.ts";

export const ticketClassSchema = z.enum(["green", "appointment", "priority", "pickup", "ordinary"]);
export type TicketClass = z.infer<typeof ticketClassSchema>;

/** waiting → called → serving → done, with the side states of domain.md, Queue. */
export type TicketState = "waiting" | "called" | "serving" | "parked" | "done" | "missed" | "cancelled";

/** `unknown`: the printer took it and did not tell, and the person did not say either. */
export type PrintState = "none" | "printed" | "failed" | "unknown";

/** Milliseconds of waiting that were foretold when the number was taken: the likeliest, and a range. */
export interface Expected {
  readonly from: number;
  readonly mid: number;
  readonly to: number;
}

/** One person's place in the line, as the fold of its events. Instants are milliseconds since 1970 UTC. */
export interface Ticket {
  readonly id: string;
  readonly day: string;
  readonly businessId: string;
  readonly serial: number;
  /** As printed and called, e.g. `A012`. */
  readonly number: string;
  /** "withheld" where the viewer may not know why somebody goes first. */
  readonly class: TicketClass | "withheld";
  readonly state: TicketState;
  readonly takenAt: number;
  /** Virtual start time of the call policy: smaller is called earlier. */
  readonly lineKey: number;
  readonly source: "online" | "lease";
  readonly itemCode: string | null;
  readonly itemName: string | null;
  /** Keyed hash of who took it, for "one waiting ticket per person and business"; known to the node only. */
  readonly personKey: string | null;
  readonly print: PrintState;
  /** Where it is or was last called. */
  readonly counterId: string | null;
  readonly clerkId: string | null;
  /** Only this counter may call it (after a transfer to a counter). */
  readonly onlyCounterId: string | null;
  readonly callCommandId: string | null;
  readonly calls: number;
  readonly calledAt: number | null;
  readonly lastCallAt: number | null;
  readonly servingSince: number | null;
  readonly endedAt: number | null;
  readonly pinned: boolean;
  /** Services begun so far; the review of the n-th one is `<ticket>.<n>`. */
  readonly serviceNo: number;
  readonly returns: number;
  /** Services of this visit that are still to come. */
  readonly stops?: readonly VisitStop[];
  /** Digest of the secret that opens the ticket page; known to the node only. */
  readonly followHash?: string;
  /** Papers printed after the first one. */
  readonly reprints?: number;
  readonly expected: Expected | null;
  /** The service that ended before this ticket went on to its next stop: a mis-click there can be taken back. */
  readonly cameFrom?: {
    readonly counterId: string;
    readonly endedAt: number;
    readonly servingSince: number | null;
    readonly stop: VisitStop;
  };
  readonly appointmentId: string | null;
  readonly parkedAt: number | null;
  /** How long this service was put aside so far. */
  readonly parkedMs: number;
}

export interface CounterState {
  readonly id: string;
  readonly state: "open" | "paused" | "closed";
  readonly clerkId: string | null;
  readonly deviceId: string | null;
  readonly businesses: readonly string[];
  /** The called or serving ticket here; parked ones do not hold the counter. */
  readonly ticketId: string | null;
}

/** Serials `from`-`to` of a business and day that one kiosk may give out without asking. */
export interface Lease {
  readonly day: string;
  readonly businessId: string;
  readonly deviceId: string;
  readonly from: number;
  readonly to: number;
}
