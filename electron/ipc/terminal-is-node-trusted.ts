import { HALL_ROLES, type Handler } from "./handler.ts";

export const terminalIsNodeTrusted: Handler<"terminal.isNodeTrusted"> = {
  roles: HALL_ROLES,
  handle: ({ terminal }) => terminal.isNodeTrusted(),
};
