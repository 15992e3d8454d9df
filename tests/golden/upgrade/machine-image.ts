import type { TestMachine } from "../../helpers/test-environment.ts";

interface StoreImage {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly { readonly name: string; readonly keyPath: string | string[]; readonly unique: boolean }[];
  readonly rows: readonly unknown[];
}

interface DatabaseImage {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly StoreImage[];
}

/** What lies on the disk of one terminal, as JSON. */
export interface MachineImage {
  readonly databases: readonly DatabaseImage[];
  readonly marks: readonly (readonly [string, string])[];
  readonly journal: readonly (readonly [string, string])[];
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("no answer of the database"));
  });

/** JSON knows no bytes. */
const asJson = (value: unknown): unknown => {
  if (value instanceof ArrayBuffer) return { $buffer: Buffer.from(value).toString("base64") };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asJson(each)]));
};

const fromJson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value;
  const { $buffer, $bytes } = value as { readonly $buffer?: string; readonly $bytes?: string };
  const bytes = Uint8Array.from(Buffer.from($buffer ?? $bytes ?? "", "base64"));
  if ($buffer !== undefined) return bytes.buffer;
  if ($bytes !== undefined) return bytes;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromJson(each)]));
};

const readStore = async (store: IDBObjectStore): Promise<StoreImage> => ({
  name: store.name,
  keyPath: store.keyPath,
  autoIncrement: store.autoIncrement,
  indexes: [...store.indexNames].map((name) => {
    const { keyPath, unique } = store.index(name);
    return { name, keyPath, unique };
  }),
  rows: (await answerOf(store.getAll())).map(asJson),
});

const readDatabase = async (factory: IDBFactory, name: string): Promise<DatabaseImage> => {
  const db = await answerOf(factory.open(name));
  const names = [...db.objectStoreNames];
  const reading = db.transaction(names);
  const stores = await Promise.all(names.map((each) => readStore(reading.objectStore(each))));
  db.close();
  return { name, version: db.version, stores };
};

/** Reads the disk of a terminal that has ended. */
export const readMachine = async ({ indexedDB, marks, journal }: TestMachine): Promise<MachineImage> => {
  const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  return {
    databases: await Promise.all(names.map((name) => readDatabase(indexedDB, name))),
    marks: [...marks],
    // Terminals of the first versions had none.
    journal: [...((journal as TestMachine["journal"] | undefined) ?? [])],
  };
};

const writeDatabase = async (factory: IDBFactory, { name, version, stores }: DatabaseImage): Promise<void> => {
  const opening = factory.open(name, version);
  opening.onupgradeneeded = () => {
    for (const { name: each, keyPath, autoIncrement, indexes, rows } of stores) {
      const store = opening.result.createObjectStore(each, { keyPath, autoIncrement });
      for (const index of indexes) store.createIndex(index.name, index.keyPath, { unique: index.unique });
      for (const row of rows) store.add(fromJson(row));
    }
  };
  (await answerOf(opening)).close();
};

/** Puts the disk of a terminal into a new machine. */
export const writeMachine = async (machine: TestMachine, image: MachineImage): Promise<void> => {
  for (const database of image.databases) await writeDatabase(machine.indexedDB, database);
  for (const [key, text] of image.marks) machine.marks.set(key, text);
  for (const [key, text] of image.journal) machine.journal.set(key, text);
};

/** Names, keys and indexes of the databases, without what is in them. */
export const shapeOf = ({ databases }: MachineImage): unknown =>
  databases.map(({ name, version, stores }) => ({
    name,
    version,
    stores: stores.map(({ rows: _, ...shape }) => shape),
  }));
