import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { databaseUrlOf, readServerAddress } from "./embedded.ts";
import { isCenterRunning } from "../data-dir-lock.ts";

/** The database of a center that runs on this data folder just now, as a URL; undefined when none does. */
export const findRunningDatabase = async (dataDir: string): Promise<string | undefined> => {
  if (!(await isCenterRunning(dataDir))) return undefined;
  const password = (await readFile(join(dataDir, "pg-password"), "utf8").catch(() => "")).trim();
  const address = await readServerAddress(dataDir);
  return address && databaseUrlOf({ ...address, password });
};
