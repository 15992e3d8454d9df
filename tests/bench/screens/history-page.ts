/** Lives a kiosk's days on the local database that the real kiosk opens afterwards. */
import type { SessionOutcome, TerminalInfo } from "../../../shared/contract/ipc.ts";
import type { ManyRecords, OpenTerminal } from "../../../renderer/store/open-terminal.ts";
import { openPageTerminal, until } from "../lib/page-terminal.ts";

let terminal: OpenTerminal;

/** Of the bench, which holds the kiosk's key. */
declare const newSession: () => Promise<SessionOutcome>;

const open = async (info: TerminalInfo): Promise<void> => {
  terminal = await openPageTerminal(info, newSession);
};

const opened = async (day: string): Promise<void> => {
  await until(() => terminal.hall.get().day === day && terminal.connection.get().link === "online");
};

/** The kiosk's own acts of a day; resolves when the node has them all. */
const act = async (records: ManyRecords): Promise<void> => {
  await terminal.sendMany(records);
  await until(() => terminal.connection.get().outbox === 0);
};

/** Waits until all tickets of the day have been served. */
const served = async (ids: readonly string[]): Promise<void> => {
  await until(() => ids.every((id) => terminal.hall.get().tickets.get(id)?.state === "done"));
};

const close = async (): Promise<number> => {
  await terminal.settled();
  // Time for the snapshot that the store writes when it has grown quiet.
  await new Promise((done) => setTimeout(done, 2_500));
  await terminal.settled();
  const seq = terminal.seq();
  await terminal.close();
  return seq;
};

const page = { open, opened, act, served, close };
export type HistoryPage = typeof page;
Object.assign(globalThis, { bench: page });
