import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupSetPrinter: Handler<"setup.setPrinter"> = {
  roles: SETUP_ONLY,
  handle({ terminal }, printer) {
    terminal.identity.settings.update({ printer });
    return null;
  },
};
