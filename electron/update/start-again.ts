import { app } from "electron";
import { withoutSetup } from "../args.ts";

/** Says to the launcher (packaging/install/launcher): start me again, in a newer version when there is one. */
const EXIT_AGAIN = 75;

/** Ends this process and begins another. Below a launcher it is the launcher that begins it: one begun here would be nobody's to watch. */
export const startAgain = (): void => {
  if (process.env["SERVICE_HALL_UP_FILE"] === undefined) app.relaunch({ args: withoutSetup(process.argv.slice(1)) });
  else
    app.once("will-quit", (event) => {
      event.preventDefault();
      app.exit(EXIT_AGAIN);
    });
  app.quit();
};
