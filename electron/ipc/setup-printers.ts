import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupPrinters: Handler<"setup.printers"> = {
  roles: SETUP_ONLY,
  handle: ({ terminal }) => terminal.documents.printers(),
};
