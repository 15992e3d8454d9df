import { err, ok } from "../../shared/basics/result.ts";
import type { Handler } from "./handler.ts";

/** `outbox` is what the window counted in its local database: nothing that a person did is left behind unsent. */
export const setupLeaveHall: Handler<"setup.leaveHall"> = {
  roles: ["setup", "window", "desk"],
  handle({ terminal }, outbox) {
    if (outbox > 0) return err({ code: "outbox_not_empty" });
    terminal.identity.leave();
    return ok(null);
  },
};
