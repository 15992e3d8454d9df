import { HALL_ROLES, type Handler } from "./handler.ts";

export const terminalSession: Handler<"terminal.session"> = {
  roles: HALL_ROLES,
  handle: ({ terminal, window }) => terminal.newSession(window.display),
};
