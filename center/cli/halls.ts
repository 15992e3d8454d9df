import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { uuidv7 } from "uuidv7";
import type { Database } from "../db/database.ts";
import { HallRegistry, type OpenHall } from "../hall-registry.ts";
import { loadPersonalBox, type PersonalBox } from "../identity/personal.ts";
import { createLogger } from "../logger.ts";
import { Metrics } from "../metrics.ts";
import type { Values } from "./options.ts";
import { UsageError } from "./usage.ts";

const defaultDataDir = (): string =>
  process.env["SERVICE_HALL_DATA"] ??
  (process.getuid?.() === 0 ? "/var/lib/service-hall" : join(homedir(), ".local", "share", "service-hall"));

/** The data folder of the command line, of the environment, or of this user. */
export const dataDirOf = (values: Values): string => resolve(values.data ?? defaultDataDir());

/** The hall that is named, or the only one. @throws UsageError when it is not clear which */
export const theHall = async (database: Database, values: Values): Promise<string> => {
  if (values.hall !== undefined) return values.hall;
  const { rows } = await database.query<{ hall_id: string }>("SELECT hall_id FROM halls ORDER BY hall_id LIMIT 2");
  if (rows.length > 1) throw new UsageError("There are several halls: say which one with --hall.");
  if (!rows[0]) throw new UsageError("There is no hall yet: start the center with --plan or --demo first.");
  return rows[0].hall_id;
};

/** @param file what stands behind the command's name @returns the exit code */
export type DatabaseCommand = (database: Database, values: Values, file: string | undefined) => Promise<number>;

/** What seals personal data, with the key of the data folder or of the environment. */
export const personalOf = (values: Values): Promise<PersonalBox> =>
  loadPersonalBox(dataDirOf(values), process.env["SERVICE_HALL_KEY"]);

/** Works with the halls of a database, also beside a running center. */
export const withHalls = async <T>(
  database: Database,
  values: Values,
  work: (halls: HallRegistry) => Promise<T> | T,
): Promise<T> => {
  const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
  const personal = await personalOf(values);
  const halls = new HallRegistry({
    database,
    log,
    metrics: new Metrics(),
    personal,
    clock: Date.now,
    processId: uuidv7(),
    knowledge: {},
  });
  try {
    return await work(halls);
  } finally {
    await halls.stop();
  }
};

/** As `withHalls`, with one hall. */
export const withHall = <T>(
  database: Database,
  values: Values,
  hallId: string,
  work: (open: OpenHall) => Promise<T> | T,
): Promise<T> => withHalls(database, values, async (halls) => work(await halls.get(hallId)));
