import { attend } from "../fleet/attend.ts";
import { HALL_ROLES, type Handler } from "./handler.ts";

export const terminalAttend: Handler<"terminal.attend"> = {
  roles: HALL_ROLES,
  handle: ({ terminal, window }) => attend(terminal, window.display),
};
