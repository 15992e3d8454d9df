import { err, ok } from "../../shared/basics/result.ts";
import type { Handler } from "./handler.ts";

/**
 * `outbox` is what the window counted in its local database: nothing that a person did is left behind unsent. The journals
 * have a say as well: that database may be gone, and the applicant's screen of a counter has one of its own.
 */
export const setupLeaveHall: Handler<"setup.leaveHall"> = {
  roles: ["setup", "window", "desk"],
  async handle({ terminal }, outbox) {
    const unsent = Math.max(outbox, await terminal.journals.countUnsent());
    if (unsent > 0) return err({ code: "outbox_not_empty", unsent });
    await terminal.leaveHall();
    return ok(null);
  },
};
