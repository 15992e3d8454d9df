import { writeFileSync } from "node:fs";
import { app } from "electron";

/** A screen that has run so long is one that comes up. */
const UP_AFTER_MS = 3_000;

/** Tells the launcher (packaging/install/launcher) that this version comes up, so that it is not taken back. */
export const tellUp = (): void => {
  const file = process.env["SERVICE_HALL_UP_FILE"];
  if (file === undefined) return;
  setTimeout(() => writeFileSync(file, app.getVersion()), UP_AFTER_MS).unref();
};
