import { STAFF_ROLES, type Handler } from "./handler.ts";

export const setupRestart: Handler<"setup.restart"> = {
  roles: STAFF_ROLES,
  handle({ terminal }) {
    // After the answer is out: the window that asked is closed by it.
    setImmediate(() => {
      terminal.restart();
    });
    return null;
  },
};
