import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupTestIdReader: Handler<"setup.testIdReader"> = {
  roles: SETUP_ONLY,
  handle: ({ terminal }) => terminal.idReader.check(),
};
