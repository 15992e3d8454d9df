import { STAFF_ROLES, type Handler } from "./handler.ts";

export const setupGetPrinter: Handler<"setup.getPrinter"> = {
  roles: STAFF_ROLES,
  handle: ({ terminal }) => terminal.identity.settings.get().printer,
};
