import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupSetCounterDisplay: Handler<"setup.setCounterDisplay"> = {
  roles: SETUP_ONLY,
  handle({ terminal }, counterDisplay) {
    terminal.identity.settings.update({ counterDisplay });
    return null;
  },
};
