import type { SessionOutcome, TerminalInfo } from "../../../shared/contract/ipc.ts";
import { browserEnvironment } from "../../../renderer/platform/browser-environment.ts";
import { openTerminal, type OpenTerminal } from "../../../renderer/store/open-terminal.ts";

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * Our own store and sync in a page of a bench: what the screens work with, without a screen.
 * @param newSession gets a token for a device that has a key; null: its secret is good for ever
 */
export const openPageTerminal = async (
  info: TerminalInfo,
  newSession: (() => Promise<SessionOutcome>) | null,
): Promise<OpenTerminal> => {
  const environment = browserEnvironment({
    log: (code, fields) => console.log(code, JSON.stringify(fields)),
    ...(newSession && { newSession }),
  });
  const terminal = await openTerminal({
    info,
    environment,
    print: () => Promise.resolve({ ok: true, value: { paperLow: false } }),
    readPersonCard: () => Promise.resolve({ ok: false, error: { code: "no_reader" } }),
    cancelPersonCard: () => undefined,
    drawn: Promise.resolve(),
  });
  await until(() => terminal.connection.get().link === "online" && terminal.hall.get().plan !== null);
  await terminal.settled();
  return terminal;
};

/** Looks every few milliseconds until it is so. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await wait(5);
};
