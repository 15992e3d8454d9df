import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** So many folders that were moved aside are kept of each screen: a failing disk would fill it with them. */
const KEPT = 2;
const DATABASES = "IndexedDB";
const ASIDE = /^IndexedDB\.torn-(\d+)$/;

const subfolders = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

const screensIn = (userData: string): string[] => subfolders(join(userData, "Partitions"));

/** Chromium makes a database anew whose data are torn, but opens none whose list of files (CURRENT, MANIFEST) leads nowhere, at no start. */
const leadsNowhere = (database: string): boolean => {
  const current = join(database, "CURRENT");
  if (!existsSync(current)) return false;
  const list = readFileSync(current, "utf8").trim();
  return !/^MANIFEST-\d+$/.test(list) || !existsSync(join(database, list));
};

const asideOf = (screen: string): string[] =>
  readdirSync(screen)
    .filter((name) => ASIDE.test(name))
    .sort((left, right) => Number(ASIDE.exec(right)?.[1]) - Number(ASIDE.exec(left)?.[1]))
    .map((name) => join(screen, name));

/**
 * Moves the databases of those screens out of the way that Chromium could not open, before it tries, and deletes older ones of the kind. What was done and not
 * sent comes back from the journal, everything else from the node; scans that had not been sent lie in the folder only.
 * @param userData where Chromium keeps the data of all screens
 * @param failed told of a screen that could not be looked at; the others are
 * @returns the folders as they are called now
 */
export const setTornDataAside = (userData: string, now: number, failed: (error: unknown) => void): readonly string[] =>
  screensIn(userData).flatMap((screen) => {
    try {
      const databases = join(screen, DATABASES);
      if (!subfolders(databases).some(leadsNowhere)) return [];
      const aside = `${databases}.torn-${String(now)}`;
      renameSync(databases, aside);
      for (const old of asideOf(screen).slice(KEPT)) rmSync(old, { recursive: true, force: true });
      return [aside];
    } catch (error) {
      failed(error);
      return [];
    }
  });

/** Deletes what was moved aside: a terminal that leaves its hall leaves nothing behind. */
export const deleteTornData = (userData: string): void => {
  for (const screen of screensIn(userData))
    for (const aside of asideOf(screen)) rmSync(aside, { recursive: true, force: true });
};
