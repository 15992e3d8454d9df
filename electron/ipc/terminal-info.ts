import { EVERY_ROLE, type Handler } from "./handler.ts";

export const terminalInfo: Handler<"terminal.info"> = {
  roles: EVERY_ROLE,
  handle: ({ terminal, window }) => terminal.infoFor(window),
};
