import type { Handler } from "./handler.ts";

export const idReaderCancel: Handler<"idReader.cancel"> = {
  roles: ["window"],
  handle({ terminal }) {
    terminal.idReader.cancel();
    return null;
  },
};
