import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupGetCounterDisplay: Handler<"setup.getCounterDisplay"> = {
  roles: SETUP_ONLY,
  handle: ({ terminal }) => terminal.identity.settings.get().counterDisplay,
};
