import type { Ticket } from "../queue/ticket.ts";

/** Papers that a kiosk prints after the first one; whoever needs more goes to the staff. */
const MOST_REPRINTS = 2;

/** Why a second paper is not printed, or null when it is. */
export const reprintBlockOf = (ticket: Ticket | undefined): "unknown" | "over" | "tooMany" | null => {
  if (ticket === undefined) return "unknown";
  if (ticket.state !== "waiting" && ticket.state !== "called") return "over";
  return (ticket.reprints ?? 0) >= MOST_REPRINTS ? "tooMany" : null;
};
