import { perform, type ActPort } from "./act.ts";

/** How a wish to sign out ended; all but "left" leave everything as it was. */
export type Leaving = "left" | "holdsTicket" | "notKept";

/**
 * Closes the clerk's own counter, then signs out, so that somebody else can sit down at it. A counter that still holds a
 * number stays: its closing would be kept as a contradiction, and the number would belong to nobody.
 * @param counterId null when the clerk has no counter open
 */
export const leaveCounter = async (
  port: ActPort,
  counterId: string | null,
  logout: () => Promise<void>,
): Promise<Leaving> => {
  if (counterId !== null) {
    if (port.state().counters.get(counterId)?.ticketId != null) return "holdsTicket";
    const closed = await perform(port, "CloseCounter", { counterId });
    if (closed.status !== "done") return "notKept";
  }
  await logout();
  return "left";
};
