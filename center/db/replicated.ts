import type pg from "pg";

/** Where the server waits for its standbys; a name in its source and in no language. */
const WAITS_FOR_STANDBY = "SyncRepWaitForLSN";

/**
 * Runs a COMMIT. Where the database has a synchronous standby, an administrator may end the wait for it: the server then says COMMIT, and in a
 * warning that only it has the transaction.
 * @throws when it did: nothing may be acknowledged that would be lost with this server
 */
export const commitReplicated = async <T>(client: pg.ClientBase, commit: () => Promise<T>): Promise<T> => {
  let gaveUp = false;
  const hear = ({ routine }: { readonly routine?: string | undefined }): void => {
    gaveUp ||= routine === WAITS_FOR_STANDBY;
  };
  client.on("notice", hear);
  try {
    const result = await commit();
    if (gaveUp) throw new Error("committed on this server alone: its standby does not have it");
    return result;
  } finally {
    client.off("notice", hear);
  }
};
