import type { Handler } from "./handler.ts";

export const personCardCancel: Handler<"personCard.cancel"> = {
  roles: ["kiosk"],
  handle({ terminal }) {
    terminal.idReader.cancel();
    return null;
  },
};
