import { databaseName, HallDatabase, type OutboxRow } from "./db.ts";
import type { Environment } from "./environment.ts";
import { rescueOutbox } from "./rescue-outbox.ts";
import { loadDatabase, type Loaded } from "./load.ts";
import { readJournal, storedRowKey, type JournaledRow } from "./outbox-journal.ts";
import { reasonOf } from "./reason-of.ts";
import { within } from "./within.ts";

/** How often a database is set aside at one start before the terminal goes on without one. */
const MOST_TRIES = 3;

/** What is remembered outside IndexedDB: which database is in use, and what was unsent when it was last seen. */
export interface StoreMark {
  readonly generation: number;
  readonly unsent: number;
}

const markKey = (deviceId: string): string => `service-hall-${deviceId}`;

export const readMark = (deviceId: string, environment: Pick<Environment, "marks">): StoreMark | null => {
  try {
    const value = JSON.parse(environment.marks.read(markKey(deviceId)) ?? "null") as StoreMark | null;
    return value !== null && Number.isSafeInteger(value.generation) ? value : null;
  } catch {
    return null;
  }
};

export const writeMark = (deviceId: string, mark: StoreMark, environment: Pick<Environment, "marks">): void => {
  try {
    environment.marks.write(markKey(deviceId), JSON.stringify(mark));
  } catch {
    // Only a help in finding losses; the database itself is what counts.
  }
};

/** Something that a person should know about the start of the store. */
export type StoreStart =
  | { readonly kind: "sound" }
  /** Databases that could not be read were left where they are; `saved` rows of their outboxes were carried over. */
  | { readonly kind: "setAside"; readonly names: readonly string[]; readonly saved: number }
  /** There was a database and it is gone; so many acts had not been sent. */
  | { readonly kind: "lost"; readonly unsent: number };

export interface OpenedDatabase {
  readonly db: HallDatabase;
  readonly loaded: Loaded;
  readonly start: StoreStart;
  /** Acts that only the journal still had; they wait in the outbox again. */
  readonly recovered: number;
  /** Names of the rows that the journal held at the start. */
  readonly journaled: readonly string[];
}

/**
 * Opens the local database of a terminal. One that cannot be opened or read is set aside, never deleted: a new one takes
 * its place, and as much of the outbox as can be read is carried over (I9).
 * @param mayRead before that nothing is read
 * @throws when no database can be opened at all
 */
export const openDatabase = async (
  deviceId: string,
  appVersion: string,
  environment: Environment,
  mayRead: Promise<void>,
): Promise<OpenedDatabase> => {
  const mark = readMark(deviceId, environment);
  let generation = mark?.generation ?? 0;
  const aside: string[] = [];
  let rescued: readonly OutboxRow[] = [];
  /** Set aside, and silent when their outbox was asked for. */
  const silent: string[] = [];
  const rescue = async (name: string): Promise<void> => {
    try {
      rescued = [...rescued, ...(await within(rescueOutbox(name, environment), environment))];
    } catch {
      silent.push(name);
    }
  };
  const reading = readJournal(environment);
  for (let attempt = 1; ; attempt += 1) {
    const name = databaseName(deviceId, generation);
    const db = new HallDatabase(name, environment);
    try {
      // Another window that neither answers nor lets go of an older version would keep this one waiting for ever (F14).
      await within(db.open(), environment);
      await mayRead;
      // A disk that was only slow answers by now.
      for (const earlier of silent.splice(0)) await rescue(earlier);
      let loaded = await loadDatabase(db, appVersion);
      const isNew = !loaded.meta.has("created");
      const journal = await reading;
      const journaled = journal.map(({ key }) => key);
      const missing = await missingRows(db, [...loaded.outbox, ...rescued], journal);
      const recovered = missing.reduce((sum, row) => sum + commandsIn(row), 0);
      if (isNew || rescued.length + missing.length > 0) {
        await carryOver(db, [...rescued, ...missing], environment.wallNow());
        loaded = await loadDatabase(db, appVersion);
      }
      if (mark?.generation !== generation)
        writeMark(deviceId, { generation, unsent: loaded.outbox.length }, environment);
      const rest = { db, loaded, recovered, journaled };
      if (aside.length > 0) return { ...rest, start: { kind: "setAside", names: aside, saved: rescued.length } };
      const unsent = isNew && mark !== null ? Math.max(0, mark.unsent - recovered) : null;
      if (unsent === null || (unsent === 0 && recovered > 0)) return { ...rest, start: { kind: "sound" } };
      return { ...rest, start: { kind: "lost", unsent } };
    } catch (error) {
      if (attempt > MOST_TRIES) throw error;
      const reason = reasonOf(error);
      environment.log("store.setAside", { name });
      environment.log("store.fault", { name: "open", message: reason });
      db.close();
      await rescue(name);
      aside.push(name);
      generation += 1;
    }
  }
};

const commandsIn = ({ text }: OutboxRow): number => (JSON.parse(text) as unknown[]).length;

/**
 * Rows that the journal holds and the database does not. One that was acknowledged a moment before the end is still in the
 * journal; it lies among the database's acknowledged rows, which are only looked at when there is a reason to.
 */
const missingRows = async (
  db: HallDatabase,
  waiting: readonly OutboxRow[],
  journal: readonly JournaledRow[],
): Promise<OutboxRow[]> => {
  const held = new Set(waiting.map(storedRowKey));
  const missing = journal.filter(({ key }) => !held.has(key));
  if (missing.length === 0) return [];
  for (const row of await db.outbox.toArray()) held.add(storedRowKey(row));
  return missing.filter(({ key }) => !held.has(key)).map(({ row }) => row);
};

const carryOver = (db: HallDatabase, rows: readonly OutboxRow[], at: number): Promise<unknown> =>
  db.transaction("rw", db.tables, async () => {
    await db.meta.put({ key: "created", value: at });
    await db.outbox.bulkAdd(rows.map(({ at, text, sealed }) => ({ at, text, sealed })));
  });
