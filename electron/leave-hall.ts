import type { TerminalJournals } from "./journal/terminal-journals.ts";
import type { TerminalSessions } from "./security/terminal-sessions.ts";
import type { Identity } from "./settings/identity.ts";

/** Forgets the hall, with everything of it that lies on this computer. Whoever asks knows that all is sent. */
export const leaveHall = async (
  journals: Pick<TerminalJournals, "erase">,
  sessions: Pick<TerminalSessions, "clear">,
  identity: Pick<Identity, "leave">,
): Promise<void> => {
  await journals.erase();
  await sessions.clear();
  identity.leave();
};
