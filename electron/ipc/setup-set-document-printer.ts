import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupSetDocumentPrinter: Handler<"setup.setDocumentPrinter"> = {
  roles: SETUP_ONLY,
  handle({ terminal }, documentPrinter) {
    terminal.identity.settings.update({ documentPrinter });
    return null;
  },
};
