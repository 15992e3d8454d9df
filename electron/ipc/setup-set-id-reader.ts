import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupSetIdReader: Handler<"setup.setIdReader"> = {
  roles: SETUP_ONLY,
  handle({ terminal }, idReader) {
    terminal.identity.settings.update({ idReader });
    return null;
  },
};
