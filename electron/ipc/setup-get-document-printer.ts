import { STAFF_ROLES, type Handler } from "./handler.ts";

export const setupGetDocumentPrinter: Handler<"setup.getDocumentPrinter"> = {
  roles: STAFF_ROLES,
  handle: ({ terminal }) => terminal.identity.settings.get().documentPrinter,
};
