import type { Handler } from "./handler.ts";

export const counterScreenShow: Handler<"counterScreen.show"> = {
  roles: ["window"],
  handle({ terminal }, screen) {
    terminal.showOnSecond(screen);
    return null;
  },
};
