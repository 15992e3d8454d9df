import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CatalogueStore } from "../catalogue/catalogue-store.ts";
import { importCatalogue } from "../catalogue/import-catalogue.ts";
import { describeReport } from "../catalogue/import/describe-report.ts";
import { importFile } from "../catalogue/import/import-file.ts";
import { readColumnMap, type ColumnMap } from "../catalogue/import/map-file.ts";
import type { Database } from "../db/database.ts";
import type { DatabaseCommand } from "./halls.ts";
import type { Values } from "./options.ts";
import { say, UsageError } from "./usage.ts";

/** Imports a file, or with no database only checks it. @returns the exit code: 1 when something in it is wrong */
export const importCatalogueFile = async (database: Database | null, values: Values, file: string): Promise<number> => {
  let map: ColumnMap | null = null;
  if (values.map !== undefined) {
    const read = readColumnMap(await readFile(resolve(values.map), "utf8"));
    if (!read.ok) throw new UsageError(read.error);
    map = read.value;
  }
  let store: CatalogueStore | null = null;
  if (database) {
    store = new CatalogueStore(database);
    await store.load();
  }
  const packages = values.packages === undefined ? null : resolve(values.packages);
  const report = await importFile(resolve(file), map, store, Date.now(), packages);
  say(values.json ? JSON.stringify(report) : describeReport(report));
  return report.rejected.length === 0 ? 0 : 1;
};

/** The service items and packages. */
export const catalogueCommands: Readonly<Record<string, DatabaseCommand>> = {
  "import-catalogue": async (database, values, file) => {
    if (file !== undefined) return importCatalogueFile(database, values, file);
    const store = new CatalogueStore(database);
    await store.load();
    const report = await importCatalogue(
      store,
      Date.now(),
      values.from === undefined ? undefined : resolve(values.from),
    );
    say(JSON.stringify(report ?? { changed: false, version: store.version }));
    return 0;
  },
};
