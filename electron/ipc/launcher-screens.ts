import type { Handler } from "./handler.ts";

export const launcherScreens: Handler<"launcher.screens"> = {
  roles: ["launcher"],
  handle: ({ terminal }) => terminal.getDemoHall().screens,
};
