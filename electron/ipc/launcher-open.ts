import type { Handler } from "./handler.ts";

export const launcherOpen: Handler<"launcher.open"> = {
  roles: ["launcher"],
  async handle({ terminal }, screen) {
    await terminal.getDemoHall().open(screen);
    return null;
  },
};
