import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "../logging/logger.ts";
import type { Display, Identity } from "../settings/identity.ts";
import { openOutboxJournal, type OutboxJournal } from "./outbox-journal.ts";

/** The journals of this computer's devices: a counter's has two, the clerk's screen and the applicant's. */
export interface TerminalJournals {
  /** Of the display's device; null while it is none. */
  of(display: Display): OutboxJournal | null;
  /** How many rows of all displays wait to be sent. */
  countUnsent(): Promise<number>;
  close(): Promise<void>;
  /** Deletes them with all that they hold. Whoever asks knows that all is sent. */
  erase(): Promise<void>;
}

/** @param folder where they lie, a file for each device */
export const openTerminalJournals = (
  folder: string,
  identity: Pick<Identity, "credentials" | "dataKey">,
  log: Pick<Logger, "write">,
): TerminalJournals => {
  const opened = new Map<string, OutboxJournal>();
  const of = (display: Display): OutboxJournal | null => {
    const deviceId = identity.credentials(display)?.deviceId;
    // It names a file.
    if (deviceId === undefined || !/^[\w-]{1,64}$/.test(deviceId)) return null;
    let journal = opened.get(deviceId);
    if (!journal) {
      journal = openOutboxJournal(join(folder, `${deviceId}.journal`), identity.dataKey, deviceId, (lines) =>
        log.write("journal.unreadable", { lines }),
      );
      opened.set(deviceId, journal);
    }
    return journal;
  };
  const close = async (): Promise<void> => {
    await Promise.all([...opened.values()].map((journal) => journal.close()));
  };
  return {
    of,
    async countUnsent() {
      const rows = await Promise.all((["main", "second"] as const).map(async (display) => of(display)?.read() ?? []));
      return rows.flat().length;
    },
    close,
    async erase() {
      await close();
      opened.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
