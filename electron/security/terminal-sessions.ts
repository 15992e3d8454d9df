import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { app, session as sessions, type Session } from "electron";
import type { StartRole } from "../args.ts";
import type { Logger } from "../logging/logger.ts";
import type { Wire } from "../node/node-client.ts";
import { requestBy } from "../node/plain-request.ts";
import type { Identity } from "../settings/identity.ts";
import { kindOf } from "../shown-role.ts";
import { deleteTornData } from "../torn-data.ts";
import { preloadsFor } from "../windows/preloads.ts";
import type { ScreenKind } from "./content-policy.ts";
import { lockSession } from "./lock-session.ts";
import { pinSession } from "./pin-session.ts";

const partitionOf = (kind: ScreenKind): string => `persist:${kind}`;

/** The browser's sessions of a terminal: those of its windows, which hold data, and those of the main process, which ask the node. */
export interface TerminalSessions {
  /** Of the main process; one for each authority that is believed (PEM; null: whomever the system believes). */
  believing(authority: string | null): Session;
  wireBelieving(authority: string | null): Wire;
  /** Of a window that is about to open; its powers are taken away before it does. */
  forWindow(role: StartRole): Session;
  /** Deletes what the windows have kept. */
  clear(): Promise<void>;
}

export const openTerminalSessions = ({
  identity,
  log,
  nodeUrl,
}: {
  readonly identity: Identity;
  readonly log: Logger;
  readonly nodeUrl: () => string | null;
}): TerminalSessions => {
  const rendererRoot = join(app.getAppPath(), "dist", "renderer");
  const pinned = new Set<string>();
  /** What each partition's windows show now. */
  const roles = new Map<string, StartRole>();
  const goOver = (successor: string): void => identity.believe(successor);

  // A session that has refused somebody stays by it: see `pinSession`.
  const believing = (believed: string | null): Session => {
    const partition =
      believed === null ? "main-process" : `main-process-${new X509Certificate(believed).fingerprint256}`;
    const session = sessions.fromPartition(partition);
    if (!pinned.has(partition)) pinSession(session, () => believed, log, goOver);
    pinned.add(partition);
    return session;
  };
  return {
    believing,
    wireBelieving: (believed) => (url, asked) => requestBy(believing(believed), url, asked),
    forWindow(role) {
      // The set-up of an enrolled public terminal must see its local database, to know what is still unsent.
      const partition = partitionOf(kindOf(role === "setup" ? (identity.enrolment()?.role ?? role) : role));
      const isNew = !roles.has(partition);
      roles.set(partition, role);
      const current = () => roles.get(partition) ?? role;
      const session = sessions.fromPartition(partition);
      if (isNew) {
        pinSession(session, () => identity.enrolment()?.authority ?? null, log, goOver);
        lockSession({
          session,
          rendererRoot,
          videoRoot: join(app.getPath("userData"), "board-videos"),
          log,
          kind: () => kindOf(current()),
          nodeUrl,
          mayUseCamera: () => current() === "window",
          preloads: () => preloadsFor(rendererRoot, current(), identity.settings.get().language),
        });
      }
      return session;
    },
    async clear() {
      // A counter's computer has both: the clerk's screen and the applicant's.
      for (const kind of ["staff", "public"] as const)
        await sessions.fromPartition(partitionOf(kind)).clearStorageData();
      deleteTornData(app.getPath("userData"));
    },
  };
};
