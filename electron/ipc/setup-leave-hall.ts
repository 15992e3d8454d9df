import { err, ok } from "../../shared/basics/result.ts";
import type { Handler } from "./handler.ts";

/**
 * `outbox` is what the window counted in its local database: nothing that a person did is left behind unsent. The journal
 * has a say as well, because that database may be gone.
 */
export const setupLeaveHall: Handler<"setup.leaveHall"> = {
  roles: ["setup", "window", "desk"],
  async handle({ terminal, window }, outbox) {
    const journaled = (await terminal.journalOf(window)?.read()) ?? [];
    if (outbox > 0 || journaled.length > 0) return err({ code: "outbox_not_empty" });
    await terminal.leaveHall();
    return ok(null);
  },
};
