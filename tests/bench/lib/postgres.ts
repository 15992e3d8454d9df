import type pg from "pg";
import { EmbeddedDatabase } from "../../../center/db/embedded.ts";
import { createLogger } from "../../../center/logger.ts";
import type { BenchContext } from "./bench.ts";

/** A PostgreSQL with the very settings of the product's embedded one (fsync on), for a reference. */
export const startPostgres = async (context: BenchContext): Promise<pg.ClientConfig> => {
  const database = new EmbeddedDatabase(await context.tempFolder("pg"), createLogger("error"));
  const config = await database.start();
  context.defer(() => database.stop());
  return config;
};
