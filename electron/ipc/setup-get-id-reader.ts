import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupGetIdReader: Handler<"setup.getIdReader"> = {
  roles: SETUP_ONLY,
  handle: ({ terminal }) => terminal.identity.settings.get().idReader,
};
