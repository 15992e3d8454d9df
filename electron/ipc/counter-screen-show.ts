import type { Handler } from "./handler.ts";

export const counterScreenShow: Handler<"counterScreen.show"> = {
  roles: ["window"],
  handle({ terminal }, screen) {
    terminal.counterDisplay.show(screen);
    terminal.windows.showOnSecond(screen);
    return null;
  },
};
